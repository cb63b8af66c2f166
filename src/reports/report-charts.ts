import { sourceItems, sourcesByGroup, sourcesOverall } from './gap-sources-chart';
import { importanceChart } from './importance-chart';
import { largestGaps } from './largest-gaps';
import { largestGapsChart } from './largest-gaps-chart';
import type { ReportChart } from './report-chart';
import { everybodyIn, type ReportIndex } from './report-index';

/** All pictures of a report, in the order of its page, each with the figures behind it. */
export function reportCharts(report: ReportIndex): ReportChart[] {
  return [
    largestGapsChart(report, largestGaps(report)),
    sourcesOverall(report),
    ...sourceItems(report).map((item) => sourcesByGroup(report, item)),
    importanceChart(report, everybodyIn(report)),
  ].filter((chart) => chart !== null);
}
