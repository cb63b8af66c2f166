import { pngOf } from '../platform/png';
import { type ZipEntry, zipOf } from '../platform/zip-writer';
import type { ReportChart } from '../reports/report-chart';
import { reportCharts } from '../reports/report-charts';
import type { ReportIndex } from '../reports/report-index';
import type { ChartStyles } from '../web/chart-styles';
import { standaloneChart } from '../web/standalone-chart';
import { partName } from './report-file';

/** Dots of a picture for each unit of the drawing: sharp on paper and on large screens. */
export const pictureScale = 2;

/** A chart of a report as a drawing that stands alone. */
export function chartDrawing(chart: ReportChart, styles: ChartStyles): string {
  return standaloneChart(chart.svg(), styles);
}

/** All pictures of a report, each as a drawing and as a picture. */
export async function reportPictures(
  report: ReportIndex,
  styles: ChartStyles,
  tell: (done: number, of: number) => void,
): Promise<Buffer> {
  const charts = reportCharts(report);
  const entries: ZipEntry[] = [];
  for (const [place, chart] of charts.entries()) {
    tell(place, charts.length);
    const svg = chartDrawing(chart, styles);
    entries.push(
      { name: partName(report, chart.name, 'svg'), bytes: Buffer.from(svg) },
      { name: partName(report, chart.name, 'png'), bytes: await pngOf(svg, pictureScale) },
    );
  }
  return zipOf(entries, report.publishedAt);
}
