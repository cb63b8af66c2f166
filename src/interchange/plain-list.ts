import { codeFault } from '../frameworks/code';
import { freeCode } from '../frameworks/content';
import { frameworkLimits as limits, type SourceDomain } from '../frameworks/framework';
import { cellText } from '../platform/table';
import type { ImportFinding } from '../staging/staged-import';
import { titleFindings } from './matrix-table';
import { error, type FrameworkReading, nothingRead, warning } from './reading';

const mostLines = limits.competencies + limits.domains;

/** A competency that is there already: pasted again, it keeps its code. */
interface KnownCompetency {
  code: string;
  title: string;
}

/** One line of the list, and the lines that hang under it. */
interface Entry {
  number: number;
  /** How far in it stands: a line belongs to the nearest above it that stands further out. */
  depth: number;
  code: string;
  title: string;
  isHeading: boolean;
  entries: Entry[];
}

/**
 * Reads a list pasted from a document: headings, bullets, numbers and indentation say what belongs to what. What has
 * something under it is a domain, the rest are competencies. Codes are taken from "1.2 Title", "A1: Title" and the like;
 * from what is `there` already under the same title; or made up from the place.
 */
export function readPlainList(text: string, there: readonly KnownCompetency[]): FrameworkReading {
  const entries = entriesOf(text);
  if (entries.length === 0) return { source: nothingRead, findings: [error('', 'Paste a list.')] };
  if (entries.length > mostLines) {
    const sentence = `There are ${entries.length.toLocaleString('en-GB')} lines. There can be ${mostLines.toLocaleString('en-GB')} at most.`;
    return { source: nothingRead, findings: [error('', sentence)] };
  }
  const roots = treeOf(entries);
  const findings: ImportFinding[] = [];
  const hasDomains = roots.some((entry) => isDomain(entry));
  const tops = hasDomains ? roots : [withoutDomain(roots, findings)];
  const codes = codesFor(tops, there);
  const domains = tops.map((entry) => domainOf(entry, 1, codes, findings));
  return { source: { domains, requiredLevels: [] }, findings: [...findings, ...sizeFindings(domains)] };
}

const bullet = /^(?:[-*+•◦▪▫■□●○‣–—·§o]|\uf0b7)[ \t]+/u;
const hashes = /^(#{1,6})[ \t]+/;
/** "1.2", "A1", "CYP3.1", "A-1", "(4)" and the like, closed by a full stop, a bracket, a colon, or just a space. */
const numbered = /^\(?((?:\p{L}{1,6}[ -]?)?\d{1,3}(?:[.-]\d{1,3})*\p{Ll}?)([.):]*)(?:[ \t]+|$)/u;
const lettered = /^\(?(\p{L})([.):]+)[ \t]+/u;

type Style = 'heading' | 'plain' | 'lettered' | 'numbered' | 'bullet';

/** The lines with words in them. Of lines that stand equally far in, the style that comes first is the outer one; bullets never are. */
function entriesOf(text: string): Entry[] {
  const chapters = new Set([...text.matchAll(/^\s*(\d{1,3})\.\d/gm)].map(([, chapter]) => chapter!));
  const styles: Style[] = ['heading'];
  return text.split(/\r\n|\n|\r/).flatMap((raw, index): Entry[] => {
    const line = raw.replaceAll('\u00a0', ' ').replace(/[^\P{Cc}\t]/gu, '');
    const inside = line.trimStart();
    if (inside.trim() === '') return [];
    const level = hashes.exec(inside)?.[1]?.length ?? 0;
    const words = inside.replace(hashes, '').replace(bullet, '');
    const { code, title } = codeAndTitle(words, chapters);
    const style = level > 0 ? 'heading' : bullet.test(inside) ? 'bullet' : styleOf(code);
    if (!styles.includes(style)) styles.push(style);
    const indent = line.slice(0, line.length - inside.length).replaceAll('\t', '    ').length;
    const rank = style === 'bullet' ? 9 : styles.indexOf(style);
    const depth = level > 0 ? level - 10 : indent * 10 + rank;
    return [{ number: index + 1, depth, code, title, isHeading: level > 0, entries: [] }];
  });
}

function styleOf(code: string): Style {
  if (code === '') return 'plain';
  return /^\p{L}$/u.test(code) ? 'lettered' : 'numbered';
}

function codeAndTitle(words: string, chapters: ReadonlySet<string>): { code: string; title: string } {
  const match = numbered.exec(words) ?? lettered.exec(words);
  const code = match?.[1] ?? '';
  const closing = match?.[2] ?? '';
  // "3 ways of listening", "Year 1" and "Covid-19" begin with no code: such need a point, a bracket or a colon.
  const isNumberOnly = /^\d+$/.test(code) && closing === '' && !chapters.has(code) && !/^\d+\t/.test(words);
  const isWord = /^\p{L}{2,}[ -]/u.test(code) && !closing.includes(':');
  if (!match || isNumberOnly || isWord) return { code: '', title: plainTitle(words) };
  return { code: codeFault(code) ? '' : code, title: plainTitle(words.slice(match[0].length)) };
}

/** Without the emphasis of a document, and in one line. */
function plainTitle(words: string): string {
  return cellText(words.replace(/^(\*\*|__)(.*)\1$/, '$2'))
    .replace(/ *\t\s*/g, ' ')
    .replace(/[:;,]$/, '')
    .trim();
}

function treeOf(entries: Entry[]): Entry[] {
  const roots: Entry[] = [];
  const above: Entry[] = [];
  for (const entry of entries) {
    while (above.length > 0 && !contains(above.at(-1)!, entry)) above.pop();
    (above.at(-1)?.entries ?? roots).push(entry);
    above.push(entry);
  }
  return roots;
}

/** By its number, or else by standing further in. Of two with numbers of one kind the numbers decide. */
function contains(outer: Entry, inner: Entry): boolean {
  if (inner.isHeading && !outer.isHeading) return false;
  if (outer.code && inner.code && isWithin(inner.code, outer.code)) return true;
  return inner.depth > outer.depth;
}

/** "1.2" is within "1", "A1" within "A"; "10" is not within "1". */
function isWithin(inner: string, outer: string): boolean {
  if (!inner.startsWith(outer) || inner === outer) return false;
  return /\d$/.test(outer) ? /^[.-]/.test(inner.slice(outer.length)) : true;
}

function isDomain({ entries, isHeading }: Entry): boolean {
  return entries.length > 0 || isHeading;
}

/** A list without headings is one domain. */
function withoutDomain(entries: Entry[], findings: ImportFinding[]): Entry {
  const title = 'Competencies';
  findings.push(
    warning(
      '',
      `No line has others beneath it, so all were put in one domain, “${title}”. For domains, put a bullet or a space before each line that belongs to one above.`,
    ),
  );
  return { number: 1, depth: -20, code: '', title, isHeading: true, entries };
}

/**
 * A code for every competency: its own where no other has it, that it has already, or one made up from its place. Domains
 * keep their own where no other has it; the rest get theirs later, from their place.
 */
function codesFor(tops: Entry[], there: readonly KnownCompetency[]): Map<Entry, string> {
  const leaves = tops.flatMap((top) => leavesOf(top));
  const times = new Map<string, number>();
  for (const { code } of leaves) times.set(code, (times.get(code) ?? 0) + 1);
  const beginsAnew = leaves.some(({ code }) => isNumber(code) && times.get(code)! > 1);
  const domains = tops.flatMap((top) => domainsOf(top));
  const byTitle = new Map(there.map(({ title, code }) => [title.toLowerCase(), code]));
  const codes = new Map<Entry, string>();
  for (const entry of domains) {
    const isOwn = entry.code && domains.every((other) => other === entry || other.code !== entry.code);
    if (isOwn) codes.set(entry, entry.code);
  }
  const used = new Set<string>();
  for (const entry of leaves) {
    const own = times.get(entry.code) === 1 && !(beginsAnew && isNumber(entry.code)) ? entry.code : '';
    const before = own || byTitle.get(entry.title.toLowerCase());
    if (!before || used.has(before)) continue;
    codes.set(entry, before);
    used.add(before);
  }
  const taken = new Set([...there.map(({ code }) => code), ...used]);
  const makeUp = (entry: Entry, place: string): void => {
    if (!isDomain(entry) && !codes.has(entry)) codes.set(entry, freeCode(place, taken));
    for (const [index, inner] of entry.entries.entries()) makeUp(inner, `${place}.${index + 1}`);
  };
  for (const [index, top] of tops.entries()) makeUp(top, `${index + 1}`);
  return codes;
}

function isNumber(code: string): boolean {
  return /^\d+$/.test(code);
}

function leavesOf(entry: Entry): Entry[] {
  return isDomain(entry) ? entry.entries.flatMap(leavesOf) : [entry];
}

function domainsOf(entry: Entry): Entry[] {
  return isDomain(entry) ? [entry, ...entry.entries.flatMap(domainsOf)] : [];
}

function domainOf(
  entry: Entry,
  depth: number,
  codes: ReadonlyMap<Entry, string>,
  findings: ImportFinding[],
): SourceDomain {
  const line = `Line ${entry.number}`;
  findings.push(...titleFindings(entry.title, line), ...pathSign(entry.title, line));
  if (depth > limits.depth) {
    findings.push(error(line, `It stands ${depth} deep. Domains can be nested ${limits.depth} deep.`));
  }
  if (entry.entries.length === 0)
    findings.push(warning(line, `“${entry.title}” is a domain with nothing in it.`));
  const leaves = entry.entries.filter((inner) => !isDomain(inner));
  for (const leaf of leaves) findings.push(...titleFindings(leaf.title, `Line ${leaf.number}`));
  const domains = entry.entries.filter(isDomain).map((inner) => domainOf(inner, depth + 1, codes, findings));
  return {
    ...(codes.has(entry) ? { code: codes.get(entry)! } : {}),
    title: entry.title,
    competencies: leaves.map((leaf) => ({ code: codes.get(leaf)!, title: leaf.title })),
    ...(domains.length > 0 ? { domains } : {}),
  };
}

function pathSign(title: string, line: string): ImportFinding[] {
  if (!title.includes(' > ')) return [];
  return [error(line, 'The title of a domain cannot hold “ > ”. Write it another way.')];
}

function sizeFindings(domains: SourceDomain[]): ImportFinding[] {
  const all = (siblings: SourceDomain[]): SourceDomain[] =>
    siblings.flatMap((domain) => [domain, ...all(domain.domains ?? [])]);
  const competencies = all(domains).reduce((count, domain) => count + domain.competencies.length, 0);
  const tooMany = (count: number, most: number, what: string) =>
    count > most ? [error('', `There are ${count} ${what}. There can be ${most} at most.`)] : [];
  return [
    ...tooMany(all(domains).length, limits.domains, 'domains'),
    ...tooMany(competencies, limits.competencies, 'competencies'),
  ];
}
