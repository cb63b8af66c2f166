import { readXlsx, type Sheet, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { cellText, columnLetters, type Rows, type TableFinding, trimmedRows } from './table';
import { inspectZip } from './zip';

/** A visible sheet of a workbook. */
export interface WorkbookSheet {
  name: string;
  rows: Rows;
  findings: TableFinding[];
}

/** A workbook that was read, or the sentence that says why it could not be. */
export type Workbook =
  | { sheets: WorkbookSheet[]; problem?: undefined }
  | { sheets?: undefined; problem: string };

/** More rows and columns than these are not read, and the sheet says so. A cell far away would cost all that lie before it. */
const usualLimits: WorkbookLimits = { rows: 5000, columns: 250, unpackedBytes: 20 * 1024 * 1024 };
const mostNamed = 10;

/** How large a workbook may be. */
export interface WorkbookLimits {
  rows: number;
  columns: number;
  unpackedBytes: number;
}

/** Reads an Excel workbook (.xlsx), hostile ones too: what was typed and what formulas gave, hidden sheets left out. */
export async function readWorkbook(
  bytes: Buffer,
  { datesAreText = false, limits = usualLimits }: { datesAreText?: boolean; limits?: WorkbookLimits } = {},
): Promise<Workbook> {
  const problem = await problemWith(bytes, limits);
  if (problem) return { problem };
  try {
    const { sheets } = await readXlsx(bytes, {
      maxRows: limits.rows + 1,
      range: `A1:${columnLetters(limits.columns)}${limits.rows + 1}`,
      sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
    });
    return { sheets: sheets.map((sheet) => sheetOf(sheet, limits, datesAreText)) };
  } catch {
    return { problem: 'The workbook is damaged. Open it in Excel, save it again, and import that file.' };
  }
}

/** Whether a file is a zip or an old Office file by its first bytes, whatever it is called. */
export function looksLikeWorkbook(bytes: Buffer): boolean {
  return isOldOffice(bytes) || bytes.subarray(0, 2).toString('latin1') === 'PK';
}

async function problemWith(bytes: Buffer, { unpackedBytes }: WorkbookLimits): Promise<string | null> {
  if (bytes.length === 0) return 'The file is empty.';
  if (isOldOffice(bytes)) {
    return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
      ? 'The workbook is protected with a password. Save it without the password, then import that file.'
      : 'This is an old Excel file (.xls). Save it as an Excel workbook (.xlsx), then import that file.';
  }
  const entries = await inspectZip(bytes, unpackedBytes);
  if (entries === 'too large') {
    const most = Math.round(unpackedBytes / 1024 / 1024);
    return `The workbook is too large when it is unpacked: ${most} MB at most. Delete sheets and pictures it does not need, or save it as CSV.`;
  }
  if (entries === 'encrypted') {
    return 'The file is protected with a password. Save it without the password, then import that file.';
  }
  if (entries === 'not a zip' || !entries.includes('xl/workbook.xml')) {
    return 'This is not an Excel workbook (.xlsx). Save the table as .xlsx or CSV, then import that file.';
  }
  return null;
}

function isOldOffice(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('hex') === 'd0cf11e0';
}

function sheetOf(sheet: Sheet, limits: WorkbookLimits, datesAreText: boolean): WorkbookSheet {
  const rows = trimmedRows(sheet.rows.slice(0, limits.rows).map((row) => row.map(textOf)));
  return {
    name: sheet.name,
    rows,
    findings: [
      ...sizeFindings(sheet, limits),
      ...formulaFindings(sheet),
      ...valueFindings(sheet, limits, datesAreText),
      ...mergeFindings(sheet),
    ],
  };
}

function sizeFindings({ rows }: Sheet, limits: WorkbookLimits): TableFinding[] {
  const tooMany = (most: number, what: string): TableFinding => ({
    place: '',
    sentence: `The sheet has more than ${most.toLocaleString('en-GB')} ${what}.`,
    severity: 'error',
  });
  return [
    ...(rows.length > limits.rows ? [tooMany(limits.rows, 'rows')] : []),
    ...(rows.some((row) => textOf(row[limits.columns]) !== '') ? [tooMany(limits.columns, 'columns')] : []),
  ];
}

/** A number as Excel shows it: to fifteen digits. A date as its day; it is a finding all the same. */
function textOf(value: Sheet['rows'][number][number] | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return cellText(String(value));
}

function formulaFindings({ cells = new Map() }: Sheet): TableFinding[] {
  const formulas = [...cells].filter(([, { formula, type }]) => formula !== undefined || type === 'formula');
  const isEmpty = (value: unknown) => value === null || value === undefined || value === '';
  const empty = formulas.filter(([, { value }]) => isEmpty(value)).map(([key]) => placeOf(key));
  const filled = formulas.filter(([, { value }]) => !isEmpty(value)).map(([key]) => placeOf(key));
  return [
    ...findingAt(
      'error',
      empty,
      'A formula whose result is not in the file. Open the file in Excel and save it, or type the value.',
    ),
    ...findingAt('warning', filled, 'A formula. Its last result was taken.'),
  ];
}

/** Dates that Excel made of codes such as 1-2, and errors such as #REF!. */
function valueFindings({ rows }: Sheet, limits: WorkbookLimits, datesAreText: boolean): TableFinding[] {
  const dates: string[] = [];
  const errors: string[] = [];
  rows.slice(0, limits.rows).forEach((row, rowIndex) => {
    row.forEach((value, column) => {
      const place = `${columnLetters(column)}${rowIndex + 1}`;
      if (value instanceof Date && !datesAreText) dates.push(place);
      if (typeof value === 'string' && /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)$/.test(value)) {
        errors.push(place);
      }
    });
  });
  return [
    ...findingAt(
      'error',
      dates,
      'A date. Excel makes dates of codes such as 1-2: format the cell as text, then type it again.',
    ),
    ...findingAt('error', errors, 'An error in Excel. Correct it there.'),
  ];
}

function mergeFindings({ merges = [] }: Sheet): TableFinding[] {
  const ranges = merges.map(
    ({ startRow, startCol, endRow, endCol }) =>
      `${columnLetters(startCol)}${startRow + 1}:${columnLetters(endCol)}${endRow + 1}`,
  );
  return findingAt('warning', ranges, 'Merged. The value counts for the first cell only.');
}

/** "0,2" is C1. */
function placeOf(key: string): string {
  const [row, column] = key.split(',').map(Number);
  return `${columnLetters(column!)}${row! + 1}`;
}

/** One finding for many cells, naming the first of them. */
function findingAt(severity: TableFinding['severity'], places: string[], sentence: string): TableFinding[] {
  if (places.length === 0) return [];
  const more = places.length > mostNamed ? ` and ${places.length - mostNamed} more` : '';
  const place = `${places.length === 1 ? 'Cell' : 'Cells'} ${places.slice(0, mostNamed).join(', ')}${more}`;
  return [{ place, sentence, severity }];
}

/** A sheet to write: its first row is the header, and stays in sight with so many columns. */
export interface NewSheet {
  /** 31 characters at most, as Excel demands: `sheetNames` gives such. */
  name: string;
  rows: WorkbookCell[][];
  frozenColumns: number;
  /** In characters, from the first column; the others get the last of them. */
  widths: number[];
}

/** Text, a number, a day, or nothing. A day is midnight of it in Universal Time: workbooks know no time zones. */
export type WorkbookCell = string | number | Date | null;

/** An Excel workbook (.xlsx). Text stays text, whatever it begins with. With a date, the same sheets give the same bytes. */
export async function writeWorkbook(sheets: readonly NewSheet[], made?: Date): Promise<Buffer> {
  const written = sheets.map(({ name, rows, frozenColumns, widths }): WriteSheet => {
    const kept = rows.map((row) => row.map(literally));
    const header = kept[0] ?? [];
    const bold = { style: { font: { bold: true }, alignment: { wrapText: true } } };
    const days = kept.flatMap((row, rowPlace) =>
      row.flatMap((value, column): [string, object][] =>
        value instanceof Date ? [[`${rowPlace},${column}`, { value, style: { numFmt: dayFormat } }]] : [],
      ),
    );
    return {
      name,
      rows: kept,
      columns: header.map((_, index) => ({ width: widths[index] ?? widths.at(-1)! })),
      cells: new Map([
        ...days,
        ...header.map((value, index): [string, object] => [`0,${index}`, { value, ...bold }]),
      ]),
      freezePane: { rows: 1, columns: frozenColumns },
    };
  });
  const properties = made ? { properties: { created: made, modified: made } } : {};
  return Buffer.from(await writeXlsx({ sheets: written, ...properties }));
}

const dayFormat = 'd mmmm yyyy';
const mostInCell = 32_767;

/** Excel reads "_x0041_" as the letter with that number, unless its first sign is written as such a number; and it refuses longer texts and signs that XML has none for. */
function literally(value: WorkbookCell): WorkbookCell {
  if (typeof value !== 'string') return value;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
  const plain = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  const short = plain.length > mostInCell ? `${shortened(plain, mostInCell - 1)}…` : plain;
  return short.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

const longestName = 31;

/** Names for sheets, as near to these as Excel takes: short enough, without its signs, no two alike. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((words) => {
    const plain = cleanName(words);
    for (let count = 1; ; count += 1) {
      const end = count === 1 ? '' : ` ${count}`;
      const name = `${shortened(plain, longestName - end.length)}${end}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}

function cleanName(words: string): string {
  const plain = words
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
    .replace(/[\u0000-\u001f\ufffe\uffff[\]:*?/\\]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[' ]+|[' ]+$/g, '');
  // Excel keeps one name for itself.
  if (plain === '' || plain.toLowerCase() === 'history') return `Sheet ${plain}`.trim();
  return plain;
}

/** Never between the two halves of a letter, and with no apostrophe at its end. */
function shortened(text: string, most: number): string {
  let kept = text.slice(0, most);
  if (/[\ud800-\udbff]$/.test(kept)) kept = kept.slice(0, -1);
  return kept.replace(/[' ]+$/, '');
}
