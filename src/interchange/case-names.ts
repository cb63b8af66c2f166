import { codeFault } from '../frameworks/code';
import { freeCode } from '../frameworks/content';
import { frameworkLimits, usualWords, type Words } from '../frameworks/framework';
import { type CaseItem, type CasePackage, type Finding, warning } from './case-shape';
import { ours } from './case-terms';
import { type CaseNode, isDomain, itemPlace } from './case-tree';

/** A full statement up to this long can stand as a title. */
const longestTitle = 100;

/** What an item is called, and what is said about it. Without an abbreviated statement the full one serves as both. */
export function statementsOf(item: CaseItem): { title: string; description: string } {
  const { abbreviatedStatement: title, fullStatement, extensions } = item;
  if (title) {
    const description = extensions?.[ours.description] ?? (fullStatement === title ? '' : fullStatement);
    return { title, description };
  }
  const shortened = shorten(fullStatement);
  return { title: shortened, description: shortened === fullStatement ? '' : fullStatement };
}

/** Its first line, whole or up to the last word that fits. */
function shorten(statement: string): string {
  const [line = ''] = statement.split(/\r?\n/);
  if (line.length <= longestTitle) return line.trim();
  return `${
    line
      .slice(0, longestTitle)
      .replace(/\s*\S*$/, '')
      .trim() || line.slice(0, longestTitle - 1)
  }…`;
}

/** The codes items get: of competencies each has one, of domains those that bring one of their own. */
export interface Codes {
  codes: Map<CaseItem, string>;
  findings: Finding[];
}

/** Keeps the codes of the package where they can be kept; a competency gets one from its place where not. */
export function codesOf(source: CasePackage, roots: CaseNode[]): Codes {
  const placed = placesOf(roots, '');
  const domains = keepCodes(placed.filter(({ node }) => isDomain(node)));
  const competencies = keepCodes(placed.filter(({ node }) => !isDomain(node)));
  const codes = new Map([...domains.kept, ...competencies.kept]);
  for (const { node, parent, number, place } of competencies.without) {
    const above = parent && codes.get(parent.item);
    const wished = above ? `${above}.${number}` : place;
    codes.set(
      node.item,
      freeCode(wished.length <= frameworkLimits.code ? wished : place, competencies.taken),
    );
  }
  return {
    codes,
    findings: [
      ...told(source, 'Competencies', 'without a code', competencies.without.filter(hasNone)),
      ...told(
        source,
        'Competencies',
        'with a code that cannot be used or stands twice',
        competencies.without.filter(hasOne),
      ),
      ...told(
        source,
        'Domains',
        'with a code that cannot be used or stands twice',
        domains.without.filter(hasOne),
      ),
    ],
  };
}

interface Place {
  node: CaseNode;
  parent: CaseNode | undefined;
  /** Its number among its siblings of the same kind, from 1. */
  number: number;
  /** The numbers down to it: "2.1". */
  place: string;
}

function placesOf(siblings: CaseNode[], path: string, parent?: CaseNode): Place[] {
  const reached = { domain: 0, competency: 0 };
  return siblings.flatMap((node) => {
    const kind = isDomain(node) ? 'domain' : 'competency';
    reached[kind] += 1;
    const place = `${path}${reached[kind]}`;
    return [{ node, parent, number: reached[kind], place }, ...placesOf(node.children, `${place}.`, node)];
  });
}

/** The first to bring a code keeps it. */
function keepCodes(places: Place[]): { kept: Map<CaseItem, string>; without: Place[]; taken: Set<string> } {
  const kept = new Map<CaseItem, string>();
  const taken = new Set<string>();
  const without = places.filter(({ node: { item } }) => {
    const code = item.humanCodingScheme ?? '';
    if (codeFault(code) || taken.has(code)) return true;
    taken.add(code);
    kept.set(item, code);
    return false;
  });
  return { kept, without, taken };
}

function hasOne({ node }: Place): boolean {
  return Boolean(node.item.humanCodingScheme);
}

function hasNone(place: Place): boolean {
  return !hasOne(place);
}

function told(source: CasePackage, what: string, which: string, places: Place[]): Finding[] {
  const first = places[0];
  if (!first) return [];
  return [
    warning(
      itemPlace(source, first.node.item),
      `${what} ${which} get one from their place: ${places.length}.`,
    ),
  ];
}

/** What the framework calls its parts. Others' packages say it item by item: it is taken where all agree. */
export function wordsOf(source: CasePackage, nodes: CaseNode[]): { words?: Words; findings: Finding[] } {
  const said = source.CFDocument.extensions?.[ours.words];
  if (said) return { words: said, findings: [] };
  const domains = labelsOf(nodes.filter(isDomain));
  const competencies = labelsOf(nodes.filter((node) => !isDomain(node)));
  const domain = common(domains);
  const competency = common(competencies);
  const several = [domains, competencies].some((labels) => labels.size > 1);
  return {
    ...(domain || competency
      ? {
          words: {
            ...usualWords,
            ...(domain ? { domain, domains: pluralOf(domain) } : {}),
            ...(competency ? { competency, competencies: pluralOf(competency) } : {}),
          },
        }
      : {}),
    findings: several
      ? [warning('Items', '"alternativeLabel" is left out where items do not agree on the word for them.')]
      : [],
  };
}

function labelsOf(nodes: CaseNode[]): Set<string> {
  return new Set(nodes.map(({ item }) => item.alternativeLabel ?? ''));
}

function common(labels: Set<string>): string | undefined {
  const [label] = labels;
  return labels.size === 1 && label ? label.charAt(0).toLowerCase() + label.slice(1) : undefined;
}

function pluralOf(word: string): string {
  return /[^aeiou]y$/.test(word) ? word.replace(/y$/, 'ies') : `${word}s`;
}
