import type { Figures, NodeKey, ReleasedNode } from '../releases/release';
import { largestGaps } from '../reports/largest-gaps';
import { itemAddress } from '../reports/report-addresses';
import type { ReportIndex } from '../reports/report-index';
import { figurePlace, groupPlace, readPlace } from '../reports/report-place';
import {
  fromTo,
  groupName,
  itemAndMeasure,
  levels,
  meetingBoundInWords,
  percent,
} from '../reports/report-words';

/** A figure that a report shows, as something that a recommendation answers. */
export interface ReportGap {
  /** Its place in the report: "figure:3:profession=rn_adult". */
  name: string;
  title: string;
  /** What the release says of it. */
  sentence: string;
  /** Where it is seen. */
  href: string;
}

/** The gap at a place of a report; undefined where the report shows no figure there. */
export function readGap(report: ReportIndex, name: string): ReportGap | undefined {
  if (!name.startsWith('figure:')) return undefined;
  const place = readPlace(report, name);
  if (!place || place.item === null || place.key === null) return undefined;
  const { figures } = report.figureAt(report.nodeAt(place.key)!, place.item);
  return figures ? gapOf(report, place.item, place.key, figures) : undefined;
}

function gapOf(report: ReportIndex, item: number, key: NodeKey, figures: Figures): ReportGap {
  const title = `${itemAndMeasure(report.document.items[item]!)}: ${groupName(report.document, key)}`;
  return {
    name: figurePlace(report, item, key),
    title,
    sentence: figureInWords(figures),
    href: itemAddress(report, item, key),
  };
}

/** "57% (45% to 69%) of about 25 are at the level required or above; on average 0.7 levels short." */
export function figureInWords(figures: Figures): string {
  const { n, percentMeeting, percentMeetingInterval, percentMeetingBound, meanShortfall, meanLevel } =
    figures;
  const short = meanShortfall === null ? '' : `; on average ${levels(meanShortfall)} short`;
  if (percentMeetingBound) {
    const who = meetingBoundInWords(percentMeetingBound);
    return `${who.charAt(0).toUpperCase()}${who.slice(1)} of about ${n} are at the level required or above${short}.`;
  }
  if (percentMeeting !== null) {
    const interval = percentMeetingInterval ? ` (${fromTo(percentMeetingInterval, percent)})` : '';
    return `${percent(percentMeeting)}${interval} of about ${n} are at the level required or above${short}.`;
  }
  return meanLevel === null
    ? `About ${n} answers count.`
    : `Mean rating ${meanLevel.toFixed(1)}, of about ${n} answers.`;
}

/** What the list of gaps to choose from is narrowed by. */
export interface GapFilter {
  /** A group's place: "group:profession=rn_adult"; '' where none is chosen. */
  group: string;
  words: string;
}

const mostFound = 60;

/**
 * Gaps to choose from: those of the chosen group, or of all, that the words are in, the largest first; without a choice the ten
 * largest of the report. `more` says how many are not listed.
 */
export function findGaps(report: ReportIndex, filter: GapFilter): { gaps: ReportGap[]; more: number } {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const isMeant = ({ title }: ReportGap) => words.every((word) => title.toLowerCase().includes(word));
  const place = filter.group === '' ? undefined : readPlace(report, filter.group);
  const key = place?.key ?? undefined;
  if (!key && words.length === 0) {
    const { gaps, nearlyAllBelow } = largestGaps(report);
    const found = [...gaps, ...nearlyAllBelow].map(({ node, item, figures }) =>
      gapOf(report, item, node.key, figures),
    );
    return { gaps: found, more: 0 };
  }
  const nodes = key ? [report.nodeAt(key)!] : report.nodes;
  const found = nodes
    .flatMap((node) =>
      report.document.items.map((_, item) => ({ node, item, figures: report.figureAt(node, item).figures })),
    )
    .filter((one): one is typeof one & { figures: Figures } => one.figures !== null)
    .sort(byShortfall)
    .map(({ node, item, figures }) => gapOf(report, item, node.key, figures))
    .filter(isMeant);
  return { gaps: found.slice(0, mostFound), more: Math.max(0, found.length - mostFound) };
}

type Found = { node: ReleasedNode; item: number; figures: Figures };

/** The largest first; those without a mean shortfall last, in the order of the questionnaire. */
function byShortfall(one: Found, other: Found): number {
  const shortfall = (other.figures.meanShortfall ?? -1) - (one.figures.meanShortfall ?? -1);
  return shortfall || one.item - other.item || one.node.place - other.node.place;
}

/** The groups whose figures are shown, by their places. */
export function groupsToChoose(report: ReportIndex): { value: string; text: string }[] {
  return report.nodes
    .filter(({ status }) => status === 'published')
    .map(({ key }) => ({ value: groupPlace(report, key), text: groupName(report.document, key) }));
}

/** Where a gap of an earlier report is in this one: the same thing asked, in the same group, if it is shown here. */
export function gapInReport(earlier: ReportIndex, report: ReportIndex, name: string): string | undefined {
  const place = readPlace(earlier, name);
  if (!place || place.item === null || place.key === null) return undefined;
  const asked = earlier.document.items[place.item]!;
  const item = report.document.items.findIndex(
    ({ competency, domain, measure, title }) =>
      competency === asked.competency &&
      domain === asked.domain &&
      measure === asked.measure &&
      (competency !== null || domain !== null || title === asked.title),
  );
  if (item < 0) return undefined;
  return readGap(report, figurePlace(report, item, place.key))?.name;
}
