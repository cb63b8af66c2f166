import type { Figures, ReleasedItem, ReleasedNode } from '../releases/release';
import type { ReportIndex } from '../reports/report-index';
import type { UncomparedItem } from './compared-items';
import { type Metric, tellingOf } from './metric';

/** A figure with weights and without; the same people stand behind both, so their difference has no interval. */
export interface WeightedItem {
  item: ReleasedItem;
  weighted: number;
  unweighted: number;
  difference: number;
}

/** The items of a group that are shown both with weights and without, and why the others are not. */
export function weightedItems(
  report: ReportIndex,
  node: ReleasedNode,
  metric: Metric,
): { rows: WeightedItem[]; refused: UncomparedItem[] } {
  const rows: WeightedItem[] = [];
  const refused: UncomparedItem[] = [];
  report.document.items.forEach((item, place) => {
    if (item.measure !== metric.measure) return;
    const shown = report.figureAt(node, place);
    const telling = tellingOf(shown, metric);
    const unweighted = shown.figures && unweightedOf(shown.figures, metric);
    if (!telling.figure) refused.push({ item, reason: telling.why });
    else if (unweighted === null) refused.push({ item, reason: whyNone(shown.figures!) });
    else {
      const { value: weighted } = telling.figure;
      const difference = Math.round((weighted - unweighted) * 10) / 10;
      rows.push({ item, weighted, unweighted, difference });
    }
  });
  return { rows, refused };
}

function unweightedOf({ unweighted }: Figures, { of }: Metric): number | null {
  if (!unweighted) return null;
  if (of === 'below') return unweighted.percentMeeting === null ? null : 100 - unweighted.percentMeeting;
  return of === 'shortfall' ? unweighted.meanShortfall : unweighted.meanLevel;
}

function whyNone({ flags }: Figures): string {
  return flags.includes('unweighted_only')
    ? 'the figures could not be weighted here and are shown without weights only'
    : 'the figure without weights is not shown: beside the weighted one it would give away a number that is withheld';
}
