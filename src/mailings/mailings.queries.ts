import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Mailing, MailingKind } from './mailing';

const columns = {
  id: 'id',
  surveyId: 'survey_id',
  kind: 'kind',
  round: 'round',
  state: 'state',
  why: 'why',
  texts: 'texts',
  replyTo: 'reply_to',
  restUntil: 'rest_until',
  rests: 'rests',
  madeAt: 'made_at',
  endedAt: 'ended_at',
};

/** What has been written to a survey's people, the newest first. */
export async function listMailings(db: Database, surveyId: string): Promise<Mailing[]> {
  return db('mailings')
    .where({ survey_id: surveyId })
    .orderBy('made_at', 'desc')
    .orderBy('round', 'desc')
    .orderBy('id')
    .select(columns);
}

export async function findMailing(db: Database, mailingId: string): Promise<Mailing | undefined> {
  return db('mailings').where({ id: mailingId }).first(columns);
}

export async function getMailing(db: Database, surveyId: string, mailingId: string): Promise<Mailing> {
  const mailing = await db('mailings').where({ id: mailingId, survey_id: surveyId }).first(columns);
  if (!mailing) throw notFound('Mailing');
  return mailing;
}

/** The same, until the transaction ends nobody else's to change. */
export async function lockMailing(trx: Database, surveyId: string, mailingId: string): Promise<Mailing> {
  const mailing = await trx('mailings')
    .where({ id: mailingId, survey_id: surveyId })
    .forUpdate()
    .first(columns);
  if (!mailing) throw notFound('Mailing');
  return mailing;
}

export interface NewMailing {
  surveyId: string;
  kind: MailingKind;
  round: number;
  texts: Mailing['texts'];
  replyTo: string;
  accountId: string | null;
  madeAt: Date;
}

export async function insertMailing(trx: Database, mailing: NewMailing): Promise<string> {
  const [row] = await trx('mailings')
    .insert({
      survey_id: mailing.surveyId,
      kind: mailing.kind,
      round: mailing.round,
      texts: JSON.stringify(mailing.texts),
      reply_to: mailing.replyTo,
      account_id: mailing.accountId,
      made_at: mailing.madeAt,
    })
    .returning('id');
  return row.id;
}

export async function updateMailing(
  trx: Database,
  mailingId: string,
  change: Partial<Pick<Mailing, 'state' | 'why' | 'restUntil' | 'rests' | 'endedAt'>>,
): Promise<void> {
  const { state, why, restUntil, rests, endedAt } = change;
  await trx('mailings')
    .where({ id: mailingId })
    .update({
      ...(state === undefined ? {} : { state }),
      ...(why === undefined ? {} : { why }),
      ...(restUntil === undefined ? {} : { rest_until: restUntil }),
      ...(rests === undefined ? {} : { rests }),
      ...(endedAt === undefined ? {} : { ended_at: endedAt }),
    });
}

/** Has the mailing rest or pause, unless somebody has paused it meanwhile. */
export async function holdMailing(
  db: Database,
  mailingId: string,
  hold: Pick<Mailing, 'state' | 'why' | 'restUntil' | 'rests'>,
): Promise<void> {
  await db('mailings')
    .where({ id: mailingId, state: 'running' })
    .update({ state: hold.state, why: hold.why, rest_until: hold.restUntil, rests: hold.rests });
}

/** Mailings that may have something to do: running and not resting, or of a survey that has closed over them. */
export async function listMailingsToSend(db: Database, now: Date): Promise<string[]> {
  const { rows } = await db.raw(
    `select g.id
       from mailings g
       join surveys s on s.id = g.survey_id
      where (g.state = 'running' and (g.rest_until is null or g.rest_until <= :now))
         or (g.state <> 'done' and g.kind <> 'thanks' and s.closes_at <= :now)`,
    { now },
  );
  return rows.map(({ id }: { id: string }) => id);
}

/** The mailing is over when nothing of it is left to send. True once. */
export async function endMailing(trx: Database, mailingId: string, now: Date): Promise<boolean> {
  const { rowCount } = await trx.raw(
    `update mailings g
        set state = 'done', ended_at = :now, why = '', rest_until = null, rests = 0
      where g.id = :mailingId
        and g.state <> 'done'
        and not exists (
          select 1
            from messages m
           where m.mailing_id = g.id
             and m.state in ('waiting', 'taken', 'handing over')
        )`,
    { mailingId, now },
  );
  return rowCount === 1;
}
