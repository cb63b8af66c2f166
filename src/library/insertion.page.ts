import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { PageDefinition } from '../questionnaires/definition';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { textIn } from '../questionnaires/text';
import type { Page } from '../web/layout';
import type { Insertion, Losses } from './insertion';
import type { TypedSearch } from './library.form';
import {
  addressWith,
  type EntryLine,
  foundInWords,
  type LibraryFacts,
  linesOf,
  type SearchForm,
  searchForm,
} from './library.page';
import type { ListedEntry } from './library.queries';
import { titleOf } from './reading.page';

export interface InsertionPage extends Page {
  copies: string;
  search: SearchForm | null;
  found: string;
  entries: (EntryLine & { value: string; checked: boolean })[];
  empty: string;
  library: string;
  action: string;
  cancel: string;
  ways: { value: string; text: string; hint: { text: string }; checked: boolean }[];
}

/** What stands in the address: the page, and the place as it was given. */
export interface AskedPlace {
  page: PageDefinition;
  at: number;
  /** As the address has it. */
  query: Record<string, string>;
}

/** The entries that can be inserted into a page, to be ticked. What was ticked stays. */
export function insertionPage(
  project: Project,
  questionnaire: Questionnaire,
  place: AskedPlace,
  entries: ListedEntry[],
  search: TypedSearch,
  facts: LibraryFacts,
  retry?: { body: Record<string, unknown>; errors: FieldErrors },
): InsertionPage {
  const address = `/questionnaires/${questionnaire.id}`;
  const ticked = new Set([retry?.body.entry ?? []].flat().map(String));
  const asPages = retry?.body.how === 'pages';
  const pageTitle = textIn(place.page.title) || place.page.name;
  const brought = { ...(search.q ? { q: search.q } : {}), ...(search.tag ? { tag: search.tag } : {}) };
  const lines = linesOf(entries, project, facts.organisation);
  return {
    title: 'Insert from the library',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: questionnaire.title }),
    copies:
      'What you tick is inserted as a copy, in the order of this list. Changing it here does not change the library, nor the other way round.',
    search: facts.counts.inUse > 0 ? searchForm(`${address}/library`, search, facts.tags, place.query) : null,
    found: foundInWords(entries),
    entries: lines.map((line, index) => ({
      ...line,
      value: entries[index]!.id,
      checked: ticked.has(entries[index]!.id),
    })),
    empty:
      facts.counts.inUse > 0
        ? 'Nothing fits. Search with fewer words, or for any tag.'
        : 'The library is empty. Keep a question or a page of a questionnaire first.',
    library: `/projects/${project.id}/library`,
    action: addressWith(`${address}/library`, { ...place.query, ...brought }),
    cancel: address,
    ways: [
      {
        value: 'into',
        text: `Into the page “${pageTitle}”, ${spotInWords(place)}`,
        hint: { text: 'Only the questions: the title of a kept page is left out' },
        checked: !asPages,
      },
      {
        value: 'pages',
        text: `Each as a page of its own, after “${pageTitle}”`,
        hint: { text: 'A kept page brings its title and description' },
        checked: asPages,
      },
    ],
    ...(retry ? { errors: retry.errors } : {}),
  };
}

function spotInWords({ page, at }: AskedPlace): string {
  const before = page.elements[Math.min(at, page.elements.length) - 1];
  return before ? `after “${titleOf(before)}”` : 'at its beginning';
}

/** What was done, and what could not come along. Short, for a notice travels in a cookie. */
export function insertionNotice({ questions, losses }: Insertion): string {
  const done = questions === 1 ? '1 question inserted' : `${questions} questions inserted`;
  return [`${done}, as copies.`, ...lossesInWords(losses)].join(' ');
}

const longestTitle = 30;

const sentences: [keyof Losses, (named: string, isOne: boolean) => string][] = [
  [
    'renamed',
    (named, isOne) => `The name of ${named} was taken: ${isOne ? 'it has' : 'they have'} a new one.`,
  ],
  [
    'conditions',
    (named, isOne) =>
      `The condition of ${named} was left out: it looks at ${isOne ? 'a question' : 'questions'} not asked on an earlier page here.`,
  ],
  [
    'pairs',
    (named, isOne) => `Shown alone, for ${isOne ? 'its' : 'their'} partner is not in the library: ${named}.`,
  ],
  [
    'facets',
    (named) =>
      `Another question already asks this about the respondent, so it is an ordinary one now: ${named}.`,
  ],
  [
    'ties',
    (named) =>
      `Not tied to a competency or domain, for the framework does not have it or it is rated already: ${named}.`,
  ],
];

function lossesInWords(losses: Losses): string[] {
  return sentences.flatMap(([what, say]) => {
    const titles = losses[what];
    return titles.length === 0 ? [] : [say(namedInWords(titles), titles.length === 1)];
  });
}

/** “One”, “Another” and 3 more */
function namedInWords(titles: readonly string[]): string {
  const named = titles.slice(0, 2).map((title) => `“${shortened(title)}”`);
  const more = titles.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(' and ');
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length <= longestTitle ? title : `${letters.slice(0, longestTitle - 1).join('')}…`;
}
