import type { ReliabilityFlag } from '../gaps/reliability-flags';
import type { Measure } from '../questionnaires/definition';
import type {
  Figures,
  NodeKey,
  ReleaseDocument,
  ReleasedCategory,
  ReleasedItem,
  ReleasedNode,
} from '../releases/release';

// What figures are called, in every form of a report alike.

/** What stands where a group or a figure is withheld, whyever it is. */
export const withheldSign = 'c';
export const withheldWords =
  'Withheld: too few responses to show, or it would give away a number that is withheld';

/** "Registered nurse - child, School": the people of a group. */
export function groupName({ dimensions }: Pick<ReleaseDocument, 'dimensions'>, key: NodeKey): string {
  const labels = dimensions.flatMap((dimension) => {
    const code = key[dimension.key] ?? null;
    return code === null
      ? []
      : [dimension.categories.find((category) => category.code === code)?.label ?? code];
  });
  return labels.length === 0 ? 'Everybody' : labels.join(', ');
}

/** What the categories hold that were put together, a sentence for each: their names alone need not say. */
export function mergedInWords(categories: readonly ReleasedCategory[]): string[] {
  return categories.flatMap(({ label, of }) =>
    of ? [`“${label}” is ${of.length} groups put together: ${of.join('; ')}.`] : [],
  );
}

/** "About 25", of which report if of an earlier one, or why there is no number. */
export function respondentsInWords({
  status,
  respondents,
  carriedFrom,
}: Pick<ReleasedNode, 'status' | 'respondents' | 'carriedFrom'>): string {
  if (status === 'suppressed') return withheldSign;
  if (status === 'empty') return 'nobody';
  return `about ${respondents}${carriedFrom === null ? '' : `, as in report ${carriedFrom}`}`;
}

/** The name with the way it was asked, where other names would not tell it apart. */
export function itemAndMeasure(item: Pick<ReleasedItem, 'competency' | 'title' | 'measure'>): string {
  return item.measure === 'level' ? itemName(item) : `${itemName(item)} (${measureName(item.measure)})`;
}

export function itemName({ competency, title }: Pick<ReleasedItem, 'competency' | 'title'>): string {
  return competency && competency !== title ? `${competency} ${title}` : title;
}

const measureNames: Partial<Record<Measure, string>> = {
  level: 'Level now',
  needed: 'Level needed',
  importance: 'Importance',
  performance: 'Performance',
  confidence: 'Confidence',
  frequency: 'Frequency of use',
  organisation: 'How far a change in how work is organised would help',
  training: 'How far training would help',
  where: 'Where the gap lies',
};

export function measureName(measure: Measure): string {
  return measureNames[measure] ?? measure;
}

/** Where a share would tell what everybody, or all but one or two, answered, this is said of those who meet the level. */
export function meetingBoundInWords(bound: NonNullable<Figures['percentMeetingBound']>): string {
  return bound === '>=95' ? 'all or nearly all' : 'none or nearly none';
}

/** The same of those below it. */
export function belowBoundInWords(bound: NonNullable<Figures['percentMeetingBound']>): string {
  return bound === '>=95' ? 'none or nearly none' : 'all or nearly all';
}

const scaleWords: Record<string, string> = {
  do_not_average: 'Too low to average them',
  items_may_be_redundant: 'Some may ask the same twice',
  check_reverse_scoring: 'Some may be worded the other way round',
  no_valid_answers: 'Nobody rated them',
  too_few_complete_answers: 'Too few people rated all of them',
  fewer_than_2_items: 'Of a single rating there is none',
  constant_item: 'Everybody rated one of them alike',
  zero_total_variance: 'Everybody’s ratings come to the same',
  fewer_than_3_items: 'No omega: that takes three ratings or more',
  heywood_case: 'No omega: one rating alone stands for all',
  not_converged: 'No omega: it could not be worked out',
};

/** What there is to know of a scale's reliability, or why it has none. */
export function scaleInWords(code: string): string {
  return scaleWords[code] ?? code;
}

const flagWords: Record<ReliabilityFlag, string> = {
  very_small: 'Fewer than 20 people rated it: treat the figures with great caution',
  small: 'Few people rated it: the figures are uncertain',
  imprecise: 'The interval is wide: the figure could be quite different',
  one_voice: 'One person’s answer carries more than 30% of the weight',
  unweighted_only: 'Figures could not be weighted here and are shown without weights',
};

export function flagInWords(flag: ReliabilityFlag): string {
  return flagWords[flag];
}

/** The per cent below what is required, as far as it may be told: the rest of the per cent shown as meeting it. */
export function percentBelow({ percentMeeting }: Pick<Figures, 'percentMeeting'>): number | null {
  return percentMeeting === null ? null : 100 - percentMeeting;
}

export function percent(value: number): string {
  return `${value}%`;
}

export function oneDecimal(value: number): string {
  return value.toFixed(1);
}

export function fromTo([low, high]: readonly [number, number], inWords: (value: number) => string): string {
  return `${inWords(low)} to ${inWords(high)}`;
}

/** "1 level", "0.4 levels"; of a way too short for the first decimal, that it is less than that: nobody is 0.0 levels short. */
export function levels(value: number): string {
  if (value === 0) return 'less than 0.1 of a level';
  return `${oneDecimal(value)} ${value === 1 ? 'level' : 'levels'}`;
}

/** A mean shortfall where it stands by itself: "0.4", "less than 0.1". */
export function shortfall(value: number): string {
  return value === 0 ? 'less than 0.1' : oneDecimal(value);
}

/** The share at the level required or above, in a cell: a number, words in its place, or nothing. */
export function meetingInCell({
  percentMeeting,
  percentMeetingBound,
}: Pick<Figures, 'percentMeeting' | 'percentMeetingBound'>): string {
  if (percentMeetingBound) return meetingBoundInWords(percentMeetingBound);
  return percentMeeting === null ? '' : percent(percentMeeting);
}
