import type { Measure } from '../questionnaires/definition';
import type { Figures, ReleasedDimension, ReleasedNode } from '../releases/release';
import { everybodyIn, marginAt, type ReportIndex } from './report-index';
import { percentBelow } from './report-words';

/** A table of competencies by the categories of one dimension, everybody first. */
export interface ReportMatrix {
  dimension: ReleasedDimension;
  measure: Measure;
  /** The share below what is required; or, of what nothing is required, the mean rating. */
  of: 'below' | 'mean';
  /** Everybody, then the categories. */
  nodes: ReleasedNode[];
  /** By domain, in the order of the questionnaire. */
  domains: { title: string; rows: { item: number; cells: MatrixCell[] }[] }[];
}

/** What stands in one cell: a number with its step of shade, words in place of a number, or why there is none. */
export type MatrixCell =
  | { kind: 'number'; value: number; step: number; isImprecise: boolean }
  | { kind: 'bound'; bound: NonNullable<Figures['percentMeetingBound']>; step: number }
  | { kind: 'withheld' | 'no-requirement' | 'no-answers' };

const steps = 5;

/** The tables of a report: one for each dimension and each measure rated, levels that are required by the share below them. */
export function reportMatrices(report: ReportIndex): ReportMatrix[] {
  const { dimensions, items } = report.document;
  const measures = [...new Set(items.map(({ measure }) => measure))].filter((measure) => !isTicked(measure));
  return dimensions.flatMap((dimension) =>
    measures.flatMap((measure) => {
      const ofMeasure = items.flatMap((item, place) => (item.measure === measure ? [place] : []));
      const compared = measure === 'level' ? ofMeasure.filter((item) => isCompared(report, item)) : [];
      const others = ofMeasure.filter((item) => !compared.includes(item));
      return [
        ...(compared.length > 0 ? [matrixOf(report, dimension, measure, 'below', compared)] : []),
        ...(others.length > 0 ? [matrixOf(report, dimension, measure, 'mean', others)] : []),
      ];
    }),
  );
}

/** Ticks have no mean: what they say stands on the pages of the groups. */
export function isTicked(measure: Measure): boolean {
  return measure === 'where' || measure === 'where_main';
}

/** Is a level required of somebody, as far as is shown? */
export function isCompared(report: ReportIndex, item: number): boolean {
  return report.nodes.some((node) => {
    const { figures } = report.figureAt(node, item);
    return figures !== null && (figures.percentMeeting !== null || figures.percentMeetingBound !== null);
  });
}

function matrixOf(
  report: ReportIndex,
  dimension: ReleasedDimension,
  measure: Measure,
  of: ReportMatrix['of'],
  items: readonly number[],
): ReportMatrix {
  const nodes = [
    everybodyIn(report),
    ...dimension.categories.map(({ code }) => marginAt(report, dimension.key, code)),
  ];
  const domains: ReportMatrix['domains'] = [];
  for (const item of items) {
    const { domainTitle: title } = report.document.items[item]!;
    const row = { item, cells: nodes.map((node) => cellAt(report, node, item, of)) };
    const domain = domains.find((one) => one.title === title);
    if (domain) domain.rows.push(row);
    else domains.push({ title, rows: [row] });
  }
  return { dimension, measure, of, nodes, domains };
}

/** What stands in the cell of an item in a group. */
export function cellAt(
  report: ReportIndex,
  node: ReleasedNode,
  item: number,
  of: ReportMatrix['of'],
): MatrixCell {
  const { status, figures } = report.figureAt(node, item);
  if (!figures) return { kind: status === 'published' ? 'withheld' : status };
  const isImprecise = figures.flags.includes('imprecise');
  if (of === 'below') {
    if (figures.percentMeetingBound) {
      return {
        kind: 'bound',
        bound: figures.percentMeetingBound,
        step: figures.percentMeetingBound === '>=95' ? 0 : steps - 1,
      };
    }
    const below = percentBelow(figures);
    if (below === null) return { kind: 'no-requirement' };
    return { kind: 'number', value: below, step: stepOf(below / 100), isImprecise };
  }
  if (figures.meanLevel === null) return { kind: 'withheld' };
  const values = report.document.items[item]!.values.map(({ value }) => value);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const share = highest > lowest ? (figures.meanLevel - lowest) / (highest - lowest) : 0;
  return { kind: 'number', value: figures.meanLevel, step: stepOf(share), isImprecise };
}

function stepOf(share: number): number {
  return Math.max(0, Math.min(steps - 1, Math.floor(share * steps)));
}
