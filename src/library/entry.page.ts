import { formatDate } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { textIn } from '../questionnaires/text';
import type { Page } from '../web/layout';
import type { EntryDetails, LibraryEntry } from './entry';
import { addressWith, kindInWords, scopeInWords } from './library.page';
import { questionsToRead, type ReadQuestion } from './reading.page';

/** What somebody may do with an entry. */
export interface EntryRights {
  change: boolean;
  /** Share it with the organisation, or keep it to its project again. */
  share: boolean;
}

export interface EntryPage extends Page {
  retired: string | null;
  rows: { key: { text: string }; value: { text: string } }[];
  heading: string;
  description: string;
  questions: ReadQuestion[];
  copies: string;
  actions: {
    edit: string | null;
    share: { action: string; scope: string; text: string } | null;
    retire: string | null;
    restore: string | null;
  };
}

/** An entry to read: its questions as people meet them, and what can be done with it. */
export function entryPage(
  project: Project,
  organisation: string,
  entry: LibraryEntry,
  may: EntryRights,
): EntryPage {
  const address = (end: string) => addressWith(`/library/${entry.id}${end}`, { from: project.id });
  const { content } = entry;
  const row = (key: string, value: string) =>
    value === '' ? [] : [{ key: { text: key }, value: { text: value } }];
  return {
    title: entry.title,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, libraryCrumb(project)),
    retired: entry.retiredAt
      ? `Retired on ${formatDate(entry.retiredAt)}. It can no longer be inserted; where it was inserted, nothing has changed.`
      : null,
    rows: [
      ...row('Kind', kindInWords(entry.kind, content.elements.length)),
      ...row('For', scopeInWords(entry, organisation)),
      ...row('Tags', entry.tags.join(', ')),
      ...row('Note', entry.note),
      ...row('Kept on', formatDate(entry.madeAt)),
    ],
    heading: textIn(content.title) || (content.elements.length === 1 ? 'The question' : 'The questions'),
    description: textIn(content.description),
    questions: questionsToRead(content),
    copies:
      'Whoever inserts this gets a copy. Changing or retiring it here changes no questionnaire, and changing a questionnaire changes nothing here.',
    actions: {
      edit: may.change ? address('/edit') : null,
      share: may.share ? sharing(address('/sharing'), entry, organisation) : null,
      retire: may.change && !entry.retiredAt ? address('/retirement') : null,
      restore: may.change && entry.retiredAt ? address('/restoration') : null,
    },
  };
}

function sharing(action: string, { projectId }: LibraryEntry, organisation: string) {
  return projectId
    ? { action, scope: 'organisation', text: `Share with ${organisation}` }
    : { action, scope: 'project', text: 'Keep to the project it comes from' };
}

/** The way to a project's library. */
export function libraryCrumb(project: Project): Crumb {
  return { href: `/projects/${project.id}/library`, text: 'Library' };
}

/** What stands in the fields that say something of an entry. */
export interface DetailsFields {
  title: string;
  note: string;
  tags: string;
}

/** The fields as an entry fills them. */
export function fieldsOf({ title, note, tags }: EntryDetails): DetailsFields {
  return { title, note, tags: tags.join(', ') };
}

/** The fields as they were typed. */
export function typedFields(body: Record<string, unknown>): DetailsFields {
  return { title: String(body.title ?? ''), note: String(body.note ?? ''), tags: String(body.tags ?? '') };
}

export interface EditingPage extends Page {
  action: string;
  cancel: string;
  fields: DetailsFields;
}

/** The form that changes what is said of an entry. */
export function editingPage(
  project: Project,
  entry: LibraryEntry,
  fields: DetailsFields,
  errors?: FieldErrors,
): EditingPage {
  const address = (end: string) => addressWith(`/library/${entry.id}${end}`, { from: project.id });
  return {
    title: 'Change this library entry',
    section: entry.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, libraryCrumb(project), { href: address(''), text: entry.title }),
    action: address('/edit'),
    cancel: address(''),
    fields,
    ...(errors ? { errors } : {}),
  };
}
