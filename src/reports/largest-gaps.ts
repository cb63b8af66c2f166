import type { Figures, ReleasedNode } from '../releases/release';
import { depthOf, everybodyIn, type ReportIndex } from './report-index';

/** One competency in one group, with what is shown of it. */
export interface ShownGap {
  node: ReleasedNode;
  item: number;
  figures: Figures;
}

export interface LargestGaps {
  /** By mean shortfall, then by the share below, then in the order of the questionnaire. */
  gaps: ShownGap[];
  /** Where none or nearly none meet the level required, and how far they are from it is not told. */
  nearlyAllBelow: ShownGap[];
  /** How many figures are in no ranking, because of them only the share below may be told. */
  unranked: number;
}

const most = 10;

/**
 * The largest gaps that a report shows, among the groups of its first dimension; of everybody where it shows none of those. Groups
 * that lie within each other are not ranked together: a large gap would be named several times.
 */
export function largestGaps(report: ReportIndex): LargestGaps {
  const all = candidates(report).flatMap((node) =>
    report.document.items.flatMap((_, item): ShownGap[] => {
      const { figures } = report.figureAt(node, item);
      return figures ? [{ node, item, figures }] : [];
    }),
  );
  const gaps = all
    .filter(({ figures }) => (figures.meanShortfall ?? 0) > 0)
    .sort((one, other) => byShortfall(one.figures, other.figures) || one.item - other.item);
  return {
    gaps: gaps.slice(0, most),
    nearlyAllBelow: all
      .filter(({ figures }) => figures.percentMeetingBound === '<=5' && figures.meanShortfall === null)
      .slice(0, most),
    unranked: all.filter(
      ({ figures }) => figures.meanShortfall === null && (figures.percentMeeting ?? 100) < 100,
    ).length,
  };
}

function candidates(report: ReportIndex): ReleasedNode[] {
  const first = report.document.dimensions[0]?.key ?? '';
  const shown = report.nodes.filter(
    (node) => node.status === 'published' && depthOf(node) === 1 && (node.key[first] ?? null) !== null,
  );
  return shown.length > 0 ? shown : [everybodyIn(report)];
}

function byShortfall(one: Figures, other: Figures): number {
  const shortfall = other.meanShortfall! - one.meanShortfall!;
  return shortfall || (one.percentMeeting ?? 0) - (other.percentMeeting ?? 0);
}
