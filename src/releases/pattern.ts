import type { NodeKey, ReleasedDimension, ReleasedNode } from './release';

/** What is shown of one group: that it is shown, withheld, or that nobody is in it; or that it keeps what was shown before. */
export interface PatternCell {
  sign: string;
  word: string;
  classes: string;
}

/** What would be shown of each group of two dimensions; of the others one category each, or all. */
export interface PatternTable {
  caption: string;
  /** The categories of the other dimensions; empty for all of them. */
  of: string;
  corner: string;
  columns: string[];
  rows: { heading: string; cells: PatternCell[] }[];
}

type Dimension = Pick<ReleasedDimension, 'key' | 'label' | 'categories'>;

const all = { code: null, label: 'All' };

/** A release as a picture without a single number: a table of the first two dimensions, for all and for each category of the others. */
export function patternTables(
  dimensions: readonly Dimension[],
  nodes: readonly ReleasedNode[],
): PatternTable[] {
  const byKey = new Map(nodes.map((node) => [written(dimensions, node.key), node]));
  const [rows, columns, ...others] = dimensions;
  const rowCategories = rows ? [...rows.categories, all] : [all];
  const columnCategories = columns ? [...columns.categories, all] : [all];
  const corner = [rows, columns].flatMap((dimension) => (dimension ? [dimension.label] : [])).join(' and ');
  return combinations(others).map((chosen) => ({
    ...captioned(chosen),
    corner,
    columns: columnCategories.map(({ label }) => label),
    rows: rowCategories.map((row) => ({
      heading: row.label,
      cells: columnCategories.map((column) => {
        const key: NodeKey = Object.fromEntries(others.map(({ key }, place) => [key, chosen[place]!.code]));
        if (rows) key[rows.key] = row.code;
        if (columns) key[columns.key] = column.code;
        return cellOf(byKey.get(written(dimensions, key)));
      }),
    })),
  }));
}

function captioned(chosen: readonly { code: string | null; label: string }[]): {
  caption: string;
  of: string;
} {
  const of = chosen.flatMap(({ code, label }) => (code === null ? [] : [label])).join(', ');
  return { of, caption: of ? `What would be shown: ${of}` : 'What would be shown' };
}

/** Of each dimension one category or all; all of all first. */
function combinations(dimensions: readonly Dimension[]): { code: string | null; label: string }[][] {
  return dimensions.reduce<{ code: string | null; label: string }[][]>(
    (found, { categories }) => found.flatMap((chosen) => [all, ...categories].map((one) => [...chosen, one])),
    [[]],
  );
}

function cellOf(node: ReleasedNode | undefined): PatternCell {
  if (!node || node.status === 'empty') return { sign: '–', word: 'Nobody', classes: 'pattern-nobody' };
  if (node.status === 'suppressed') return { sign: 'c', word: 'Withheld', classes: 'pattern-withheld' };
  const word = node.carriedFrom === null ? 'Shown' : `As in report ${node.carriedFrom}`;
  return { sign: '✓', word, classes: 'pattern-shown' };
}

function written(dimensions: readonly Dimension[], key: NodeKey): string {
  return JSON.stringify(dimensions.map((dimension) => key[dimension.key] ?? null));
}
