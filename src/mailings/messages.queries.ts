import { type Database, run } from '../platform/database';
import type { Survey } from '../surveys/survey';
import type { Addressees, Mailing, MailingKind, MessageCounts, MessageState } from './mailing';

/** Somebody who may be written to: still on the list, and not among those who asked for no more. */
const mayBeWrittenTo = `c.state = 'active' and r.address_hash is null`;

/** Everybody on a survey's list; `f` is their invitation, however far it has come. */
const everybody = `
    from contacts c
    join surveys s on s.id = c.survey_id
    join projects p on p.id = s.project_id
    join invitations i on i.contact_id = c.id
    left join mail_refusals r on r.organisation_id = p.organisation_id and r.address_hash = c.address_hash
    left join messages f on f.contact_id = c.id and f.kind = 'invitation' and f.round = 1
    left join messages t on t.contact_id = c.id and t.kind = 'thanks' and t.round = 1`;

/** An invitation that was left out may be sent after all: the person may be on the list again. */
const whoToWriteTo: Record<MailingKind, string> = {
  invitation: `${mayBeWrittenTo} and (f.id is null or f.state = 'left out')`,
  reminder: `${mayBeWrittenTo} and f.state in ('sent', 'kept') and f.sent_at <= :since and not i.answered`,
  thanks: `${mayBeWrittenTo} and (t.id is null or t.state = 'left out')
           and (i.answered or s.promise = 'anonymous') and f.state in ('sent', 'kept')`,
};

/** How many there are to write to. `since`: who was invited later is not reminded yet. */
export async function countAddressees(db: Database, surveyId: string, since: Date): Promise<Addressees> {
  const { rows } = await db.raw(
    `select count(*)::integer                                                        as "contacts",
            count(*) filter (where ${whoToWriteTo.invitation})::integer              as "toInvite",
            count(*) filter (where f.state in ('sent', 'kept'))::integer             as "invited",
            count(*) filter (where f.state in ('sent', 'kept') and i.answered)::integer as "answered",
            count(*) filter (where ${mayBeWrittenTo} and f.state in ('sent', 'kept')
                               and f.sent_at <= :since)::integer                     as "within",
            count(*) filter (where ${whoToWriteTo.reminder})::integer                as "toRemind",
            count(*) filter (where ${whoToWriteTo.thanks})::integer                  as "toThank"
      ${everybody}
      where c.survey_id = :surveyId`,
    { surveyId, since },
  );
  return rows[0];
}

/** A message for each person, all in one statement; gives how many. */
export async function insertMessages(
  trx: Database,
  mailing: Pick<Mailing, 'id' | 'surveyId' | 'kind' | 'round'>,
  { now, since }: { now: Date; since: Date },
): Promise<number> {
  const { id, surveyId, kind } = mailing;
  // Nobody is invited or thanked twice, however many mailings there are; a reminder is another one each round.
  const round = kind === 'reminder' ? mailing.round : 1;
  const { rowCount } = await trx.raw(
    `insert into messages (mailing_id, contact_id, kind, round, due_at)
     select :id, c.id, :kind, :round, :now
      ${everybody}
      where c.survey_id = :surveyId
        and ${whoToWriteTo[kind]}
     on conflict (contact_id, kind, round) do update
        set mailing_id = excluded.mailing_id, state = 'waiting', attempts = 0, due_at = excluded.due_at, fault = ''
      where messages.state = 'left out'`,
    { id, kind, round, now, since, surveyId },
  );
  return rowCount;
}

/** A message that is this worker's to send. */
export interface TakenMessage {
  id: string;
  attempts: number;
  contactId: string;
  email: string;
  addressHash: Buffer;
  name: string;
  language: string;
}

/** Why a message is not to be sent after all; null where it is. */
const reasonToLeaveOut = `
  case when g.kind <> 'thanks' and (s.launched_at is null or s.closes_at <= :now) then 'The survey has closed'
       when c.state = 'refused' or r.address_hash is not null then 'Asked for no more e-mails'
       when c.state <> 'active' then 'No longer on the list, or the address does not work'
       when g.kind = 'reminder' and i.answered then 'Has answered'
       when g.kind = 'thanks' and s.promise <> 'anonymous' and not i.answered then 'Has not answered'
  end`;

const inContext = `
       from mailings g, surveys s, projects p, contacts c
       join invitations i on i.contact_id = c.id
       left join mail_refusals r on r.address_hash = c.address_hash
        and r.organisation_id = (
          select q.organisation_id
            from surveys z
            join projects q on q.id = z.project_id
           where z.id = c.survey_id
        )
      where g.id = m.mailing_id
        and s.id = g.survey_id
        and p.id = s.project_id
        and c.id = m.contact_id`;

/** Takes messages that are due, which no other worker has, until a time; leaves out whoever is not to get one any more. */
export async function takeMessages(
  db: Database,
  {
    mailingId,
    claim,
    until,
    now,
    most,
  }: { mailingId: string; claim: string; until: Date; now: Date; most: number },
): Promise<{ due: number; taken: TakenMessage[] }> {
  return db.transaction(async (trx) => {
    const { rowCount } = await trx.raw(
      `update messages
          set state = 'taken', claim = :claim, claimed_until = :until
        where id in (
          select id
            from messages
           where mailing_id = :mailingId
             and state = 'waiting'
             and due_at <= :now
           order by due_at
           limit :most
             for update skip locked
        )`,
      { mailingId, claim, until, now, most },
    );
    await trx.raw(
      `update messages m
          set state = 'left out', claim = null, claimed_until = null, fault = ${reasonToLeaveOut}
       ${inContext}
          and m.claim = :claim
          and m.mailing_id = :mailingId
          and ${reasonToLeaveOut} is not null`,
      { claim, mailingId, now },
    );
    const taken: TakenMessage[] = await trx({ m: 'messages' })
      .join({ c: 'contacts' }, 'c.id', 'm.contact_id')
      .where({ 'm.claim': claim, 'm.mailing_id': mailingId })
      .select({
        id: 'm.id',
        attempts: 'm.attempts',
        contactId: 'c.id',
        email: 'c.email',
        addressHash: 'c.address_hash',
        name: 'c.name',
        language: 'c.language',
      });
    return { due: rowCount as number, taken };
  });
}

/**
 * Writes down that a message is being handed over, and what its link is known by. False where it must not be: the mailing
 * has been paused, the person has answered, or it is no longer this worker's.
 */
export async function beginHandingOver(
  db: Database,
  {
    id,
    claim,
    tokenHash,
    until,
    now,
  }: { id: string; claim: string; tokenHash: Buffer | null; until: Date; now: Date },
): Promise<boolean> {
  const { rowCount } = await db.raw(
    `update messages m
        set state = 'handing over', token_hash = :tokenHash, claimed_until = :until
     ${inContext}
        and m.id = :id
        and m.claim = :claim
        and m.state = 'taken'
        and g.state = 'running'
        and ${reasonToLeaveOut} is null`,
    { id, claim, tokenHash, until, now },
  );
  return rowCount === 1;
}

/** Gives back a message that was not handed over: to wait, or left out with the reason. */
export async function giveBackMessage(db: Database, id: string, claim: string, now: Date): Promise<void> {
  await db.raw(
    `update messages m
        set state = case when ${reasonToLeaveOut} is null then 'waiting' else 'left out' end,
            fault = coalesce(${reasonToLeaveOut}, ''),
            claim = null,
            claimed_until = null
     ${inContext}
        and m.id = :id
        and m.claim = :claim
        and m.state = 'taken'`,
    { id, claim, now },
  );
}

/** What has become of a message that was tried. */
export interface Outcome {
  state: Extract<MessageState, 'sent' | 'kept' | 'failed' | 'bounced' | 'in doubt' | 'waiting'>;
  attempts: number;
  at: Date;
  dueAt?: Date;
  fault?: string;
  providerId?: string | null;
}

/** Prepared: two statements a message are all that sending costs the database. */
export async function noteOutcome(db: Database, id: string, claim: string, outcome: Outcome): Promise<void> {
  const { state, attempts, at, dueAt = at, fault = '', providerId = null } = outcome;
  await run(
    db,
    {
      name: 'note-outcome',
      // A lease that ran out does not make what is known unknown.
      text: `update messages
                set state = $3, attempts = $4, due_at = $5, fault = $6, provider_id = $7, sent_at = $8,
                    claim = null, claimed_until = null
              where id = $1
                and (claim = $2 or state = 'in doubt')`,
    },
    [
      id,
      claim,
      state,
      attempts,
      dueAt,
      fault,
      providerId,
      ['sent', 'kept', 'bounced'].includes(state) ? at : null,
    ],
  );
}

/** Keeps a message that may have arrived with this worker's lease, for whoever looks it up when that is over. */
export async function leaveInDoubtUntil(db: Database, id: string, claim: string, until: Date): Promise<void> {
  await db('messages').where({ id, claim, state: 'handing over' }).update({ claimed_until: until });
}

/** Gives back whatever this worker has taken and not tried. */
export async function giveBackAll(db: Database, mailingId: string, claim: string): Promise<void> {
  await db('messages')
    .where({ mailing_id: mailingId, claim, state: 'taken' })
    .update({ state: 'waiting', claim: null, claimed_until: null });
}

/** Messages a worker had taken who has fallen silent: not handed over, so they can wait again. */
export async function takeBackLost(db: Database, mailingId: string, now: Date): Promise<void> {
  await db('messages')
    .where({ mailing_id: mailingId, state: 'taken' })
    .where('claimed_until', '<=', now)
    .update({ state: 'waiting', claim: null, claimed_until: null });
}

/** Messages that were being handed over by a worker who has fallen silent. */
export async function listLostHandingOver(
  db: Database,
  mailingId: string,
  now: Date,
  most: number,
): Promise<{ id: string; claim: string; attempts: number }[]> {
  return db('messages')
    .where({ mailing_id: mailingId, state: 'handing over' })
    .where('claimed_until', '<=', now)
    .orderBy('id')
    .limit(most)
    .select('id', 'claim', 'attempts');
}

/** Nobody can tell whether these have arrived. They are not sent again by themselves. */
export async function putInDoubt(db: Database, mailingId: string, now: Date): Promise<void> {
  await db('messages')
    .where({ mailing_id: mailingId, state: 'handing over' })
    .where('claimed_until', '<=', now)
    .update({ state: 'in doubt', claim: null, claimed_until: null });
}

/** Leaves out whatever is still waiting. */
export async function leaveOutWaiting(db: Database, mailingId: string, why: string): Promise<void> {
  await db('messages')
    .where({ mailing_id: mailingId, state: 'waiting' })
    .update({ state: 'left out', fault: why });
}

/** Messages to try again, at the lead's word; a link that may have arrived goes on working. Gives how many. */
export async function sendAgain(
  trx: Database,
  mailingId: string,
  state: MessageState,
  now: Date,
): Promise<number> {
  await trx.raw(
    `insert into earlier_tokens (token_hash, contact_id)
     select token_hash, contact_id
       from messages
      where mailing_id = :mailingId
        and state = :state
        and token_hash is not null
     on conflict do nothing`,
    { mailingId, state },
  );
  return trx('messages')
    .where({ mailing_id: mailingId, state })
    .update({ state: 'waiting', attempts: 0, fault: '', token_hash: null, sent_at: null, due_at: now });
}

/** How many messages of a mailing are in each state. */
export async function countMessages(db: Database, mailingId: string): Promise<MessageCounts> {
  const { rows } = await db.raw(
    `select state, count(*)::integer as count
       from messages
      where mailing_id = :mailingId
      group by state`,
    { mailingId },
  );
  return Object.fromEntries(
    rows.map(({ state, count }: { state: MessageState; count: number }) => [state, count]),
  );
}

/** Why messages did not go, and how many for each reason: the most frequent first. */
export async function listFaults(
  db: Database,
  mailingId: string,
): Promise<{ state: MessageState; fault: string; count: number }[]> {
  const { rows } = await db.raw(
    `select state, fault, count(*)::integer as count
       from messages
      where mailing_id = :mailingId
        and state in ('failed', 'bounced', 'left out', 'waiting')
        and fault <> ''
      group by state, fault
      order by count desc, state, fault
      limit 20`,
    { mailingId },
  );
  return rows;
}

/**
 * Takes back what an anonymous survey's reminders tell of each person: everybody who was invited gets a row that says no
 * more than that there was such a round, written anew in a random order. The links of those who got one go on working;
 * the others' rows hold what no link leads to, and nobody can tell which is which.
 */
export async function settleReminders(trx: Database, mailing: Mailing): Promise<void> {
  await trx.raw(
    `with gone as (
       delete from messages
        where mailing_id = :id
       returning contact_id, token_hash
     )
     insert into messages (mailing_id, contact_id, kind, round, state, due_at, token_hash)
     select :id, i.contact_id, 'reminder', :round, 'settled', :madeAt,
            coalesce(
              g.token_hash,
              sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
            )
       from invitations i
       join messages f on f.contact_id = i.contact_id and f.kind = 'invitation' and f.round = 1
       left join gone g on g.contact_id = i.contact_id
      where i.survey_id = :surveyId
        and (f.state in ('sent', 'kept') or g.contact_id is not null)
      order by random()`,
    { id: mailing.id, surveyId: mailing.surveyId, round: mailing.round, madeAt: mailing.madeAt },
  );
}

/** Is anything out that may still come back? */
export async function hasSentSince(db: Database, since: Date): Promise<boolean> {
  const row = await db('messages')
    .whereNotNull('provider_id')
    .where({ state: 'sent' })
    .where('sent_at', '>=', since)
    .first('id');
  return row !== undefined;
}

/** Messages that were taken and have come back; gives whose they were, those that were not known yet. */
export async function markReturned(
  trx: Database,
  returned: readonly { id: string; reason: string }[],
): Promise<{ contactId: string; kind: MailingKind; promise: Survey['promise'] }[]> {
  const { rows } = await trx.raw(
    `update messages m
        set state = 'bounced', fault = b.reason
       from jsonb_to_recordset(:returned) as b (id uuid, reason text), mailings g, surveys s
      where m.id = b.id
        and m.state = 'sent'
        and g.id = m.mailing_id
        and s.id = g.survey_id
     returning m.contact_id as "contactId", m.kind, s.promise`,
    { returned: JSON.stringify(returned) },
  );
  return rows;
}
