import type { FieldErrors } from '../platform/form';
import { inThousands } from '../populations/population';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Change, ImportPreview, StagedImport } from '../staging/staged-import';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import type { NewContact } from './contact';
import type { ContactImport } from './contact-imports.queries';
import { languageInWords, peopleInWords } from './contacts.page';
import type { Asked } from './contacts-file';

/** What is understood of a list of people, waiting to be applied. Survives JSON. */
export interface ImportedContacts {
  contacts: NewContact[];
  leftOut: number;
  /** The one organisation they are of, where a coordinator brings them; null where they are of all. */
  organisation: Asked['organisation'];
}

export interface ContactsUploadPage extends Page {
  action: string;
  cancel: string;
  list: string;
  /** Why nobody can be added just now, if so: said before anybody looks for a file. */
  refusal: string | null;
  /** Whose people these are, where that is one organisation's. */
  organisation: string | null;
  /** Columns that a file can have besides the address. */
  columns: { name: string; means: string }[];
  most: string;
  /** What was brought in before. */
  imports: { file: string; when: string; what: string; href: string }[];
}

/** Where a list of people is uploaded or pasted. */
export function contactsUploadPage(
  project: Project,
  survey: Survey,
  asked: Asked,
  imports: ContactsUploadPage['imports'],
  { list = '', errors, refusal }: { list?: string; errors?: FieldErrors; refusal: string | null },
): ContactsUploadPage {
  const { organisation } = asked;
  const facets = [...asked.facets].filter(([facet]) => organisation === null || facet !== 'organisation');
  return {
    title: organisation ? `Invite people of ${organisation.label}` : 'Add people to invite',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbs(project, survey, organisation !== null),
    action: `/surveys/${survey.id}/contacts/imports`,
    cancel: organisation ? `/surveys/${survey.id}` : `/surveys/${survey.id}/contacts`,
    list,
    refusal,
    organisation: organisation?.label ?? null,
    columns: [
      { name: 'name', means: 'or first name and last name' },
      { name: 'language', means: [undefined, ...asked.languages].map(languageInWords).join(' or ') },
      ...facets.map(([facet, terms]) => ({ name: facet, means: someOf(terms.map(({ label }) => label)) })),
    ],
    most: inThousands(50_000),
    imports,
    ...(errors ? { errors } : {}),
  };
}

function someOf(labels: readonly string[]): string {
  const first = labels.slice(0, 3).join(', ');
  return labels.length > 3 ? `such as ${first}` : first;
}

function crumbs(project: Project, survey: Survey, isCoordinators: boolean) {
  const own = { href: `/surveys/${survey.id}`, text: survey.name };
  const list = { href: `/surveys/${survey.id}/contacts`, text: 'People invited' };
  return breadcrumbsIn(project, own, ...(isCoordinators ? [] : [list]));
}

/** Who of a list is there already, and who asked not to be written to. */
export interface Met {
  known: number;
  refused: readonly string[];
  refusal: string | null;
}

const mostNamed = 20;

/**
 * What applying a list would do. A coordinator is not told who is on the survey's list already or asked not to be written
 * to: others have put them there, or they have said so to somebody else.
 */
export function contactsPreview(
  survey: Survey,
  { understood }: Pick<StagedImport<ImportedContacts>, 'understood'>,
  { facets }: Pick<Asked, 'facets'>,
  contacts: readonly NewContact[],
  { known, refused, refusal }: Met,
): ImportPreview {
  const { organisation, leftOut } = understood;
  const upload = `/surveys/${survey.id}/contacts/imports`;
  const crumb = organisation
    ? { href: upload, text: `Invite people of ${organisation.label}` }
    : { href: `/surveys/${survey.id}/contacts`, text: 'People invited' };
  return {
    title: 'Add these people',
    crumbs: [{ href: `/surveys/${survey.id}`, text: survey.name }, crumb],
    understood: [
      `${peopleInWords(understood.contacts.length)} with an address that can be written to`,
      ...(leftOut > 0 ? [`${rowsInWords(leftOut)} left out`] : []),
      ...(organisation ? [silentSentence] : metInWords(known, refused)),
      'What the list says about people’s work is only counted, to tell how many of each group were invited. It is not kept with their names.',
      'Nobody is written to yet.',
    ],
    groups: [{ heading: 'People', changes: contacts.map((contact) => asChange(contact, facets)) }],
    seen: survey.id,
    again: upload,
    ...(refusal ? { refusal } : {}),
  };
}

const silentSentence =
  'Whoever is on the survey’s list already is not invited twice, and whoever asked not to be written to is left out. We do not say who they are.';

function metInWords(known: number, refused: readonly string[]): string[] {
  const named = refused.slice(0, mostNamed).join(', ');
  const more = refused.length > mostNamed ? ` and ${inThousands(refused.length - mostNamed)} more` : '';
  return [
    ...(known > 0
      ? [`${peopleInWords(known)} on the list already ${known === 1 ? 'stays' : 'stay'} as they are`]
      : []),
    ...(refused.length > 0
      ? [`${peopleInWords(refused.length)} left out, for they asked not to be written to: ${named}${more}`]
      : []),
  ];
}

function rowsInWords(count: number): string {
  return count === 1 ? '1 row' : `${inThousands(count)} rows`;
}

function asChange({ email, name, language, facets }: NewContact, asked: Asked['facets']): Change {
  const work = Object.entries(facets)
    .sort()
    .map(([facet, code]) => asked.get(facet)?.find((term) => term.code === code)?.label ?? code);
  return {
    tag: 'added',
    what: email,
    details: [
      ...(name ? [name] : []),
      ...(language === 'en' ? [] : [languageInWords(language)]),
      ...(work.length > 0 ? [`Counted as: ${work.join('; ')}`] : []),
    ],
  };
}

export interface ContactImportPage extends Page {
  fileName: string;
  /** In percent of the people; null when they are all done. */
  progress: { done: number; total: number; words: string } | null;
  /** Where the page stays as it is, or goes on being fetched anew, for browsers without script. */
  still: { href: string; text: string };
  outcome: string[];
  way: { href: string; text: string };
}

/** How far an import has come. A coordinator sees how many it took, and not how many were there already. */
export function contactImportPage(
  project: Project,
  survey: Survey,
  found: ContactImport,
  { isCoordinators, isStill }: { isCoordinators: boolean; isStill: boolean },
): ContactImportPage {
  const isDone = found.finishedAt !== null;
  const address = `/surveys/${survey.id}/contacts/imports/${found.id}`;
  return {
    title: isDone ? 'The people have been added' : 'Adding the people',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbs(project, survey, isCoordinators),
    fileName: found.fileName,
    progress: isDone
      ? null
      : {
          done: found.done,
          total: found.total,
          words: `${inThousands(found.done)} of ${inThousands(found.total)} done`,
        },
    still: isStill
      ? { href: address, text: 'See how far it has come now' }
      : { href: `${address}?still`, text: 'Do not fetch this page anew by itself' },
    outcome: isDone ? outcomeInWords(found, isCoordinators) : [],
    way: isCoordinators
      ? { href: `/surveys/${survey.id}/contacts/imports`, text: 'Invite more people' }
      : { href: `/surveys/${survey.id}/contacts`, text: 'See the people invited' },
    ...(isDone || isStill ? {} : { refreshes: true }),
  };
}

/** What came of an import, one thing each. */
export function outcomeInWords(found: ContactImport, isCoordinators: boolean): string[] {
  const { total, added, refused, leftOut } = found;
  const known = total - added - refused;
  const left = leftOut > 0 ? [`${rowsInWords(leftOut)} of the file left out`] : [];
  if (isCoordinators) {
    return [`${peopleInWords(total)} taken from the file. ${silentSentence}`, ...left];
  }
  return [
    `${peopleInWords(added)} added to the list`,
    ...(known > 0 ? [`${peopleInWords(known)} ${known === 1 ? 'was' : 'were'} on it already`] : []),
    ...(refused > 0 ? [`${peopleInWords(refused)} left out, for they asked not to be written to`] : []),
    ...left,
  ];
}
