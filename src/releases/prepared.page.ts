import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import { facetNames, vocabularyNamed } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import type { MergeOffer } from './merge-offers';
import { weightingNames } from './new-release.page';
import { type PatternTable, patternTables } from './pattern';
import { categoryInWords, type Labels, problemInWords } from './problem-in-words';
import type { ItemDetail, Release, ReleaseDocument, ReleasedNode } from './release';
import { stateTag } from './releases.page';

/** The part of the page that is brought up to date while a release is worked out. */
export interface WorkPart {
  /** What a screen reader is told when it changes. */
  summary: string;
  bar: { max: number; value: number; words: string } | null;
  /** Where to go on once it is done. */
  done: { href: string; text: string } | null;
}

export interface PreparedPage extends Page {
  state: { text: string; classes: string };
  simulated: boolean;
  facts: string[];
  work: WorkPart | null;
  lookAgain: string;
  events: string;
  refused: { sentence: string; groups: string[]; ways: string[] } | null;
  failed: string | null;
  /** Preparing it once more: as it was, or with groups that changed too little left as they were. */
  again: { text: string; smallChanges: string } | null;
  againAction: string;
  ready: ReadyPart | null;
  offers: { value: string; text: string; hint: string }[];
  chosenOffers: string[];
  publish: string | null;
  throwAway: string | null;
}

interface ReadyPart {
  sentences: string[];
  tables: PatternTable[];
  details: { summary: string; items: { title: string; detail: string }[] };
}

export interface PreparedFacts {
  project: Project;
  survey: Survey;
  release: Release;
  /** What it would show, where that is worked out. */
  nodes: readonly ReleasedNode[];
  offers: readonly MergeOffer[];
  labels: Labels;
  /** Was one published before? Then nothing else can be put together. */
  isLater: boolean;
  mayRelease: boolean;
}

/** A release in hand: how far it is, why there is none, or what it would show. Not a figure is on it. */
export function preparedPage(
  facts: PreparedFacts,
  retry?: { body: Readonly<Record<string, unknown>>; errors: FieldErrors },
): PreparedPage {
  const { project, survey, release, labels, mayRelease } = facts;
  const list = `/surveys/${survey.id}/releases`;
  const address = `${list}/${release.number}`;
  const isUnderWay = release.state === 'waiting' || release.state === 'working';
  const { document } = release;
  return {
    title: `Report ${release.number}`,
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: [
      ...breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
      { href: list, text: 'Reports' },
    ],
    ...(retry ? { errors: retry.errors } : {}),
    state: stateTag(release.state),
    simulated: survey.simulated,
    facts: factsOf(release, labels),
    work: isUnderWay ? workPart(survey, release) : null,
    lookAgain: address,
    events: `${address}/events`,
    refused: release.state === 'refused' ? refusedOf(facts) : null,
    failed:
      release.state === 'failed'
        ? 'Something went wrong on our side, several times. Nothing was released. Try again; if it goes wrong once more, tell whoever runs this service.'
        : null,
    ...waysOn(facts, address),
    ready: release.state === 'ready' && document ? readyOf(facts, document) : null,
    offers: offersOf(facts),
    chosenOffers: [retry?.body.offer ?? []].flat().map(String),
    publish: release.state === 'ready' && mayRelease ? `${address}/publication` : null,
    throwAway: mayRelease ? `${address}/removal` : null,
  };
}

function waysOn(
  { release, mayRelease }: PreparedFacts,
  address: string,
): Pick<PreparedPage, 'again' | 'againAction'> {
  const { state, problem, smallChanges } = release;
  const none = { again: null, againAction: `${address}/again` };
  if (!mayRelease) return none;
  if (state === 'failed') return { ...none, again: { text: 'Try again', smallChanges } };
  if (state !== 'refused') return none;
  if (problem?.code === 'too few changes') {
    const text = 'Prepare it with those groups left as they were';
    return { ...none, again: { text, smallChanges: 'carry' } };
  }
  return { ...none, again: { text: 'Prepare it again', smallChanges } };
}

function factsOf({ weighting, merges, reason }: Release, labels: Labels): string[] {
  return [
    `${weightingNames[weighting].text}.`,
    ...merges.map(
      (merge) =>
        `${merge.codes.length} groups are put together as “${merge.label}”: ${namesOf(merge, labels)}.`,
    ),
    ...(reason ? [`Why there is another report: ${reason}`] : []),
  ];
}

const stages: Record<string, string> = {
  '': 'Waiting for its turn',
  counting: 'Counting what has come in',
  'protecting groups': 'Choosing which groups are shown',
  'protecting answers': 'Choosing how much is told of each question',
  checking: 'Checking that nobody can be found',
  'working out figures': 'Working out the figures',
  'looking for merges': 'Looking for groups that could be put together',
};

/** How far a release is; or, once it is done, the way on. */
export function workPart(survey: Pick<Survey, 'id'>, release: Release): WorkPart {
  const { state, stage, done, of, number } = release;
  if (state !== 'waiting' && state !== 'working') {
    const summary = state === 'ready' ? 'It is ready to be looked over.' : 'It has come to an end.';
    return {
      summary,
      bar: null,
      done: { href: `/surveys/${survey.id}/releases/${number}`, text: 'See what came of it' },
    };
  }
  const doing = state === 'waiting' ? stages['']! : (stages[stage] ?? stage);
  const words = of > 0 ? `${doing}: ${done} of ${of}` : doing;
  return {
    summary: `${doing}.`,
    bar: { max: Math.max(1, of), value: Math.min(done, of), words },
    done: null,
  };
}

function refusedOf({ survey, release, labels }: PreparedFacts): PreparedPage['refused'] {
  const problem = release.problem!;
  const { sentence, groups } = problemInWords(problem, labels, survey.threshold);
  const ways: Record<typeof problem.code, string[]> = {
    'nobody answered': ['Throw this one away, and prepare a report once people have answered.'],
    'too few changes': [
      `Wait until ${survey.threshold} answers or more have come in from each of these groups; then throw this one away and prepare it again.`,
      'Or prepare it now and leave these groups as they were: they keep the figures of the earlier report, and the new one says so.',
    ],
    'other groups than before': ['Throw this one away and prepare it again.'],
    weights: ['Mend the headcounts, or throw this one away and prepare one that is weighted otherwise.'],
    'audit failed': [
      'Throw this one away and prepare one in which groups are put together, or of a survey with fewer of them.',
    ],
  };
  return { sentence, groups, ways: ways[problem.code] };
}

const detailWords: Record<ItemDetail, { some: string; what: string }> = {
  levels: { some: 'by level', what: 'How many chose each level' },
  classes: {
    some: 'only as below or at what is required',
    what: 'Only how many are below what is required',
  },
  margins: {
    some: 'for one kind of group at a time only',
    what: 'Only how many are below what is required, by one kind of group at a time',
  },
  everybody: { some: 'for everybody together only', what: 'Only of everybody together' },
  nothing: { some: 'not at all', what: 'Nothing' },
};

function readyOf({ nodes }: PreparedFacts, document: ReleaseDocument): ReadyPart {
  const { shown, withheld, empty } = document.groups;
  const carried = nodes.filter(({ carriedFrom }) => carriedFrom !== null).length;
  const details = Object.entries(detailWords).flatMap(([detail, { some }]) => {
    const count = document.items.filter((item) => item.detail === detail).length;
    return count > 0 ? [`${count} ${some}`] : [];
  });
  return {
    sentences: [
      `${shown} of ${shown + withheld + empty} groups would be shown.`,
      ...(withheld > 0
        ? [
            `${withheld} would be withheld: too few people answered, or showing them would tell how many did in another group. Readers are not told which of the two.`,
          ]
        : []),
      ...(empty > 0 ? [`In ${empty} nobody answered.`] : []),
      ...(carried > 0
        ? [`${carried} keep the figures of an earlier report, because too little has changed.`]
        : []),
    ],
    tables: patternTables(document.dimensions, nodes),
    details: {
      summary: `How much is told of each question: ${details.join(', ')}`,
      items: document.items.map(({ title, measure, detail }) => ({
        title: measure === 'level' ? title : `${title} (${measure.replaceAll('_', ' ')})`,
        detail: detailWords[detail].what,
      })),
    },
  };
}

function offersOf({ release, offers, labels, isLater, mayRelease }: PreparedFacts): PreparedPage['offers'] {
  if (!mayRelease || isLater || release.state !== 'ready') return [];
  return offers.map(({ merges, shown, withheld }, place) => ({
    value: String(place),
    text: `${merges.map((merge) => mergeInWords(merge)).join('; ')}: ${shown} of ${shown + withheld} groups with answers would be shown`,
    hint: merges.map((merge) => namesOf(merge, labels)).join(' – and: '),
  }));
}

function mergeInWords({ dimension, label, codes }: MergeOffer['merges'][number]): string {
  return `Put ${codes.length} ${(vocabularyNamed(dimension)?.title ?? facetNames[dimension] ?? dimension).toLowerCase()} together as “${label}”`;
}

function namesOf({ dimension, codes }: MergeOffer['merges'][number], labels: Labels): string {
  return codes.map((code) => categoryInWords(labels, dimension, code)).join('; ');
}

export interface AskingPage extends Page {
  sentences: string[];
  action: string;
  button: { text: string; classes: string };
  cancel: { href: string; text: string };
}

/** Asks before a release is published. */
export function publicationPage(project: Project, survey: Survey, { number }: Release): AskingPage {
  const address = `/surveys/${survey.id}/releases/${number}`;
  return {
    ...askingFrame(project, survey, number),
    title: `Are you sure you want to publish report ${number}?`,
    sentences: [
      'Everybody in the project can read it from then on. It cannot be changed, taken back or undone.',
      `A later report of this survey must put the same groups together and be weighted in the same way, and every group shown in both must have changed by ${survey.threshold} answers or more, or not at all.`,
    ],
    action: `${address}/publication`,
    button: { text: 'Publish the report', classes: '' },
  };
}

/** Asks before a release is thrown away. */
export function discardingPage(project: Project, survey: Survey, { number }: Release): AskingPage {
  const address = `/surveys/${survey.id}/releases/${number}`;
  return {
    ...askingFrame(project, survey, number),
    title: `Are you sure you want to throw report ${number} away?`,
    sentences: ['Nobody has read it. No answer is lost: another report can be prepared at any time.'],
    action: `${address}/removal`,
    button: { text: 'Throw it away', classes: 'nhsuk-button--warning' },
  };
}

function askingFrame(project: Project, survey: Survey, number: number) {
  const list = `/surveys/${survey.id}/releases`;
  return {
    section: survey.name,
    audience: 'staff' as const,
    breadcrumbs: [
      ...breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
      { href: list, text: 'Reports' },
    ],
    cancel: { href: `${list}/${number}`, text: 'Leave it as it is' },
  };
}
