import type { Figures, ReleasedItem } from '../releases/release';
import { shareBars } from '../web/share-bars';
import { statisticName, statisticRows } from './report-statistics';
import {
  fromTo,
  itemName,
  levels,
  meetingBoundInWords,
  oneDecimal,
  percent,
  withheldSign,
  withheldWords,
} from './report-words';

// What is shown of one thing asked in one group, in words and as bars.

/** What comes of several ratings by one method. */
export interface StatisticPart {
  heading: string;
  rows: { name: string; value: string }[];
}

/** Why there is no figure. */
export function missingInWords(status: string): string {
  if (status === 'no-requirement') return 'No level is required of this group.';
  if (status === 'no-answers') return 'Nobody gave an answer that counts.';
  return `${withheldSign}: ${withheldWords}.`;
}

/** A figure in sentences. */
export function figuresInWords(figures: Figures, item: ReleasedItem): string[] {
  const { n, required, rank, unweighted } = figures;
  const sentences = [`About ${n} answers count.`];
  const meeting = meetingInWords(figures, item);
  if (meeting) sentences.push(meeting);
  if (figures.meanShortfall !== null) {
    sentences.push(
      `On average they are ${levels(figures.meanShortfall)}${intervalInWords(figures.meanShortfallInterval, oneDecimal)} short of it${rank === null ? '' : `: place ${rank} among the gaps of this group that are shown`}.`,
    );
  }
  if (figures.meanLevel !== null) {
    const what = item.measure === 'level' ? 'Mean level' : 'Mean rating';
    const beside = required === null ? '' : `; required: ${required}`;
    sentences.push(
      `${what}: ${oneDecimal(figures.meanLevel)}${intervalInWords(figures.meanLevelInterval, oneDecimal)}${beside}.`,
    );
  }
  const without = unweightedInWords(unweighted);
  if (without) sentences.push(without);
  const excluded = excludedInWords(figures.excluded);
  if (excluded) sentences.push(excluded);
  return sentences;
}

function meetingInWords(figures: Figures, item: ReleasedItem): string | null {
  const { percentMeeting, percentMeetingInterval, percentMeetingBound, required } = figures;
  const label = item.values.find(({ value }) => value === required)?.label;
  const level =
    required === null
      ? 'the level required of them'
      : `level ${required}${label && label !== String(required) ? ` (${label})` : ''}, which is required,`;
  if (percentMeetingBound) {
    const who = meetingBoundInWords(percentMeetingBound);
    return `${who.charAt(0).toUpperCase()}${who.slice(1)} are at ${level} or above.`;
  }
  if (percentMeeting === null) return null;
  return `${percent(percentMeeting)}${intervalInWords(percentMeetingInterval, percent)} are at ${level} or above.`;
}

/** " (95% interval 40% to 60%)", or nothing. */
export function intervalInWords(
  interval: readonly [number, number] | null,
  inWords: (value: number) => string,
): string {
  return interval ? ` (95% interval ${fromTo(interval, inWords)})` : '';
}

function unweightedInWords(unweighted: Figures['unweighted']): string | null {
  if (!unweighted) return null;
  const { percentMeeting, meanShortfall, meanLevel } = unweighted;
  const parts = [
    ...(percentMeeting === null ? [] : [`${percent(percentMeeting)} at the level or above`]),
    ...(meanShortfall === null ? [] : [`${levels(meanShortfall)} short`]),
    ...(meanLevel === null ? [] : [`mean ${oneDecimal(meanLevel)}`]),
  ];
  return parts.length === 0 ? null : `Without weights: ${parts.join(', ')}.`;
}

const excludedWords: [keyof NonNullable<Figures['excluded']>, string][] = [
  ['notMyRole', 'said it is no part of their role'],
  ['dontKnow', 'did not know'],
  ['skipped', 'skipped it'],
  ['notShown', 'were not asked'],
  ['noRequirement', 'have no level required of them'],
];

function excludedInWords(excluded: Figures['excluded']): string | null {
  if (!excluded) return null;
  const parts = excludedWords.flatMap(([why, words]) =>
    excluded[why] > 0 ? [`about ${excluded[why]} ${words}`] : [],
  );
  return parts.length === 0 ? null : `Who does not count: ${parts.join(', ')}.`;
}

/** A bar for each answer, the level required marked. */
export function distributionOf(
  shares: readonly number[],
  { required }: Pick<Figures, 'required'>,
  item: ReleasedItem,
  idPrefix: string,
): string {
  const bars = item.values.map(({ value, label }, at) => ({
    label: valueInWords({ value, label }),
    percent: shares[at] ?? 0,
    isMarked: item.measure === 'level' && value === required,
  }));
  const words = bars.map(({ label, percent: share }) => `${label}: ${percent(share)}`).join('. ');
  return shareBars({
    idPrefix,
    title: `How many chose each answer: ${itemName(item)}`,
    description: `${words}.${required === null ? '' : ` Required: ${required}.`}`,
    bars,
    markWords: 'required',
  });
}

/** What comes of several ratings, by method. */
export function statisticsOf({ statistics }: Figures, { values }: ReleasedItem): StatisticPart[] {
  const partNames = values.map(({ label }) => label);
  return Object.keys(statistics)
    .sort()
    .map((name) => ({ heading: statisticName(name), rows: statisticRows(statistics[name], partNames) }))
    .filter(({ rows }) => rows.length > 0);
}

/** "3 Independent": a value it was rated on, where its label does not begin with it. */
export function valueInWords({ value, label }: ReleasedItem['values'][number]): string {
  return label === String(value) || label.startsWith(`${value}:`) ? label : `${value} ${label}`;
}
