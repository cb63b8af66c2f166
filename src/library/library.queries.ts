import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import { type EntryDetails, entryLimits, type LibraryEntry, wordsIn } from './entry';

const lightColumns = {
  id: 'e.id',
  organisationId: 'e.organisation_id',
  madeIn: 'e.made_in',
  projectId: 'e.project_id',
  kind: 'e.kind',
  title: 'e.title',
  note: 'e.note',
  tags: 'e.tags',
  madeAt: 'e.made_at',
  changedAt: 'e.changed_at',
  retiredAt: 'e.retired_at',
};

const columns = { ...lightColumns, content: 'e.content' };

/** An entry in a list: how many questions it holds, without them. */
export type ListedEntry = Omit<LibraryEntry, 'content'> & { questions: number };

/** The project that looks into the library: it sees its own entries and those of its organisation. */
export interface Reader {
  id: string;
  organisationId: string;
}

/** What is looked for. Every word is to be found somewhere in the entry. */
export interface Search {
  words: readonly string[];
  tag: string | null;
  retired: boolean;
}

function visibleTo(db: Database, { id, organisationId }: Reader) {
  return db({ e: 'library_entries' })
    .where('e.organisation_id', organisationId)
    .where((row) => row.whereNull('e.project_id').orWhere('e.project_id', id));
}

/** What a project finds in the library, the newest first; one more than are shown, to tell that there are more. */
export async function listEntries(db: Database, reader: Reader, search: Search): Promise<ListedEntry[]> {
  const entries = visibleTo(db, reader)
    .where((row) => (search.retired ? row.whereNotNull('e.retired_at') : row.whereNull('e.retired_at')))
    .select({ ...lightColumns, questions: db.raw("jsonb_array_length(e.content -> 'elements')") })
    .orderBy([{ column: 'e.made_at', order: 'desc' }, 'e.id'])
    .limit(entryLimits.shown + 1);
  for (const word of search.words) {
    entries.whereRaw("concat_ws(e'\\n', e.title, e.note, array_to_string(e.tags, e'\\n'), e.words) ilike ?", [
      `%${word.replace(/[\\%_]/g, '\\$&')}%`,
    ]);
  }
  if (search.tag !== null) {
    entries.whereRaw('lower(?) in (select lower(t) from unnest(e.tags) as t)', [search.tag]);
  }
  return entries;
}

/** The tags of what a project finds in the library, each once. */
export async function listTags(db: Database, reader: Reader): Promise<string[]> {
  const rows = await visibleTo(db, reader)
    .whereNull('e.retired_at')
    .joinRaw('cross join unnest(e.tags) as t(tag)')
    .groupByRaw('lower(t.tag)')
    .orderByRaw('lower(t.tag)')
    .select<{ tag: string }[]>(db.raw('min(t.tag) as tag'));
  return rows.map(({ tag }) => tag);
}

/** How many entries a project finds in the library, retired ones apart. */
export async function countEntries(
  db: Database,
  reader: Reader,
): Promise<{ inUse: number; retired: number }> {
  const row = await visibleTo(db, reader)
    .count({ all: '*', retired: 'e.retired_at' })
    .first<{ all: string; retired: string }>();
  return { inUse: Number(row!.all) - Number(row!.retired), retired: Number(row!.retired) };
}

export async function getEntry(db: Database, entryId: string): Promise<LibraryEntry> {
  const entry = await db({ e: 'library_entries' }).where('e.id', entryId).first(columns);
  if (!entry) throw notFound('Library entry');
  return entry;
}

/** Those of the named entries a project may use, in the order in which they are named. */
export async function listUsable(
  db: Database,
  reader: Reader,
  entryIds: readonly string[],
): Promise<LibraryEntry[]> {
  const entries: LibraryEntry[] = await visibleTo(db, reader)
    .whereNull('e.retired_at')
    .whereIn('e.id', entryIds)
    .select(columns);
  return entryIds.flatMap((id) => entries.filter((entry) => entry.id === id));
}

export async function insertEntry(
  trx: Database,
  entry: Omit<LibraryEntry, 'id' | 'changedAt' | 'retiredAt'> & { madeBy: string | null },
): Promise<string> {
  const [row] = await trx('library_entries')
    .insert({
      organisation_id: entry.organisationId,
      made_in: entry.madeIn,
      project_id: entry.projectId,
      kind: entry.kind,
      title: entry.title,
      note: entry.note,
      tags: entry.tags,
      content: JSON.stringify(entry.content),
      words: wordsIn(entry.content),
      made_by: entry.madeBy,
      made_at: entry.madeAt,
      changed_at: entry.madeAt,
    })
    .returning('id');
  return row.id;
}

export async function updateDetails(
  trx: Database,
  entryId: string,
  { title, note, tags }: EntryDetails,
  now: Date,
): Promise<void> {
  await trx('library_entries').where({ id: entryId }).update({ title, note, tags, changed_at: now });
}

/** Gives an entry to the project it was made in, or to the whole organisation; false when it was so already. */
export async function setShared(
  trx: Database,
  entryId: string,
  shared: boolean,
  now: Date,
): Promise<boolean> {
  const changed = await trx('library_entries')
    .where({ id: entryId })
    .where((row) => (shared ? row.whereNotNull('project_id') : row.whereNull('project_id')))
    .update({ project_id: shared ? null : trx.ref('made_in'), changed_at: now });
  return changed === 1;
}

/** Retires or brings back; false when it was so already. */
export async function setRetired(trx: Database, entryId: string, retiredAt: Date | null): Promise<boolean> {
  const changed = await trx('library_entries')
    .where({ id: entryId })
    .where((row) => (retiredAt ? row.whereNull('retired_at') : row.whereNotNull('retired_at')))
    .update({ retired_at: retiredAt });
  return changed === 1;
}
