import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { type Meanwhile, mergeEdits } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import {
  changedFields,
  type Notice,
  type NoticeContent,
  type NoticeFields,
  noticeContent,
  noticeFields,
  noticeLimits,
} from './notice';
import { insertNotice, listNotices } from './notices.queries';

/** Tells what a survey tells from its opening, in the caller's transaction. */
export async function giveFirstNotice(
  trx: Database,
  actor: Actor,
  { surveyId, content, now }: { surveyId: string; content: NoticeContent; now: Date },
): Promise<void> {
  const times = { inForceFrom: now, madeAt: now };
  await insertNotice(trx, { surveyId, number: 1, content, ...times, accountId: accountOf(actor) });
}

/** A changed notice as it was sent: what it says, and the version the form was made from. */
export interface NoticeChange {
  madeFrom: number;
  fields: NoticeFields;
  languages: readonly string[];
  inForceFrom: Date;
  now: Date;
}

/** What became of a change. Overtaken: somebody else was faster, nothing was saved, and `fields` brings both together. */
export type NoticeSaved =
  | { outcome: 'saved'; number: number }
  | { outcome: 'unchanged' }
  | { outcome: 'overtaken'; number: number; fields: NoticeFields; changes: Meanwhile[] };

/** Makes a new version of what a survey tells, in the caller's transaction. Where it says what the newest says, nothing is stored. */
export async function changeNotice(
  trx: Database,
  actor: Actor,
  surveyId: string,
  change: NoticeChange,
): Promise<NoticeSaved> {
  for (;;) {
    const versions = await listNotices(trx, surveyId);
    const [newest] = versions;
    if (!newest) throw notFound('Privacy notice');
    const seen = versions.find(({ number }) => number === change.madeFrom) ?? versions.at(-1)!;
    const [was, current] = [seen, newest].map(({ content }) => noticeFields(content, change.languages)) as [
      NoticeFields,
      NoticeFields,
    ];
    const { fields, changes } = mergeEdits(was, change.fields, current);
    if (changes.length > 0) return { outcome: 'overtaken', number: newest.number, fields, changes };
    const changed = changedFields(current, fields);
    if (changed.length === 0) return { outcome: 'unchanged' };
    if (await addVersion(trx, actor, newest, { ...change, fields, changed })) {
      return { outcome: 'saved', number: newest.number + 1 };
    }
    // Somebody else added a version between our reading and our writing: look again.
  }
}

async function addVersion(
  trx: Database,
  actor: Actor,
  { surveyId, number: newest }: Notice,
  { fields, languages, inForceFrom, now, changed }: NoticeChange & { changed: string[] },
): Promise<boolean> {
  if (newest >= noticeLimits.versions) {
    throw conflict(
      'The notice has been changed too often',
      `A survey can have ${noticeLimits.versions} versions of its privacy notice at most.`,
    );
  }
  const number = newest + 1;
  const content = noticeContent(fields, languages);
  const version = { surveyId, number, content, inForceFrom, accountId: accountOf(actor), madeAt: now };
  if (!(await insertNotice(trx, version))) return false;
  await appendAuditEntry(trx, actor, {
    action: 'notice changed',
    subject: 'survey',
    subjectId: surveyId,
    detail: { number, changed, inForceFrom: inForceFrom.toISOString() },
  });
  return true;
}

function accountOf(actor: Actor): string | null {
  return actor.kind === 'account' ? actor.accountId : null;
}
