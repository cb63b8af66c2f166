import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { type Survey, surveyState } from '../surveys/survey';
import { lockSurvey } from '../surveys/surveys.queries';
import {
  english,
  isHushed,
  type Mailing,
  type MailingKind,
  type MailText,
  type Situation,
  whyNot,
} from './mailing';
import { insertMailing, listMailings, lockMailing, updateMailing } from './mailings.queries';
import { countAddressees, insertMessages, leaveOutWaiting, sendAgain } from './messages.queries';
import { findReplyAddress } from './reply-addresses.queries';
import { listTexts } from './texts.queries';
import { isUsualIn, usualText } from './usual-texts.mail';

const day = 86_400_000;

/** Who was invited later is not reminded yet. */
function invitedBefore({ reminderDays }: Pick<Survey, 'reminderDays'>, now: Date): Date {
  return new Date(now.getTime() - reminderDays * day);
}

/** All that decides what can be written to a survey's people now. */
export async function readSituation(db: Database, survey: Survey, now: Date): Promise<Situation> {
  const mailings = await listMailings(db, survey.id);
  const reminders = mailings.filter(({ kind }) => kind === 'reminder');
  return {
    survey,
    state: surveyState(survey, now),
    replyTo: (await findReplyAddress(db, survey.projectId))?.email,
    unfinished: mailings.some(({ state }) => state !== 'done'),
    reminded: reminders.length,
    lastReminder: reminders[0] ? (reminders[0].endedAt ?? reminders[0].madeAt) : null,
    firstInvitation: mailings.findLast(({ kind }) => kind === 'invitation')?.madeAt ?? null,
    thanked: mailings.some(({ kind }) => kind === 'thanks'),
    counts: await countAddressees(db, survey.id, invitedBefore(survey, now)),
    now,
  };
}

/**
 * What is written in each language of a survey: the lead's text, or the usual one. A language that has neither is left
 * out: who speaks it gets the English one, as English.
 */
export async function textsOf(
  db: Database,
  survey: Survey,
  kind: MailingKind,
): Promise<Record<string, MailText>> {
  const { languages } = await getPlan(db, survey.versionId);
  const saved = (await listTexts(db, survey.id)).filter((text) => text.kind === kind);
  const texts = [english, ...languages].flatMap((language): [string, MailText][] => {
    const own = saved.find((text) => text.language === language);
    if (own) return [[language, { subject: own.subject, body: own.body }]];
    return isUsualIn(language) ? [[language, usualText(kind, language, survey.promise)]] : [];
  });
  return Object.fromEntries(texts);
}

/** Begins to write to everybody there is to write to; gives the mailing's id. Refused with the reason where it cannot be. */
export async function startMailing(
  services: Services,
  actor: Actor,
  surveyId: string,
  kind: MailingKind,
): Promise<string> {
  const { db, clock, queue } = services;
  const mailingId = await db.transaction(async (trx) => {
    const now = clock.now();
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const situation = await readSituation(trx, survey, now);
    const reason = whyNot(kind, situation);
    if (reason) throw conflict('This cannot be sent now', reason);
    const round = (await listMailings(trx, surveyId)).filter((mailing) => mailing.kind === kind).length + 1;
    const id = await insertMailing(trx, {
      ...{ surveyId, kind, round, madeAt: now },
      texts: await textsOf(trx, survey, kind),
      replyTo: situation.replyTo!,
      accountId: actor.kind === 'account' ? actor.accountId : null,
    });
    const count = await insertMessages(
      trx,
      { id, surveyId, kind, round },
      { now, since: invitedBefore(survey, now) },
    );
    await appendAuditEntry(trx, actor, {
      action: 'mailing started',
      subject: 'survey',
      subjectId: surveyId,
      // How many have not answered an anonymous survey is not written down anywhere.
      detail: { kind, round, ...(isHushed(kind, survey) ? {} : { count }) },
    });
    return id;
  });
  await queue.add('mail', { mailingId });
  return mailingId;
}

export async function pauseMailing(
  { db }: Services,
  actor: Actor,
  surveyId: string,
  mailingId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const mailing = await lockMailing(trx, surveyId, mailingId);
    if (mailing.state !== 'running') return;
    await updateMailing(trx, mailingId, { state: 'paused', why: '', restUntil: null });
    await note(trx, actor, mailing, 'mailing paused');
  });
}

export async function resumeMailing(
  { db, queue }: Services,
  actor: Actor,
  surveyId: string,
  mailingId: string,
): Promise<void> {
  const resumed = await db.transaction(async (trx) => {
    const mailing = await lockMailing(trx, surveyId, mailingId);
    const isHeld = mailing.state === 'paused' || (mailing.state === 'running' && mailing.restUntil !== null);
    if (!isHeld) return false;
    await updateMailing(trx, mailingId, { state: 'running', why: '', restUntil: null, rests: 0 });
    await note(trx, actor, mailing, 'mailing resumed');
    return true;
  });
  if (resumed) await queue.add('mail', { mailingId });
}

/** Stops a paused mailing for good. Whoever was still waiting can be written to by another one. */
export async function stopMailing(
  { db, queue }: Services,
  actor: Actor,
  surveyId: string,
  mailingId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const mailing = await lockMailing(trx, surveyId, mailingId);
    if (mailing.state !== 'paused') return;
    await leaveOutWaiting(trx, mailingId, 'The mailing was stopped');
    await updateMailing(trx, mailingId, { state: 'running', why: '', restUntil: null, rests: 0 });
    await note(trx, actor, mailing, 'mailing stopped');
  });
  // Whoever was handing a message over writes down what became of it; then the mailing ends.
  await queue.add('mail', { mailingId });
}

/** What the lead may have tried again. */
export const againStates = ['failed', 'in doubt', 'kept'] as const;
export type AgainState = (typeof againStates)[number];

/** Sends again what failed, may not have arrived, or was kept while there was no way to leave; gives how many. */
export async function retryMailing(
  { db, queue, clock, mail }: Services,
  actor: Actor,
  { surveyId, mailingId, state }: { surveyId: string; mailingId: string; state: AgainState },
): Promise<number> {
  const again = await db.transaction(async (trx) => {
    const now = clock.now();
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const mailing = await lockMailing(trx, surveyId, mailingId);
    refuseRetry(survey, mailing, now, (await listMailings(trx, surveyId)).some(isAnother(mailingId)));
    if (state === 'kept' && mail.way === 'outbox') {
      throw conflict('These cannot be sent yet', 'There is still no way for e-mails to leave.');
    }
    const count = await sendAgain(trx, mailingId, state, now);
    if (count === 0) return 0;
    await updateMailing(trx, mailingId, {
      state: 'running',
      why: '',
      restUntil: null,
      rests: 0,
      endedAt: null,
    });
    await note(trx, actor, mailing, 'messages sent again', { state, count });
    return count;
  });
  if (again > 0) await queue.add('mail', { mailingId });
  return again;
}

function isAnother(mailingId: string) {
  return ({ id, state }: Mailing) => id !== mailingId && state !== 'done';
}

function refuseRetry(survey: Survey, { kind }: Mailing, now: Date, unfinished: boolean): void {
  const title = 'These cannot be sent again';
  if (isHushed(kind, survey)) {
    throw conflict(
      title,
      'Nothing is kept of who got a reminder. The next reminder goes to everybody who has not answered.',
    );
  }
  if (kind !== 'thanks' && surveyState(survey, now) !== 'open') {
    throw conflict(title, 'The survey is not open: nobody could answer.');
  }
  if (unfinished)
    throw conflict(
      title,
      'Another mailing of this survey is not finished. Let it finish, or stop it, first.',
    );
}

function note(
  trx: Database,
  actor: Actor,
  { surveyId, kind, round }: Mailing,
  action: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  return appendAuditEntry(trx, actor, {
    action,
    subject: 'survey',
    subjectId: surveyId,
    detail: { kind, round, ...detail },
  });
}
