import type { ReliabilityFlag } from '../gaps/reliability-flags';
import type { Measure } from '../questionnaires/definition';
import type { Figures, NodeKey, ReleaseDocument, ReleasedItem, ReleasedNode } from '../releases/release';

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

/** "About 25", or why there is no number. */
export function respondentsInWords({
  status,
  respondents,
}: Pick<ReleasedNode, 'status' | 'respondents'>): string {
  if (status === 'suppressed') return withheldSign;
  return status === 'empty' ? 'nobody' : `about ${respondents}`;
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

/** "1 level", "0.4 levels". */
export function levels(value: number): string {
  return `${oneDecimal(value)} ${value === 1 ? 'level' : 'levels'}`;
}
