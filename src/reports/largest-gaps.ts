import type { Figures, ReleasedNode } from '../releases/release';
import { everybodyIn, type ReportIndex } from './report-index';

/** One competency in one group, with what is shown of it. */
export interface ShownGap {
  node: ReleasedNode;
  item: number;
  figures: Figures;
}

export interface LargestGaps {
  /** By mean shortfall, then by the share below, then in the order of the questionnaire. */
  gaps: ShownGap[];
  /** How many there are in all. */
  of: number;
  /** Where none or nearly none meet the level required, and how far they are from it is not told. */
  nearlyAllBelow: ShownGap[];
  /** How many figures are in no ranking, because of them only the share below may be told. */
  unranked: number;
}

const most = 10;

/**
 * The largest gaps that a report shows, among the groups of its first dimension and the parts of these by the second; of everybody where it
 * shows none of those. Groups that lie within each other are not ranked together: a large gap would be named several times. So a group of the
 * first dimension stands for its parts, but where some of these are clearly further from the level (all of their interval lies beyond its shortfall),
 * or where how far the whole is may not be told: then those parts stand for it. The smallest groups do not fill the list by luck alone.
 */
export function largestGaps(report: ReportIndex): LargestGaps {
  const families = familiesIn(report);
  const all = families.flatMap(standing);
  const gaps = all
    .filter(({ figures }) => (figures.meanShortfall ?? 0) > 0)
    .sort((one, other) => byShortfall(one.figures, other.figures) || one.item - other.item);
  return {
    gaps: gaps.slice(0, most),
    of: gaps.length,
    nearlyAllBelow: families.flatMap(withNearlyAllBelow).slice(0, most),
    unranked: all.filter(
      ({ figures }) => figures.meanShortfall === null && (figures.percentMeeting ?? 100) < 100,
    ).length,
  };
}

/** What is shown of an item in a group of the first dimension and in its parts. */
interface Family {
  whole: ShownGap | undefined;
  parts: ShownGap[];
}

function familiesIn(report: ReportIndex): Family[] {
  const [first, second] = report.document.dimensions;
  const nodes = (first?.categories ?? [])
    .map(({ code }) => ({
      whole: report.nodeAt({ [first!.key]: code })!,
      parts: (second?.categories ?? []).map(
        (part) => report.nodeAt({ [first!.key]: code, [second!.key]: part.code })!,
      ),
    }))
    .filter(({ whole, parts }) => [whole, ...parts].some(({ status }) => status === 'published'));
  const families = nodes.length > 0 ? nodes : [{ whole: everybodyIn(report), parts: [] }];
  const shown = (node: ReleasedNode, item: number): ShownGap[] => {
    const { figures } = report.figureAt(node, item);
    return figures ? [{ node, item, figures }] : [];
  };
  return report.document.items.flatMap((_, item) =>
    families.map(({ whole, parts }) => ({
      whole: shown(whole, item)[0],
      parts: parts.flatMap((part) => shown(part, item)),
    })),
  );
}

/** The group itself, or those of its parts that stand for it. */
function standing({ whole, parts }: Family): ShownGap[] {
  const beyond = whole?.figures.meanShortfall ?? null;
  const told = parts.filter(({ figures }) => figures.meanShortfall !== null);
  const instead =
    beyond === null ? told : told.filter(({ figures }) => (figures.meanShortfallInterval?.[0] ?? 0) > beyond);
  if (instead.length > 0) return instead;
  return whole ? [whole] : parts;
}

function withNearlyAllBelow({ whole, parts }: Family): ShownGap[] {
  const are = ({ figures }: ShownGap) =>
    figures.percentMeetingBound === '<=5' && figures.meanShortfall === null;
  return whole && are(whole) ? [whole] : parts.filter(are);
}

function byShortfall(one: Figures, other: Figures): number {
  const shortfall = other.meanShortfall! - one.meanShortfall!;
  return shortfall || (one.percentMeeting ?? 0) - (other.percentMeeting ?? 0);
}
