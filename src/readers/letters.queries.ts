import type { Database } from '../platform/database';
import type { LetterState, ReportLetter } from './letter';

const columns = {
  id: 'id',
  releaseId: 'release_id',
  kind: 'kind',
  recipient: 'recipient',
  occasion: 'occasion',
  content: 'content',
  attempts: 'attempts',
};

/** Deletes letters that went, or failed for good, before an instant. */
export async function deleteOldLetters(db: Database, before: Date): Promise<void> {
  await db('report_letters')
    .whereNotIn('state', ['waiting', 'handing over'])
    .where('made_at', '<', before)
    .delete();
}

/** Writes down a letter to be sent; false where the person has one for this occasion. */
export async function insertLetter(
  trx: Database,
  letter: Omit<ReportLetter, 'attempts'>,
  now: Date,
): Promise<boolean> {
  const rows = await trx('report_letters')
    .insert({
      id: letter.id,
      release_id: letter.releaseId,
      kind: letter.kind,
      recipient: letter.recipient,
      occasion: letter.occasion,
      content: JSON.stringify(letter.content),
      made_at: now,
      due_at: now,
    })
    .onConflict(['release_id', 'recipient', 'occasion'])
    .ignore()
    .returning('id');
  return rows.length === 1;
}

/** Writes down a letter about an account, which belongs to no report. */
export async function insertAccountLetter(
  trx: Database,
  letter: Pick<ReportLetter, 'id' | 'kind' | 'recipient'>,
  now: Date,
): Promise<void> {
  const { id, kind, recipient } = letter;
  await trx('report_letters').insert({
    ...{ id, kind, recipient, release_id: null, occasion: `${kind} ${id}`, content: '{}' },
    ...{ made_at: now, due_at: now },
  });
}

/** Forgets the letters about accounts that were written down before, whatever has become of them. */
export async function deleteAccountLetters(db: Database, before: Date): Promise<void> {
  await db('report_letters').whereNull('release_id').where('made_at', '<', before).delete();
}

export async function listDueLetters(db: Database, now: Date, most: number): Promise<ReportLetter[]> {
  return db('report_letters')
    .where({ state: 'waiting' })
    .where('due_at', '<=', now)
    .orderBy(['due_at', 'made_at', 'id'])
    .limit(most)
    .select(columns);
}

/** Is there anything to send, or to find out about? */
export async function areLettersDue(db: Database, now: Date): Promise<boolean> {
  const { rows } = await db.raw(
    `select exists (select from report_letters where state = 'waiting' and due_at <= :now)
         or exists (select from report_letters where state = 'handing over' and claimed_until <= :now) as due`,
    { now },
  );
  return rows[0].due;
}

/** Writes down that a letter is being handed over. False where it is another worker's, or not to be sent after all. */
export async function beginLetter(db: Database, id: string, until: Date): Promise<boolean> {
  const changed = await db('report_letters')
    .where({ id, state: 'waiting' })
    .update({ state: 'handing over', claimed_until: until });
  return changed === 1;
}

/** Letters whose worker has fallen silent while it handed them over. */
export async function listLostLetters(
  db: Database,
  now: Date,
): Promise<{ id: string; claimedUntil: Date }[]> {
  return db('report_letters')
    .where({ state: 'handing over' })
    .where('claimed_until', '<=', now)
    .select({ id: 'id', claimedUntil: 'claimed_until' });
}

/** What has become of one of them; nothing is changed where another worker has settled it meanwhile. */
export async function settleLostLetter(
  db: Database,
  lost: { id: string; claimedUntil: Date },
  state: LetterState,
  now: Date,
): Promise<void> {
  await db('report_letters')
    .where({ id: lost.id, state: 'handing over', claimed_until: lost.claimedUntil })
    .update({ state, claimed_until: null, sent_at: isSent(state) ? now : null });
}

/** What has become of a letter that was tried. */
export interface LetterOutcome {
  state: LetterState;
  attempts: number;
  at: Date;
  dueAt?: Date;
  fault?: string;
}

/** Nothing is changed where the letter is no longer as this worker held it. */
export async function noteLetter(
  db: Database,
  id: string,
  held: LetterState,
  { state, attempts, at, dueAt, fault }: LetterOutcome,
): Promise<void> {
  await db('report_letters')
    .where({ id, state: held })
    .update({
      ...{ state, attempts, claimed_until: null },
      ...{ fault: (fault ?? '').slice(0, 300), sent_at: isSent(state) ? at : null },
      ...(dueAt ? { due_at: dueAt } : {}),
    });
}

/** Has the other side some time to tell whether it has taken a letter. */
export async function askLaterAbout(db: Database, id: string, until: Date): Promise<void> {
  await db('report_letters').where({ id, state: 'handing over' }).update({ claimed_until: until });
}

/** A letter that waits is not to be sent. */
export async function leaveOutLetter(db: Database, id: string): Promise<void> {
  await db('report_letters').where({ id, state: 'waiting' }).update({ state: 'left out' });
}

/** What is to be sent of this kind to this address, and has not been, is not sent. */
export async function leaveOutLettersTo(
  trx: Database,
  { releaseId, kind, recipient }: Pick<ReportLetter, 'releaseId' | 'kind' | 'recipient'>,
): Promise<void> {
  await trx('report_letters')
    .where({ release_id: releaseId, kind, recipient, state: 'waiting' })
    .update({ state: 'left out' });
}

/** How many letters of a kind each of these addresses has been written since, whatever the report; those with none are left out. */
export async function countLettersTo(
  db: Database,
  kind: string,
  recipients: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  const { rows } = await db.raw<{ rows: { recipient: string; count: number }[] }>(
    `select recipient, count(*)::integer as count
       from report_letters
      where kind = :kind
        and recipient = any(:recipients)
        and made_at > :since
        and state <> 'left out'
      group by recipient`,
    { kind, recipients: [...recipients], since },
  );
  return new Map(rows.map(({ recipient, count }) => [recipient, count]));
}

/** The newest letter of a kind to each address of a report: what has become of it. */
export async function listNewestLetters(
  db: Database,
  releaseId: string,
  kind: string,
): Promise<Map<string, { state: LetterState; fault: string }>> {
  const { rows } = await db.raw(
    `select distinct on (recipient)
            recipient, state, fault
       from report_letters
      where release_id = :releaseId
        and kind = :kind
      order by recipient, made_at desc, id`,
    { releaseId, kind },
  );
  return new Map(
    rows.map(({ recipient, state, fault }: { recipient: string; state: LetterState; fault: string }) => [
      recipient,
      { state, fault },
    ]),
  );
}

function isSent(state: LetterState): boolean {
  return state === 'sent' || state === 'kept';
}
