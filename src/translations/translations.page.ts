import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Questionnaire } from '../questionnaires/questionnaire';
import type { Page } from '../web/layout';
import { directionOf, ownNameOf } from '../web/words';
import { nameOf, usualLanguages } from './languages';
import type { Progress } from './progress';

/** A language a questionnaire is translated into, and how far that is. */
export interface LanguageProgress {
  language: string;
  progress: Progress;
}

export interface TranslationsPage extends Page {
  sentences: string[];
  languages: {
    name: string;
    /** What its speakers call it, in their own letters. */
    own: { words: string; lang: string; dir: string } | null;
    count: string;
    changed: string | null;
    bar: { value: number; max: number };
    address: string;
    open: string;
    export: string;
    import: string | null;
    removal: string | null;
  }[];
  undo: UndoPanel | null;
  /** The form that adds a language; null for those who may only look. */
  addition: {
    action: string;
    items: { value: string; text: string; selected: boolean }[];
    code: string;
  } | null;
}

/** The latest change, and where to take it back. */
export interface UndoPanel {
  text: string;
  action: string;
  change: string;
}

/** Where everything about a questionnaire's translations hangs under. */
export function addressOf(questionnaireId: string, language?: string): string {
  const address = `/questionnaires/${questionnaireId}/translations`;
  return language === undefined ? address : `${address}/${language}`;
}

export function crumbsOf(questionnaire: Questionnaire, language?: string): Crumb[] {
  const { id, title } = questionnaire;
  return [
    { href: `/questionnaires/${id}`, text: title },
    { href: addressOf(id), text: 'Translations' },
    ...(language === undefined ? [] : [{ href: addressOf(id, language), text: nameOf(language) }]),
  ];
}

/** What was changed last, where that is what the address names. */
export function undoPanelOf(
  questionnaireId: string,
  latest: { id: string; summary: string } | undefined,
  named: unknown,
): UndoPanel | null {
  if (!latest || latest.id !== named) return null;
  const action = `/questionnaires/${questionnaireId}/undo`;
  return { text: `${latest.summary}. You can take this back.`, action, change: latest.id };
}

/** The languages of a questionnaire, how much of each is there, and one more to add. */
export function translationsPage(
  project: Project,
  questionnaire: Questionnaire,
  languages: readonly LanguageProgress[],
  mayChange: boolean,
  undo: UndoPanel | null = null,
  retry: { typed?: Record<string, unknown>; errors?: FieldErrors } = {},
): TranslationsPage {
  const { typed = {}, errors } = retry;
  return {
    title: 'Translations',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, ...crumbsOf(questionnaire).slice(0, 1)),
    sentences: [
      'The questionnaire is written in English. Where a text is missing in another language, people read the English.',
      ...(languages.length === 0 ? ['It is not translated into any other language yet.'] : []),
    ],
    languages: languages.map((row) => languageRow(questionnaire.id, row, mayChange)),
    undo,
    addition: mayChange ? additionOf(questionnaire.id, languages, typed) : null,
    ...(errors ? { errors } : {}),
  };
}

function languageRow(
  questionnaireId: string,
  { language, progress }: LanguageProgress,
  mayChange: boolean,
): TranslationsPage['languages'][number] {
  const address = addressOf(questionnaireId, language);
  const name = nameOf(language);
  const own = ownNameOf(language);
  return {
    name,
    own: own === name ? null : { words: own, lang: language, dir: directionOf(language) },
    count: progressInWords(progress),
    changed: changedInWords(progress),
    bar: { value: progress.translated, max: Math.max(1, progress.of) },
    address,
    open: mayChange ? 'Translate' : 'Read',
    export: `${address}/export`,
    import: mayChange ? `${address}/imports` : null,
    removal: mayChange ? `${address}/removal` : null,
  };
}

/** "84 of 120 texts translated" */
export function progressInWords({ translated, of }: Progress): string {
  const [done, all] = [translated, of].map((count) => count.toLocaleString('en-GB'));
  return `${done} of ${all} texts translated`;
}

/** What is to be looked at again; nothing where nothing is. */
export function changedInWords({ changed }: Progress): string | null {
  if (changed === 0) return null;
  return changed === 1
    ? 'The English of 1 text was changed since'
    : `The English of ${changed} texts was changed since`;
}

function additionOf(
  questionnaireId: string,
  there: readonly LanguageProgress[],
  typed: Record<string, unknown>,
): TranslationsPage['addition'] {
  const known = new Set(there.map(({ language }) => language));
  const offered = usualLanguages.filter((language) => !known.has(language));
  const [welsh, ...others] = offered.map((language) => ({ value: language, text: nameOf(language) }));
  const inOrder = others.sort((one, other) => one.text.localeCompare(other.text, 'en-GB'));
  const isWelshFirst = welsh?.value === 'cy';
  const items = isWelshFirst
    ? [welsh, ...inOrder]
    : [...(welsh ? [welsh] : []), ...inOrder].sort((one, other) =>
        one.text.localeCompare(other.text, 'en-GB'),
      );
  const chosen = typeof typed.language === 'string' ? typed.language : (items[0]?.value ?? '');
  return {
    action: addressOf(questionnaireId),
    items: items.map((item) => ({ ...item, selected: item.value === chosen })),
    code: typeof typed.code === 'string' ? typed.code : '',
  };
}

export interface RemovalPage extends Page {
  sentences: string[];
  action: string;
  submit: string;
  cancel: string;
}

/** Asks before a language goes. */
export function removalPage(
  project: Project,
  questionnaire: Questionnaire,
  { language, progress }: LanguageProgress,
): RemovalPage {
  const name = nameOf(language);
  return {
    title: `Remove ${name}?`,
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, ...crumbsOf(questionnaire)),
    sentences: [
      progress.translated === 0
        ? `Nothing has been translated into ${name} yet.`
        : `The ${name} of all its texts goes: ${progressInWords(progress)}. You can undo this until something else is changed.`,
      'What is published stays as it is.',
    ],
    action: `${addressOf(questionnaire.id, language)}/removal`,
    submit: `Remove ${name}`,
    cancel: addressOf(questionnaire.id),
  };
}
