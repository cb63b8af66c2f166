import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Contact, ContactState } from './contact';
import type { KnownAddress } from './unsubscribe-token';

const columns = {
  id: 'id',
  surveyId: 'survey_id',
  email: 'email',
  name: 'name',
  language: 'language',
  state: 'state',
};

export async function getContact(db: Database, surveyId: string, contactId: string): Promise<Contact> {
  const contact = await db('contacts').where({ id: contactId, survey_id: surveyId }).first(columns);
  if (!contact) throw notFound('Contact');
  return contact;
}

/** The address of somebody on a list, as the organisation knows it that runs the survey. */
export async function getKnownAddress(db: Database, contactId: string): Promise<KnownAddress> {
  const known = await db({ c: 'contacts' })
    .join({ s: 'surveys' }, 's.id', 'c.survey_id')
    .join({ p: 'projects' }, 'p.id', 's.project_id')
    .where('c.id', contactId)
    .first({ organisationId: 'p.organisation_id', addressHash: 'c.address_hash' });
  if (!known) throw notFound('Contact');
  return known;
}

/** Part of a survey's list by address, and how many there are that fit. What is searched for stands anywhere in the address. */
export async function listContacts(
  db: Database,
  surveyId: string,
  { search, offset, limit }: { search: string; offset: number; limit: number },
): Promise<{ contacts: Contact[]; count: number }> {
  const found = db('contacts').where({ survey_id: surveyId });
  if (search !== '') found.whereRaw(`strpos(lower(email), lower(?)) > 0`, [search]);
  const counted = await found.clone().first<{ count: number }>(db.raw('count(*) as count'));
  const contacts = await found.select(columns).orderBy(['email', 'id']).offset(offset).limit(limit);
  return { contacts, count: counted!.count };
}

/** How many people of a survey's list there are in each state. */
export async function countContacts(db: Database, surveyId: string): Promise<Record<ContactState, number>> {
  const rows = await db('contacts')
    .where({ survey_id: surveyId })
    .groupBy('state')
    .select('state', db.raw('count(*) as count'));
  const counts = { active: 0, withdrawn: 0, refused: 0, bounced: 0, complained: 0 };
  return { ...counts, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

/** Which of these surveys invite people by name, or did until their lists were deleted. */
export async function listInviting(db: Database, surveyIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `select s.id
       from surveys s
      where s.id = any(:surveyIds)
        and (exists (select 1 from contacts c where c.survey_id = s.id)
             or exists (select 1 from survey_counts n where n.survey_id = s.id and n.kind = 'invited'))`,
    { surveyIds: [...surveyIds] },
  );
  return rows.map(({ id }) => id);
}

/** Which of these people have answered. Asked of confidential surveys only. */
export async function listAnswered(db: Database, contactIds: readonly string[]): Promise<Set<string>> {
  return new Set(
    await db('invitations').whereIn('contact_id', contactIds).where({ answered: true }).pluck('contact_id'),
  );
}

/** Changes what becomes of writing to somebody; false where they were not in one of the states it starts from. */
export async function setContactState(
  trx: Database,
  contactId: string,
  state: ContactState,
  from: readonly ContactState[],
): Promise<boolean> {
  const changed = await trx('contacts').where({ id: contactId }).whereIn('state', from).update({ state });
  return changed === 1;
}

/** The same for all of a survey's people with these addresses. Gives the addresses' hashes, whether they changed or not. */
export async function setStateOfAddresses(
  trx: Database,
  surveyId: string,
  addressHashes: readonly Buffer[],
  state: ContactState,
  from: readonly ContactState[],
): Promise<Buffer[]> {
  const known = await trx('contacts')
    .where({ survey_id: surveyId })
    .whereIn('address_hash', addressHashes)
    .pluck('address_hash');
  await trx('contacts')
    .where({ survey_id: surveyId })
    .whereIn('address_hash', addressHashes)
    .whereIn('state', from)
    .update({ state });
  return known;
}

/** The same for somebody on every list of an organisation. Gives how many lists they were on so. */
export async function setStateInOrganisation(
  trx: Database,
  { organisationId, addressHash }: { organisationId: string; addressHash: Buffer },
  state: ContactState,
  from: readonly ContactState[],
): Promise<number> {
  return trx('contacts')
    .where({ address_hash: addressHash })
    .whereIn('state', from)
    .whereIn(
      'survey_id',
      trx('surveys')
        .join('projects', 'projects.id', 'surveys.project_id')
        .where('projects.organisation_id', organisationId)
        .select('surveys.id'),
    )
    .update({ state });
}

/** Which of these addresses are on a survey's list, as hexadecimal. */
export async function listKnownAddresses(
  db: Database,
  surveyId: string,
  addressHashes: readonly Buffer[],
): Promise<Set<string>> {
  const { rows } = await db.raw<{ rows: { hash: string }[] }>(
    `select encode(c.address_hash, 'hex') as hash
       from unnest(:hashes::text[]) as n(hash)
       join contacts c on c.survey_id = :surveyId and c.address_hash = decode(n.hash, 'hex')`,
    { surveyId, hashes: addressHashes.map((hash) => hash.toString('hex')) },
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** Deletes a survey's list, with its invitations and with what was brought in. Gives how many people were on it. */
export async function deleteContacts(trx: Database, surveyId: string): Promise<number> {
  await trx('contact_imports').where({ survey_id: surveyId }).delete();
  return trx('contacts').where({ survey_id: surveyId }).delete();
}
