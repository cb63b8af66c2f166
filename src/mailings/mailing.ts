import { toNearestFiveOf } from '../platform/rounding';
import type { Survey, SurveyState } from '../surveys/survey';

export const mailingKinds = ['invitation', 'reminder', 'thanks'] as const;
export type MailingKind = (typeof mailingKinds)[number];

/** What a questionnaire's own texts are written in, as HTML names it. */
export const english = 'en';

export function isKind(value: unknown): value is MailingKind {
  return mailingKinds.includes(value as MailingKind);
}

/** What is written to whom, once: an invitation to those not yet invited, the second reminder, the thanks. */
export interface Mailing {
  id: string;
  surveyId: string;
  kind: MailingKind;
  round: number;
  state: 'running' | 'paused' | 'done';
  /** Why it has paused by itself, or rests. */
  why: string;
  /** What it says in each language, as it was when it began. */
  texts: Record<string, MailText>;
  replyTo: string;
  restUntil: Date | null;
  rests: number;
  madeAt: Date;
  endedAt: Date | null;
}

export interface MailText {
  subject: string;
  body: string;
}

export type MessageState =
  | 'waiting'
  | 'taken'
  | 'handing over'
  | 'sent'
  | 'kept'
  | 'failed'
  | 'bounced'
  | 'in doubt'
  | 'left out'
  | 'settled';

export type MessageCounts = Partial<Record<MessageState, number>>;

/**
 * In an anonymous survey nobody is to learn who has answered, and only those who have not are reminded: nothing is told,
 * or kept, of who got a reminder and how many they were.
 */
export function isHushed(kind: MailingKind, { promise }: Pick<Survey, 'promise'>): boolean {
  return kind === 'reminder' && promise === 'anonymous';
}

const minute = 60_000;
const delays = [1, 5, 25, 60];
/** About a day of trying. */
export const mostAttempts = 24;
/** A lease is longer than handing one letter over can take, with time for the database. */
export const leaseMinutes = 5;

/** When to try again after so many tries: after one, five and twenty-five minutes, then each hour. */
export function retryAt(attempts: number, now: Date): Date {
  const minutes = delays[Math.min(attempts, delays.length) - 1] ?? delays[0]!;
  return new Date(now.getTime() + minutes * minute);
}

/** Has it been tried for long enough? */
export function isGivenUp(attempts: number): boolean {
  return attempts >= mostAttempts;
}

/** To the nearest five, so that nobody can be counted out of it. */
export function toFive(count: number): number {
  return Math.round(count / 5) * 5;
}

/**
 * How many have not answered, roughly. Both numbers are rounded apart and count whoever was ever invited: taking somebody
 * off the list changes nothing that would tell whether they had answered.
 */
export function roughlyUnanswered({ invited, answered }: { invited: number; answered: number }): number {
  return Math.max(0, toFive(invited) - toNearestFiveOf(answered, invited));
}

/** How far a mailing has come, from 0 to 100. Where numbers would tell too much, in quarters. */
export function shareDone(counts: MessageCounts, hushed: boolean): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return 0;
  const ahead = (counts.waiting ?? 0) + (counts.taken ?? 0) + (counts['handing over'] ?? 0);
  const share = ((all - ahead) / all) * 100;
  return hushed ? Math.floor(share / 25) * 25 : Math.floor(share);
}

/** What decides whether something can be written now. */
export interface Situation {
  survey: Pick<Survey, 'promise' | 'reminders' | 'reminderDays' | 'threshold' | 'trialOf' | 'closesAt'>;
  state: SurveyState;
  /** A reply address that somebody has confirmed. */
  replyTo: string | undefined;
  /** Another mailing that is not finished. */
  unfinished: boolean;
  /** How often people have been reminded, and when last. */
  reminded: number;
  lastReminder: Date | null;
  /** When the first invitations went out. */
  firstInvitation: Date | null;
  /** Have people been thanked? */
  thanked: boolean;
  counts: Addressees;
  now: Date;
}

/** How many there are to write to. */
export interface Addressees {
  contacts: number;
  /** To be invited: on the list, to be written to, and not invited yet. */
  toInvite: number;
  /** Who got an invitation, whatever has become of them since, and how many of them have answered. */
  invited: number;
  answered: number;
  /** Who got an invitation, and may be written to. */
  within: number;
  /** Whom a reminder would go to now. */
  toRemind: number;
  toThank: number;
}

/** Why this cannot be written now, in a sentence; nothing where it can. */
export function whyNot(kind: MailingKind, situation: Situation): string | undefined {
  const { survey, state, counts, replyTo, unfinished } = situation;
  if (survey.trialOf) return 'This survey only tries another one out. Pass its link on instead.';
  if (state === 'being prepared') return 'The survey has not been opened yet.';
  if (kind !== 'thanks' && state === 'closed') return 'The survey has closed: nobody could answer any more.';
  if (kind !== 'thanks' && state === 'not open yet')
    return 'The survey is not open yet: nobody could answer.';
  if (kind === 'thanks' && survey.promise === 'anonymous' && state !== 'closed') {
    return 'Thanks go out when the survey has closed: to everybody who was invited, for nobody knows who has answered.';
  }
  if (!replyTo) return 'Nobody has confirmed a reply address yet. People answer e-mails: say where to.';
  if (unfinished) return 'Another mailing of this survey is not finished. Let it finish, or stop it, first.';
  if (counts.contacts === 0) return 'Nobody is on the contact list yet.';
  return whyNotKind[kind](situation);
}

const whyNotKind: Record<MailingKind, (situation: Situation) => string | undefined> = {
  invitation: ({ counts }) =>
    counts.toInvite === 0
      ? 'There is nobody to invite: everybody on the list has been invited, or is not to be written to.'
      : undefined,
  reminder: ({ survey, counts, reminded, lastReminder, now }) => {
    if (counts.invited === 0) return 'Nobody has been invited yet.';
    if (survey.reminders === 0) return 'The plan of this survey is to remind nobody.';
    if (reminded >= survey.reminders) {
      return `People have been reminded ${timesInWords(reminded)}, as often as planned.`;
    }
    const next = nextReminder(lastReminder, survey.reminderDays);
    if (next && now < next) {
      return `The last reminder was less than ${daysInWords(survey.reminderDays)} ago, the least time planned between two e-mails.`;
    }
    if (survey.promise === 'anonymous') {
      // A sentence that depended on who has answered would tell it.
      return counts.within < survey.threshold
        ? `Fewer than ${survey.threshold} people were invited at least ${daysInWords(survey.reminderDays)} ago and may be written to. A reminder to so few could tell who has not answered.`
        : undefined;
    }
    return counts.toRemind === 0
      ? `There is nobody to remind: everybody has answered, was invited less than ${daysInWords(survey.reminderDays)} ago, or is not to be written to.`
      : undefined;
  },
  thanks: ({ survey, counts, thanked }) => {
    if (thanked && survey.promise === 'anonymous') return 'Everybody has been thanked.';
    if (counts.toThank > 0) return undefined;
    return survey.promise === 'anonymous'
      ? 'There is nobody to thank: nobody was invited by e-mail, or they are not to be written to.'
      : 'There is nobody to thank: nobody has answered whom you have not thanked, or they are not to be written to.';
  },
};

/** From when on the next reminder may go out; nothing where none has. */
export function nextReminder(lastReminder: Date | null, days: number): Date | undefined {
  return lastReminder ? new Date(lastReminder.getTime() + days * 24 * 60 * minute) : undefined;
}

export function timesInWords(times: number): string {
  if (times === 1) return 'once';
  return times === 2 ? 'twice' : `${times} times`;
}

export function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
