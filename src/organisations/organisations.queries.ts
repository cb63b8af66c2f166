import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Organisation } from './organisation';

const columns = { id: 'id', name: 'name' };

export async function listOrganisations(db: Database): Promise<Organisation[]> {
  return db('organisations').select(columns).orderByRaw('lower(name)');
}

export async function getOrganisation(db: Database, organisationId: string): Promise<Organisation> {
  const organisation = await db('organisations').where({ id: organisationId }).first(columns);
  if (!organisation) throw notFound('Organisation');
  return organisation;
}

/** The one every installation begins with: what is made without naming another belongs to it. */
export async function getFirstOrganisation(db: Database): Promise<Organisation> {
  const organisation = await db('organisations').orderBy(['created_at', 'id']).first(columns);
  if (!organisation) throw notFound('Organisation');
  return organisation;
}

/** Another organisation of this name, however it is capitalised. */
export async function findNamesake(
  trx: Database,
  name: string,
  organisationId: string | null,
): Promise<Organisation | undefined> {
  const namesakes = trx('organisations').whereRaw('lower(name) = lower(?)', [name]);
  return (organisationId ? namesakes.whereNot({ id: organisationId }) : namesakes).first(columns);
}

/** Keeps others from naming organisations until the caller's transaction ends. */
export async function lockNames(trx: Database): Promise<void> {
  await trx.raw('lock table organisations in share row exclusive mode');
}

export async function insertOrganisation(trx: Database, name: string): Promise<string> {
  const [row] = await trx('organisations').insert({ name }).returning('id');
  return row.id;
}

export async function updateOrganisation(trx: Database, organisationId: string, name: string): Promise<void> {
  await trx('organisations').where({ id: organisationId }).update({ name });
}
