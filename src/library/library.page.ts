import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { entryLimits, type LibraryEntry } from './entry';
import type { TypedSearch } from './library.form';
import type { ListedEntry } from './library.queries';

/** What is known of a library besides what is looked for. */
export interface LibraryFacts {
  organisation: string;
  tags: string[];
  counts: { inUse: number; retired: number };
}

/** The fields of a search, and what it brings along in its address. */
export interface SearchForm {
  action: string;
  q: string;
  tags: { value: string; text: string; selected: boolean }[];
  hidden: { name: string; value: string }[];
  clear: string | null;
}

/** An entry as lists tell of it. */
export interface EntryLine {
  href: string;
  title: string;
  kind: string;
  scope: string;
  tags: string;
  note: string;
}

export interface LibraryPage extends Page {
  introduction: string;
  search: SearchForm | null;
  found: string;
  entries: EntryLine[];
  empty: string;
  /** Questionnaires something can be kept from. */
  sources: { href: string; text: string }[];
  switch: { href: string; text: string } | null;
}

/** A project's library: what was kept for it and what its organisation shares, searched. */
export function libraryPage(
  project: Project,
  entries: ListedEntry[],
  search: TypedSearch,
  facts: LibraryFacts,
  questionnaires: { id: string; title: string }[],
): LibraryPage {
  const address = `/projects/${project.id}/library`;
  const { inUse, retired } = facts.counts;
  const isEmpty = inUse + retired === 0;
  return {
    title: search.retired ? 'Retired entries of the library' : 'Library of questions',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, ...(search.retired ? [{ href: address, text: 'Library' }] : [])),
    introduction: `Questions and blocks of questions to use again: kept for this project, or shared by ${facts.organisation}.`,
    search: isEmpty
      ? null
      : searchForm(address, search, facts.tags, search.retired ? { show: 'retired' } : {}),
    found: isEmpty ? '' : foundInWords(entries),
    entries: linesOf(entries, project, facts.organisation),
    empty: emptyInWords(search, isEmpty, questionnaires.length > 0),
    sources: search.retired
      ? []
      : questionnaires.map(({ id, title }) => ({
          href: `/questionnaires/${id}/library/new`,
          text: `Keep something from ${title}`,
        })),
    switch: search.retired
      ? { href: address, text: 'Show entries in use' }
      : retired > 0
        ? { href: `${address}?show=retired`, text: `Show retired entries (${retired})` }
        : null,
  };
}

function emptyInWords(search: TypedSearch, isEmpty: boolean, hasQuestionnaires: boolean): string {
  if (!isEmpty) {
    return search.q || search.tag
      ? 'Nothing fits. Search with fewer words, or for any tag.'
      : search.retired
        ? 'No entry is retired.'
        : 'All entries are retired.';
  }
  return hasQuestionnaires
    ? 'The library is empty. Keep a question or a whole page of a questionnaire, and it can be used in others.'
    : 'The library is empty. Make a questionnaire first: its questions and pages can then be kept here and used in others.';
}

/** The fields that search a library. */
export function searchForm(
  action: string,
  { q, tag }: TypedSearch,
  tags: readonly string[],
  brought: Record<string, string>,
): SearchForm {
  const isChosen = (one: string) => one.toLowerCase() === tag.toLowerCase();
  const hidden = Object.entries(brought).map(([name, value]) => ({ name, value }));
  return {
    action,
    q,
    tags: [
      { value: '', text: 'Any tag', selected: tag === '' },
      ...tags.map((one) => ({ value: one, text: one, selected: isChosen(one) })),
      ...(tag === '' || tags.some(isChosen) ? [] : [{ value: tag, text: tag, selected: true }]),
    ],
    hidden,
    clear: q || tag ? addressWith(action, brought) : null,
  };
}

/** An address with a query. */
export function addressWith(address: string, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? address : `${address}?${text}`;
}

/** "2 entries, the newest first" */
export function foundInWords(entries: readonly unknown[]): string {
  const most = entryLimits.shown;
  if (entries.length > most) return `The newest ${most} of more entries. Search to find the others.`;
  if (entries.length === 0) return '';
  return entries.length === 1 ? '1 entry' : `${entries.length} entries, the newest first`;
}

/** Entries as lists tell of them, as many as are shown. */
export function linesOf(
  entries: readonly ListedEntry[],
  project: Project,
  organisation: string,
): EntryLine[] {
  return entries.slice(0, entryLimits.shown).map((entry) => ({
    href: addressWith(`/library/${entry.id}`, { from: project.id }),
    title: entry.title,
    kind: kindInWords(entry.kind, entry.questions),
    scope: scopeInWords(entry, organisation),
    tags: entry.tags.join(', '),
    note: entry.note,
  }));
}

/** "Block of 4 questions" */
export function kindInWords(kind: LibraryEntry['kind'], questions: number): string {
  if (kind === 'block') return questions === 1 ? 'Block of 1 question' : `Block of ${questions} questions`;
  return questions === 1 ? 'Question' : `Question in ${questions} parts, shown together`;
}

/** Whose it is. */
export function scopeInWords({ projectId }: Pick<LibraryEntry, 'projectId'>, organisation: string): string {
  return projectId ? 'This project' : organisation;
}
