import type { Figures, ReleasedItem } from '../releases/release';
import { everybodyIn, type ReportIndex } from '../reports/report-index';
import type { ReportPlace } from '../reports/report-place';
import {
  fromTo,
  levels,
  measureName,
  meetingBoundInWords,
  oneDecimal,
  percent,
  withheldWords,
} from '../reports/report-words';

/** What the report says at a place, in a sentence or two: released figures and nothing else (METHODS.md 3.3, step 8). */
export function placeInWords(report: ReportIndex, { item, key }: ReportPlace): string[] {
  if (item === null && key === null) return [];
  const node = key ? report.nodeAt(key)! : everybodyIn(report);
  if (node.status === 'suppressed') return [`Of this group nothing is shown: ${withheldWords}.`];
  if (node.status === 'empty') return ['Nobody of this group answered.'];
  if (item === null) return [`About ${node.respondents} people answered.`];
  const { status, figures } = report.figureAt(node, item);
  const asked = report.document.items[item]!;
  if (!figures) return [missing[status] ?? `Of this nothing is shown: ${withheldWords}.`];
  return [
    `${measureName(asked.measure)}. About ${figures.n} answers count.`,
    ...figuresInWords(figures, asked),
  ];
}

const missing: Record<string, string> = {
  'no-requirement': 'No level is required of this group.',
  'no-answers': 'Nobody gave an answer that counts.',
};

function figuresInWords(figures: Figures, { measure }: ReleasedItem): string[] {
  const { percentMeeting, percentMeetingInterval, percentMeetingBound, required } = figures;
  const level = required === null ? 'the level required of them' : `level ${required}, which is required,`;
  const meeting = percentMeetingBound
    ? meetingBoundInWords(percentMeetingBound)
    : percentMeeting === null
      ? ''
      : `${percent(percentMeeting)}${interval(percentMeetingInterval, percent)}`;
  const shortfall = figures.meanShortfall;
  const mean = figures.meanLevel;
  return [
    ...(meeting ? [`${meeting.charAt(0).toUpperCase()}${meeting.slice(1)} are at ${level} or above.`] : []),
    ...(shortfall === null
      ? []
      : [
          `On average they are ${levels(shortfall)}${interval(figures.meanShortfallInterval, oneDecimal)} short of it.`,
        ]),
    ...(mean === null
      ? []
      : [
          `${measure === 'level' ? 'Mean level' : 'Mean rating'}: ${oneDecimal(mean)}${interval(figures.meanLevelInterval, oneDecimal)}.`,
        ]),
  ];
}

function interval(range: readonly [number, number] | null, inWords: (value: number) => string): string {
  return range ? ` (95% interval ${fromTo(range, inWords)})` : '';
}
