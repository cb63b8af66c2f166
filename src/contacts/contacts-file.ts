import type { Rows } from '../platform/table';
import { type FacetTerm, type FacetTerms, inQuotes, readTerm } from '../populations/facet-terms';
import { facetInWords } from '../populations/population';
import type { Plan } from '../questionnaires/plan';
import type { ImportFinding } from '../staging/staged-import';
import { facetNames } from '../vocabularies/vocabulary';
import { nearMisses, normalisedAddress, readAddress, shownDomainOf } from './address';
import { contactLimits, type NewContact } from './contact';
import { readName } from './person-name';
import { type RowNotes, rowNotes } from './row-notes';

/** What a survey asks about people's work, and the languages it can be had in. */
export interface Asked {
  facets: FacetTerms;
  /** Besides English. */
  languages: readonly string[];
  /** Of a coordinator's file: the one organisation its people are of, and what it is called. */
  organisation: { code: string; label: string } | null;
}

/** What the people of a list can be asked, by a survey's plan. */
export function askedBy(plan: Pick<Plan, 'pages' | 'languages'>, organisation: Asked['organisation']): Asked {
  const facets = new Map<string, FacetTerm[]>();
  for (const { facet, choices } of plan.pages.flatMap(({ questions }) => questions)) {
    if (facet === null || facets.has(facet)) continue;
    facets.set(
      facet,
      choices.map(({ value, text }) => ({ code: String(value), label: text })),
    );
  }
  return { facets, languages: plan.languages, organisation };
}

/** What is understood of a list of people. Survives JSON. */
export interface ContactsReading {
  contacts: NewContact[];
  /** How many rows are left out. */
  leftOut: number;
  findings: ImportFinding[];
}

const english = 'en';
const mostRowsAbove = 10;
/** The column that says which of several organisations somebody is of. */
const organisation = 'organisation';

/** What columns are called, without spaces and signs. */
const columnNames = {
  email: ['email', 'emailaddress', 'mail', 'mailaddress', 'address', 'workemail', 'contactemail'],
  name: ['name', 'fullname', 'displayname', 'contactname', 'staffname', 'person'],
  first: ['firstname', 'forename', 'givenname', 'first', 'knownas'],
  last: ['lastname', 'surname', 'familyname', 'last'],
  language: ['language', 'preferredlanguage', 'lang', 'iaith'],
};
const facetSynonyms: Record<string, readonly string[]> = {
  profession: ['jobrole', 'role', 'jobtitle', 'occupation', 'staffrole'],
  setting: ['placeofwork', 'workplace', 'placeofcare', 'caresetting'],
  organisation: ['organization', 'employer', 'trust', 'organisationcode'],
  band: ['afcband', 'payband'],
};

interface Row {
  row: number;
  email: string;
  name: string;
  language: string;
  /** As the cells have them, by facet. */
  facets: Record<string, string>;
}

/** Understands a table of people: a row names its columns, in any order and any case, and one of them holds addresses. */
export function readContactTable(rows: Rows, asked: Asked): ContactsReading {
  const header = headerOf(rows, asked);
  if (!header) return isBareList(rows) ? readBareList(rows, asked) : unread(headerSentence(asked));
  const read = rows
    .map((cells, index) => ({ cells, row: index + 1 }))
    .slice(header.row + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ cells, row }) => rowOf(header, cells, row));
  return understand(read, asked, header.findings);
}

/** Understands addresses as people paste them: one a line or parted by semicolons or commas, with names or without. */
export function readContactList(text: string, asked: Asked): ContactsReading {
  const read = text
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) =>
      piecesOf(line).map((piece) => ({ row: index + 1, ...personOf(piece), language: '', facets: {} })),
    );
  return understand(read, asked, []);
}

/** Does pasted text name columns? Otherwise it is a list of addresses. */
export function namesColumns(text: string): boolean {
  const first = text.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  if (first.includes('@')) return false;
  return first.split(/[,;\t]/).some((cell) => columnNames.email.includes(plain(cell)));
}

/** "Smith, Jo <jo@example.org>; al@example.org": names may hold commas, where addresses stand in brackets. */
function piecesOf(line: string): string[] {
  return line
    .split(/[;\t]/)
    .flatMap((part) =>
      part.includes('<') ? part.split(/(?<=>)\s*,/) : part.replace(/\s+/g, ' ').split(/ (?=\S*@)|,/),
    )
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

function personOf(piece: string): Pick<Row, 'email' | 'name'> {
  const [, name = '', email] = /^([^<]*)<([^<>]*)>$/.exec(piece) ?? [];
  if (email === undefined) return { email: piece, name: '' };
  const bare = name.trim().replace(/^["'](.*)["']$/, '$1');
  const [, last, first] = /^([^,]+),([^,]+)$/.exec(bare) ?? [];
  return { email, name: first === undefined ? bare : `${first.trim()} ${last!.trim()}` };
}

/** A table of one column without a name for it, each row an address. */
function isBareList(rows: Rows): boolean {
  const filled = rows.filter((cells) => cells.some((cell) => cell !== ''));
  return (
    filled.length > 0 &&
    filled.every((cells) => cells.filter((cell) => cell !== '').length === 1) &&
    filled.some((cells) => cells.some((cell) => cell.includes('@')))
  );
}

function readBareList(rows: Rows, asked: Asked): ContactsReading {
  const read = rows.flatMap((cells, index) =>
    piecesOf(cells.join('')).map((piece) => ({
      row: index + 1,
      ...personOf(piece),
      language: '',
      facets: {},
    })),
  );
  return understand(read, asked, []);
}

interface Header {
  /** Its index among the rows. */
  row: number;
  columns: Partial<Record<keyof typeof columnNames, number>>;
  facets: { facet: string; index: number }[];
  findings: ImportFinding[];
}

function headerOf(rows: Rows, asked: Asked): Header | null {
  for (const [row, cells] of rows.slice(0, mostRowsAbove).entries()) {
    const header = readHeader(cells, row, asked);
    if (header.columns.email !== undefined) return header;
  }
  return null;
}

function readHeader(cells: readonly string[], row: number, { facets: asked }: Asked): Header {
  const header: Header = { row, columns: {}, facets: [], findings: [] };
  const known = [...new Set([...asked.keys(), organisation])];
  for (const [index, cell] of cells.entries()) {
    if (cell === '') continue;
    const column = columnOf(plain(cell));
    const facet = known.find((one) => facetIsCalled(one, plain(cell)));
    if (column && header.columns[column] === undefined) header.columns[column] = index;
    else if (!column && facet && !header.facets.some((one) => one.facet === facet)) {
      header.facets.push({ facet, index });
    } else header.findings.push(leftOut(row, cell, column !== undefined || facet !== undefined));
  }
  return header;
}

function columnOf(name: string): keyof typeof columnNames | undefined {
  return (Object.keys(columnNames) as (keyof typeof columnNames)[]).find((column) =>
    columnNames[column].includes(name),
  );
}

function facetIsCalled(facet: string, name: string): boolean {
  const names = [facet, facetNames[facet] ?? facet, ...(facetSynonyms[facet] ?? [])];
  return names.some((one) => plain(one) === name);
}

function plain(cell: string): string {
  return cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function leftOut(row: number, name: string, isTwice: boolean): ImportFinding {
  const sentence = isTwice
    ? `A second column is called ${inQuotes(name)}. Only the first is read.`
    : `The column ${inQuotes(name)} is left out: it is neither a name, an address or a language, nor something the survey asks about people.`;
  return { place: `Row ${row + 1}`, sentence, severity: 'warning' };
}

function headerSentence({ facets }: Asked): string {
  const others = ['name', 'language', ...facets.keys()];
  return `No row names the columns. One must be called email; there can be ${others.join(', ')} beside it.`;
}

function rowOf({ columns, facets }: Header, cells: readonly string[], row: number): Row {
  const cell = (column: keyof typeof columnNames) => {
    const index = columns[column];
    return index === undefined ? '' : (cells[index] ?? '');
  };
  const typed = cell('email');
  const inBrackets = /<[^<>]*>$/.test(typed) ? personOf(typed) : { email: typed, name: '' };
  return {
    row,
    email: inBrackets.email,
    name:
      cell('name') ||
      [cell('first'), cell('last')].filter((part) => part !== '').join(' ') ||
      inBrackets.name,
    language: cell('language'),
    facets: Object.fromEntries(facets.map(({ facet, index }) => [facet, cells[index] ?? ''])),
  };
}

/** Reads row by row. What cannot be used is left out and said; it keeps nobody else from being invited. */
function understand(rows: readonly Row[], asked: Asked, said: ImportFinding[]): ContactsReading {
  if (rows.length === 0) return unread('There is nobody on this list.');
  if (rows.length > contactLimits.rows) {
    const [there, most] = [rows.length, contactLimits.rows].map((count) => count.toLocaleString('en-GB'));
    return unread(`There are ${there} rows. There can be ${most} at most: split the file.`);
  }
  const notes = rowNotes();
  const reader: Reader = {
    ...{ notes, first: new Map(), organisation: asked.organisation },
    languages: languagesByName(asked.languages),
    readFacet: facetReader(asked.facets),
  };
  const read = rows.flatMap((row) => {
    const contact = readRow(row, reader);
    return contact ? [{ row: row.row, contact }] : [];
  });
  noteNearMisses(read, notes);
  const contacts = read.map(({ contact }) => contact);
  const nobody: ImportFinding[] =
    contacts.length > 0
      ? []
      : [
          {
            place: '',
            sentence: 'No row of the list has an address that can be written to.',
            severity: 'error',
          },
        ];
  const findings = [...nobody, ...said, ...notes.findings()];
  return { contacts, leftOut: rows.length - contacts.length, findings };
}

function unread(sentence: string): ContactsReading {
  return { contacts: [], leftOut: 0, findings: [{ place: '', sentence, severity: 'error' }] };
}

/** What rows are read with, one after the other. */
interface Reader {
  notes: RowNotes;
  /** In which row an address stood first. */
  first: Map<string, number>;
  organisation: Asked['organisation'];
  languages: ReadonlyMap<string, string>;
  readFacet: ReadFacet;
}

function readRow(
  row: Row,
  { notes, first, organisation: own, languages, readFacet }: Reader,
): NewContact | null {
  const read = readAddress(row.email);
  if ('sentence' in read) {
    const shown = row.email.trim() === '' ? '' : `${shownAddress(row.email)}: `;
    notes.say('address', row.row, `${shown}${read.sentence} Left out.`);
    return null;
  }
  const normalised = normalisedAddress(read.address);
  const earlier = first.get(normalised);
  if (earlier !== undefined) {
    notes.say('twice', row.row, `${read.address} is in row ${earlier} already. Left out.`);
    return null;
  }
  if (own && isOfAnother(row, own, notes)) return null;
  first.set(normalised, row.row);
  return {
    email: read.address,
    name: nameIn(row, notes),
    language: languageIn(row, languages, notes),
    facets: {
      ...facetsIn(row, readFacet, notes),
      ...(own ? { organisation: own.code } : {}),
    },
  };
}

/** What cannot be seen in an address is shown by its number. */
function shownAddress(text: string): string {
  const shown = text
    .trim()
    .slice(0, 200)
    .replace(
      /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu,
      (sign) => `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
    );
  return inQuotes(shown);
}

/** A coordinator brings in their own people, and nobody else's. */
function isOfAnother(
  { row, facets }: Row,
  own: NonNullable<Asked['organisation']>,
  notes: RowNotes,
): boolean {
  const said = facets[organisation] ?? '';
  if (said === '' || 'code' in readTerm(said, { terms: [own], name: organisation })) return false;
  notes.say(
    'elsewhere',
    row,
    `${inQuotes(said)} is not ${own.label}, the organisation you coordinate. Left out.`,
  );
  return true;
}

function nameIn({ row, name: typed }: Row, notes: RowNotes): string {
  const { name, fault } = readName(typed);
  if (fault === 'cleaned')
    notes.say('name', row, 'Line breaks, or characters that cannot be seen, were taken out of the name.');
  if (fault === 'too long')
    notes.say('name', row, 'The name is longer than 120 characters. The person is invited without it.');
  return name;
}

function languageIn({ row, language }: Row, languages: ReadonlyMap<string, string>, notes: RowNotes): string {
  const said = plain(language);
  if (said === '') return english;
  const known = languages.get(said);
  if (known) return known;
  notes.say(
    'language',
    row,
    `The survey cannot be had in ${inQuotes(language)}. The person is written to in English.`,
  );
  return english;
}

/** The survey's languages by all that they may be called: "cy", "Welsh", "Cymraeg". */
function languagesByName(languages: readonly string[]): Map<string, string> {
  const names = new Map(
    [english, 'en-GB', 'English', 'British English'].map((name) => [plain(name), english]),
  );
  for (const language of languages) {
    const called = ['en-GB', language].map((of) =>
      new Intl.DisplayNames(of, { type: 'language' }).of(language),
    );
    for (const name of [language, ...called]) names.set(plain(name ?? ''), language);
  }
  return names;
}

function facetsIn({ row, facets }: Row, readFacet: ReadFacet, notes: RowNotes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facets).flatMap(([facet, text]) => {
      const read = text === '' ? undefined : readFacet(facet, text);
      if (!read) return [];
      if ('code' in read) return [[facet, read.code]];
      notes.say('facet', row, `${read.sentence} It is not counted; the person is invited all the same.`);
      return [];
    }),
  );
}

/** What a cell says of a facet; undefined where the survey does not ask about it. */
type ReadFacet = (facet: string, text: string) => { code: string } | { sentence: string } | undefined;

/** For so many strange words the likeliest is looked for: that takes time, and nobody reads more. */
const mostStrange = 100;

/** Reads each word once, however many rows say it. */
function facetReader(facets: FacetTerms): ReadFacet {
  const read = new Map<string, { code: string } | { sentence: string }>();
  const names = new Map(
    [...facets].map(([facet, terms]) => [
      facet,
      new Set(terms.flatMap(({ code, label }) => [plain(code), plain(label)])),
    ]),
  );
  let strange = 0;
  return (facet, text) => {
    const terms = facets.get(facet);
    if (!terms) return undefined;
    const known = read.get(`${facet} ${text}`);
    if (known) return known;
    if (!names.get(facet)?.has(plain(text))) strange += 1;
    const found =
      strange > mostStrange && !names.get(facet)?.has(plain(text))
        ? { sentence: `${inQuotes(text)} is no ${facetInWords(facet)} that the survey asks about.` }
        : asAsked(readTerm(text, { terms, name: facetInWords(facet) }));
    read.set(`${facet} ${text}`, found);
    return found;
  };
}

function asAsked(read: ReturnType<typeof readTerm>): ReturnType<typeof readTerm> {
  return 'code' in read
    ? read
    : { sentence: read.sentence.replace('of this project', 'that the survey asks about') };
}

function noteNearMisses(read: readonly { row: number; contact: NewContact }[], notes: RowNotes): void {
  const counts = new Map<string, number>();
  const domains = read.map(({ contact }) => shownDomainOf(contact.email));
  for (const domain of domains) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  const near = new Map(nearMisses(counts).map((miss) => [miss.domain, miss]));
  for (const [index, { row, contact }] of read.entries()) {
    const miss = near.get(domains[index]!);
    if (!miss) continue;
    const sentence = `${contact.email} ends in “${miss.domain}”; ${miss.others.toLocaleString('en-GB')} others end in “${miss.likely}”. Check it.`;
    notes.say('domain', row, sentence);
  }
}
