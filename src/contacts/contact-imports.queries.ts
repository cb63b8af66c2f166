import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { NewContact } from './contact';

/** People of a file on their way to the list, and how far they have come. */
export interface ContactImport {
  id: string;
  surveyId: string;
  accountId: string | null;
  /** The code of the only organisation it is of; empty where it is of all. */
  organisation: string;
  fileName: string;
  total: number;
  /** Rows of the file that nobody could be invited by. */
  leftOut: number;
  done: number;
  added: number;
  /** People who asked not to be written to. */
  refused: number;
  begunAt: Date;
  finishedAt: Date | null;
}

const columns = {
  id: 'id',
  surveyId: 'survey_id',
  accountId: 'account_id',
  organisation: 'organisation',
  fileName: 'file_name',
  total: 'total',
  leftOut: 'left_out',
  done: 'done',
  added: 'added',
  refused: 'refused',
  begunAt: 'begun_at',
  finishedAt: 'finished_at',
};

export async function findImport(
  db: Database,
  surveyId: string,
  importId: string,
): Promise<ContactImport | undefined> {
  return db('contact_imports').where({ id: importId, survey_id: surveyId }).first(columns);
}

export async function getImport(db: Database, importId: string): Promise<ContactImport> {
  const found = await db('contact_imports').where({ id: importId }).first(columns);
  if (!found) throw notFound('Import');
  return found;
}

/** What was brought into a survey's list, the newest first; by one person, where one is named. */
export async function listImports(
  db: Database,
  surveyId: string,
  { accountId, limit }: { accountId?: string; limit: number },
): Promise<ContactImport[]> {
  return db('contact_imports')
    .where({ survey_id: surveyId, ...(accountId ? { account_id: accountId } : {}) })
    .select(columns)
    .orderBy([{ column: 'begun_at', order: 'desc' }, 'id'])
    .limit(limit);
}

/** Imports that are not done, for the sweep. */
export async function listUnfinishedImports(db: Database): Promise<string[]> {
  return db('contact_imports').whereNull('finished_at').pluck('id');
}

/** The import, locked until the transaction ends; undefined where it is done, or somebody else is at it. */
export async function takeImport(trx: Database, importId: string): Promise<ContactImport | undefined> {
  return trx('contact_imports')
    .where({ id: importId })
    .whereNull('finished_at')
    .forUpdate()
    .skipLocked()
    .first(columns);
}

export async function insertImport(
  trx: Database,
  {
    id,
    surveyId,
    accountId,
    organisation,
    fileName,
    leftOut,
    begunAt,
  }: Omit<ContactImport, 'total' | 'done' | 'added' | 'refused' | 'finishedAt'>,
  contacts: readonly NewContact[],
): Promise<void> {
  await trx('contact_imports').insert({
    id,
    survey_id: surveyId,
    account_id: accountId,
    organisation,
    file_name: fileName,
    total: contacts.length,
    left_out: leftOut,
    begun_at: begunAt,
  });
  await trx.raw(
    `insert into contact_import_rows (import_id, position, email, name, language, facets)
     select :id, n.position, n.contact ->> 'email', n.contact ->> 'name', n.contact ->> 'language', n.contact -> 'facets'
       from jsonb_array_elements(:contacts) with ordinality as n(contact, position)`,
    { id, contacts: JSON.stringify(contacts) },
  );
}

/** Takes the next people of an import out of it. */
export async function takeRows(trx: Database, importId: string, count: number): Promise<NewContact[]> {
  const { rows } = await trx.raw<{ rows: (NewContact & { position: number })[] }>(
    `with next as (
       select position
         from contact_import_rows
        where import_id = :importId
        order by position
        limit :count
     )
     delete from contact_import_rows r
      using next n
      where r.import_id = :importId
        and r.position = n.position
     returning r.position, r.email, r.name, r.language, r.facets`,
    { importId, count },
  );
  return rows.sort((one, other) => one.position - other.position);
}

/** Somebody to add, by the keyed hash of their address, and the link they are counted under. */
export interface HashedContact extends NewContact {
  addressHash: Buffer;
  linkId: string | null;
}

/**
 * Puts people on a survey's list and invites them, except those who are there already and those the organisation does not
 * write to. Gives the hashes, as hexadecimal, of whom it added and of whom it left out because they asked.
 */
export async function insertContacts(
  trx: Database,
  survey: { id: string; organisationId: string },
  contacts: readonly HashedContact[],
  today: string,
): Promise<{ added: string[]; refused: string[] }> {
  const rows = contacts.map(({ email, name, language, linkId, addressHash }) => ({
    ...{ email, name, language, linkId },
    hash: addressHash.toString('hex'),
  }));
  const { rows: told } = await trx.raw<{ rows: { hash: string; refused: boolean }[] }>(
    `with brought as (
       select distinct on (n.hash) n.email, n.name, n.language, n."linkId" as link_id,
              decode(n.hash, 'hex') as address_hash
         from jsonb_to_recordset(:rows) as n(email text, name text, language text, "linkId" uuid, hash text)
     ),
     refused as (
       select b.address_hash
         from brought b
         join mail_refusals r on r.organisation_id = :organisationId and r.address_hash = b.address_hash
     ),
     added as (
       insert into contacts (survey_id, email, address_hash, name, language, added_on)
       select :surveyId, b.email, b.address_hash, b.name, b.language, :today
         from brought b
        where b.address_hash not in (select address_hash from refused)
        order by b.address_hash
           on conflict (survey_id, address_hash) do nothing
       returning id, address_hash
     ),
     invited as (
       insert into invitations (contact_id, survey_id, link_id)
       select a.id, :surveyId, b.link_id
         from added a
         join brought b on b.address_hash = a.address_hash
     )
     select encode(address_hash, 'hex') as hash, false as refused from added
     union all
     select encode(address_hash, 'hex'), true from refused`,
    { surveyId: survey.id, organisationId: survey.organisationId, today, rows: JSON.stringify(rows) },
  );
  const hashes = (isRefused: boolean) =>
    told.filter(({ refused }) => refused === isRefused).map(({ hash }) => hash);
  return { added: hashes(false), refused: hashes(true) };
}

/** Moves an import on; it is finished when nobody is left in it. */
export async function advanceImport(
  trx: Database,
  importId: string,
  { done, added, refused }: { done: number; added: number; refused: number },
  now: Date,
): Promise<void> {
  await trx.raw(
    `update contact_imports
        set done        = done + :done,
            added       = added + :added,
            refused     = refused + :refused,
            finished_at = case when done + :done = total then :now::timestamptz end
      where id = :importId`,
    { importId, done, added, refused, now },
  );
}

/** Adds to what is counted of a survey. */
export async function addToCounts(
  trx: Database,
  surveyId: string,
  counts: readonly { kind: string; key: string; count: number }[],
): Promise<void> {
  await trx.raw(
    `insert into survey_counts (survey_id, kind, key, count)
     select :surveyId, n.kind, n.key, n.count
       from jsonb_to_recordset(:counts) as n(kind text, key text, count integer)
      order by n.kind, n.key
         on conflict (survey_id, kind, key) do update set count = survey_counts.count + excluded.count`,
    { surveyId, counts: JSON.stringify(counts) },
  );
}
