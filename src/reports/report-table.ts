import type { CsvCell } from '../platform/csv';
import type { FigureStatus, Figures, NodeStatus, ReleasedItem, ReleasedNode } from '../releases/release';
import type { ReportIndex } from './report-index';
import { statisticEntries } from './report-statistics';

/** The figures of a report as one long table: a row for each group and item, an empty cell where nothing is shown. */
export function figuresTable(report: ReportIndex): { header: string[]; rows: CsvCell[][] } {
  const { dimensions, items } = report.document;
  const values = valuesOf(items);
  const statistics = statisticPaths(report);
  const rows = report.nodes.flatMap((node) =>
    items.map((item, place) => {
      const { status, figures } = report.figureAt(node, place);
      return [
        ...keyCells(report, node),
        ...[groupStatus[node.status], node.respondents, node.carriedFrom],
        ...[item.competency, item.title, item.domain, item.domainTitle, item.measure],
        ...[figureStatus[status], ...figureCells(figures, item, values, statistics)],
      ];
    }),
  );
  return {
    header: [
      ...dimensions.flatMap(({ key }) => [key, `${key}_label`]),
      ...['group_status', 'group_respondents', 'carried_from'],
      ...['competency', 'title', 'domain', 'domain_title', 'measure', 'status'],
      ...figureColumns,
      ...values.map((value) => `percent_at_${value}`),
      ...statistics,
    ],
    rows,
  };
}

/** As the groups and figures of the report are called in its files. */
const groupStatus: Record<NodeStatus, string> = {
  published: 'published',
  suppressed: 'suppressed',
  empty: 'empty',
};
const figureStatus: Record<FigureStatus, string> = {
  published: 'published',
  withheld: 'withheld',
  'no-requirement': 'no-requirement',
  'no-answers': 'no-answers',
};

const figureColumns = [
  ...['n', 'required', 'percent_meeting', 'percent_meeting_low', 'percent_meeting_high'],
  ...['percent_meeting_bound', 'mean_shortfall', 'mean_shortfall_low', 'mean_shortfall_high'],
  ...['mean_level', 'mean_level_low', 'mean_level_high', 'rank', 'flags'],
  ...['skipped', 'not_shown', 'not_my_role', 'dont_know', 'no_requirement'],
  ...['unweighted_percent_meeting', 'unweighted_mean_shortfall', 'unweighted_mean_level'],
];

/** The categories of a group by code and label: no code stands for all of a dimension. */
export function keyCells({ document }: ReportIndex, { key }: ReleasedNode): CsvCell[] {
  return document.dimensions.flatMap((dimension) => {
    const code = key[dimension.key] ?? null;
    const category = dimension.categories.find((one) => one.code === code);
    return code === null ? [null, 'All'] : [code, category?.label ?? code];
  });
}

function figureCells(
  figures: Figures | null,
  item: ReleasedItem,
  values: readonly number[],
  statistics: readonly string[],
): CsvCell[] {
  if (!figures) return [...figureColumns, ...values, ...statistics].map(() => null);
  const { percentMeetingInterval, meanShortfallInterval, meanLevelInterval, excluded, unweighted } = figures;
  const shares = new Map(
    item.values.map(({ value }, place) => [value, figures.distribution?.[place] ?? null]),
  );
  const entries = new Map(statisticEntries(figures.statistics).map(({ path, value }) => [path, value]));
  return [
    ...[figures.n, figures.required, figures.percentMeeting, ...ends(percentMeetingInterval)],
    ...[figures.percentMeetingBound, figures.meanShortfall, ...ends(meanShortfallInterval)],
    ...[figures.meanLevel, ...ends(meanLevelInterval), figures.rank, figures.flags.join(' ') || null],
    ...(['skipped', 'notShown', 'notMyRole', 'dontKnow', 'noRequirement'] as const).map(
      (why) => excluded?.[why] ?? null,
    ),
    ...[unweighted?.percentMeeting ?? null, unweighted?.meanShortfall ?? null, unweighted?.meanLevel ?? null],
    ...values.map((value) => shares.get(value) ?? null),
    ...statistics.map((path) => cellOf(entries.get(path) ?? null)),
  ];
}

function ends(interval: readonly [number, number] | null): [CsvCell, CsvCell] {
  return interval ? [interval[0], interval[1]] : [null, null];
}

function cellOf(value: string | number | boolean | null): CsvCell {
  return typeof value === 'boolean' ? String(value) : value;
}

/** Every value that anything was rated on, the lowest first. */
function valuesOf(items: readonly ReleasedItem[]): number[] {
  const values = new Set(items.flatMap((item) => item.values.map(({ value }) => value)));
  return [...values].sort((one, other) => one - other);
}

function statisticPaths(report: ReportIndex): string[] {
  const paths = new Set<string>();
  for (const node of report.nodes) {
    report.document.items.forEach((_, item) => {
      const { figures } = report.figureAt(node, item);
      for (const { path } of figures ? statisticEntries(figures.statistics) : []) paths.add(path);
    });
  }
  return [...paths].sort();
}
