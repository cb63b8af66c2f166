import { type CsvCell, csvOf } from '../platform/csv';
import { readCsv, readCsvText } from '../platform/csv-table';
import { columnLetters, type Rows } from '../platform/table';
import { looksLikeWorkbook, readWorkbook } from '../platform/workbook';
import type { ImportFinding } from '../staging/staged-import';
import { facetNames } from '../vocabularies/vocabulary';
import { codesInWords, type FacetTerms, inQuotes, readTerm } from './facet-terms';
import { disagreementOf, type Headcount, type HeadcountTable, rowKey } from './headcount';
import { readHeadcount } from './headcount-text';
import { facetInWords, inThousands, populationFacets, populationLimits } from './population';

/** A table as a CSV file that is read back as it is: a column for each facet, or a row for each code of each facet. */
export function headcountsFile({ kind, facets, rows }: HeadcountTable): string {
  if (kind === 'margins') {
    return csvOf([
      ['facet', 'code', 'headcount'],
      ...rows.map(({ facet, codes, headcount }): CsvCell[] => [facet, codes[0]!, headcount]),
    ]);
  }
  return csvOf([
    [...facets, 'headcount'],
    ...rows.map(({ codes, headcount }): CsvCell[] => [...codes, headcount]),
  ]);
}

export interface HeadcountsReading {
  /** Null where something is wrong. */
  table: HeadcountTable | null;
  findings: ImportFinding[];
}

/** Reads headcounts from a workbook or a CSV file, told apart by what is in them. */
export async function readHeadcountsFile(bytes: Buffer, terms: FacetTerms): Promise<HeadcountsReading> {
  if (!looksLikeWorkbook(bytes)) {
    const { rows, findings } = readCsv(bytes);
    return findings.length > 0 ? { table: null, findings } : readHeadcounts(rows, terms);
  }
  const { sheets, problem } = await readWorkbook(bytes);
  if (!sheets) return { table: null, findings: [error('', problem)] };
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  const sheet = filled.find(({ rows }) => headerOf(rows)) ?? filled[0];
  if (!sheet) return { table: null, findings: [error('', 'The workbook is empty.')] };
  const others = filled.filter((one) => one !== sheet).map(({ name }) => `“${name}”`);
  const left = others.length > 0 ? [warning('', leftOut(sheet.name, others))] : [];
  if (sheet.findings.some(({ severity }) => severity === 'error')) {
    return { table: null, findings: [...left, ...sheet.findings] };
  }
  const { table, findings } = readHeadcounts(sheet.rows, terms);
  return { table, findings: [...left, ...sheet.findings, ...findings] };
}

function leftOut(name: string, others: readonly string[]): string {
  const list = new Intl.ListFormat('en-GB').format(others);
  return `Only the sheet “${name}” was read, not ${list}.`;
}

/** Reads headcounts that were pasted, out of a spreadsheet or a CSV file. */
export function readHeadcountsText(text: string, terms: FacetTerms): HeadcountsReading {
  const { rows, findings } = readCsvText(text);
  return findings.length > 0 ? { table: null, findings } : readHeadcounts(rows, terms);
}

interface Header {
  /** Its index among the rows. */
  row: number;
  /** How many columns it has. */
  width: number;
  headcount: number;
  /** Where each facet stands, in the file's order; or where a margin's facet and code do. */
  columns: { facets: { facet: string; index: number }[] } | { facet: number; code: number };
  /** Columns that mean nothing here. */
  others: { name: string; index: number }[];
  /** Columns that mean what another one does. */
  twice: { name: string; index: number }[];
}

const mostRowsAbove = 10;
const headcountNames = ['headcount', 'headcounts', 'head count', 'people', 'number of people', 'staff'];
const wholeTimeNames = /\b(wte|fte|whole ?time|full ?time) ?(equivalents?)?\b/;

/**
 * Understands the rows of a table of headcounts: a column for each facet and one called headcount, in any order; or the
 * columns facet, code and headcount. What is wrong is said cell by cell, and nothing is taken of such a table.
 */
export function readHeadcounts(rows: Rows, terms: FacetTerms): HeadcountsReading {
  if (rows.every((row) => row.every((cell) => cell === ''))) {
    return { table: null, findings: [error('', 'The file is empty.')] };
  }
  const header = headerOf(rows);
  if (!header) return { table: null, findings: [error('', headerSentence())] };
  const filled = rows
    .map((cells, index) => ({ cells, row: index + 1 }))
    .slice(header.row + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const findings = headerFindings(header, rows);
  if (filled.length === 0) findings.push(error('', 'There is no row below the names of the columns.'));
  if (filled.length > populationLimits.rows) {
    const sentence = `There are ${inThousands(filled.length)} rows. There can be ${inThousands(populationLimits.rows)} at most.`;
    return { table: null, findings: [...findings, error('', sentence)] };
  }
  const read = filled.map(rowReader(header, terms, findings)).filter((row) => row !== null);
  const facets = facetsOf(header, read);
  findings.push(...repeatedRows(read, facets, terms));
  const table: HeadcountTable = {
    kind: 'facets' in header.columns ? 'joint' : 'margins',
    facets,
    rows: read.map(({ facet, codes, headcount }) => ({ facet, codes, headcount })),
  };
  if (findings.every(({ severity }) => severity === 'warning')) findings.push(...tableFindings(table));
  const isWrong = findings.some(({ severity }) => severity === 'error');
  return { table: isWrong ? null : table, findings };
}

function error(place: string, sentence: string): ImportFinding {
  return { place, sentence, severity: 'error' };
}

function warning(place: string, sentence: string): ImportFinding {
  return { place, sentence, severity: 'warning' };
}

function headerSentence(): string {
  return `No row names the columns. There must be one called headcount, and one for each facet (${populationFacets.join(', ')}); or the columns facet, code and headcount.`;
}

function headerOf(rows: Rows): Header | null {
  for (const [row, cells] of rows.slice(0, mostRowsAbove).entries()) {
    const header = readHeader(cells, row);
    if (header) return header;
  }
  return null;
}

function readHeader(cells: readonly string[], row: number): Header | null {
  const named = cells
    .map((cell, index) => ({ name: cell, plain: plainName(cell), index }))
    .filter(({ name }) => name !== '');
  const indexOf = (names: readonly string[]) => named.find(({ plain }) => names.includes(plain))?.index;
  const headcount = indexOf(headcountNames);
  if (headcount === undefined) return null;
  const [facet, code] = [indexOf(['facet']), indexOf(['code'])];
  const isMargins = facet !== undefined && code !== undefined;
  const used = new Set(isMargins ? [headcount, facet, code] : [headcount]);
  const facets: { facet: string; index: number }[] = [];
  const [others, twice]: Header['others'][] = [[], []];
  for (const { name, plain, index } of named) {
    if (used.has(index)) continue;
    const own = isMargins ? undefined : facetNamed(plain);
    if (headcountNames.includes(plain) || facets.some((known) => known.facet === own)) {
      twice!.push({ name, index });
    } else if (own) facets.push({ facet: own, index });
    else others!.push({ name, index });
  }
  if (!isMargins && facets.length === 0) return null;
  const columns = isMargins ? { facet, code } : { facets };
  return { row, width: cells.length, headcount, columns, others: others!, twice: twice! };
}

function plainName(cell: string): string {
  return cell
    .toLowerCase()
    .replace(/[\s_*:.]+/g, ' ')
    .trim();
}

function facetNamed(plain: string): string | undefined {
  return populationFacets.find((facet) => plain === facet || plain === facetNames[facet]!.toLowerCase());
}

/** What another column means is left out: where it counted apart what is counted together here, two rows will be the same. */
function headerFindings({ row, columns, others, twice }: Header, rows: Rows): ImportFinding[] {
  const place = (index: number) => `Row ${row + 1}, column ${columnLetters(index)}`;
  const facets = 'facets' in columns ? 'facet' : 'column of a table of margins';
  return [
    ...twice.map(({ name, index }) =>
      error(place(index), `A second column says what ${inQuotes(name)} says. Keep one of them.`),
    ),
    ...others
      .filter(({ index }) => rows.slice(row + 1).some((cells) => cells[index]))
      .map(({ name, index }) => {
        const sentence = wholeTimeNames.test(plainName(name))
          ? `${inQuotes(name)} is left out: staff are counted as people, not as full-time equivalents.`
          : `${inQuotes(name)} is no ${facets} we know, so it is left out.`;
        return warning(place(index), sentence);
      }),
    ...rows[row]!.flatMap((name, index) =>
      name === '' && rows.slice(row + 1).some((cells) => cells[index])
        ? [warning(`Column ${columnLetters(index)}`, 'It has no name, so it is left out.')]
        : [],
    ),
  ];
}

interface ReadRow extends Headcount {
  row: number;
}

function rowReader(header: Header, terms: FacetTerms, findings: ImportFinding[]) {
  const { columns } = header;
  return ({ cells, row }: { cells: readonly string[]; row: number }): ReadRow | null => {
    const say = (column: string, sentence: string) => {
      findings.push(error(`Row ${row}, column ${column}`, sentence));
      return null;
    };
    const codeIn = (facet: string, text: string, column: string): string | null => {
      if (text === '') return say(column, `Enter the ${facetInWords(facet)}.`);
      const read = readTerm(text, { terms: terms.get(facet) ?? [], name: facetInWords(facet) });
      return 'code' in read ? read.code : say(column, read.sentence);
    };
    const readPlace = (): Pick<Headcount, 'facet' | 'codes'> | null => {
      if ('facets' in columns) {
        const codes = columns.facets.map(({ facet, index }) => codeIn(facet, cells[index] ?? '', facet));
        return codes.every((code) => code !== null) ? { facet: '', codes } : null;
      }
      const text = cells[columns.facet] ?? '';
      const facet = facetNamed(plainName(text));
      if (!facet) {
        const sentence = `${inQuotes(text)} is no facet. Enter one of these: ${populationFacets.join(', ')}.`;
        return say('facet', text === '' ? 'Enter the facet.' : sentence);
      }
      const code = codeIn(facet, cells[columns.code] ?? '', 'code');
      return code === null ? null : { facet, codes: [code] };
    };
    if (cells.length > header.width) {
      const sentence =
        'There are more cells than columns. Put a headcount with a comma in quotation marks, or leave the comma out.';
      findings.push(error(`Row ${row}`, sentence));
      return null;
    }
    const place = readPlace();
    const read = readHeadcount(cells[header.headcount] ?? '');
    if ('sentence' in read) return say('headcount', `${read.sentence}.`);
    return place && { row, ...place, headcount: read.headcount };
  };
}

function facetsOf({ columns }: Header, rows: readonly Headcount[]): string[] {
  if ('facets' in columns) return columns.facets.map(({ facet }) => facet);
  return [...new Set(rows.map(({ facet }) => facet))];
}

function repeatedRows(
  rows: readonly ReadRow[],
  facets: readonly string[],
  terms: FacetTerms,
): ImportFinding[] {
  const first = new Map<string, number>();
  return rows.flatMap((row) => {
    const earlier = first.get(rowKey(row));
    if (earlier === undefined) {
      first.set(rowKey(row), row.row);
      return [];
    }
    const words = codesInWords(terms, facets, row);
    const sentence = `${words} is in row ${earlier} already. Keep one of the two rows, or add them up.`;
    return [error(`Row ${row.row}`, sentence)];
  });
}

/** What can be wrong with a table whose every row is right. */
function tableFindings(table: HeadcountTable): ImportFinding[] {
  const { size, sentence } = disagreementInWords(table);
  if (size === 'none') return [];
  return [size === 'large' ? error('', sentence) : warning('', sentence)];
}

/** Says which margins add up to other totals than the first, and what that means. */
export function disagreementInWords(table: HeadcountTable): {
  size: 'none' | 'small' | 'large';
  sentence: string;
} {
  const { size, totals } = disagreementOf(table);
  const said = totals.map(({ facet, total }) => `${inThousands(total)} by ${facetInWords(facet)}`);
  const told = `The facets add up to different totals: ${new Intl.ListFormat('en-GB').format(said)}.`;
  const meaning = {
    none: '',
    small: `${told} That is within 1%, so weights bring all of them to ${said[0]}.`,
    large: `${told} They must be the same, or within 1% of the first, to be of the same staff.`,
  };
  return { size, sentence: meaning[size] };
}
