import { rankedBy } from '../gaps/ranking';
import type { ReleasedNode } from '../releases/release';
import { quadrantPlot } from '../web/quadrant-plot';
import { itemAddress } from './report-addresses';
import type { ReportChart } from './report-chart';
import type { ReportIndex } from './report-index';
import { fromTo, groupName, itemName, oneDecimal } from './report-words';

// Importance and performance, and the need that Borich's method makes of them, as the release has them (METHODS.md 1(c) and (e)).

interface Point {
  n: number;
  importance: number;
  performance: number;
  quadrant: string;
  crosshair: { importance: number; performance: number };
}

interface Need {
  n: number;
  importance: number;
  ability: number;
  score: number;
  scoreInterval?: [number, number];
}

/** All competencies of a group by how important they are to people and how well they do them; `marked` one of them stands out. */
export function importanceChart(
  report: ReportIndex,
  node: ReleasedNode,
  marked: number | null = null,
): ReportChart | null {
  const points = told<Point>(report, node, 'importancePerformance');
  const first = points[0];
  if (!first) return null;
  const { crosshair } = first.figure;
  const group = groupName(report.document, node.key);
  const title = `Importance and performance: ${group}`;
  const values = report.document.items
    .filter(({ measure }) => measure === 'importance')
    .flatMap((item) => item.values.map(({ value }) => value));
  return {
    name: 'importance-and-performance',
    title,
    notes: [
      `The lines stand at the mean of the competencies: importance ${oneDecimal(crosshair.importance)}, performance ${oneDecimal(crosshair.performance)}. They always leave something on either side: the picture ranks, it does not prove a need.`,
    ],
    svg: ({ narrow = false } = {}) =>
      quadrantPlot({
        idPrefix: narrow ? 'importance-and-performance-narrow' : 'importance-and-performance',
        title,
        description: points
          .map(({ item, figure }) => `${nameOf(report, item)}: ${figure.quadrant}.`)
          .join(' '),
        axes: { across: 'Performance', up: 'Importance' },
        scale: { min: Math.min(...values, 1), max: Math.max(...values, 1) },
        crosshair: { across: crosshair.performance, up: crosshair.importance },
        fields: ['Concentrate here', 'Keep up the good work', 'Low priority', 'Possible overkill'],
        points: points.map(({ item, figure }) => ({
          name: report.document.items[item]!.competency ?? nameOf(report, item),
          across: figure.performance,
          up: figure.importance,
          isMarked: item === marked,
          words: `${nameOf(report, item)}. Importance ${oneDecimal(figure.importance)}, performance ${oneDecimal(figure.performance)}: ${figure.quadrant}.`,
        })),
      }),
    table: {
      caption: title,
      headings: ['Competency', 'Mean importance', 'Mean performance', 'Quadrant', 'Answers'],
      rows: points.map(({ item, figure }) => [
        nameOf(report, item),
        oneDecimal(figure.importance),
        oneDecimal(figure.performance),
        figure.quadrant,
        `about ${figure.n}`,
      ]),
      links: points.map(({ item }) => itemAddress(report, item, node.key)),
    },
  };
}

/** The competencies of a group by Borich's score, the greatest need first; scores that look alike share a place ("1224", METHODS.md 0). */
export function borichRanking(report: ReportIndex, node: ReleasedNode): ReportChart['table'] | null {
  const needs = told<Need>(report, node, 'borich');
  if (needs.length === 0) return null;
  const ranked = rankedBy(
    needs,
    ({ figure }) => [figure.score],
    ({ item }) => String(item).padStart(4, '0'),
  );
  return {
    caption: `Borich needs assessment: ${groupName(report.document, node.key)}`,
    headings: [
      'Competency',
      'Place',
      'Score',
      '95% interval',
      'Mean importance',
      'Mean performance',
      'Answers',
    ],
    rows: ranked.map(({ item, figure, rank }) => [
      nameOf(report, item),
      rank === null ? '' : String(rank),
      oneDecimal(figure.score),
      figure.scoreInterval ? fromTo(figure.scoreInterval, oneDecimal) : '',
      oneDecimal(figure.importance),
      oneDecimal(figure.ability),
      `about ${figure.n}`,
    ]),
    links: ranked.map(({ item }) => itemAddress(report, item, node.key)),
  };
}

/** What the items of a group tell by this name. */
function told<T>(report: ReportIndex, node: ReleasedNode, name: string): { item: number; figure: T }[] {
  return report.document.items.flatMap((_, item) => {
    const figure = report.figureAt(node, item).figures?.statistics[name];
    return figure ? [{ item, figure: figure as T }] : [];
  });
}

function nameOf({ document }: ReportIndex, item: number): string {
  return itemName(document.items[item]!);
}
