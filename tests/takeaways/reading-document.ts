import type {
  Figures,
  FrozenRelease,
  NodeKey,
  ReleasedFigure,
  ReleasedNode,
} from '../../src/releases/release';
import type { ReadPdf } from '../support/pdf';
import { type PdfTableRead, tablesIn } from './take';

// Holds a document against the rows of its release, with code of its own: every cell of every table.

interface Compared {
  /** How many cells were held against the release. */
  compared: number;
  differences: string[];
  /** Tables of which only that their numbers are of the release was looked at. */
  others: string[];
}

export function compareDocument(pdf: ReadPdf, frozen: FrozenRelease): Compared {
  const result: Compared = { compared: 0, differences: [], others: [] };
  const of = lookUp(frozen);
  const compare = (table: string, heading: string, shown: readonly string[], expected: readonly string[]) => {
    result.compared += expected.length;
    if (JSON.stringify(shown) !== JSON.stringify(expected)) {
      result.differences.push(`${table} | ${heading}: ${shown.join(' / ')} but ${expected.join(' / ')}`);
    }
  };
  for (const table of tablesIn(pdf)) {
    const expected = expectedRows(table, of, frozen);
    if (!expected) {
      result.others.push(table.caption);
      result.compared += numbersOnlyOf(table, frozen, result.differences);
      continue;
    }
    const headings = table.rows.map(({ heading }) => heading);
    compare(
      table.caption,
      'rows',
      headings,
      expected.map(([heading]) => heading),
    );
    table.rows.forEach(({ heading, cells }, place) => {
      compare(table.caption, heading, cells, expected[place]?.[1] ?? []);
    });
  }
  return result;
}

type Row = [heading: string, cells: string[]];
type LookUp = ReturnType<typeof lookUp>;

function lookUp({ release, nodes, figures }: FrozenRelease) {
  const document = release.document!;
  const nodeAt = (key: NodeKey): ReleasedNode =>
    nodes.find((node) =>
      document.dimensions.every((one) => (node.key[one.key] ?? null) === (key[one.key] ?? null)),
    )!;
  const byPlace = new Map(figures.map((figure) => [`${figure.node} ${figure.item}`, figure]));
  const figureAt = (node: ReleasedNode, item: number): ReleasedFigure | undefined =>
    byPlace.get(`${node.place} ${item}`);
  const titleOf = (item: number) =>
    `${document.items[item]!.competency ?? ''} ${document.items[item]!.title}`.trim();
  return { document, nodeAt, figureAt, titleOf };
}

function expectedRows(table: PdfTableRead, of: LookUp, frozen: FrozenRelease): Row[] | undefined {
  const { caption } = table;
  const matrix = /^(Share below the level required|.+: mean rating), by (.+)$/.exec(caption);
  if (matrix) return matrixRows(matrix[1]!, matrix[2]!, of);
  const crossed = /^About how many answered, by (.+) and (.+)$/.exec(caption);
  if (crossed) return crossedRows(crossed[1]!, crossed[2]!, of);
  if (caption === 'Figures of everybody') return everybodyRows(of);
  if (caption.endsWith(', with their 95% intervals')) return largestRows(table, of, frozen);
  return undefined;
}

const measures: Record<string, string> = { 'Level now': 'level', 'Frequency of use': 'frequency' };
const measureWords: Record<string, string> = {
  ...{ importance: 'Importance', performance: 'Performance', confidence: 'Confidence' },
  frequency: 'Frequency of use',
};
const dimensionCalled = (label: string, { document }: LookUp) =>
  document.dimensions.find((one) => one.label.toLowerCase() === label)!;
const percent = (value: number) => `${value}%`;
const decimal = (value: number) => value.toFixed(1);

/** Which levels are compared with a requirement is seen by their figures. */
function isCompared(item: number, of: LookUp, nodes: readonly ReleasedNode[]): boolean {
  return nodes.some((node) => {
    const figures = of.figureAt(node, item)?.figures;
    return figures != null && (figures.percentMeeting !== null || figures.percentMeetingBound !== null);
  });
}

function matrixRows(what: string, label: string, of: LookUp): Row[] {
  const dimension = dimensionCalled(label, of);
  const isBelow = what.startsWith('Share');
  const named = what.replace(': mean rating', '');
  const measure = isBelow ? 'level' : (measures[named] ?? named.toLowerCase().split(' ')[0]!);
  const nodes = [{}, ...dimension.categories.map(({ code }) => ({ [dimension.key]: code }))].map(of.nodeAt);
  const everywhere = [
    {},
    ...of.document.dimensions.flatMap((one) => one.categories.map(({ code }) => ({ [one.key]: code }))),
  ].map(of.nodeAt);
  return of.document.items.flatMap((item, place): Row[] => {
    if (item.measure !== measure) return [];
    if (measure === 'level' && isCompared(place, of, everywhere) !== isBelow) return [];
    return [[of.titleOf(place), nodes.map((node) => matrixCell(node, of.figureAt(node, place), isBelow))]];
  });
}

function matrixCell(node: ReleasedNode, figure: ReleasedFigure | undefined, isBelow: boolean): string {
  if (node.status === 'suppressed' || figure?.status === 'withheld') return 'c';
  if (node.status === 'empty' || figure?.status === 'no-answers') return '–';
  if (figure!.status === 'no-requirement') return '';
  const { percentMeeting, percentMeetingBound, meanLevel, flags } = figure!.figures!;
  if (isBelow && percentMeetingBound) {
    return percentMeetingBound === '>=95' ? 'none or nearly none' : 'all or nearly all';
  }
  const value = isBelow ? percentMeeting : meanLevel;
  if (value === null) return isBelow ? '' : 'c';
  const number = isBelow ? percent(100 - value) : decimal(value);
  return flags.includes('imprecise') ? `${number}†` : number;
}

function crossedRows(first: string, second: string, of: LookUp): Row[] {
  const [rows, columns] = [dimensionCalled(first, of), dimensionCalled(second, of)];
  return rows.categories.map(
    (row): Row => [
      row.label,
      columns.categories.map((column) => {
        const { status, respondents, carriedFrom } = of.nodeAt({
          [rows.key]: row.code,
          [columns.key]: column.code,
        });
        if (status === 'suppressed') return 'c';
        return status === 'empty' ? '–' : `${respondents}${carriedFrom === null ? '' : '*'}`;
      }),
    ],
  );
}

function between(interval: readonly [number, number] | null, inWords: (value: number) => string): string {
  return interval ? `${inWords(interval[0])} to ${inWords(interval[1])}` : '';
}

function shortBy(value: number): string {
  return value === 0 ? 'less than 0.1' : decimal(value);
}

function meeting({ percentMeeting, percentMeetingBound }: Figures): string {
  if (percentMeetingBound)
    return percentMeetingBound === '>=95' ? 'all or nearly all' : 'none or nearly none';
  return percentMeeting === null ? '' : percent(percentMeeting);
}

function withInterval(text: string, interval: string): string {
  return interval === '' ? text : `${text} (${interval})`;
}

function everybodyRows(of: LookUp): Row[] {
  const everybody = of.nodeAt({});
  return of.document.items.flatMap((item, place): Row[] => {
    if (item.measure === 'where' || item.measure === 'where_main') return [];
    const asked = item.measure === 'level' ? '' : ` (${measureWords[item.measure] ?? item.measure})`;
    const heading = `${of.titleOf(place)}${asked}`;
    const { figures, status } = of.figureAt(everybody, place)!;
    if (!figures) {
      const sign = { 'no-requirement': 'none', 'no-answers': '–', withheld: 'c', published: '' }[status];
      return [[heading, [sign, '', '', '', '']]];
    }
    return [
      [
        heading,
        [
          figures.required === null ? '' : String(figures.required),
          withInterval(meeting(figures), between(figures.percentMeetingInterval, percent)),
          figures.meanShortfall === null
            ? ''
            : withInterval(shortBy(figures.meanShortfall), between(figures.meanShortfallInterval, decimal)),
          figures.meanLevel === null
            ? ''
            : withInterval(decimal(figures.meanLevel), between(figures.meanLevelInterval, decimal)),
          `about ${figures.n}`,
        ],
      ],
    ];
  });
}

/** Whichever gaps were chosen: what is said of each is what the release holds of it. */
function largestRows({ rows }: PdfTableRead, of: LookUp, { nodes }: FrozenRelease): Row[] {
  const named = new Map(nodes.map((node) => [nameOf(node, of), node]));
  return rows.map(({ heading, cells }): Row => {
    const node = named.get(cells[0]!)!;
    const item = of.document.items.findIndex(
      (one, place) => one.measure === 'level' && of.titleOf(place) === heading,
    );
    const figures = of.figureAt(node, item)!.figures!;
    return [
      heading,
      [
        ...[cells[0]!, shortBy(figures.meanShortfall!), between(figures.meanShortfallInterval, decimal)],
        ...[meeting(figures), between(figures.percentMeetingInterval, percent)],
        figures.meanLevel === null ? '' : decimal(figures.meanLevel),
        between(figures.meanLevelInterval, decimal),
        figures.required === null ? 'differs' : String(figures.required),
        `about ${figures.n}`,
      ],
    ];
  });
}

function nameOf({ key }: ReleasedNode, { document }: LookUp): string {
  const labels = document.dimensions.flatMap((one) => {
    const code = key[one.key] ?? null;
    return code === null ? [] : [one.categories.find((category) => category.code === code)!.label];
  });
  return labels.length === 0 ? 'Everybody' : labels.join(', ');
}

/** No number that the release does not hold somewhere. */
function numbersOnlyOf(
  table: PdfTableRead,
  { release, nodes, figures }: FrozenRelease,
  differences: string[],
): number {
  const held = new Set<string>();
  collect([release.document, nodes, figures], held);
  const labels = JSON.stringify(release.document);
  let compared = 0;
  for (const { heading, cells } of table.rows) {
    for (const cell of cells) {
      if (labels.includes(JSON.stringify(cell))) continue;
      for (const [, number] of cell.matchAll(/(-?\d+(?:\.\d+)?)/g)) {
        compared += 1;
        if (!held.has(String(Number(number))))
          differences.push(`${table.caption} | ${heading}: ${number} is not of it`);
      }
    }
  }
  return compared;
}

function collect(value: unknown, held: Set<string>): void {
  if (typeof value === 'number') {
    held
      .add(String(value))
      .add(String(Math.round(value * 100) / 100))
      .add(String(Math.round(value * 10) / 10));
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collect(part, held);
  }
}
