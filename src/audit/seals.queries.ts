import type { Database } from '../platform/database';
import type { Seal, SealedText } from './seal';

/** Every column in one text that is the same for the same entry, whatever the session's time zone. Where it came from was not kept of the first ones. */
const entryText = `(
  jsonb_build_array(e.id, extract(epoch from e.at)::text, e.actor, e.account_id, e.action, e.subject, e.subject_id, e.detail)
  || case when e.origin is null then '[]'::jsonb else jsonb_build_array(e.origin) end
)::text`;

/** Only one process seals at a time; false where another does. */
export async function claimSealing(trx: Database): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { claimed: boolean }[] }>(
    `select pg_try_advisory_xact_lock(hashtextextended('seal the audit trail', 0)) as claimed`,
  );
  return rows[0]!.claimed;
}

export async function findLastSeal(db: Database): Promise<Pick<Seal, 'place' | 'hash'> | undefined> {
  return db('audit_seals').orderBy('place', 'desc').first('place', 'hash');
}

/** Entries without a seal, the oldest first. */
export async function listUnsealed(db: Database, limit: number): Promise<SealedText[]> {
  return db({ e: 'audit_entries' })
    .leftJoin({ s: 'audit_seals' }, 's.entry_id', 'e.id')
    .whereNull('s.entry_id')
    .orderBy('e.id')
    .limit(limit)
    .select({ entryId: 'e.id' }, db.raw(`${entryText} as text`));
}

export async function insertSeals(trx: Database, seals: readonly Seal[]): Promise<void> {
  await trx('audit_seals').insert(
    seals.map(({ place, entryId, hash }) => ({ place, entry_id: entryId, hash })),
  );
}

/** Links of the chain with their entries, those after a place. */
export async function listLinks(
  db: Database,
  after: number,
  limit: number,
): Promise<(Seal & { text: string | null })[]> {
  return db({ s: 'audit_seals' })
    .leftJoin({ e: 'audit_entries' }, 'e.id', 's.entry_id')
    .where('s.place', '>', after)
    .orderBy('s.place')
    .limit(limit)
    .select({ place: 's.place', entryId: 's.entry_id', hash: 's.hash' })
    .select(db.raw(`case when e.id is not null then ${entryText} end as text`));
}

/** How many entries have waited for their seal since before this moment. */
export async function countUnsealedSince(db: Database, moment: Date): Promise<number> {
  const row = await db({ e: 'audit_entries' })
    .leftJoin({ s: 'audit_seals' }, 's.entry_id', 'e.id')
    .whereNull('s.entry_id')
    .where('e.at', '<', moment)
    .count({ count: '*' })
    .first();
  return Number(row!.count);
}
