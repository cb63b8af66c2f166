import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Definition } from '../questionnaires/definition';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { textIn } from '../questionnaires/text';
import type { Page } from '../web/layout';
import { directionOf, isShipped } from '../web/words';
import { nameOf } from './languages';
import { progressIn, type Row, rowsOf, type Sources } from './progress';
import { fieldOf, type MergedTexts, type Sent, stampOf } from './sent';
import { interfacePlace, type Translatable } from './translatable';
import { queryOf, type TableFilter } from './translations.form';
import { addressOf, changedInWords, crumbsOf, progressInWords, type UndoPanel } from './translations.page';

export interface TablePage extends Page {
  language: { name: string; lang: string; dir: string };
  summary: string[];
  bar: { value: number; max: number };
  undo: UndoPanel | null;
  filter: { action: string; show: Choice[]; parts: Choice[]; each: boolean };
  /** In words, where nothing is to be shown. */
  empty: string | null;
  mayChange: boolean;
  action: string;
  /** What the rows say now, brought back with the form. */
  seen: string;
  hidden: { name: string; value: string }[];
  groups: { id: string; heading: string; rows: TableRow[] }[];
  links: { href: string; text: string; file: boolean }[];
  meanwhile: { name: string; was: string; is: string }[];
  /** Sentences on what else happened while the page was open. */
  alerts: { heading: string; items: string[] }[];
}

interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

interface TableRow {
  field: string;
  what: string;
  english: string;
  note: string | null;
  /** The English that the translation was made from, where it was changed since. */
  was: string | null;
  fits: boolean;
  value: string;
  lines: number;
  error: string | null;
  /** The ids of what else is said of the field. */
  describedBy: string;
}

export interface TableFacts {
  project: Project;
  questionnaire: Questionnaire;
  texts: readonly Translatable[];
  language: string;
  sources: Sources;
  filter: TableFilter;
  mayChange: boolean;
  undo?: UndoPanel | null;
}

/** What was sent and could not be saved. */
export interface TableRetry {
  sent: Sent;
  merged: MergedTexts;
}

/** The table of a language: each English text with its translation, by page. */
export function tablePage(facts: TableFacts, retry?: TableRetry): TablePage {
  const { project, questionnaire, texts, language, sources, filter, mayChange } = facts;
  const name = nameOf(language);
  const progress = progressIn(texts, language, sources);
  const changed = changedInWords(progress);
  const rows = rowsShown(facts, retry?.sent);
  const address = addressOf(questionnaire.id, language);
  const query = queryOf(filter);
  const errors = errorsOf(retry);
  return {
    title: `${name} translation`,
    section: questionnaire.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, ...crumbsOf(questionnaire)),
    ...(errors ? { errors } : {}),
    language: { name, lang: language, dir: directionOf(language) },
    summary: [`${progressInWords(progress)}.`, ...(changed ? [`${changed}.`] : [])],
    bar: { value: progress.translated, max: Math.max(1, progress.of) },
    undo: facts.undo ?? null,
    filter: {
      action: address,
      show: showChoices.map((choice) => ({ ...choice, selected: choice.value === filter.show })),
      parts: partChoices(questionnaire.definition, language, filter.part),
      each: filter.each,
    },
    empty: rows.length > 0 ? null : emptyWords[filter.show],
    mayChange,
    action: `${address}${query && `?${query}`}`,
    seen: JSON.stringify(Object.assign({}, ...rows.map(({ text }) => seenOf(text, language)))),
    hidden: filter.each ? [{ name: 'each', value: 'yes' }] : [],
    groups: groupsOf(questionnaire.definition, rows).map((group) => ({
      ...group,
      rows: group.rows.map((row) => tableRow(row, language, retry)),
    })),
    links: [
      { href: `${address}/export`, text: `Export as a CSV file`, file: true },
      ...(mayChange ? [{ href: `${address}/imports`, text: `Import a CSV file`, file: false }] : []),
    ],
    meanwhile: clashesInWords(texts, retry?.merged),
    alerts: alertsOf(retry?.merged),
  };
}

const showChoices = [
  { value: 'all', text: 'All texts' },
  { value: 'missing', text: 'Missing' },
  { value: 'changed', text: 'English changed since' },
];

const emptyWords: Record<TableFilter['show'], string> = {
  all: 'There are no texts here.',
  missing: 'Nothing is missing here.',
  changed: 'No English was changed here since it was translated.',
};

function errorsOf(retry: TableRetry | undefined): FieldErrors | undefined {
  return retry && Object.keys(retry.merged.errors).length > 0 ? retry.merged.errors : undefined;
}

function seenOf({ key, own, in: said }: Translatable, language: string): Record<string, string> {
  const field = fieldOf(key);
  return { [field]: said[language] ?? '', [`${field}.own`]: stampOf(own) };
}

/** The rows the filter asks for; where a form is shown once more, those that it had. */
function rowsShown({ texts, language, sources, filter }: TableFacts, sent: Sent | undefined): Row[] {
  if (sent) {
    const fields = new Set(sent.texts.map(({ field }) => field));
    const same = texts.filter(({ key }) => fields.has(fieldOf(key)));
    return rowsOf(same, language, sources, true);
  }
  return rowsOf(texts, language, sources, filter.each).filter(
    ({ text, state }) =>
      (filter.show === 'all' || state === filter.show) &&
      (filter.part === '' || partOf(text) === filter.part),
  );
}

/** Where a text stands, as the filter names it. */
function partOf({ page, place }: Pick<Translatable, 'page' | 'place'>): string {
  if (place === interfacePlace && page === null) return 'interface';
  return page === null ? 'whole' : `page ${page}`;
}

function partChoices({ pages }: Definition, language: string, part: string): Choice[] {
  const all = [
    { value: '', text: 'The whole questionnaire' },
    { value: 'whole', text: 'Beginning, end and levels' },
    ...pages.map((page, index) => ({ value: `page ${page.name}`, text: headingOf(page, index) })),
    ...(isShipped(language) ? [] : [{ value: 'interface', text: interfacePlace }]),
  ];
  return all.map((choice) => ({ ...choice, selected: choice.value === part }));
}

function headingOf({ title, name }: Definition['pages'][number], index: number): string {
  return `Page ${index + 1}. ${textIn(title) || name}`;
}

function groupsOf({ pages }: Definition, rows: Row[]) {
  const groups = [
    {
      id: 'whole',
      heading: 'Beginning, end and levels',
      rows: rows.filter(({ text }) => partOf(text) === 'whole'),
    },
    ...pages.map((page, index) => ({
      id: `page-${index + 1}`,
      heading: headingOf(page, index),
      rows: rows.filter(({ text }) => partOf(text) === `page ${page.name}`),
    })),
    {
      id: 'interface',
      heading: interfacePlace,
      rows: rows.filter(({ text }) => partOf(text) === 'interface'),
    },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

function tableRow({ text, places, state, source }: Row, language: string, retry?: TableRetry): TableRow {
  const field = fieldOf(text.key);
  const error = retry?.merged.errors[field] ?? null;
  const was = state === 'changed' ? source : null;
  const isTold = { error: error !== null, was: was !== null, hint: places > 1 };
  const value = retry?.merged.values[field] ?? text.in[language] ?? '';
  return {
    field,
    what: whatOf(text),
    english: text.own,
    note: places > 1 ? `Stands in ${places} places, which are translated together` : null,
    was,
    fits: retry?.sent.texts.some((sent) => sent.field === field && sent.fits) ?? false,
    value,
    lines: Math.min(8, Math.max(2, ...[text.own, value].map(linesOf))),
    error,
    describedBy: Object.entries(isTold)
      .flatMap(([part, isThere]) => (isThere ? `${field}-${part}` : []))
      .join(' '),
  };
}

const charactersOfALine = 48;

function linesOf(words: string): number {
  return words.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / charactersOfALine), 0);
}

/** "Question A1", "Page title", "Choice: yes, of setting" */
function whatOf({ what, place, page }: Translatable): string {
  if (page === null || place === page) return what;
  return what.includes(':') ? `${what}, of ${place}` : `${what} ${place}`;
}

function clashesInWords(texts: readonly Translatable[], merged: MergedTexts | undefined) {
  const byKey = new Map(texts.map((text) => [text.key, text]));
  return (merged?.clashes ?? []).map(({ field, was, is }) => {
    const text = byKey.get(field)!;
    return { name: `${whatOf(text)} (“${text.own}”)`, was, is };
  });
}

function alertsOf(merged: MergedTexts | undefined): TablePage['alerts'] {
  return [
    {
      heading:
        'Somebody has changed the English of these texts since you opened this page. Look whether what you typed still fits, then save it.',
      items: (merged?.reworded ?? []).map((text) => `${whatOf(text)}: now “${text.own}”`),
    },
    {
      heading:
        'Somebody has removed these texts from the questionnaire since you opened this page. What you typed for them cannot be saved:',
      items: (merged?.gone ?? []).map((typed) => `“${typed}”`),
    },
  ].filter(({ items }) => items.length > 0);
}
