import type { ElementDefinition } from '../questionnaires/definition';
import { formToken, limits, reservedNames } from '../questionnaires/shape';
import { renamedIn } from './conditions';
import { sayAt } from './note';
import type { UnderstoodPage } from './pages';
import type { UnderstoodQuestion } from './question';

/** Room for the number that tells a shortened name from others. */
const roomForNumber = 8;

/**
 * Gives every page and question a name that can be used: what is reserved, too long or holds brackets is renamed, in
 * conditions too. Of two questions with one name the second cannot be honoured, for they would share an answer.
 */
export function settleNames(pages: readonly UnderstoodPage[]): UnderstoodPage[] {
  const elements = pages.flatMap(({ questions }) => questions).flatMap((question) => question.elements);
  const taken = new Set(elements.map(({ name }) => name));
  const renames = new Map<string, string>();
  for (const { name } of elements) {
    if (isUsable(name) || renames.has(name)) continue;
    const fresh = freshName(name, taken);
    taken.add(fresh);
    renames.set(name, fresh);
  }
  const seen = new Set<string>();
  const settled = pages.map((page) => ({
    ...page,
    questions: page.questions.map((question) => settleQuestion(question, renames, seen)),
  }));
  return settlePages(settled.map((page) => withCondition(page, renames)));
}

function settleQuestion(
  question: UnderstoodQuestion,
  renames: ReadonlyMap<string, string>,
  seen: Set<string>,
): UnderstoodQuestion {
  const notes = [...question.notes];
  const say = sayAt(notes, question.place);
  const twice = question.elements.find(({ name }) => seen.has(name));
  for (const { name } of question.elements) seen.add(name);
  if (twice) {
    const sentence = `Another question is named "${twice.name.slice(0, 100)}" already: the two would share one answer.`;
    say('unsupported', sentence, 'The question is left out.');
    return { ...question, elements: [], notes };
  }
  const elements = question.elements.map((element): ElementDefinition => {
    const fresh = renames.get(element.name);
    if (fresh === undefined) return withNames(element, renames);
    say('changed', `The name "${element.name.slice(0, 100)}" cannot be used: it is "${fresh}" now.`);
    const title = element.title ?? element.name;
    return withNames({ ...element, name: fresh, title }, renames);
  });
  return { ...question, elements, notes };
}

/** Its condition, and the matrix it is paired with, by their present names. */
function withNames(element: ElementDefinition, renames: ReadonlyMap<string, string>): ElementDefinition {
  const { pairedWith } = element;
  const fresh = pairedWith === undefined ? undefined : renames.get(pairedWith);
  return withCondition(fresh === undefined ? element : { ...element, pairedWith: fresh }, renames);
}

function withCondition<T extends { visibleIf?: string }>(part: T, renames: ReadonlyMap<string, string>): T {
  return part.visibleIf === undefined ? part : { ...part, visibleIf: renamedIn(part.visibleIf, renames) };
}

/** No condition looks at a page: its name only has to be its own. */
function settlePages(pages: UnderstoodPage[]): UnderstoodPage[] {
  const taken = new Set(pages.map(({ name }) => name));
  const seen = new Set<string>();
  return pages.map((page) => {
    const name = isUsable(page.name) && !seen.has(page.name) ? page.name : freshName(page.name, taken);
    taken.add(name);
    seen.add(name);
    return name === page.name ? page : { ...page, name, title: page.title ?? page.name };
  });
}

/** Can it be the name of a question? Names that mean something to every object, or to our forms, cannot. */
function isUsable(name: string): boolean {
  return (
    name.length <= limits.name &&
    name !== formToken &&
    !reservedNames.has(name) &&
    !(name in Object.prototype) &&
    !/[{}]/.test(name)
  );
}

function freshName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replace(/[{}]/g, '').slice(0, limits.name - roomForNumber) || 'question';
  for (let number = 1; ; number += 1) {
    const fresh = `${stem}_${number}`;
    if (!taken.has(fresh)) return fresh;
  }
}
