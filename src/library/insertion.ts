import { applyEdit, type Edit, freeName } from '../edits/edit';
import { conflict } from '../platform/problem';
import { rowName } from '../questionnaires/compile';
import { namesIn } from '../questionnaires/conditions';
import type { Definition, ElementDefinition, PageDefinition } from '../questionnaires/definition';
import { examineShape, kindOf } from '../questionnaires/shape';
import { textIn } from '../questionnaires/text';
import { renamedIn } from '../surveyjs/conditions';
import { type EntryContent, freePageName } from './entry';

/** The codes of a framework: what the questions of a questionnaire over it may be tied to. */
export interface KnownCodes {
  competencies: ReadonlySet<string>;
  domains: ReadonlySet<string>;
}

/** Where entries go: into a page at a place, from 0, or each as a page of its own behind that page. */
export interface InsertionPlace {
  page: string;
  at: number;
  asPages: boolean;
}

/** What did not come along as it was: the titles of the questions concerned. */
export interface Losses {
  /** Their names were taken. */
  renamed: string[];
  /** Their conditions look at what is not asked on an earlier page. */
  conditions: string[];
  /** What they are shown row by row with was not kept. */
  pairs: string[];
  /** Another question asks for the same facet. */
  facets: string[];
  /** The framework does not know what they ask about, or that is asked in the same way already. */
  ties: string[];
}

export interface Insertion {
  edit: Edit;
  questions: number;
  losses: Losses;
}

/**
 * Copies entries into a questionnaire, one after the other. Names are made free, and conditions among the questions of
 * an entry follow the new ones. A condition that looks at something not asked on an earlier page is left out, and so
 * are ties that the questionnaire has already or its framework does not know.
 *
 * @throws a conflict, in words, where the page is not there (any more).
 */
export function insertionOf(
  definition: Definition,
  place: InsertionPlace,
  entries: readonly { title: string; content: EntryContent }[],
  known: KnownCodes,
): Insertion {
  const target = targetOf(definition, place.page);
  const losses: Losses = { renamed: [], conditions: [], pairs: [], facets: [], ties: [] };
  const edits: Edit[] = [];
  const earlier = definition.pages.slice(0, place.asPages ? target + 1 : target);
  let after = definition;
  const brought = new Map<string, string>();
  let at = unbrokenPlace(definition.pages[target]!, place.at);
  for (const [index, { title, content }] of entries.entries()) {
    const fresh = freshNames(after, content.elements);
    // What other entries bring stands on an earlier page only where each has a page of its own.
    const names = place.asPages ? new Map([...brought, ...fresh]) : fresh;
    const elements = copiesOf(content.elements, { definition: after, earlier, names, fresh, known, losses });
    const added: Edit = place.asPages
      ? { kind: 'add page', page: pageOf(after, title, content, elements), at: target + 1 + index }
      : { kind: 'all', edits: questionsAt(place.page, at, elements) };
    edits.push(added);
    after = applyEdit(after, added).definition;
    at += elements.length;
    for (const element of content.elements.filter(isAnswered)) {
      brought.set(element.name, fresh.get(element.name)!);
    }
  }
  const questions = entries.reduce((sum, { content }) => sum + content.elements.length, 0);
  return { edit: { kind: 'all', edits }, questions, losses };
}

function targetOf({ pages }: Definition, page: string): number {
  const target = pages.findIndex(({ name }) => name === page);
  if (target >= 0) return target;
  throw conflict(
    'This page is not there any more',
    `Somebody has removed the page “${page}”. Nothing was inserted. Go back to see how things are now.`,
  );
}

/** The place itself, or the next one where it lies between two questions that are shown row by row. */
function unbrokenPlace({ elements }: PageDefinition, at: number): number {
  const place = Math.min(Math.max(0, at), elements.length);
  const before = elements[place - 1];
  return before && elements[place]?.pairedWith === before.name ? place + 1 : place;
}

function questionsAt(page: string, at: number, elements: ElementDefinition[]): Edit[] {
  return elements.map((question, index) => ({ kind: 'add question', page, question, at: at + index }));
}

function pageOf(
  definition: Definition,
  title: string,
  content: EntryContent,
  elements: ElementDefinition[],
): PageDefinition {
  // Within braces a text would look at an answer.
  const { elements: _, ...words } = { title: title.replace(/[{}]/g, ''), ...content };
  return { name: freePageName(definition, elements), ...words, elements };
}

/** A free name for each question, by the name it has in the entry; of a matrix its rows are free too. */
function freshNames(
  definition: Definition,
  elements: readonly ElementDefinition[],
): ReadonlyMap<string, string> {
  const asked = definition.pages.flatMap((page) => page.elements);
  let taken = withNames(
    definition,
    asked.flatMap((element) => rowNames(element, element.name)),
  );
  const fresh = new Map<string, string>();
  for (const element of elements) {
    let name = freeName(taken, element.name);
    while (rowNames(element, name).some((row) => freeName(taken, row) !== row)) {
      taken = withNames(taken, [name]);
      name = freeName(taken, element.name);
    }
    fresh.set(element.name, name);
    taken = withNames(taken, [name, ...rowNames(element, name)]);
  }
  return fresh;
}

function rowNames({ rows = [] }: ElementDefinition, name: string): string[] {
  return rows.map(({ value }) => rowName(name, value));
}

/** The definition, as far as names go, with these taken too. */
function withNames(definition: Definition, names: string[]): Definition {
  return { pages: [...definition.pages, ...names.map((name) => ({ name, elements: [] }))] };
}

interface Surroundings {
  /** The questionnaire so far. */
  definition: Definition;
  /** What stood before the page the copies come to stand on. */
  earlier: readonly PageDefinition[];
  /** The new names conditions follow, and those of the entry's own questions. */
  names: ReadonlyMap<string, string>;
  fresh: ReadonlyMap<string, string>;
  known: KnownCodes;
  losses: Losses;
}

function copiesOf(elements: readonly ElementDefinition[], around: Surroundings): ElementDefinition[] {
  const asked = around.definition.pages.flatMap((page) => page.elements);
  const facets = new Set(asked.flatMap(({ facet }) => facet ?? []));
  const ties = new Set(asked.flatMap(tiesOf));
  const earlier = around.earlier
    .flatMap((page) => page.elements)
    .filter(isAnswered)
    .map(({ name }) => name);
  return elements.map((element) => {
    const copy = { ...element, name: around.fresh.get(element.name)! };
    const title = textIn(element.title) || element.name;
    const lose = (what: keyof Losses) => around.losses[what].push(title);
    if (copy.name !== element.name) lose('renamed');
    followCondition(copy, around.names, earlier, lose);
    followPair(copy, around.fresh, lose);
    if (copy.facet !== undefined && facets.has(copy.facet)) {
      delete copy.facet;
      lose('facets');
    }
    if (copy.facet !== undefined) facets.add(copy.facet);
    const tied = withKnownTies(copy, around.known, ties);
    if (tiesOf(tied).length < tiesOf(copy).length) lose('ties');
    for (const tie of tiesOf(tied)) ties.add(tie);
    return tied;
  });
}

function followCondition(
  copy: ElementDefinition,
  names: ReadonlyMap<string, string>,
  earlier: readonly string[],
  lose: (what: keyof Losses) => void,
): void {
  if (copy.visibleIf === undefined) return;
  const inserted = [...names.keys()];
  const known = (looked: string) => looksAt(looked, inserted) || looksAt(looked, earlier);
  const condition = renamedIn(copy.visibleIf, names);
  // A longer name can make a condition longer than one may be.
  const fits = examineShape(onlyQuestion(condition)).length === 0;
  if (fits && namesIn(copy.visibleIf).every(known)) {
    copy.visibleIf = condition;
    return;
  }
  delete copy.visibleIf;
  lose('conditions');
}

function onlyQuestion(visibleIf: string): Definition {
  return { pages: [{ name: 'page', elements: [{ type: 'comment', name: 'question', visibleIf }] }] };
}

function isAnswered(element: ElementDefinition): boolean {
  return kindOf(element) !== 'information';
}

/** Whether a name in a condition is one of these questions, or a part of its answer. */
function looksAt(looked: string, names: readonly string[]): boolean {
  const bare = looked.replace(/^#/, '');
  return names.some((name) => bare === name || bare.startsWith(`${name}.`) || bare.startsWith(`${name}[`));
}

function followPair(
  copy: ElementDefinition,
  fresh: ReadonlyMap<string, string>,
  lose: (what: keyof Losses) => void,
): void {
  if (copy.pairedWith === undefined) return;
  const partner = fresh.get(copy.pairedWith);
  if (partner !== undefined) {
    copy.pairedWith = partner;
    return;
  }
  delete copy.pairedWith;
  lose('pairs');
}

type Tied = Pick<ElementDefinition, 'competency' | 'domain'>;

/** What a question is tied to and in which way: one text for each of its ties, of a matrix for those of its rows too. */
function tiesOf(element: ElementDefinition): string[] {
  return [element, ...(element.rows ?? [])].flatMap(({ competency, domain }: Tied) => [
    ...(competency === undefined ? [] : [tie('competency', competency, element)]),
    ...(domain === undefined ? [] : [tie('domain', domain, element)]),
  ]);
}

function tie(to: keyof Tied, code: string, { measure }: ElementDefinition): string {
  return JSON.stringify([to, code, measure ?? null]);
}

function withKnownTies(
  element: ElementDefinition,
  { competencies, domains }: KnownCodes,
  asked: ReadonlySet<string>,
): ElementDefinition {
  // What has no measure is not counted, and may be asked of a competency as often as one likes.
  const isNew = (to: keyof Tied, code: string) =>
    element.measure === undefined || !asked.has(tie(to, code, element));
  const keep = <T extends Tied>(part: T): T => {
    const copy = { ...part };
    const { competency, domain } = copy;
    if (competency !== undefined && !(competencies.has(competency) && isNew('competency', competency))) {
      delete copy.competency;
    }
    if (domain !== undefined && !(domains.has(domain) && isNew('domain', domain))) delete copy.domain;
    return copy;
  };
  const rows = element.rows?.map(keep);
  return { ...keep(element), ...(rows ? { rows } : {}) };
}
