import type { Database } from '../platform/database';
import type { KnownAddress } from './unsubscribe-token';

/** Why an organisation does not write to somebody. */
export type RefusalReason = 'asked' | 'complained';

export async function isRefused(
  db: Database,
  { organisationId, addressHash }: KnownAddress,
): Promise<boolean> {
  const row = await db('mail_refusals')
    .where({ organisation_id: organisationId, address_hash: addressHash })
    .first(db.raw('true as found'));
  return row !== undefined;
}

/** Has an organisation write to an address no more. Whoever is there already stays as they are. */
export async function insertRefusal(
  trx: Database,
  { organisationId, addressHash }: KnownAddress,
  why: RefusalReason,
  today: string,
): Promise<void> {
  await trx('mail_refusals')
    .insert({ organisation_id: organisationId, address_hash: addressHash, why, made_on: today })
    .onConflict(['organisation_id', 'address_hash'])
    .ignore();
}

export async function deleteRefusal(
  trx: Database,
  { organisationId, addressHash }: KnownAddress,
): Promise<boolean> {
  const deleted = await trx('mail_refusals')
    .where({ organisation_id: organisationId, address_hash: addressHash })
    .delete();
  return deleted === 1;
}

/** Which of these addresses an organisation does not write to, as hexadecimal. */
export async function listRefused(
  db: Database,
  organisationId: string,
  addressHashes: readonly Buffer[],
): Promise<Set<string>> {
  const { rows } = await db.raw<{ rows: { hash: string }[] }>(
    `select encode(r.address_hash, 'hex') as hash
       from unnest(:hashes::text[]) as n(hash)
       join mail_refusals r on r.organisation_id = :organisationId and r.address_hash = decode(n.hash, 'hex')`,
    { organisationId, hashes: addressHashes.map((hash) => hash.toString('hex')) },
  );
  return new Set(rows.map(({ hash }) => hash));
}
