import { columnKey } from '../frameworks/content';
import type { Competency, Content, Domain, MatrixColumn } from '../frameworks/framework';
import { placesFor } from '../frameworks/required-level';

/** The skills matrix as a grid: one row for each competency, one column for each group of people. */
export interface Grid {
  columns: MatrixColumn[];
  rows: GridRow[];
}

export interface GridRow {
  competency: Competency;
  domain: Domain;
  /** One for each column. */
  cells: GridCell[];
}

export interface GridCell {
  /** What is required here by itself; null where nothing is. */
  own: number | null;
  /** What applies where nothing is set here, and the column it comes from. */
  inherited: { level: number; from: MatrixColumn } | null;
}

/** A cell and the level it is to have; null takes the requirement away, which is not level 0. */
export interface WishedCell extends MatrixColumn {
  /** The competency's lineage. */
  competency: string;
  after: number | null;
}

/**
 * The matrix of a framework, every cell with its own level and what it inherits where it has none. `tierOf` gives the
 * staff tier of a profession. The order of inheritance is that of the lookup (METHODS.md 1(a)).
 */
export function gridOf(
  { domains, columns, requiredLevels }: Content,
  tierOf: (profession: string) => string | null,
): Grid {
  const columnAt = new Map(columns.map((column, index) => [columnKey(column), index]));
  const levels = new Map<string, (number | undefined)[]>();
  for (const row of requiredLevels) {
    const own = levels.get(row.competency) ?? [];
    own[columnAt.get(columnKey(row))!] = row.level;
    levels.set(row.competency, own);
  }
  const sources = columns.map((column) => sourcesOf(column, columnAt, tierOf));
  const rows = domains.flatMap((domain) =>
    domain.competencies.map((competency) => {
      const own = levels.get(competency.code) ?? [];
      const cells = columns.map((_, index): GridCell => {
        const level = own[index] ?? null;
        const from = level === null ? sources[index]!.find((source) => own[source] !== undefined) : undefined;
        return {
          own: level,
          inherited: from === undefined ? null : { level: own[from]!, from: columns[from]! },
        };
      });
      return { competency, domain, cells };
    }),
  );
  return { columns, rows };
}

/** The columns that a column without a level looks to, in their order. */
function sourcesOf(
  column: MatrixColumn,
  columnAt: ReadonlyMap<string, number>,
  tierOf: (profession: string) => string | null,
): number[] {
  const tier = column.profession === null ? column.tier : tierOf(column.profession);
  return placesFor({ ...column, tier })
    .map(columnKey)
    .filter((key) => key !== columnKey(column))
    .map((key) => columnAt.get(key))
    .filter((index) => index !== undefined);
}

/** One level for a block of cells: every row with every column. */
export function filledCells(
  rows: readonly string[],
  columns: readonly MatrixColumn[],
  level: number | null,
): WishedCell[] {
  return rows.flatMap((competency) => columns.map((column) => ({ competency, ...column, after: level })));
}

/** The levels of one column, its inherited ones too, for others. `onlyEmpty` leaves cells alone that have a level. */
export function copiedCells(
  grid: Grid,
  from: MatrixColumn,
  to: readonly MatrixColumn[],
  rows: readonly string[],
  onlyEmpty: boolean,
): WishedCell[] {
  const keys = grid.columns.map(columnKey);
  const source = keys.indexOf(columnKey(from));
  const wanted = new Set(rows);
  return grid.rows
    .filter(({ competency }) => wanted.has(competency.lineageId))
    .flatMap(({ competency, cells }) => {
      const { own, inherited } = cells[source]!;
      const after = own ?? inherited?.level ?? null;
      return to
        .filter((column) => {
          const target = cells[keys.indexOf(columnKey(column))];
          return columnKey(column) !== keys[source] && !(onlyEmpty && target && target.own !== null);
        })
        .map((column) => ({ competency: competency.lineageId, ...column, after }));
    });
}

/** One string for a cell, whoever names it. */
export function cellWord({ competency, ...column }: MatrixColumn & { competency: string }): string {
  return `${competency} ${columnWord(column)}`;
}

/** A column as one word of an address or a form: "rn_adult|gp_practice", "tier:3|*". */
export function columnWord({ profession, tier, setting }: MatrixColumn): string {
  return `${profession ?? (tier === null ? '*' : `tier:${tier}`)}|${setting ?? '*'}`;
}

/** The column such a word means; nothing where it is none. */
export function columnFrom(word: string): MatrixColumn | undefined {
  const [, whom, setting] = /^([^|]+)\|([^|]+)$/.exec(word) ?? [];
  if (!whom || !setting) return undefined;
  const tier = /^tier:(.+)$/.exec(whom)?.[1] ?? null;
  return {
    profession: tier !== null || whom === '*' ? null : whom,
    tier,
    setting: setting === '*' ? null : setting,
  };
}
