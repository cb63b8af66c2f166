import { namesIn } from '../questionnaires/conditions';
import type { Definition, ElementDefinition } from '../questionnaires/definition';
import { textIn } from '../questionnaires/text';
import { pageTitleOf, titleOf } from './change';

/** A page or question whose condition looks at something. */
export interface Watcher {
  of: 'page' | 'question';
  name: string;
  title: string;
  condition: string;
}

/** The pages and questions, besides those of these names, that are shown depending on the answers to them. */
export function watchersOf(definition: Definition, names: ReadonlySet<string>): Watcher[] {
  const all = definition.pages.flatMap(({ elements }) => elements.map(({ name }) => name));
  const looks = (condition: string | undefined) =>
    condition !== undefined &&
    // Looked for in the text first: most conditions look elsewhere, and need not be parsed.
    [...names].some((name) => condition.includes(name)) &&
    namesIn(condition).some((looked) => names.has(questionOf(looked, all)));
  return definition.pages.flatMap((page) => [
    ...(looks(page.visibleIf) && !page.elements.every(({ name }) => names.has(name))
      ? [{ of: 'page' as const, name: page.name, title: pageTitleOf(page), condition: page.visibleIf! }]
      : []),
    ...page.elements
      .filter(({ name, visibleIf }) => !names.has(name) && looks(visibleIf))
      .map((element) => ({
        of: 'question' as const,
        name: element.name,
        title: titleOf(element),
        condition: element.visibleIf!,
      })),
  ]);
}

/** The question a condition looks at where it names it or a part of its answer: the longest name that fits. */
function questionOf(looked: string, all: readonly string[]): string {
  const fitting = all.filter(
    (name) => looked === name || looked.startsWith(`${name}.`) || looked.startsWith(`${name}[`),
  );
  return fitting.reduce((longest, name) => (name.length > longest.length ? name : longest), '');
}

/** The values of a question that a change has taken away, as people read them. */
export function lostValues(before: ElementDefinition, after: ElementDefinition): string[] {
  const left = new Set(valuesOf(after).map(({ value }) => value));
  return valuesOf(before)
    .filter(({ value }) => !left.has(value))
    .map(({ text }) => text);
}

function valuesOf(element: ElementDefinition): { value: string; text: string }[] {
  return [...(element.choices ?? []), ...(element.columns ?? []), ...(element.rows ?? [])].map((option) =>
    typeof option === 'object'
      ? { value: String(option.value), text: textIn(option.text) || String(option.value) }
      : { value: String(option), text: String(option) },
  );
}
