import type { MatrixColumn, ScaleLevel } from '../frameworks/framework';
import { cellWord, columnFrom, columnWord, type WishedCell } from './matrix';

// A grid comes back as two lists, its rows and columns as they were shown, and a field for each cell: "l2.7" is the third
// row's eighth column. What is not sent was not changed.

type Body = Readonly<Record<string, unknown>>;

export interface GridForm {
  /** The framework's revision that was shown. */
  revision: number;
  /** Lineages of the competencies shown. */
  rows: string[];
  columns: MatrixColumn[];
  /** What the cells said. */
  cells: WishedCell[];
  tickedRows: string[];
  tickedColumns: MatrixColumn[];
  /** What was typed, by cell, to be shown again, and what was wrong with it. */
  typed: Map<string, string>;
  faults: Map<string, string>;
}

const cellField = /^l(\d{1,4})\.(\d{1,4})$/;

/** Reads a posted grid. A cell that holds no level of the scale gets a sentence. */
export function readGrid(body: Body, scale: readonly ScaleLevel[]): GridForm {
  const rows = words(body.rows);
  const columns = columnsIn(words(body.columns));
  const cells: WishedCell[] = [];
  const typed = new Map<string, string>();
  const faults = new Map<string, string>();
  for (const [field, value] of Object.entries(body)) {
    const [, row, column] = cellField.exec(field) ?? [];
    const competency = rows[Number(row)];
    const where = columns[Number(column)];
    if (row === undefined || competency === undefined || where === undefined) continue;
    const text = String(value).trim();
    const cell = cellWord({ competency, ...where });
    typed.set(cell, text);
    const level = levelIn(text, scale);
    if (level === undefined)
      faults.set(cell, `“${text.slice(0, 20)}” is no level of the scale: ${levelsInWords(scale)}`);
    else cells.push({ competency, ...where, after: level });
  }
  return {
    revision: wholeNumber(body.revision),
    rows,
    columns,
    cells,
    tickedRows: many(body.row).flatMap((index) => rows[Number(index)] ?? []),
    tickedColumns: many(body.column).flatMap((index) => columns[Number(index)] ?? []),
    typed,
    faults,
  };
}

/** The level a text means: null for none. Nothing where it is not on the scale. */
export function levelIn(text: string, scale: readonly ScaleLevel[]): number | null | undefined {
  if (text === '' || text === '-') return null;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  return scale.find(({ level }) => level === Number(text))?.level;
}

function levelsInWords(scale: readonly ScaleLevel[]): string {
  return `enter ${scale[0]!.level} to ${scale.at(-1)!.level}, or leave it empty`;
}

/** Cells for a hidden field: rows, columns, and "row.column=level" for each. */
export function packCells(cells: readonly WishedCell[]): { rows: string; columns: string; cells: string } {
  const rows = [...new Set(cells.map(({ competency }) => competency))];
  const columns = [...new Set(cells.map(columnWord))];
  const rowAt = new Map(rows.map((row, index) => [row, index]));
  const columnAt = new Map(columns.map((column, index) => [column, index]));
  return {
    rows: rows.join(' '),
    columns: columns.join(' '),
    cells: cells
      .map((cell) => `${rowAt.get(cell.competency)}.${columnAt.get(columnWord(cell))}=${cell.after ?? ''}`)
      .join(' '),
  };
}

/** The cells of such a field; those that cannot be read, or are off the scale, are left out. */
export function unpackCells(body: Body, scale: readonly ScaleLevel[]): WishedCell[] {
  const rows = words(body.rows);
  const columns = columnsIn(words(body.columns));
  return words(body.cells).flatMap((word) => {
    const [, row, column, text] = /^(\d{1,4})\.(\d{1,4})=(\d{0,2})$/.exec(word) ?? [];
    const competency = rows[Number(row)];
    const where = columns[Number(column)];
    const after = levelIn(text ?? '?', scale);
    return competency === undefined || where === undefined || after === undefined
      ? []
      : [{ competency, ...where, after }];
  });
}

export function wholeNumber(value: unknown): number {
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : 0;
}

/** A field that may come once or several times. */
export function many(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

function words(value: unknown): string[] {
  return String(value ?? '')
    .split(' ')
    .filter(Boolean);
}

function columnsIn(list: string[]): MatrixColumn[] {
  return list.map((word) => columnFrom(word) ?? { profession: '', tier: null, setting: null });
}
