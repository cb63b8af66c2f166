import { breadcrumbsIn } from '../projects/breadcrumbs';
import { longestMinutes } from '../questionnaires/minutes';
import type { Plan } from '../questionnaires/plan';
import type { Page } from '../web/layout';
import { listed, shortened } from './condition-words';
import { findingsIn } from './findings';
import { type Paths, type Way, wayTaken } from './paths';
import { type PlaceInWords, placeInWords } from './places';
import type { SimulatedWalk } from './simulated-walks';
import type { WaysPlace } from './undrawable.page';

export interface PathsPage extends Page {
  summary: string[];
  findings: { place: PlaceInWords; sentence: string }[];
  nothingFound: string;
  table: { caption: string; note: string; rows: WayRow[] };
  links: { href: string; text: string }[];
}

interface WayRow {
  name: string;
  takers: string;
  pages: string;
  questions: string;
  minutes: string;
  share: string;
}

/** The ways through a questionnaire: how many, how long, who takes them, and what is wrong with them. */
export function pathsPage(
  { project, questionnaire, mayChange }: WaysPlace,
  plan: Plan,
  paths: Paths,
  walks: readonly SimulatedWalk[],
): PathsPage {
  const address = `/questionnaires/${questionnaire.id}`;
  return {
    title: 'Ways through the questionnaire',
    section: questionnaire.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, { href: address, text: questionnaire.title }),
    summary: summaryOf(paths, walks),
    findings: findingsIn(paths, plan).map(({ place, sentence }) => ({
      place: placeInWords(plan, questionnaire.id, place, mayChange),
      sentence,
    })),
    nothingFound:
      'Every page and question can come up, every condition makes a difference, and no way ends early.',
    table: tableOf(plan, paths, walks),
    links: [
      { href: `${address}/map`, text: 'See the map of the questionnaire' },
      { href: address, text: 'Go back to the questionnaire' },
    ],
  };
}

function summaryOf({ exact, ways, shortest, longest }: Paths, walks: readonly SimulatedWalk[]): string[] {
  const number = ways.toLocaleString('en-GB');
  const count =
    ways === 1
      ? 'There is one way through it: everybody sees the same.'
      : `There are ${exact ? '' : 'at least '}${number} different ways through it.`;
  const typical = typicalWalk(walks).minutes;
  const time =
    ways === 1
      ? `It takes about ${minutesInWords(longest.minutes)}.`
      : `The shortest takes about ${minutesInWords(shortest.minutes)}, the longest about ${minutesInWords(longest.minutes)}. Half of ${walks.length} made-up respondents who choose at random need ${minutesInWords(typical)} or less.`;
  const tooLong =
    longest.minutes > longestMinutes
      ? [`People can give about ${longestMinutes} minutes on a break: the longest way is longer than that.`]
      : [];
  return [count, time, ...tooLong];
}

/** The walk in the middle, when they are put in order of their time. */
function typicalWalk(walks: readonly SimulatedWalk[]): SimulatedWalk {
  const ordered = [...walks].sort((one, other) => one.minutes - other.minutes);
  return ordered[Math.floor((ordered.length - 1) / 2)]!;
}

function minutesInWords(minutes: number): string {
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

function tableOf(plan: Plan, paths: Paths, walks: readonly SimulatedWalk[]): PathsPage['table'] {
  const counts = new Map<string, number>();
  for (const { pages } of walks) {
    const key = pages.map(({ questions }) => questions.join('\n')).join('\n\n');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const row = (way: Way, name: string): WayRow => {
    const key = way.pages.map(({ questions }) => questions.map((one) => one.name).join('\n')).join('\n\n');
    const share = Math.round((100 * (counts.get(key) ?? 0)) / walks.length);
    return {
      name,
      takers: takersSaid(way),
      pages: pagesInWords(way, plan),
      questions: String(way.questions),
      minutes: String(way.minutes),
      share: `${share} %`,
    };
  };
  const note = `The last column is how many of ${walks.length} made-up respondents who choose at random go this way.`;
  if (paths.listed.length > 0) {
    const ordered = [...paths.listed].sort((one, other) => one.minutes - other.minutes);
    return {
      caption: paths.listed.length === 1 ? 'The only way' : 'All ways, the shortest first',
      note,
      rows: ordered.map((way, index) => row(way, `Way ${index + 1}`)),
    };
  }
  return {
    caption: 'The shortest, a typical and the longest way',
    note: `${note} There are too many ways to list them all.`,
    rows: [
      row(paths.shortest, 'Shortest'),
      row(wayTaken(plan, typicalWalk(walks)), 'Typical'),
      row(paths.longest, 'Longest'),
    ],
  };
}

function takersSaid({ takers }: Way): string {
  if (takers === null) return 'Too many answers lead this way to say';
  return takers === '' ? 'Everybody' : `${takers}.`;
}

/** "All 6", "All but 2. The ward", or the few there are. */
function pagesInWords({ pages }: Way, plan: Plan): string {
  const met = new Set(pages.map(({ place }) => place));
  const named = (place: number) => `${place + 1}. ${shortened(plan.pages[place]!.title, 40)}`;
  const all = plan.pages.map((_, place) => place);
  const left = all.filter((place) => !met.has(place));
  if (left.length === 0) return `All ${all.length}`;
  if (met.size === 0) return 'None';
  return left.length < met.size
    ? `All but ${listed(left.map(named), 'and')}`
    : listed([...met].map(named), 'and');
}
