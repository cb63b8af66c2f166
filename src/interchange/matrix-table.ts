import { codeFault } from '../frameworks/code';
import { competenciesIn, domainPath } from '../frameworks/content';
import {
  type Content,
  frameworkLimits as limits,
  type MatrixColumn,
  type SourceCompetency,
  type SourceDomain,
} from '../frameworks/framework';
import type { Rows } from '../platform/table';
import type { ImportFinding } from '../staging/staged-import';
import { type Field, findHeader, type Header } from './matrix-header';
import { error, type FrameworkReading, type Known, nothingRead, warning } from './reading';

/**
 * Reads the table of a skills matrix: one row a competency, one column for each thing said of it, then one for each
 * profession and setting, whose cells hold the level required or nothing. Rows keep their numbers in what is said of them.
 */
export function readMatrixTable(rows: Rows, known: Known): FrameworkReading {
  const header = findHeader(rows, known);
  if (!header) {
    const sentence =
      'No row names the columns. The first row must hold: domain, competency, title, description, and then one column for each profession|setting.';
    return { source: nothingRead, findings: [error('', sentence)] };
  }
  const body = rows
    .map((cells, index) => ({ cells, number: index + 1 }))
    .slice(header.row + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const blocked = header.findings.some(({ severity }) => severity === 'error');
  const size = sizeFindings(body.length);
  if (blocked || size.length > 0) return { source: nothingRead, findings: [...header.findings, ...size] };
  const { source, findings } = readRows(body, header, known);
  return { source, findings: [...header.findings, ...findings] };
}

function sizeFindings(count: number): ImportFinding[] {
  const most = limits.competencies + limits.domains;
  if (count === 0) return [error('', 'There is nothing below the row that names the columns.')];
  if (count <= most) return [];
  const words = (number: number) => number.toLocaleString('en-GB');
  return [
    error(
      '',
      `There are ${words(count)} rows. A framework can have ${words(limits.competencies)} competencies at most.`,
    ),
  ];
}

interface BodyRow {
  cells: string[];
  number: number;
}

/** What is put together row by row. */
interface Draft {
  domains: SourceDomain[];
  byPath: Map<string, SourceDomain>;
  rowOfCode: Map<string, number>;
  requiredLevels: FrameworkReading['source']['requiredLevels'];
  findings: ImportFinding[];
  /** The domain of the row above, and the rows that named none and were put there too. */
  path: string[] | null;
  continued: number[];
}

function readRows(body: BodyRow[], header: Header, known: Known): FrameworkReading {
  const draft: Draft = {
    domains: [],
    byPath: new Map(),
    rowOfCode: new Map(),
    requiredLevels: [],
    findings: [],
    path: null,
    continued: [],
  };
  for (const row of body) readRow(draft, row, header, known);
  const columns = header.columns.map(({ column }) => column);
  return {
    source: {
      domains: draft.domains,
      ...(columns.length > 0 ? { columns } : {}),
      requiredLevels: draft.requiredLevels,
    },
    findings: [...draft.findings, ...continuedFinding(draft.continued), ...countFindings(draft)],
  };
}

function readRow(draft: Draft, { cells, number }: BodyRow, header: Header, known: Known): void {
  const place = `Row ${number}`;
  const text = (field: Field) => cells[header.fields[field] ?? -1] ?? '';
  const home = homeOf(draft, text('domain'), place, number);
  const code = oneLine(text('code'));
  const title = oneLine(text('title'));
  const levels = header.columns.filter(({ index }) => cells[index]);
  if (code === '' && title === '') {
    const further = (['description', 'hint', 'tags', 'optional'] as const).some(
      (field) => text(field) !== '',
    );
    if (levels.length > 0)
      draft.findings.push(error(place, 'It has levels but no competency. Enter its code and title.'));
    else if (further) draft.findings.push(error(place, 'It names no competency. Enter its code and title.'));
    return;
  }
  draft.findings.push(
    ...codeFindings(draft, code, place, number),
    ...titleFindings(title, `${place}, title`),
  );
  const said = { description: text('description'), hint: text('hint') };
  draft.findings.push(...lengthFindings(said, place));
  const tags = tagsIn(text('tags'));
  draft.findings.push(...tagFindings(tags, `${place}, tags`));
  const optional = optionalIn(text('optional'));
  if (optional === undefined) {
    draft.findings.push(
      error(`${place}, optional`, `“${text('optional')}” is neither yes nor no. Enter yes or no.`),
    );
  }
  home?.competencies.push(competencyOf({ code, title, ...said, tags, optional: optional ?? false }, header));
  for (const { index, heading, column } of levels) {
    const level = levelIn(cells[index]!, known);
    if (typeof level === 'string') draft.findings.push(error(`${place}, ${heading}`, level));
    else draft.requiredLevels.push({ competency: code, ...column, level });
  }
}

/** Only what the table has columns for is said; the rest an import leaves as it is. */
function competencyOf(
  said: Required<Omit<SourceCompetency, 'identifier' | 'descriptors'>>,
  { fields }: Header,
): SourceCompetency {
  const { code, title, ...further } = said;
  const spoken = Object.entries(further).filter(([field]) => fields[field as Field] !== undefined);
  return { code, title, ...Object.fromEntries(spoken) };
}

/** The domain a row belongs to, made where it is new; that of the row above where it names none. */
function homeOf(draft: Draft, said: string, place: string, number: number): SourceDomain | null {
  if (said === '') {
    if (!draft.path) draft.findings.push(error(`${place}, domain`, 'Enter the domain it belongs to.'));
    else draft.continued.push(number);
  } else {
    const path = pathIn(said);
    draft.path = path;
    const faults = draft.byPath.has(JSON.stringify(path)) ? [] : pathFindings(path, `${place}, domain`);
    draft.findings.push(...faults);
  }
  return draft.path && domainAt(draft, draft.path);
}

/** The titles in "Health > Children > Sleep". */
export function pathIn(text: string): string[] {
  return text.split(/\s+>(?=\s)/).map(oneLine);
}

export function pathFindings(path: string[], place: string): ImportFinding[] {
  return [
    ...(path.length > limits.depth
      ? [
          error(
            place,
            `The domain is nested ${path.length} deep. Domains can be nested ${limits.depth} deep.`,
          ),
        ]
      : []),
    ...path.flatMap((title) => titleFindings(title, place)),
  ];
}

/** The domain with these titles from the top down, made with all above it where it is new. */
export function domainAt(draft: Pick<Draft, 'domains' | 'byPath'>, path: string[]): SourceDomain {
  const key = JSON.stringify(path);
  const found = draft.byPath.get(key);
  if (found) return found;
  const domain: SourceDomain = { title: path.at(-1)!, competencies: [] };
  draft.byPath.set(key, domain);
  if (path.length === 1) draft.domains.push(domain);
  else {
    const parent = domainAt(draft, path.slice(0, -1));
    parent.domains ??= [];
    parent.domains.push(domain);
  }
  return domain;
}

function codeFindings(draft: Draft, code: string, place: string, number: number): ImportFinding[] {
  if (code === '') return [error(`${place}, competency`, 'Enter a code.')];
  const before = draft.rowOfCode.get(code);
  draft.rowOfCode.set(code, before ?? number);
  const fault = codeFault(code);
  return [
    ...(fault ? [error(`${place}, competency`, `“${shortened(code)}”: ${fault}.`)] : []),
    ...(before === undefined
      ? []
      : [
          error(
            `${place}, competency`,
            `The code ${shortened(code)} is in row ${before} already. Give it another.`,
          ),
        ]),
  ];
}

/** What keeps a text from being the title of a domain or competency. */
export function titleFindings(title: string, place: string): ImportFinding[] {
  if (title === '') return [error(place, 'Enter a title.')];
  if (title.length <= limits.title) return [];
  return [error(place, `The title is ${title.length} characters long. It can be ${limits.title} at most.`)];
}

function lengthFindings(
  { description, hint }: { description: string; hint: string },
  place: string,
): ImportFinding[] {
  const tooLong = (field: string, text: string, most: number) =>
    text.length <= most
      ? []
      : [
          error(
            `${place}, ${field}`,
            `The ${field} is ${text.length} characters long. It can be ${most} at most.`,
          ),
        ];
  return [...tooLong('description', description, limits.description), ...tooLong('hint', hint, limits.title)];
}

function tagsIn(text: string): string[] {
  return [...new Set(text.split(/[;\n]/).map(oneLine).filter(Boolean))];
}

function tagFindings(tags: string[], place: string): ImportFinding[] {
  return [
    ...(tags.length > limits.tags
      ? [error(place, `There are ${tags.length} tags. There can be ${limits.tags} at most.`)]
      : []),
    ...tags
      .filter((tag) => tag.length > limits.tag)
      .map((tag) => error(place, `The tag “${shortened(tag)}” is longer than ${limits.tag} characters.`)),
  ];
}

function optionalIn(text: string): boolean | undefined {
  const said = text.toLowerCase();
  if (['', 'no', 'n', 'false', '0'].includes(said)) return false;
  return ['yes', 'y', 'x', 'true', '1'].includes(said) ? true : undefined;
}

/** The level in a cell, or the sentence that says what is wrong with it. */
function levelIn(cell: string, { scale }: Pick<Known, 'scale'>): number | string {
  const said = `“${shortened(cell)}”`;
  const levels = scale.map(({ level }) => level);
  const range = `${Math.min(...levels)} to ${Math.max(...levels)}`;
  if (/^-?\d+[.,]\d*[1-9]\d*$/.test(cell))
    return `${said} is not a whole number. Enter a level from ${range}.`;
  if (!/^\d+(?:\.0*)?$/.test(cell)) {
    return `${said} is no level. Enter a level from ${range}, or leave the cell empty where nothing is required.`;
  }
  const level = Number(cell);
  return levels.includes(level) ? level : `${said} is not on the scale. Enter a level from ${range}.`;
}

function continuedFinding(rows: number[]): ImportFinding[] {
  if (rows.length === 0) return [];
  const named = rows.slice(0, 10).join(', ');
  const more = rows.length > 10 ? ` and ${rows.length - 10} more` : '';
  const place = `${rows.length === 1 ? 'Row' : 'Rows'} ${named}${more}`;
  return [warning(place, 'No domain is named, so that of the row above was taken.')];
}

function countFindings({ byPath, rowOfCode }: Draft): ImportFinding[] {
  const tooMany = (count: number, most: number, what: string) =>
    count > most ? [error('', `There are ${count} ${what}. There can be ${most} at most.`)] : [];
  return [
    ...tooMany(byPath.size, limits.domains, 'domains'),
    ...tooMany(rowOfCode.size, limits.competencies, 'competencies'),
  ];
}

/** Text of one line: line ends and tabs become spaces. */
export function oneLine(text: string): string {
  return text.replace(/ *[\t\n]\s*/g, ' ').trim();
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * The table of a framework, header first: what `readMatrixTable` reads. Tags, optional and hint have columns only where
 * a competency has one. A domain without anything in it has a row of its own.
 */
export function matrixTable(
  { domains, columns, requiredLevels }: Content,
  professions: readonly { code: string }[],
): (string | number | null)[][] {
  const competencies = competenciesIn(domains);
  const further = [
    { name: 'hint', of: 'hint' as const, used: competencies.some(({ hint }) => hint !== '') },
    { name: 'tags', of: 'tags' as const, used: competencies.some(({ tags }) => tags.length > 0) },
    { name: 'optional', of: 'optional' as const, used: competencies.some(({ optional }) => optional) },
  ].filter(({ used }) => used);
  const levels = new Map(
    requiredLevels.map((row) => [`${row.competency} ${heading(row, professions)}`, row.level]),
  );
  const headings = columns.map((column) => heading(column, professions));
  const rows = domains.flatMap((domain) => {
    const path = domainPath(domains, domain).join(' > ');
    const isLeaf = !domains.some(({ parent }) => parent === domain.lineageId);
    if (domain.competencies.length === 0) return isLeaf ? [[path]] : [];
    return domain.competencies.map((competency) => [
      ...[path, competency.code, competency.title, competency.description],
      ...further.map(({ of }) => fieldText(competency[of])),
      ...headings.map((name) => levels.get(`${competency.code} ${name}`) ?? null),
    ]);
  });
  const header = [
    'domain',
    'competency',
    'title',
    'description',
    ...further.map(({ name }) => name),
    ...headings,
  ];
  return [header, ...rows.map((row) => [...row, ...Array(header.length - row.length).fill(null)])];
}

function fieldText(value: string | string[] | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : '';
  return typeof value === 'string' ? value : value.join('; ');
}

/** "profession|setting" in codes. A tier whose code is a profession's too says that it is a tier. */
function heading(
  { profession, tier, setting }: MatrixColumn,
  professions: readonly { code: string }[],
): string {
  const isTaken = professions.some(({ code }) => code.toLowerCase() === tier?.toLowerCase());
  const who = profession ?? (isTaken ? `tier ${tier}` : tier);
  return `${who ?? '*'}|${setting ?? '*'}`;
}
