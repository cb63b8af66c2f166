import type { FieldErrors } from '../platform/form';
import { displayed } from '../platform/rounding';
import type { ReleasedNode, ReleasedOffer } from '../releases/release';
import { selfRated } from '../reports/method-note';
import { groupAddress } from '../reports/report-addresses';
import type { ReportIndex } from '../reports/report-index';
import { type NavLink, reportNav } from '../reports/report-nav';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import { fromTo, groupName, itemName, respondentsInWords, withheldWords } from '../reports/report-words';
import type { Page } from '../web/layout';
import { shareBars } from '../web/share-bars';
import { stackedBars } from '../web/stacked-bars';
import {
  audiencesOf,
  type CompetencyNeed,
  coverageIn,
  type GroupNeeds,
  hasGap,
  inOrderOfNeed,
  needsOf,
  openToGroup,
  purchasesFor,
  type Taught,
  taught,
} from './competency-need';
import { type GroupSelect, groupSelects, pageAddress } from './group-choice';
import { levelInWords } from './guidance';
import { listed, offerInWords, poundsInWords } from './offer-words';

export interface TrainingPage extends Page {
  nav: NavLink[];
  simulated: boolean;
  selfRated: string;
  form: { action: string; selects: GroupSelect[] };
  group: { href: string; text: string; note: string };
  /** Why nothing is shown; null where something is. */
  refusal: string | null;
  sentences: string[];
  /** What would make the page say more, and where to give it. */
  missing: { text: string; link: Link | null }[];
  chart: { svg: string; caption: string } | null;
  sections: NeedSection[];
  met: string[];
  left: { heading: string; text: string }[];
  /** The budget typed, and what it would buy; null where no need is counted. */
  budget: {
    typed: string;
    sentences: string[];
    table: { headings: string[]; rows: { heading: string; cells: string[] }[] } | null;
  } | null;
  how: string[];
  guidance: Link;
}

interface Link {
  href: string;
  text: string;
}

interface NeedSection {
  id: string;
  heading: string;
  caption: string;
  headings: string[];
  rows: { href: string; heading: string; cells: string[] }[];
}

/** What the page is made from. */
export interface TrainingFacts {
  report: ReportIndex;
  node: ReleasedNode;
  /** The offers frozen with the release; undefined in one of before they were. */
  offers: readonly ReleasedOffer[] | undefined;
  typed: string;
  /** In pounds; null where none is asked for, or it cannot be understood. */
  budget: number | null;
  errors?: FieldErrors;
}

/** What training there is for what a group needs, and what is missing: gaps without an offer first. */
export function trainingPage(at: AtReport, facts: TrainingFacts): TrainingPage {
  const { report, node, offers = [], errors } = facts;
  const { document } = report;
  const name = groupName(document, node.key);
  const all = offers.map(taught);
  const open = openToGroup(all, audiencesOf(document, node.key));
  const figured = document.items.map((item, place) => ({
    item,
    place,
    figure: report.figureAt(node, place),
  }));
  const group = needsOf(figured, open);
  const isShown = node.status === 'published';
  const ordered = inOrderOfNeed(group.needs);
  return {
    title: 'What to do about it',
    section: document.survey.name,
    audience: 'staff',
    wide: true,
    ...(errors ? { errors } : {}),
    nav: reportNav(report.id, 'training', at),
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${report.id}`, text: document.survey.name }),
    simulated: document.survey.simulated,
    selfRated,
    form: { action: `/reports/${report.id}/training`, selects: groupSelects(document, node.key) },
    group: { href: groupAddress(report, node.key), text: name, note: `${respondentsInWords(node)} answered` },
    refusal: refusalOf(node, name, group),
    sentences: isShown ? summaryOf(group, open) : [],
    missing: isShown ? missingOf(at, facts, group) : [],
    chart: isShown ? chartOf(ordered, name) : null,
    sections: isShown ? sectionsOf(report, node, ordered) : [],
    met: group.needs.filter((need) => !hasGap(need)).map(({ item }) => itemName(item)),
    left: isShown ? leftOf(group) : [],
    budget: isShown ? budgetOf(facts, group, open) : null,
    how: howOf(group, node),
    guidance: {
      href: pageAddress(report.id, 'commissioning', node.key),
      text: 'What to commission, group by group',
    },
  };
}

function refusalOf({ status }: ReleasedNode, name: string, { needs, withheld }: GroupNeeds): string | null {
  if (status === 'suppressed') return `${name}. ${withheldWords}.`;
  if (status === 'empty') return 'Nobody of this group answered.';
  if (needs.length > 0 || withheld.length > 0) return null;
  return 'No levels are shown that are required of this group.';
}

function percent(value: number | null): string {
  if (value === null) return '–';
  return value > 0 && value < 0.5 ? 'less than 1%' : `${displayed(value, 0)}%`;
}

function people(count: number): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'person' : 'people'}`;
}

function summaryOf({ needs }: GroupNeeds, open: readonly Taught[]): string[] {
  if (needs.length === 0) return [];
  const coverage = coverageIn(needs);
  const without = inOrderOfNeed(needs).filter(({ full }) => full.length === 0);
  const existing = open.filter(({ offer }) => offer.status === 'existing').length;
  return [
    `${existing} existing training ${existing === 1 ? 'offer is' : 'offers are'} open to this group. They reach the level required in ${coverage.covered} of ${coverage.competencies} competencies (${percent(coverage.percent)}).`,
    without.length === 0
      ? 'Every competency in which somebody is below the level has an offer that reaches it.'
      : `${without.length} ${without.length === 1 ? 'competency has' : 'competencies have'} a gap and no offer that reaches the level.`,
    ...(coverage.needWeighted === null
      ? []
      : [
          `Weighted by how many people are below the level, offers reach ${percent(coverage.needWeighted)} of the need, and their places in a year meet ${percent(coverage.met)} of it.`,
        ]),
  ];
}

function missingOf(
  at: AtReport,
  { offers, report }: TrainingFacts,
  { needs }: GroupNeeds,
): TrainingPage['missing'] {
  const mayGive = !at.isGuest && at.may('change the project');
  const link = (path: string, text: string) =>
    mayGive ? { href: `/projects/${at.project.id}/${path}`, text } : null;
  const staffKnown = needs.some(({ staff }) => staff !== null);
  const known = needs.length > 0;
  return [
    ...(offers === undefined
      ? [
          {
            text: 'This report was made before training offers were kept with reports. A new report will show them.',
            link: null,
          },
        ]
      : offers.length === 0
        ? [
            {
              text: 'No training offers were listed when this report was made. Offers listed now appear in the next report.',
              link: link('training', 'List training offers'),
            },
          ]
        : []),
    ...(known && !staffKnown
      ? [
          {
            text: report.document.workforce
              ? 'Staff are not counted so that the number in this group is known, so gaps are ranked by the share of people below the level, not by how many there are.'
              : 'Nobody had counted the staff when this report was made, so gaps are ranked by the share of people below the level, not by how many there are, and need cannot be set against places.',
            link: link('populations', 'Give headcounts for the next report'),
          },
        ]
      : []),
  ];
}

/** Longer pictures are not looked at: the tables hold the rest. */
const mostBars = 15;

function chartOf(ordered: readonly CompetencyNeed[], name: string): TrainingPage['chart'] {
  const counted = ordered.filter(({ unmet, people }) => unmet !== null && (people ?? 0) > 0);
  const first = (all: readonly unknown[]) =>
    all.length > mostBars ? ` The first ${mostBars} of ${all.length} are drawn.` : '';
  if (counted.length > 0) {
    return {
      svg: stackedBars({
        idPrefix: 'need',
        title: `People below the level required, and places for them: ${name}`,
        description:
          'A bar for each competency, those without an offer first. The tables below hold the same figures.',
        parts: ['Places a year meet it', 'Unmet'],
        rows: counted.slice(0, mostBars).map(({ item, people, unmet }) => ({
          label: itemName(item),
          counts: [people! - unmet!.unmet, unmet!.unmet],
        })),
      }),
      caption: `People of the workforce below the level required, by competency. One place may serve several competencies, so places do not add up over them.${first(counted)}`,
    };
  }
  const shared = ordered.filter(({ share }) => share !== null);
  if (shared.length === 0) return null;
  return {
    svg: shareBars({
      idPrefix: 'need',
      title: `Share below the level required: ${name}`,
      description:
        'A bar for each competency, those without an offer first. The tables below hold the same figures.',
      bars: shared.slice(0, mostBars).map(({ item, share, full }) => ({
        label: `${itemName(item)}${full.length === 0 ? ' – no offer' : ''}`,
        percent: share!,
        isMarked: false,
      })),
      markWords: '',
    }),
    caption: `Share of people below the level required, by competency.${first(shared)}`,
  };
}

const mostOffers = 4;

function sectionsOf(
  report: ReportIndex,
  node: ReleasedNode,
  ordered: readonly CompetencyNeed[],
): NeedSection[] {
  const isCounted = ordered.some(({ staff }) => staff !== null);
  const part = (
    id: string,
    heading: string,
    needs: readonly CompetencyNeed[],
    offers: string,
  ): NeedSection => ({
    ...{ id, heading, caption: heading },
    headings: [
      'Level required',
      'Below the level',
      ...(isCounted ? ['Rank by unmet need', 'Places a year', 'Unmet need', 'Share unmet'] : []),
      offers,
    ],
    rows: needs.map((need) => ({
      href: `${groupAddress(report, node.key)}#item-${need.place + 1}`,
      heading: itemName(need.item),
      cells: [
        levelInWords(need),
        belowInWords(need),
        ...(isCounted ? unmetCells(need) : []),
        id === 'no-offer' ? insteadInWords(need) : namesOf(need.full),
      ],
    })),
  });
  const without = ordered.filter(({ full }) => full.length === 0);
  const reached = ordered.filter(({ full }) => full.length > 0);
  return [
    ...(without.length > 0
      ? [part('no-offer', 'Gaps without an offer', without, 'What there is instead')]
      : []),
    ...(reached.length > 0
      ? [part('offers', 'Gaps that offers reach', reached, 'Offers that reach the level')]
      : []),
  ];
}

function belowInWords({ share, bound, people: below, peopleInterval, staff }: CompetencyNeed): string {
  const who = bound === '<=5' ? 'all or nearly all' : `${share}%`;
  if (below !== null) {
    const interval = peopleInterval
      ? `, 95% interval ${fromTo(peopleInterval, (end) => end.toLocaleString('en-GB'))}`
      : '';
    return `about ${people(below)} (${who}${interval})`;
  }
  return staff === null ? who : `${who} of ${people(staff)}; how many exactly is not shown`;
}

function unmetCells({ unmet, placesUnknown }: CompetencyNeed): string[] {
  if (!unmet) return ['–', '–', '–', '–'];
  const places = unmet.supply.toLocaleString('en-GB');
  return [
    String(unmet.rank),
    placesUnknown ? `${places} or more` : places,
    placesUnknown ? `${people(unmet.unmet)} or fewer` : people(unmet.unmet),
    unmet.ratio === null ? '–' : percent(100 * unmet.ratio),
  ];
}

function namesOf(offers: readonly Taught[]): string {
  return listed(
    offers.map(({ offer }) => offerInWords(offer)),
    mostOffers,
  );
}

function insteadInWords({ planned, below, item }: CompetencyNeed): string {
  const parts = [
    ...(planned.length > 0 ? [`Planned: ${namesOf(planned)}`] : []),
    ...(below.length > 0
      ? [
          `Below the level: ${listed(
            below.map(({ offer }) => `${offerInWords(offer)}, to level ${offer.levels[item.competency!]}`),
            mostOffers,
          )}`,
        ]
      : []),
  ];
  return parts.length === 0 ? 'Nothing' : parts.join('. ');
}

function leftOf({ withheld, without, unknown }: GroupNeeds): TrainingPage['left'] {
  const names = (items: GroupNeeds['withheld']) => items.map(itemName).join('; ');
  return [
    ...(withheld.length > 0 ? [{ heading: withheldWords, text: `${names(withheld)}.` }] : []),
    ...(unknown.length > 0
      ? [
          {
            heading: 'Different levels required',
            text: `${names(unknown)}. People of this group need different levels, and this report does not keep which: choose a smaller group.`,
          },
        ]
      : []),
    ...(without.requirement > 0
      ? [
          {
            heading: 'No level required',
            text: `${without.requirement} ${without.requirement === 1 ? 'competency is' : 'competencies are'} not required of this group.`,
          },
        ]
      : []),
    ...(without.answers > 0
      ? [
          {
            heading: 'No answers',
            text: `Nobody gave an answer that counts to ${without.answers} of the competencies.`,
          },
        ]
      : []),
  ];
}

function budgetOf(
  { typed, budget }: TrainingFacts,
  { needs }: GroupNeeds,
  open: readonly Taught[],
): TrainingPage['budget'] {
  if (!needs.some(({ unmet }) => unmet !== null && unmet.unmet > 0)) return null;
  if (budget === null) return { typed, sentences: [], table: null };
  const { list, unpriced } = purchasesFor(needs, open, budget);
  const spent = list.reduce((sum, { cost }) => sum + cost, 0);
  const left = `${unpriced.length} ${unpriced.length === 1 ? 'offer that would help is' : 'offers that would help are'} left out, because cost or places are not known: ${listed(
    unpriced.map(({ offer }) => `“${offer.title}”`),
    mostOffers,
  )}.`;
  return {
    typed,
    sentences: [
      list.length === 0
        ? `No offer with a known cost and places fits into ${poundsInWords(budget)} and would fill an unmet need.`
        : `${poundsInWords(spent)} of ${poundsInWords(budget)} buys ${list.length} ${list.length === 1 ? 'offer' : 'offers'}. Each time, the one that fills most for its cost is taken: a simple rule that is not always the best list for the money.`,
      ...(unpriced.length > 0 ? [left] : []),
    ],
    table:
      list.length === 0
        ? null
        : {
            headings: ['Provider', 'Cost a year', 'Places a year', 'Unmet needs it fills'],
            rows: list.map(({ offer: { offer }, cost, fills }) => ({
              heading: `${offer.title}${offer.status === 'planned' ? ' (planned)' : ' (the same again)'}`,
              cells: [
                offer.provider,
                poundsInWords(cost),
                String(offer.places ?? '–'),
                Math.round(fills).toLocaleString('en-GB'),
              ],
            })),
          },
  };
}

/** Said wherever places are set against part of the workforce. */
export const sharedPlaces =
  'Places of an offer are those for everybody it is open to: other groups may take some of them, and then more is missing than is shown for one group.';

function howOf({ needs }: GroupNeeds, { key }: ReleasedNode): string[] {
  const isPart = Object.values(key).some((code) => code !== null);
  const isMixed = needs.some(({ lowest, level }) => lowest !== level);
  const isCounted = needs.some(({ people }) => people !== null);
  return [
    'Training offers stand as they were when this report was made. Only existing ones count; planned ones are named.',
    'An offer counts for a group if it is open to somebody of it. Offers below the level required are named and not counted.',
    ...(isMixed
      ? [
          'Where people of the group need different levels, an offer counts in full only if it reaches the highest of them.',
        ]
      : []),
    ...(isCounted
      ? [
          'People below the level are the staff of whom it is required times the share below that is shown, to the nearest five. They are people of the workforce, not those who answered.',
          ...(isPart ? [sharedPlaces] : []),
          'Unmet need is people below the level less the places a year of the offers that reach it. A place may serve several competencies, so places and needs do not add up over them.',
        ]
      : []),
  ];
}
