import { closest, distance } from 'fastest-levenshtein';
import { columnKey } from '../frameworks/content';
import { frameworkLimits, type MatrixColumn, type Words } from '../frameworks/framework';
import { columnLetters, type Rows } from '../platform/table';
import type { ImportFinding } from '../staging/staged-import';
import { error, type Known, type KnownTerm, warning } from './reading';

/** What a column of the table may say of a competency. */
export type Field = 'domain' | 'code' | 'title' | 'description' | 'hint' | 'tags' | 'optional';

/** The header row: at which index each field stands, and each column of levels with its heading. */
export interface Header {
  /** The header's own index among the rows. */
  row: number;
  fields: Partial<Record<Field, number>>;
  columns: { index: number; heading: string; column: MatrixColumn }[];
  findings: ImportFinding[];
}

const names: Record<Field, string[]> = {
  domain: ['domain', 'domains', 'theme', 'area', 'section', 'group', 'category'],
  code: ['code', 'competency code', 'id', 'ref', 'reference', 'number', 'no'],
  title: ['title', 'name', 'competency title', 'competency name', 'statement'],
  description: ['description', 'details', 'definition'],
  hint: ['hint'],
  tags: ['tags', 'tag', 'keywords'],
  optional: ['optional'],
};
/** Stands for the code, or for the title where another column is the code and none the title. */
const competencyNames = ['competency', 'competencies', 'skill', 'capability'];
const needed: Field[] = ['domain', 'code', 'title'];
const mostRowsAbove = 10;

/** The header among the first rows of a table: the first that names two of domain, competency and title. */
export function findHeader(rows: Rows, known: Known): Header | null {
  for (const [row, cells] of rows.slice(0, mostRowsAbove).entries()) {
    const fields = fieldsOf(cells, known.words);
    if (new Set(fields.filter((field) => field && needed.includes(field))).size >= 2) {
      return readHeader(rows, row, fields, known);
    }
  }
  return null;
}

function fieldsOf(cells: string[], words: Words): (Field | undefined)[] {
  const plain = cells.map(plainWords);
  const own = { domain: [words.domain, words.domains], competency: [words.competency, words.competencies] };
  const isCompetency = (name: string) =>
    [...competencyNames, ...own.competency.map(plainWords)].includes(name);
  const fields = plain.map((name): Field | undefined => {
    if (own.domain.map(plainWords).includes(name)) return 'domain';
    return (Object.keys(names) as Field[]).find((field) => names[field].includes(name));
  });
  const meaning: Field = fields.includes('code') && !fields.includes('title') ? 'title' : 'code';
  return fields.map((field, index) => field ?? (isCompetency(plain[index]!) ? meaning : undefined));
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_*:.]+/g, ' ')
    .trim();
}

function readHeader(rows: Rows, row: number, fields: (Field | undefined)[], known: Known): Header {
  const header: Header = { row, fields: {}, columns: [], findings: [] };
  const cells = rows[row]!;
  const place = (index: number) => `Row ${row + 1}, column ${columnLetters(index)}`;
  const seen = new Set<string>();
  cells.forEach((heading, index) => {
    const field = fields[index];
    if (field && header.fields[field] !== undefined) {
      header.findings.push(
        error(place(index), `There is a second column for the ${field}: “${heading}”. Keep one.`),
      );
    } else if (field) {
      header.fields[field] = index;
    } else if (heading === '') {
      return;
    } else {
      const { column, finding } = columnOf(heading, place(index), known);
      if (finding) header.findings.push(finding);
      if (!column) return;
      if (seen.has(columnKey(column))) {
        header.findings.push(
          error(place(index), `“${heading}” is there twice. Keep one of the two columns.`),
        );
      }
      seen.add(columnKey(column));
      header.columns.push({ index, heading, column });
    }
  });
  return {
    ...header,
    findings: [...header.findings, ...missingFields(header), ...unnamedColumns(rows, header)],
  };
}

function missingFields({ row, fields, columns }: Header): ImportFinding[] {
  const headings = { domain: 'domain', code: 'competency (for the code)', title: 'title' };
  const missing = (Object.keys(headings) as (keyof typeof headings)[]).filter(
    (field) => fields[field] === undefined,
  );
  const most = frameworkLimits.columns;
  return [
    ...missing.map((field) => error(`Row ${row + 1}`, `No column is called ${headings[field]}. Add it.`)),
    ...(columns.length > most
      ? [
          error(
            `Row ${row + 1}`,
            `There are ${columns.length} columns of levels. There can be ${most} at most.`,
          ),
        ]
      : []),
  ];
}

/** Columns that hold something but say not what. */
function unnamedColumns(rows: Rows, { row }: Header): ImportFinding[] {
  const widest = Math.max(...rows.map((cells) => cells.length));
  return Array.from({ length: widest }, (_, index) => index)
    .filter((index) => !rows[row]![index] && rows.slice(row + 1).some((cells) => cells[index]))
    .map((index) => warning(`Column ${columnLetters(index)}`, 'It has no heading, so it is left out.'));
}

/** "profession|setting" in codes or labels; a known term alone stands for itself and anything on the other side. */
function columnOf(
  heading: string,
  place: string,
  known: Known,
): { column?: MatrixColumn; finding?: ImportFinding } {
  const parts = heading.split('|').map((part) => part.trim());
  if (parts.length === 1) {
    const alone = whoIn(heading, known) ?? whereIn(heading, known);
    if (alone) return { column: { profession: null, tier: null, setting: null, ...alone } };
    const sentence = `“${heading}” is no column we know, so it is left out. A column of levels is headed profession|setting.`;
    return { finding: warning(place, sentence) };
  }
  if (parts.length > 2) {
    return {
      finding: error(
        place,
        `“${heading}” has more than one “|”. A column of levels is headed profession|setting.`,
      ),
    };
  }
  const who = isAny(parts[0]!) ? { profession: null, tier: null } : whoIn(parts[0]!, known);
  const where = isAny(parts[1]!) ? { setting: null } : whereIn(parts[1]!, known);
  if (!who) {
    const terms = [...known.professions, ...known.tiers];
    return { finding: error(place, unknown(parts[0]!, 'profession or staff tier', terms)) };
  }
  if (!where) return { finding: error(place, unknown(parts[1]!, 'setting', known.settings)) };
  return { column: { ...who, ...where } };
}

function isAny(part: string): boolean {
  return ['', '*', 'any', 'all'].includes(part.toLowerCase());
}

function whoIn(part: string, { professions, tiers }: Known): Omit<MatrixColumn, 'setting'> | undefined {
  const profession = termNamed(part, professions);
  if (profession !== undefined) return { profession, tier: null };
  const tier = termNamed(part, tiers) ?? termNamed(part.replace(/^tier[ _-]*/i, ''), tiers);
  return tier === undefined ? undefined : { profession: null, tier };
}

function whereIn(part: string, { settings }: Known): Pick<MatrixColumn, 'setting'> | undefined {
  const setting = termNamed(part, settings);
  return setting === undefined ? undefined : { setting };
}

/** The code of the term with this code or, failing that, this label, in capitals or not. */
function termNamed(text: string, terms: readonly KnownTerm[]): string | undefined {
  const same = (one: string) => one.toLowerCase() === text.toLowerCase();
  return (terms.find(({ code }) => same(code)) ?? terms.find(({ label }) => same(label)))?.code;
}

function unknown(text: string, what: string, terms: readonly KnownTerm[]): string {
  const likely = likeliest(text.toLowerCase(), terms);
  const hint = likely ? ` Did you mean ${likely.code} (${likely.label})?` : '';
  return `“${text}” is no ${what} of this project.${hint}`;
}

/** The term whose code or label takes the fewest changes of a letter, unless these are more than half of it. */
function likeliest(text: string, terms: readonly KnownTerm[]): KnownTerm | undefined {
  const words = terms.flatMap(({ code, label }) => [code.toLowerCase(), label.toLowerCase()]);
  if (words.length === 0) return undefined;
  const nearest = closest(text, words);
  if (distance(text, nearest) > Math.max(2, nearest.length / 2)) return undefined;
  return terms[Math.floor(words.indexOf(nearest) / 2)];
}
