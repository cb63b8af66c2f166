import { isDeepStrictEqual } from 'node:util';
import { type Edit, findQuestion, freeName, type QuestionSettings } from '../edits/edit';
import type { Definition, ElementDefinition, PageDefinition } from '../questionnaires/definition';
import { limits } from '../questionnaires/shape';
import { textIn } from '../questionnaires/text';
import { elementAt, elementsOf, findUnit, type Unit, type UnitPlace, unitsOf } from './unit';

/** A change of a questionnaire, in a few words, and what to look at afterwards. */
export interface Change {
  edit: Edit;
  summary: string;
  /** What else to tell. */
  notice?: string;
  /** The page it happened on, and the question to go back to, where there is one. */
  page: string;
  question?: string;
}

/** One of several edits, or all of them as one. */
export function together(edits: Edit[]): Edit {
  return edits.length === 1 ? edits[0]! : { kind: 'all', edits };
}

/** What a question is called in a summary: its title, shortened. */
export function titleOf({ title, html, name }: ElementDefinition): string {
  return shortened(textIn(title) || textIn(html) || name);
}

export function pageTitleOf({ title, name }: Pick<PageDefinition, 'title' | 'name'>): string {
  return shortened(textIn(title) || name);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line;
}

/** Puts questions on a page, at a place among its questions. */
export function addUnits(page: PageDefinition, units: Unit[], index: number): Change {
  const at = elementAt(page, index);
  const elements = units.flatMap(elementsOf);
  const [first] = units;
  return {
    edit: together(
      elements.map((question, place) => ({
        kind: 'add question',
        page: page.name,
        question,
        at: at + place,
      })),
    ),
    summary:
      units.length === 1
        ? `Question added: ${titleOf(first!.first)}`
        : `${units.length} questions added to ${pageTitleOf(page)}`,
    page: page.name,
    ...(first ? { question: first.first.name } : {}),
  };
}

/** Gives a question other settings, another kind, a second part or none. Nothing where nothing differs. */
export function changeUnit(place: UnitPlace, after: Unit, summary?: string): Change | undefined {
  const { page, at, unit } = place;
  const edits = [...settingsEdits(unit.first, after.first), ...secondEdits(place, after, at + 1)];
  if (edits.length === 0) return undefined;
  return {
    edit: together(edits),
    summary: summary ?? `Question changed: ${titleOf(after.first)}`,
    page: page.name,
    question: unit.first.name,
  };
}

function secondEdits({ page, unit }: UnitPlace, after: Unit, at: number): Edit[] {
  if (unit.second && after.second) return settingsEdits(unit.second, after.second);
  if (unit.second) return [{ kind: 'remove question', question: unit.second.name }];
  if (after.second) return [{ kind: 'add question', page: page.name, question: after.second, at }];
  return [];
}

function settingsEdits(before: ElementDefinition, after: ElementDefinition): Edit[] {
  const { name, ...was } = before;
  const { name: _, ...is } = after;
  const gone = Object.keys(was).filter((setting) => !(setting in is));
  const differing = Object.entries(is).filter(
    ([setting, value]) => !isDeepStrictEqual(value, was[setting as keyof typeof was]),
  );
  if (gone.length + differing.length === 0) return [];
  const settings = Object.fromEntries([...gone.map((setting) => [setting, null]), ...differing]);
  return [{ kind: 'change question', question: name, settings: settings as QuestionSettings }];
}

/** Moves a question to a place among the questions of a page, counted without it. */
export function moveUnit({ unit, page: from }: UnitPlace, to: PageDefinition, index: number): Change {
  const names = new Set(elementsOf(unit).map(({ name }) => name));
  const others = { elements: to.elements.filter(({ name }) => !names.has(name)) };
  const at = elementAt(others, index);
  const edits = elementsOf(unit).map(
    ({ name }, part): Edit => ({ kind: 'move question', question: name, page: to.name, at: at + part }),
  );
  return {
    edit: together(from === to && unit.second ? movesOfPair(unit, from, to, at) : edits),
    summary:
      from === to
        ? `Question moved: ${titleOf(unit.first)}`
        : `Question moved to ${pageTitleOf(to)}: ${titleOf(unit.first)}`,
    page: to.name,
    question: unit.first.name,
  };
}

/** Within a page a pair moved down goes second part first: its first part is then put right before it. */
function movesOfPair(unit: Unit, from: PageDefinition, to: PageDefinition, at: number): Edit[] {
  const was = from.elements.findIndex(({ name }) => name === unit.first.name);
  const [first, second] = [unit.first.name, unit.second!.name];
  const move = (question: string, place: number): Edit => ({
    kind: 'move question',
    question,
    page: to.name,
    at: place,
  });
  return at > was ? [move(second, at + 1), move(first, at)] : [move(first, at), move(second, at + 1)];
}

/** One place up or down among the questions of its page; nothing where it stands there already. */
export function moveUnitOnePlace(place: UnitPlace, step: -1 | 1): Change | undefined {
  const index = place.index + step;
  if (index < 0 || index >= unitsOf(place.page).length) return undefined;
  return moveUnit(place, place.page, index);
}

/**
 * A copy right behind a question, under names that are free, under the same condition. It asks no facet and is not
 * counted: what is told apart or counted twice would be wrong in the report.
 */
export function copyUnit(definition: Definition, place: UnitPlace): Change {
  const { page, at, unit } = place;
  const { units, isUntied } = copiesOf(definition, [unit]);
  const elements = elementsOf(units[0]!);
  const start = at + elementsOf(unit).length;
  return {
    edit: together(
      elements.map((question, part) => ({
        kind: 'add question',
        page: page.name,
        question,
        at: start + part,
      })),
    ),
    summary: `Question duplicated: ${titleOf(unit.first)}`,
    ...(isUntied ? { notice: untied } : {}),
    page: page.name,
    question: elements[0]!.name,
  };
}

const untied = 'The copy tells no groups apart and is not counted, for that would count the same twice.';

function copiesOf(definition: Definition, units: readonly Unit[]): { units: Unit[]; isUntied: boolean } {
  const taken = { ...definition.pages[0]!, elements: [] as ElementDefinition[] };
  const known = { ...definition, pages: [...definition.pages, taken] };
  const copy = (element: ElementDefinition, pairedWith?: string): ElementDefinition => {
    const { facet, measure, ...rest } = element;
    const made = {
      ...rest,
      ...(facet ? { vocabulary: element.vocabulary ?? facet } : {}),
      name: freeName(known, element.name),
      ...(pairedWith ? { pairedWith } : {}),
    };
    taken.elements.push(made);
    return made;
  };
  return {
    units: units.map(({ first, second }) => {
      const one = copy(first);
      return second ? { first: one, second: copy(second, one.name) } : { first: one };
    }),
    isUntied: units.flatMap(elementsOf).some(({ facet, measure }) => facet || measure),
  };
}

export function removeUnit({ page, index, unit }: UnitPlace): Change {
  const neighbours = unitsOf(page);
  const next = neighbours[index + 1] ?? neighbours[index - 1];
  return {
    // The second part first: taken back, it then finds the first.
    edit: together(
      elementsOf(unit)
        .toReversed()
        .map(({ name }) => ({ kind: 'remove question', question: name })),
    ),
    summary: `Question deleted: ${titleOf(unit.first)}`,
    page: page.name,
    ...(next ? { question: next.first.name } : {}),
  };
}

/** Gives a question another code; of a pair, the part of that name. Conditions follow. */
export function renameUnit({ page, unit }: UnitPlace, name: string, to: string): Change | undefined {
  if (name === to) return undefined;
  return {
    edit: { kind: 'rename question', question: name, to },
    summary: `Code changed from ${shortened(name)} to ${shortened(to)}`,
    page: page.name,
    question: unit.first.name === name ? to : unit.first.name,
  };
}

/** An empty page behind another. */
export function addPage(definition: Definition, title: string, at: number): Change {
  const name = freeName(definition, 'page-1');
  return {
    edit: { kind: 'add page', page: { name, title, elements: [] }, at },
    summary: `Page added: ${shortened(title)}`,
    page: name,
  };
}

export function movePage(page: PageDefinition, at: number): Change {
  return {
    edit: { kind: 'move page', page: page.name, at },
    summary: `Page moved: ${pageTitleOf(page)}`,
    page: page.name,
  };
}

/** A page once more behind it, with all its questions under names that are free. */
export function copyPage(definition: Definition, page: PageDefinition): Change {
  const { units, isUntied } = copiesOf(definition, unitsOf(page));
  const name = freeName(definition, page.name);
  const at = definition.pages.indexOf(page) + 1;
  return {
    edit: { kind: 'add page', page: { ...page, name, elements: units.flatMap(elementsOf) }, at },
    summary: `Page duplicated: ${pageTitleOf(page)}`,
    ...(isUntied ? { notice: untied } : {}),
    page: name,
  };
}

export function removePage(definition: Definition, page: PageDefinition): Change {
  const at = definition.pages.indexOf(page);
  const next = definition.pages[at + 1] ?? definition.pages[at - 1];
  return {
    edit: { kind: 'remove page', page: page.name },
    summary: `Page deleted: ${pageTitleOf(page)}`,
    page: next?.name ?? '',
  };
}

/** How many questions and rows a definition asks, as the limit counts them. */
export function askedIn(definition: Definition): number {
  return definition.pages
    .flatMap(({ elements }) => elements)
    .reduce((sum, { rows = [] }) => sum + Math.max(1, rows.length), 0);
}

/** Is there room for so many more questions? */
export function hasRoom(definition: Definition, elements: readonly ElementDefinition[]): boolean {
  const questions = definition.pages.flatMap((page) => page.elements).length;
  const more = elements.reduce((sum, { rows = [] }) => sum + Math.max(1, rows.length), 0);
  return questions + elements.length <= limits.questions && askedIn(definition) + more <= limits.asked;
}

/** Where a change was made, in a definition after it: a question it names and that is there, or else a page. */
export function placeOfEdit(definition: Definition, edit: Edit): { page: string; question?: string } {
  const named = namesIn(edit);
  const question = named.questions.find((name) => findQuestion(definition, name));
  if (question) {
    const place = findUnit(definition, question)!;
    return { page: place.page.name, question: place.unit.first.name };
  }
  const pages = definition.pages.map(({ name }) => name);
  return { page: named.pages.find((name) => pages.includes(name)) ?? pages[0]! };
}

function namesIn(edit: Edit): { questions: string[]; pages: string[] } {
  switch (edit.kind) {
    case 'all': {
      const each = edit.edits.map(namesIn);
      return {
        questions: each.flatMap(({ questions }) => questions),
        pages: each.flatMap(({ pages }) => pages),
      };
    }
    case 'change questionnaire':
      return { questions: [], pages: [] };
    case 'add page':
      return { questions: [], pages: [edit.page.name] };
    case 'remove page':
    case 'move page':
    case 'change page':
      return { questions: [], pages: [edit.page] };
    case 'add question':
      return { questions: [edit.question.name], pages: [edit.page] };
    case 'move question':
      return { questions: [edit.question], pages: [edit.page] };
    case 'rename question':
      return { questions: [edit.to, edit.question], pages: [] };
    default:
      return { questions: [edit.question], pages: [] };
  }
}
