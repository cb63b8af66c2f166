import { findQuestion, freeName } from '../edits/edit';
import type { Definition, ElementDefinition } from '../questionnaires/definition';
import { examineShape } from '../questionnaires/shape';
import type { Text } from '../questionnaires/text';

export const entryLimits = {
  title: 200,
  note: 1000,
  tags: 10,
  tag: 40,
  words: 20_000,
  search: 100,
  shown: 100,
};

/** One question (with its partner, where two are shown row by row), or several that stand together. */
export type EntryKind = 'question' | 'block';

/** What is kept: questions as they stand in a definition, and of a whole page its words. */
export interface EntryContent {
  title?: Text;
  description?: Text;
  elements: ElementDefinition[];
}

/** What people say of an entry. */
export interface EntryDetails {
  title: string;
  note: string;
  tags: string[];
}

/** Something kept to be used again. Whoever uses it gets a copy: changing the entry changes no questionnaire. */
export interface LibraryEntry extends EntryDetails {
  id: string;
  organisationId: string;
  /** The project it was made in. */
  madeIn: string;
  /** The project it is kept for, or nothing where its whole organisation has it. */
  projectId: string | null;
  kind: EntryKind;
  content: EntryContent;
  madeAt: Date;
  changedAt: Date;
  retiredAt: Date | null;
}

/** A question as it can be kept: with what it is shown row by row with. Nothing where it is not there. */
export function contentOfQuestion(definition: Definition, name: string): EntryContent | undefined {
  const found = findQuestion(definition, name);
  if (!found) return undefined;
  const first = found.question.pairedWith ?? name;
  const isKept = (element: ElementDefinition) =>
    element.name === name || element.name === first || element.pairedWith === first;
  return { elements: definition.pages[found.page]!.elements.filter(isKept) };
}

/** A page as it can be kept: its words and questions. When it is shown stays the questionnaire's business. */
export function contentOfPage(definition: Definition, name: string): EntryContent | undefined {
  const page = definition.pages.find((one) => one.name === name);
  if (!page) return undefined;
  const { title, description, elements } = page;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    elements,
  };
}

/** Why something cannot be kept, in a sentence; nothing where it can. */
export function contentFault(content: EntryContent): string | undefined {
  const { elements } = content;
  if (elements.length === 0) return 'This page has no questions that could be kept.';
  const [fault] = examineShape({ pages: [{ ...content, name: 'page' }] });
  if (fault) return `${fault.place}: ${fault.sentence}`;
  const names = new Set(elements.map(({ name }) => name));
  return names.size < elements.length ? 'Two of its questions have the same name.' : undefined;
}

/** All that can be read in an entry's questions, in every language, to be searched. */
export function wordsIn({ title, description, elements }: EntryContent): string {
  const texts = [title, description, ...elements.flatMap(textsOf)];
  const said = texts.flatMap((text) => (typeof text === 'object' ? Object.values(text) : [text]));
  return said
    .filter((text) => text)
    .join('\n')
    .slice(0, entryLimits.words)
    .replace(/\p{Surrogate}/gu, '');
}

function textsOf(element: ElementDefinition): (Text | undefined)[] {
  const options = [...(element.rows ?? []), ...(element.choices ?? []), ...(element.columns ?? [])];
  return [
    ...[element.title ?? element.name, element.description, element.html],
    ...options.map((option) => (typeof option === 'object' ? (option.text ?? '') : String(option))),
  ];
}

/** A name for a page that none of these questions has. */
export function freePageName(definition: Definition, elements: ElementDefinition[]): string {
  return freeName({ pages: [...definition.pages, { name: '', elements }] }, 'page');
}
