import type { Database } from '../platform/database';
import { type BrokenLink, beginning, sealed, walkChain } from './seal';
import {
  claimSealing,
  countUnsealedSince,
  findLastSeal,
  insertSeals,
  listLinks,
  listUnsealed,
} from './seals.queries';

const atOnce = 5_000;

/**
 * Seals whatever has been written since: apart from the writing, which waits for nobody. An entry that is committed late is sealed late, and the chain is in the order of
 * sealing.
 */
export async function sealAudit(db: Database): Promise<void> {
  for (;;) {
    const count = await db.transaction(async (trx) => {
      if (!(await claimSealing(trx))) return 0;
      const entries = await listUnsealed(trx, atOnce);
      if (entries.length === 0) return 0;
      const last = (await findLastSeal(trx)) ?? { place: 0, hash: beginning };
      await insertSeals(trx, sealed(last, entries));
      return entries.length;
    });
    if (count < atOnce) return;
  }
}

/** What a walk along the whole chain finds. */
export interface AuditCheck {
  links: number;
  /** The hash of the last link, to be noted elsewhere: entries that are cut off its end are missed by nothing else. */
  head: string | null;
  broken: BrokenLink | null;
  /** Is the hash that was noted before a link of the chain? Null where none was given. */
  holdsNoted: boolean | null;
  /** Entries that should have been sealed long ago. */
  unsealed: number;
}

const sealedWithin = 15 * 60_000;

/** Walks the chain from its beginning. `noted` is a head that somebody wrote down. */
export async function checkAudit(db: Database, now: Date, noted: string | null): Promise<AuditCheck> {
  let last: { place: number; hash: Buffer } = { place: 0, hash: beginning };
  let holdsNoted = noted === null ? null : false;
  for (;;) {
    const links = await listLinks(db, last.place, atOnce);
    const walked = walkChain(last, links);
    if (links.some(({ hash }) => hash.toString('hex') === noted)) holdsNoted = true;
    const unsealed = await countUnsealedSince(db, new Date(now.getTime() - sealedWithin));
    if (walked.broken) {
      return { links: last.place, head: null, broken: walked.broken, holdsNoted, unsealed };
    }
    last = walked.last;
    if (links.length === atOnce) continue;
    const head = last.place === 0 ? null : last.hash.toString('hex');
    return { links: last.place, head, broken: null, holdsNoted, unsealed };
  }
}
