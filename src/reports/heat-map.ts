import type { ReleasedNode } from '../releases/release';
import { groupAddress, itemAddress, mapAddress } from './report-addresses';
import type { ReportIndex } from './report-index';
import { cellAt, isCompared, type MatrixCell, type ReportMatrix } from './report-matrix';
import {
  belowBoundInWords,
  fromTo,
  groupName,
  itemName,
  measureName,
  mergedInWords,
  oneDecimal,
  percent,
  respondentsInWords,
  withheldSign,
} from './report-words';

/** A table of shaded numbers; and the same as a list for phones, in words and with the largest first. */
export interface HeatMap {
  id: string;
  caption: string;
  explained: string[];
  legend: { classes: string; text: string }[];
  corner: string;
  columns: { href: string; heading: string; respondents: string }[];
  span: number;
  groups: { heading: string; rows: HeatRow[] }[];
  /** What has no column or row, for nobody answered there. */
  folded: { summary: string; names: string[] }[];
}

export interface HeatRow {
  id: string;
  heading: string;
  href: string;
  cells: TableCell[];
  /** Numbers in words, worst first; then those without one, by why. */
  list: { href: string; text: string }[];
  rest: string[];
}

/** A cell: what is seen, where it leads, what is only heard, how it is shaded, what is said when it is pointed at. */
export interface TableCell {
  text: string;
  href: string;
  hidden: string;
  classes: string;
  title?: string;
}

export type MapSort = 'framework' | 'gap';

const withoutNumber: Record<'withheld' | 'no-requirement' | 'no-answers', TableCell> = {
  withheld: { text: withheldSign, href: '', hidden: 'Withheld', classes: 'heat-withheld' },
  'no-requirement': { text: '', href: '', hidden: 'No requirement', classes: 'heat-none' },
  'no-answers': { text: '–', href: '', hidden: 'Nobody', classes: '' },
};

/** Competencies by the groups of one dimension. */
export function competencyMap(
  report: ReportIndex,
  matrix: ReportMatrix,
  { id, sort, domain }: { id: string; sort: MapSort; domain: string | null },
): HeatMap {
  const { dimension, measure, of } = matrix;
  const by = dimension.label.toLowerCase();
  const columns = matrix.nodes.flatMap((node, column) =>
    node.status === 'empty' && column > 0 ? [] : [{ node, column }],
  );
  const isIn = (item: number) => domain === null || report.document.items[item]!.domain === domain;
  const domains = matrix.domains
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ item }) => isIn(item)) }))
    .filter(({ rows }) => rows.length > 0);
  const all = domains.flatMap(({ rows }) => rows);
  const isAsked = ({ cells }: (typeof all)[number]) => cells.some(({ kind }) => kind !== 'no-answers');
  const shown = (rows: typeof all) => rows.filter(isAsked);
  const groups =
    sort === 'framework'
      ? domains.map(({ title, rows }) => ({ title, rows: shown(rows) }))
      : [{ title: '', rows: byGap(report, shown(all)) }];
  return {
    id,
    caption:
      of === 'below'
        ? `Share below the level required, by ${by}`
        : `${measureName(measure)}: mean rating, by ${by}`,
    explained: [...explainedOf(of), ...mergedInWords(dimension.categories)],
    legend: legendOf(of),
    corner: 'Competency',
    columns: columns.map(({ node }) => columnOf(report, node)),
    span: columns.length + 1,
    groups: groups
      .filter(({ rows }) => rows.length > 0)
      .map(({ title, rows }) => ({
        heading: title,
        rows: rows.map(({ item, cells }) =>
          rowOf(report, of, {
            id: `item-${item + 1}`,
            heading: itemName(report.document.items[item]!),
            href: competencyAddress(report, item, dimension.key),
            entries: columns.map(({ node, column }) => ({ node, item, cell: cells[column]! })),
            nameOf: (node) => groupName(report.document, node.key),
          }),
        ),
      })),
    folded: [
      foldedOf(
        'group',
        matrix.nodes.slice(1).filter(({ status }) => status === 'empty'),
        (node) => groupName(report.document, node.key),
      ),
      foldedOf(
        'competency',
        all.filter((row) => !isAsked(row)),
        ({ item }) => itemName(report.document.items[item]!),
      ),
    ].flat(),
  };
}

/** The two dimensions of one thing asked, everybody first. */
export function crossedMap(
  report: ReportIndex,
  item: number,
  { rows: down, columns: across }: { rows: string; columns: string },
): HeatMap {
  const { dimensions, items } = report.document;
  const [rows, columns] = [down, across].map((key) => dimensions.find((one) => one.key === key)!);
  const of = isCompared(report, item) ? 'below' : 'mean';
  const nodeAt = (row: string | null, column: string | null) =>
    report.nodeAt({ [rows!.key]: row, [columns!.key]: column })!;
  const isMet = (node: ReleasedNode) => node.status !== 'empty';
  const codesOf = (dimension: (typeof dimensions)[number], at: (code: string) => ReleasedNode) => [
    null,
    ...dimension.categories.flatMap(({ code }) => (isMet(at(code)) ? [code] : [])),
  ];
  const rowCodes = codesOf(rows!, (code) => nodeAt(code, null));
  const columnCodes = codesOf(columns!, (code) => nodeAt(null, code));
  const labelOf = (dimension: (typeof dimensions)[number], code: string | null) =>
    dimension.categories.find((category) => category.code === code)?.label ?? 'Everybody';
  return {
    id: 'map',
    caption: `${itemName(items[item]!)}: ${of === 'below' ? 'share below the level required' : 'mean rating'}, by ${rows!.label.toLowerCase()} and ${columns!.label.toLowerCase()}`,
    explained: [
      ...explainedOf(of),
      ...mergedInWords(rows!.categories),
      ...mergedInWords(columns!.categories),
    ],
    legend: legendOf(of),
    corner: rows!.label,
    columns: columnCodes.map((code) => ({
      ...columnOf(report, nodeAt(null, code)),
      heading: labelOf(columns!, code),
    })),
    span: columnCodes.length + 1,
    groups: [
      {
        heading: '',
        rows: rowCodes.map((row, place) =>
          rowOf(report, of, {
            id: `row-${place + 1}`,
            heading: labelOf(rows!, row),
            href: groupAddress(report, nodeAt(row, null).key),
            entries: columnCodes.map((column) => {
              const node = nodeAt(row, column);
              return { node, item, cell: cellAt(report, node, item, of) };
            }),
            nameOf: (node) => labelOf(columns!, node.key[columns!.key] ?? null),
          }),
        ),
      },
    ],
    folded: [rows!, columns!].flatMap((dimension) =>
      foldedOf(
        'group',
        dimension.categories.filter(({ code }) => !isMet(report.nodeAt({ [dimension.key]: code })!)),
        ({ label }) => label,
      ),
    ),
  };
}

/** A thing asked where it is seen by two dimensions, of a report that has two; else its own page. */
function competencyAddress(report: ReportIndex, item: number, rows: string): string {
  const other = report.document.dimensions.find(({ key }) => key !== rows);
  if (!other) return itemAddress(report, item);
  return mapAddress(report, { competency: item + 1, rows, columns: other.key });
}

function columnOf(report: ReportIndex, node: ReleasedNode): HeatMap['columns'][number] {
  return {
    href: groupAddress(report, node.key),
    heading: groupName(report.document, node.key),
    respondents: respondentsInWords(node),
  };
}

/** By what everybody's share below is; those of which it is not told come last, in the order of their codes. */
function byGap(
  report: ReportIndex,
  rows: readonly ReportMatrix['domains'][number]['rows'][number][],
): ReportMatrix['domains'][number]['rows'] {
  const codeOf = (item: number) => report.document.items[item]!.competency ?? '';
  return [...rows].sort(
    (one, other) =>
      sizeOf(other.cells[0]!) - sizeOf(one.cells[0]!) ||
      codeOf(one.item).localeCompare(codeOf(other.item), 'en', { numeric: true }) ||
      one.item - other.item,
  );
}

/** For putting cells in order: nearly all are more than any number, nearly none fewer. */
function sizeOf(cell: MatrixCell): number {
  if (cell.kind === 'number') return cell.value;
  if (cell.kind === 'bound') return cell.bound === '<=5' ? 101 : 0;
  return -1;
}

interface RowParts {
  id: string;
  heading: string;
  href: string;
  entries: { node: ReleasedNode; item: number; cell: MatrixCell }[];
  nameOf(node: ReleasedNode): string;
}

function rowOf(report: ReportIndex, of: ReportMatrix['of'], parts: RowParts): HeatRow {
  const { id, heading, href, entries, nameOf } = parts;
  const told = entries.filter(({ cell }) => sizeOf(cell) >= 0);
  const namesOf = (kind: MatrixCell['kind']) =>
    entries.filter(({ cell }) => cell.kind === kind).map(({ node }) => nameOf(node));
  const line = (words: string, names: string[]) =>
    names.length > 0 ? [`${words}: ${names.join('; ')}`] : [];
  return {
    ...{ id, heading, href },
    cells: entries.map(({ node, item, cell }) => tableCell(report, node, item, cell, of)),
    list: told
      .sort((one, other) => sizeOf(other.cell) - sizeOf(one.cell))
      .map(({ node, item, cell }) => ({
        href: itemAddress(report, item, node.key),
        text: `${nameOf(node)}: ${cellInWords(cell, of)}`,
      })),
    rest: [
      ...line(`${withheldSign}, withheld so that nobody can be found`, namesOf('withheld')),
      ...line('No level required', namesOf('no-requirement')),
      ...line('Nobody answered', namesOf('no-answers')),
    ],
  };
}

function cellInWords(cell: MatrixCell, of: ReportMatrix['of']): string {
  if (cell.kind === 'bound') return `${belowBoundInWords(cell.bound)} below`;
  if (cell.kind !== 'number') return '';
  const sure = cell.isImprecise ? ' (wide interval)' : '';
  return of === 'below' ? `${percent(cell.value)} below${sure}` : `${oneDecimal(cell.value)}${sure}`;
}

function tableCell(
  report: ReportIndex,
  node: ReleasedNode,
  item: number,
  cell: MatrixCell,
  of: ReportMatrix['of'],
): TableCell {
  const href = itemAddress(report, item, node.key);
  if (cell.kind === 'bound') {
    return { text: belowBoundInWords(cell.bound), href, hidden: '', classes: `heat-${cell.step}` };
  }
  if (cell.kind !== 'number') return withoutNumber[cell.kind];
  const number = of === 'below' ? percent(cell.value) : oneDecimal(cell.value);
  return {
    text: cell.isImprecise ? `${number}†` : number,
    href,
    hidden: cell.isImprecise ? ' wide interval' : '',
    classes: `numeric heat-${cell.step}`,
    title: sureness(report, node, item, of),
  };
}

/** "about 25, 30% to 56%": how many answers, and the interval. */
function sureness(report: ReportIndex, node: ReleasedNode, item: number, of: ReportMatrix['of']): string {
  const { n, percentMeetingInterval, meanLevelInterval } = report.figureAt(node, item).figures!;
  const below =
    percentMeetingInterval && ([100 - percentMeetingInterval[1], 100 - percentMeetingInterval[0]] as const);
  const interval =
    of === 'below'
      ? below && fromTo(below, percent)
      : meanLevelInterval && fromTo(meanLevelInterval, oneDecimal);
  return `about ${n}${interval ? `, ${interval}` : ''}`;
}

function foldedOf<T>(
  what: 'group' | 'competency',
  things: readonly T[],
  nameOf: (thing: T) => string,
): HeatMap['folded'] {
  if (things.length === 0) return [];
  const plural = what === 'group' ? 'groups' : 'competencies';
  const [noun, where] = what === 'group' ? ['group', 'in'] : ['competency', 'on'];
  const count = things.length === 1 ? `1 ${noun}` : `${things.length} ${plural}`;
  return [{ summary: `${count} ${where} which nobody answered`, names: things.map(nameOf) }];
}

function explainedOf(of: ReportMatrix['of']): string[] {
  return of === 'below'
    ? [
        'Each cell shows the share of people below the level their work requires. Darker cells have more people below it. Follow a number for all there is to say of it.',
      ]
    : [
        'Each cell shows the mean rating. Darker cells are higher. Follow a number for all there is to say of it.',
      ];
}

function legendOf(of: ReportMatrix['of']): HeatMap['legend'] {
  const steps =
    of === 'below'
      ? ['0–19%', '20–39%', '40–59%', '60–79%', '80–100%']
      : ['lowest fifth of the scale', 'second', 'middle', 'fourth', 'highest fifth'];
  return [
    ...steps.map((text, step) => ({ classes: `heat-${step}`, text })),
    { classes: 'heat-withheld', text: `${withheldSign}: withheld, so that nobody can be found` },
    ...(of === 'below' ? [{ classes: 'heat-none', text: 'blank: no level is required' }] : []),
    { classes: '', text: '–: nobody answered' },
    { classes: '', text: '†: wide interval, the figure could be quite different' },
  ];
}
