/** Rows of text as a file holds them, blank ones included, so that row 12 stands at index 11. */
export type Rows = string[][];

/** What is to be said about a file: where, in a sentence, and whether it keeps the file from being used. */
export interface TableFinding {
  place: string;
  sentence: string;
  severity: 'error' | 'warning';
}

/** A table read from a file, or what kept it from being read. */
export interface Table {
  rows: Rows;
  findings: TableFinding[];
}

export function unreadableTable(sentence: string, place = ''): Table {
  return { rows: [], findings: [{ place, sentence, severity: 'error' }] };
}

/** A cell's text: line ends as one kind, and without spaces at its ends, of any kind, or control characters. */
export function cellText(raw: string): string {
  return raw
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
}

/** Rows without blank cells at their ends and blank rows at the end. */
export function trimmedRows(rows: Rows): Rows {
  const trimmed = rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1));
  return trimmed.slice(0, trimmed.findLastIndex((row) => row.length > 0) + 1);
}

/** The letters above a column, from its index: A, B … Z, AA. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}
