import { formatDate } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { LargestGaps, ShownGap } from './largest-gaps';
import { everybodyIn, type ReportIndex } from './report-index';
import {
  fromTo,
  groupName,
  itemName,
  levels,
  meetingBoundInWords,
  oneDecimal,
  percent,
} from './report-words';

/** What stands at the head of a report: who answered, when, which report it is. */
export function factsOf(report: ReportIndex): string[] {
  const { period } = report.document;
  return [
    answeredInWords(report),
    period.wasOpen
      ? `Answers since ${formatDay(period.opens)}; the survey was still open, its last day set as ${formatDay(period.closes)}`
      : `Answers from ${formatDay(period.opens)} to ${formatDay(period.closes)}`,
    `Report ${report.number}, published on ${formatDate(report.publishedAt)}${period.wasOpen ? ', interim: more answers could come' : ', final'}`,
  ];
}

/** How many answered, of how many, and what that is worth: one sentence. */
export function answeredInWords(report: ReportIndex): string {
  const everybody = everybodyIn(report);
  if (everybody.status !== 'published') return 'Too few people answered to show anything';
  return `About ${everybody.respondents} people answered${shareInWords(report)}`;
}

/** A rate is of people invited by name; of an open link there is none, and a share of the staff is never called one (METHODS.md 2.1). */
function shareInWords(report: ReportIndex): string {
  const { response, workforce } = report.document;
  const completion =
    response?.completion == null ? '' : `; ${percent(response.completion)} of those who began finished`;
  const invited = response?.invited ?? null;
  if (invited && !invited.isMixed) {
    return `: ${percent(invited.rate)} of the ${invited.people.toLocaleString('en-GB')} who were invited${completion}`;
  }
  if (invited) {
    return `: about ${invited.answered} of the ${invited.people.toLocaleString('en-GB')} invited by name (${percent(invited.rate)}), the rest through an open link${completion}`;
  }
  const respondents = everybodyIn(report).respondents ?? 0;
  if (workforce && workforce.total > 0 && respondents <= workforce.total) {
    return `, through an open link: about ${percent(Math.round((100 * respondents) / workforce.total))} of the ${workforce.total.toLocaleString('en-GB')} staff${completion}`;
  }
  return response ? `, through an open link, so how many were reached is not known${completion}` : '';
}

/** Three sentences: the largest gap of a group, the largest of everybody, and how sure that is and what is hidden. */
export function sentencesOf(report: ReportIndex, largest: LargestGaps): string[] {
  const gaps = asksLevels(report)
    ? [groupsSentence(report, largest), everybodysSentence(report)]
    : [withoutLevels, needSentence(report)];
  return [...gaps, surenessSentence(report, largest)];
}

/** In the place of gaps where there can be none. */
export const withoutLevels =
  'This survey did not ask how skilled people are on a scale of levels, so nothing is compared with a level required.';

/** A report without levels has no gaps: to say that none can be shown would sound as if all was well. */
export function asksLevels({ document }: Pick<ReportIndex, 'document'>): boolean {
  return document.items.some(({ measure }) => measure === 'level');
}

interface RatedNeed {
  item: number;
  size: number;
  importance: number;
  performance: number;
}

/** Where ratings of importance and performance lie furthest apart, by Borich's score or by the need of four ratings (METHODS.md 1(b) and (c)). */
function needSentence(report: ReportIndex): string {
  const needs = report.document.items.flatMap((_, item) => needOf(report, item));
  if (needs.length === 0) return 'No need is shown over everybody.';
  const first = needs.reduce((one, other) => (other.size > one.size ? other : one));
  if (first.size <= 0) return 'Over everybody performance is nowhere shown to be below importance.';
  return `Over everybody the greatest need is ${nameOf(report, first.item)}: mean importance ${oneDecimal(first.importance)}, mean performance ${oneDecimal(first.performance)}.`;
}

function needOf(report: ReportIndex, item: number): RatedNeed[] {
  const { borich, trainingNeed } = report.figureAt(everybodyIn(report), item).figures?.statistics ?? {};
  const told = (borich ?? trainingNeed) as Partial<Record<string, number>> | undefined;
  const size = told?.score ?? told?.need;
  const performance = told?.ability ?? told?.performance;
  if (size === undefined || told?.importance === undefined || performance === undefined) return [];
  return [{ item, size, importance: told.importance, performance }];
}

function groupsSentence(report: ReportIndex, { gaps, nearlyAllBelow }: LargestGaps): string {
  const [first] = gaps;
  if (!first) {
    return nearlyAllBelow.length > 0
      ? 'In the groups with the largest gaps none or nearly none meet the level required.'
      : 'There is no gap that can be shown.';
  }
  const group = groupName(report.document, first.node.key);
  return `Furthest from the level required, of what can be shown: ${group}, in ${nameOf(report, first.item)}. ${gapInWords(first)}`;
}

function everybodysSentence(report: ReportIndex): string {
  const everybody = everybodyIn(report);
  const gaps = report.document.items.flatMap((_, item): ShownGap[] => {
    const { figures } = report.figureAt(everybody, item);
    return figures?.meanShortfall ? [{ node: everybody, item, figures }] : [];
  });
  // Ranks come of unrounded figures: two that look alike need not be.
  const place = ({ figures }: ShownGap) => figures.rank ?? Number.POSITIVE_INFINITY;
  const largest = gaps.reduce<ShownGap | undefined>(
    (first, gap) => (first && place(first) <= place(gap) ? first : gap),
    undefined,
  );
  if (!largest) return 'Over everybody there is no gap that can be shown.';
  return `Over everybody the largest gap that can be shown is ${nameOf(report, largest.item)}. ${gapInWords(largest)}`;
}

/** "On average people are 1.2 levels short (95% interval 0.9 to 1.5); 43% of about 25 meet it." */
function gapInWords({ figures }: ShownGap): string {
  const { meanShortfall, meanShortfallInterval, percentMeeting, percentMeetingBound, n } = figures;
  const interval = meanShortfallInterval
    ? ` (95% interval ${fromTo(meanShortfallInterval, oneDecimal)})`
    : '';
  const short = `On average people are ${levels(meanShortfall!)} short${interval}`;
  if (percentMeetingBound) return `${short}; ${meetingBoundInWords(percentMeetingBound)} meet it.`;
  return `${short}${percentMeeting === null ? '' : `; ${percent(percentMeeting)} of about ${n} meet it`}.`;
}

function surenessSentence(report: ReportIndex, { gaps }: LargestGaps): string {
  const { threshold } = report.document;
  const { shown, withheld, empty } = report.document.groups;
  const unsure = gaps.filter(({ figures }) => isUnsure(figures.flags)).length;
  const some = unsure === gaps.length ? 'All gaps' : `${unsure} of the ${gaps.length} gaps`;
  const sure = unsure === 0 ? '' : `${some} in the picture rest on few people or have a wide interval. `;
  const figures = withheldFigures(report);
  const hidden = [
    ...(withheld > 0
      ? [
          `${withheld} ${withheld === 1 ? 'is' : 'are'} withheld, because fewer than ${threshold} people answered there or because it would give such a group away`,
        ]
      : []),
    ...(figures.withheld > 0
      ? [
          `of their ${figures.of} figures ${figures.withheld} ${figures.withheld === 1 ? 'is' : 'are'} withheld, because they rest on too few people or would give away a number that is withheld`,
        ]
      : []),
  ];
  return `${sure}Figures of ${shown} of ${shown + withheld + empty} groups are shown; ${hidden.join('; ') || 'nothing is withheld'}${empty > 0 ? `; in ${empty} nobody answered` : ''}.`;
}

/** Single figures of groups that are shown can be withheld too. */
function withheldFigures(report: ReportIndex): { withheld: number; of: number } {
  const statuses = report.nodes
    .filter(({ status }) => status === 'published')
    .flatMap((node) => report.document.items.map((_, item) => report.figureAt(node, item).status));
  return { withheld: statuses.filter((status) => status === 'withheld').length, of: statuses.length };
}

function isUnsure(flags: readonly string[]): boolean {
  return ['very_small', 'small', 'imprecise', 'one_voice'].some((flag) => flags.includes(flag));
}

function nameOf({ document }: ReportIndex, item: number): string {
  return itemName(document.items[item]!);
}
