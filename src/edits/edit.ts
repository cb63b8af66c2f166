import { conflict } from '../platform/problem';
import type { Definition, ElementDefinition, PageDefinition } from '../questionnaires/definition';
import { renamedIn } from '../surveyjs/conditions';

/** Settings to give new values, by their names; null takes one away. */
export type Settings<T> = { readonly [name in keyof T]?: T[name] | null };

export type QuestionnaireSettings = Settings<Omit<Definition, 'pages'>>;
export type PageSettings = Settings<Omit<PageDefinition, 'name' | 'elements'>>;
export type QuestionSettings = Settings<Omit<ElementDefinition, 'name'>>;

/**
 * One change of a questionnaire. Pages and questions are named by their names; `at` is a place in a list, from 0, and
 * beyond the end means the end. An edit survives being kept as JSON.
 */
export type Edit =
  | { kind: 'change questionnaire'; settings: QuestionnaireSettings }
  | { kind: 'add page'; page: PageDefinition; at: number }
  | { kind: 'remove page'; page: string }
  | { kind: 'move page'; page: string; at: number }
  | { kind: 'change page'; page: string; settings: PageSettings }
  | { kind: 'add question'; page: string; question: ElementDefinition; at: number }
  | { kind: 'remove question'; question: string }
  | { kind: 'move question'; question: string; page: string; at: number }
  | { kind: 'change question'; question: string; settings: QuestionSettings }
  /** Conditions and pairs follow the new name. */
  | { kind: 'rename question'; question: string; to: string }
  /** One after the other, as one change. */
  | { kind: 'all'; edits: Edit[] };

/** What an edit leads to, and the edit that takes it back. */
export interface Edited {
  definition: Definition;
  inverse: Edit;
}

/**
 * Applies an edit to a definition, which stays as it is. The inverse applied to the result gives the definition again.
 *
 * @throws a conflict, in words, where the page or question is not there (any more), or a name is taken.
 */
export function applyEdit(definition: Definition, edit: Edit): Edited {
  switch (edit.kind) {
    case 'change questionnaire': {
      const { pages, ...settings } = definition;
      const changed = changedSettings(settings, edit.settings);
      return {
        definition: { ...changed.settings, pages },
        inverse: { kind: 'change questionnaire', settings: changed.before },
      };
    }
    case 'add page':
      return addPage(definition, edit.page, edit.at);
    case 'remove page': {
      const at = placeOfPage(definition, edit.page);
      const page = definition.pages[at]!;
      return {
        definition: withPages(definition, without(definition.pages, at)),
        inverse: { kind: 'add page', page, at },
      };
    }
    case 'move page': {
      const from = placeOfPage(definition, edit.page);
      const pages = withAt(without(definition.pages, from), edit.at, definition.pages[from]!);
      return {
        definition: withPages(definition, pages),
        inverse: { kind: 'move page', page: edit.page, at: from },
      };
    }
    case 'change page': {
      const at = placeOfPage(definition, edit.page);
      const { name, elements, ...settings } = definition.pages[at]!;
      const changed = changedSettings(settings, edit.settings);
      return {
        definition: withPage(definition, at, { ...changed.settings, name, elements }),
        inverse: { kind: 'change page', page: edit.page, settings: changed.before },
      };
    }
    case 'add question':
      return addQuestion(definition, edit.page, edit.question, edit.at);
    case 'remove question': {
      const { page, at, question } = findPlace(definition, edit.question);
      const { name } = definition.pages[page]!;
      return {
        definition: withElements(definition, page, (elements) => without(elements, at)),
        inverse: { kind: 'add question', page: name, question, at },
      };
    }
    case 'move question': {
      const from = findPlace(definition, edit.question);
      const left = withElements(definition, from.page, (elements) => without(elements, from.at));
      const to = placeOfPage(definition, edit.page);
      return {
        definition: withElements(left, to, (elements) => withAt(elements, edit.at, from.question)),
        inverse: {
          kind: 'move question',
          question: edit.question,
          page: definition.pages[from.page]!.name,
          at: from.at,
        },
      };
    }
    case 'change question': {
      const { page, at, question } = findPlace(definition, edit.question);
      const { name, ...settings } = question;
      const changed = changedSettings(settings, edit.settings);
      return {
        definition: withElements(definition, page, (elements) =>
          elements.with(at, { ...changed.settings, name }),
        ),
        inverse: { kind: 'change question', question: edit.question, settings: changed.before },
      };
    }
    case 'rename question':
      return renameQuestion(definition, edit.question, edit.to);
    case 'all':
      return applyAll(definition, edit.edits);
  }
}

function applyAll(definition: Definition, edits: readonly Edit[]): Edited {
  let after = definition;
  const inverses: Edit[] = [];
  for (const edit of edits) {
    const step = applyEdit(after, edit);
    after = step.definition;
    inverses.unshift(step.inverse);
  }
  return { definition: after, inverse: { kind: 'all', edits: inverses } };
}

function addPage(definition: Definition, page: PageDefinition, at: number): Edited {
  if (definition.pages.some(({ name }) => name === page.name)) {
    throw conflict('There is a page of this name already', `Two pages cannot both be named “${page.name}”.`);
  }
  for (const { name } of page.elements) refuseTaken(definition, name);
  return {
    definition: withPages(definition, withAt(definition.pages, at, page)),
    inverse: { kind: 'remove page', page: page.name },
  };
}

function addQuestion(definition: Definition, page: string, question: ElementDefinition, at: number): Edited {
  refuseTaken(definition, question.name);
  return {
    definition: withElements(definition, placeOfPage(definition, page), (elements) =>
      withAt(elements, at, question),
    ),
    inverse: { kind: 'remove question', question: question.name },
  };
}

function renameQuestion(definition: Definition, from: string, to: string): Edited {
  findPlace(definition, from);
  if (from !== to) refuseTaken(definition, to);
  const after = renamedThroughout(definition, from, to);
  const back = renamedThroughout(after, to, from);
  return {
    definition: after,
    inverse: {
      kind: 'all',
      edits: [{ kind: 'rename question', question: to, to: from }, ...whatStrayed(definition, back)],
    },
  };
}

function renamedThroughout(definition: Definition, from: string, to: string): Definition {
  const names = new Map([[from, to]]);
  const follow = <T extends { visibleIf?: string }>(part: T): T =>
    part.visibleIf === undefined ? part : { ...part, visibleIf: renamedIn(part.visibleIf, names) };
  const pages = definition.pages.map((page) => ({
    ...follow(page),
    elements: page.elements.map((element) => ({
      ...follow(element),
      ...(element.pairedWith === from ? { pairedWith: to } : {}),
      ...(element.name === from ? { name: to } : {}),
    })),
  }));
  return withPages(definition, pages);
}

/** Conditions and pairs that looked at the new name before there was such a question: renaming back takes them along. */
function whatStrayed(wanted: Definition, got: Definition): Edit[] {
  return wanted.pages.flatMap((page, index) => {
    const other = got.pages[index]!;
    return [
      ...(page.visibleIf === other.visibleIf
        ? []
        : [{ kind: 'change page' as const, page: page.name, settings: { visibleIf: page.visibleIf! } }]),
      ...page.elements.flatMap(({ name, visibleIf, pairedWith }, at): Edit[] => {
        const strayed = other.elements[at]!;
        const settings = {
          ...(visibleIf === strayed.visibleIf ? {} : { visibleIf: visibleIf! }),
          ...(pairedWith === strayed.pairedWith ? {} : { pairedWith: pairedWith! }),
        };
        return Object.keys(settings).length === 0
          ? []
          : [{ kind: 'change question', question: name, settings }];
      }),
    ];
  });
}

/** The question of this name, its page and its place there, from 0. */
export function findQuestion(
  definition: Definition,
  name: string,
): { page: number; at: number; question: ElementDefinition } | undefined {
  for (const [page, { elements }] of definition.pages.entries()) {
    const at = elements.findIndex((element) => element.name === name);
    if (at >= 0) return { page, at, question: elements[at]! };
  }
  return undefined;
}

/** A name like this one that no page and no question of the questionnaire has. */
export function freeName(definition: Definition, wish: string): string {
  const taken = new Set(
    definition.pages.flatMap((page) => [page.name, ...page.elements.map(({ name }) => name)]),
  );
  if (!taken.has(wish)) return wish;
  const stem = wish.replace(/-\d{1,4}$/, '').slice(0, 90);
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

function findPlace(definition: Definition, name: string) {
  const found = findQuestion(definition, name);
  if (found) return found;
  throw conflict(
    'This question is not there any more',
    `Somebody has removed or renamed the question “${name}”. Nothing was changed. Go back to see how things are now.`,
  );
}

function placeOfPage({ pages }: Definition, name: string): number {
  const at = pages.findIndex((page) => page.name === name);
  if (at >= 0) return at;
  throw conflict(
    'This page is not there any more',
    `Somebody has removed the page “${name}”. Nothing was changed. Go back to see how things are now.`,
  );
}

function refuseTaken(definition: Definition, name: string): void {
  if (!findQuestion(definition, name)) return;
  throw conflict('There is a question of this name already', `Two questions cannot both be named “${name}”.`);
}

/** Settings after a change, and those that bring back what was before. */
function changedSettings<T extends object>(
  settings: T,
  change: Settings<T>,
): { settings: T; before: Settings<T> } {
  const after = { ...settings } as Record<string, unknown>;
  const before: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    before[name] = after[name] ?? null;
    if (value === null) delete after[name];
    else after[name] = value;
  }
  return { settings: after as T, before: before as Settings<T> };
}

function withPages(definition: Definition, pages: PageDefinition[]): Definition {
  return { ...definition, pages };
}

function withPage(definition: Definition, at: number, page: PageDefinition): Definition {
  return withPages(definition, definition.pages.with(at, page));
}

function withElements(
  definition: Definition,
  at: number,
  change: (elements: ElementDefinition[]) => ElementDefinition[],
): Definition {
  const page = definition.pages[at]!;
  return withPage(definition, at, { ...page, elements: change(page.elements) });
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.toSpliced(at, 1);
}

function withAt<T>(list: readonly T[], at: number, one: T): T[] {
  return list.toSpliced(Math.max(0, at), 0, one);
}
