import { columnKey } from '../frameworks/content';
import {
  type FrameworkSource,
  frameworkLimits,
  type MatrixColumn,
  type ScaleLevel,
  type SourceCompetency,
  type SourceDomain,
} from '../frameworks/framework';
import { isOurs, leftOutOf } from './case-leftovers';
import { codesOf, statementsOf, wordsOf } from './case-names';
import { readRubrics } from './case-rubrics';
import {
  type CaseItem,
  type CasePackage,
  error,
  type Finding,
  mostErrors,
  readShape,
  warning,
  wholeFile,
} from './case-shape';
import { columnFromText, derivedIdentifier, domainType, noCreator, ours } from './case-terms';
import { type CaseNode, everyNode, isDomain, itemPlace, treeOf } from './case-tree';

export type { Finding } from './case-shape';
export { type CaseMatch, type CaseMatchType, writeCasePackage } from './case-writer';

/**
 * Understands a CASE 1.0 or 1.1 CFPackage as a framework. Identifiers are kept, so that the same file brought in twice
 * changes nothing. `defaultScale` serves where the package has no scale of its own. With an error among the findings
 * there is no framework; a warning says what was left out or made up.
 */
export function readCasePackage(
  text: string,
  defaultScale?: ScaleLevel[],
): { source?: FrameworkSource; findings: Finding[] } {
  const shape = readShape(text);
  if ('findings' in shape) return refused(shape.findings);
  const tree = treeOf(shape.value);
  if (tree.findings.some(isError)) return refused(tree.findings);
  const read = sourceOf(shape.value, tree.roots, defaultScale);
  const findings = [...tree.findings, ...read.findings];
  if (findings.some(isError)) return refused(findings);
  return { source: read.source, findings: [...findings, ...leftOutOf(shape.value)] };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function refused(findings: Finding[]): { findings: Finding[] } {
  const errors = findings.filter(isError);
  if (errors.length <= mostErrors) return { findings };
  return {
    findings: [
      ...errors.slice(0, mostErrors),
      error(wholeFile, 'It has more errors: put these right first.'),
    ],
  };
}

function sourceOf(
  from: CasePackage,
  roots: CaseNode[],
  defaultScale: ScaleLevel[] | undefined,
): { source: FrameworkSource; findings: Finding[] } {
  const { domains, findings: homeless } = withHomes(from, roots);
  const nodes = everyNode(domains);
  const competencies = nodes.filter((node) => !isDomain(node)).map(({ item }) => item);
  const rubrics = readRubrics(from, new Set(competencies), defaultScale);
  const { codes, findings: recoded } = codesOf(from, domains);
  const { words, findings: unnamed } = wordsOf(from, nodes);
  const matrix = readMatrix(from, competencies, codes, rubrics.scale ?? []);
  const titles = titlesOf(from, domains);
  const { identifier, title, creator } = from.CFDocument;
  const said = { codes, titles: titles.titles, descriptors: rubrics.descriptors, everything: isOurs(from) };
  return {
    source: {
      identifier,
      title,
      source: creator === undefined || creator === noCreator ? '' : creator,
      licenceNote: licenceNoteOf(from),
      ...(words ? { words } : {}),
      scale: rubrics.scale ?? [],
      domains: domains.map((node) => sourceDomain(node, said)),
      ...matrix.value,
    },
    findings: [
      ...tooMany(nodes.length - competencies.length, competencies.length),
      ...homeless,
      ...rubrics.findings,
      ...recoded,
      ...titles.findings,
      ...unnamed,
      ...matrix.findings,
    ],
  };
}

/** Competencies on top go into a domain made for them, which keeps its identifier from import to import. */
function withHomes(from: CasePackage, roots: CaseNode[]): { domains: CaseNode[]; findings: Finding[] } {
  const homeless = roots.filter((node) => !isDomain(node));
  const domains = roots.filter(isDomain);
  if (homeless.length === 0) return { domains, findings: [] };
  const { identifier, title } = from.CFDocument;
  const item: CaseItem = {
    identifier: derivedIdentifier(identifier, 'competencies outside any domain'),
    fullStatement: title,
    abbreviatedStatement: title,
    CFItemType: domainType,
  };
  return {
    domains: [...domains, { item, children: homeless }],
    findings: [
      warning(
        'Items',
        `Competencies outside any domain go into one named after the framework: ${homeless.length}.`,
      ),
    ],
  };
}

function tooMany(domains: number, competencies: number): Finding[] {
  const counts: [string, number, number][] = [
    ['domains', domains, frameworkLimits.domains],
    ['competencies', competencies, frameworkLimits.competencies],
  ];
  return counts
    .filter(([, count, most]) => count > most)
    .map(([what, count, most]) =>
      error(wholeFile, `It holds ${count} ${what}; a framework can have ${most} at most.`),
    );
}

/** The note is the licence's own words, or its name where the words are too long to stand on a page. */
function licenceNoteOf({ CFDocument, CFDefinitions }: CasePackage): string {
  const { licenseURI } = CFDocument;
  if (!licenseURI) return '';
  const licence = CFDefinitions?.CFLicenses?.find(({ identifier }) => identifier === licenseURI.identifier);
  const words = licence?.licenseText;
  if (words && words.length <= frameworkLimits.description) return words;
  return licence?.title ?? licenseURI.title ?? '';
}

/** Sibling domains with the same title are told apart by a number behind it. */
function titlesOf(
  from: CasePackage,
  siblings: CaseNode[],
): { titles: Map<CaseItem, string>; findings: Finding[] } {
  const taken = new Set<string>();
  const titles = new Map<CaseItem, string>();
  const findings: Finding[] = [];
  for (const { item } of siblings.filter(isDomain)) {
    const { title } = statementsOf(item);
    let free = title;
    for (let number = 2; taken.has(free); number += 1) {
      const behind = ` (${number})`;
      free = `${title.slice(0, frameworkLimits.title - behind.length)}${behind}`;
    }
    if (free !== title) {
      findings.push(
        warning(itemPlace(from, item), `Another domain beside it has the same title: it becomes "${free}".`),
      );
    }
    taken.add(free);
    titles.set(item, free);
  }
  for (const { children } of siblings) {
    const within = titlesOf(from, children);
    for (const [item, title] of within.titles) titles.set(item, title);
    findings.push(...within.findings);
  }
  return { titles, findings };
}

interface Said {
  codes: Map<CaseItem, string>;
  titles: Map<CaseItem, string>;
  descriptors: Map<CaseItem, Record<string, string>>;
  /** Our own packages say everything: what is missing there is empty, not unsaid. */
  everything: boolean;
}

function sourceDomain({ item, children }: CaseNode, said: Said): SourceDomain {
  const code = said.codes.get(item);
  return {
    identifier: item.identifier,
    ...(code === undefined ? {} : { code }),
    title: said.titles.get(item)!,
    description: statementsOf(item).description,
    competencies: children.filter((node) => !isDomain(node)).map((node) => sourceCompetency(node.item, said)),
    domains: children.filter(isDomain).map((node) => sourceDomain(node, said)),
  };
}

function sourceCompetency(item: CaseItem, said: Said): SourceCompetency {
  const tags = item.conceptKeywords && [...new Set(item.conceptKeywords.filter(Boolean))];
  const descriptors = said.descriptors.get(item);
  const { [ours.hint]: hint, [ours.optional]: optional } = item.extensions ?? {};
  return {
    identifier: item.identifier,
    code: said.codes.get(item)!,
    ...statementsOf(item),
    ...(said.everything ? { hint: '', tags: [], optional: false, descriptors: {} } : {}),
    ...(hint === undefined ? {} : { hint }),
    ...(tags === undefined ? {} : { tags }),
    ...(optional === undefined ? {} : { optional }),
    ...(descriptors === undefined ? {} : { descriptors }),
  };
}

/** The columns and required levels. A package that names no columns does not speak of the matrix. */
function readMatrix(
  from: CasePackage,
  competencies: CaseItem[],
  codes: Map<CaseItem, string>,
  scale: ScaleLevel[],
): { value: Pick<FrameworkSource, 'columns' | 'requiredLevels'>; findings: Finding[] } {
  const findings: Finding[] = [];
  const columnIn = (text: string, place: string): MatrixColumn[] => {
    const column = columnFromText(text);
    if (!column)
      findings.push(error(place, `"${text}" is no column: it must be like "rn_adult|gp_practice".`));
    return column ? [column] : [];
  };
  const columns = from.CFDocument.extensions?.[ours.columns]?.flatMap((text) =>
    columnIn(text, 'The document'),
  );
  const numbers = new Set(scale.map(({ level }) => level));
  const requiredLevels = competencies.flatMap((item) => {
    const place = itemPlace(from, item);
    return Object.entries(item.extensions?.[ours.requiredLevels] ?? {}).flatMap(([text, level]) => {
      if (!numbers.has(level)) {
        findings.push(error(place, `The level it requires, ${level}, is not on the scale.`));
      }
      return columnIn(text, place).map((column) => ({ competency: codes.get(item)!, ...column, level }));
    });
  });
  const count = new Set([...(columns ?? []), ...requiredLevels].map(columnKey)).size;
  if (count > frameworkLimits.columns) {
    findings.push(
      error(wholeFile, `Its matrix has ${count} columns; a framework can have ${frameworkLimits.columns}.`),
    );
  }
  return { value: { ...(columns ? { columns } : {}), requiredLevels }, findings };
}
