import type { Database } from '../platform/database';
import type { Actor } from './actor';
import { originNow } from './origin';

export interface AuditEntry {
  /** A verb in the past: "project created". */
  action: string;
  /** The noun it was done to, and which one. */
  subject: string;
  subjectId: string | null;
  /** Codes, dates and counts that explain it; never an answer, a name or a token. */
  detail?: Record<string, unknown>;
}

/** Appends to the trail. Call it with the transaction of the change it records. */
export async function appendAuditEntry(trx: Database, actor: Actor, entry: AuditEntry): Promise<void> {
  await trx('audit_entries').insert({
    actor: actor.kind,
    account_id: actor.kind === 'account' ? actor.accountId : null,
    action: entry.action,
    subject: entry.subject,
    subject_id: entry.subjectId,
    detail: JSON.stringify(entry.detail ?? {}),
    origin: actor.kind === 'account' ? (originNow()?.slice(0, 64) ?? null) : null,
  });
}

/** What to look for in the trail; null is anything. */
export interface AuditSearch {
  /** An account's address, or the other kinds of actor. */
  who: string | null;
  /** What the action begins with. */
  action: string | null;
  /** The id of what it was done to. */
  subjectId: string | null;
  /** The address of the network it was done from. */
  origin: string | null;
  from: Date | null;
  /** Up to this instant, and not at it. */
  until: Date | null;
  /** Entries older than this one. */
  before: number | null;
}

export interface FoundEntry {
  id: number;
  at: Date;
  actor: string;
  /** The address of the account. */
  email: string | null;
  action: string;
  subject: string;
  subjectId: string | null;
  detail: Record<string, unknown>;
  /** The address of the network it was done from. */
  origin: string | null;
}

/** Entries of the trail, the newest first. */
export async function findEntries(db: Database, search: AuditSearch, limit: number): Promise<FoundEntry[]> {
  const found = db({ e: 'audit_entries' })
    .leftJoin({ a: 'accounts' }, 'a.id', 'e.account_id')
    .orderBy('e.id', 'desc')
    .limit(limit)
    .select({
      ...{ id: 'e.id', at: 'e.at', actor: 'e.actor', email: 'a.email', action: 'e.action' },
      ...{ subject: 'e.subject', subjectId: 'e.subject_id', detail: 'e.detail', origin: 'e.origin' },
    });
  if (search.who !== null) {
    const isAddress = search.who.includes('@');
    found.where(isAddress ? { 'a.email': search.who } : { 'e.actor': search.who });
  }
  if (search.action !== null) found.whereRaw('starts_with(e.action, ?)', [search.action]);
  if (search.subjectId !== null) found.where('e.subject_id', search.subjectId);
  if (search.origin !== null) found.where('e.origin', search.origin);
  if (search.from !== null) found.where('e.at', '>=', search.from);
  if (search.until !== null) found.where('e.at', '<', search.until);
  if (search.before !== null) found.where('e.id', '<', search.before);
  return found;
}
