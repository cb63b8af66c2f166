import { formatDateTime } from '../platform/dates';
import type { Mail } from '../platform/mail';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import {
  isHushed,
  type Mailing,
  type MailingKind,
  mailingKinds,
  nextReminder,
  roughlyUnanswered,
  type Situation,
  timesInWords,
  whyNot,
} from './mailing';
import type { ReplyAddress } from './reply-addresses.queries';

export const kindNames: Record<MailingKind, string> = {
  invitation: 'Invitation',
  reminder: 'Reminder',
  thanks: 'Thank-you',
};

/** By which way e-mails leave, said where they are about to. */
export const waysInWords: Record<Mail['way'], string> = {
  smtp: 'E-mails leave through the mail server that is set up.',
  notify: 'E-mails leave through GOV.UK Notify. Answers go to the address that is set up there.',
  outbox:
    'No mail server is set up. E-mails do not leave: they are kept in the outbox, where the platform’s administrators can read them.',
};

export interface MailingsPage extends Page {
  way: string;
  reply: { text: string; href: string; link: string };
  kinds: {
    id: string;
    name: string;
    about: string;
    /** Why it cannot be sent now. */
    why: string | undefined;
    send: { href: string; text: string } | null;
    texts: { href: string; text: string };
  }[];
  mailings: { name: string; href: string; when: string; state: { text: string; classes: string } }[];
  contacts: string;
}

/** All that is written to a survey's people: what can be sent now, and what has been. */
export function mailingsPage(
  project: Project,
  survey: Survey,
  facts: {
    situation: Situation;
    mailings: readonly Mailing[];
    way: Mail['way'];
    asked: ReplyAddress | undefined;
  },
): MailingsPage {
  const { situation, mailings, way, asked } = facts;
  return {
    title: 'Write to people',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    way: waysInWords[way],
    reply: replyInWords(project, situation.replyTo, asked),
    kinds: mailingKinds.map((kind) => {
      const why = whyNot(kind, situation);
      const name = kindNames[kind].toLowerCase();
      return {
        id: kind,
        name: kindNames[kind],
        about: aboutKind(kind, situation),
        why,
        send: why ? null : { href: `${mailingsOf(survey)}/new?kind=${kind}`, text: `Send the ${name}` },
        texts: { href: `${mailingsOf(survey)}/texts/${kind}`, text: `Read or change the ${name}` },
      };
    }),
    mailings: mailings.map((mailing) => ({
      name: nameOf(mailing),
      href: `${mailingsOf(survey)}/${mailing.id}`,
      when: formatDateTime(mailing.madeAt),
      state: stateTag(mailing),
    })),
    contacts: `/surveys/${survey.id}/contacts`,
  };
}

function replyInWords(
  { id }: Project,
  replyTo: string | undefined,
  asked: ReplyAddress | undefined,
): MailingsPage['reply'] {
  const href = `/projects/${id}/reply-address`;
  const waiting = asked ? ` We are waiting for somebody to confirm ${asked.email}.` : '';
  return replyTo
    ? { text: `Answers go to ${replyTo}.${waiting}`, href, link: 'Change the reply address' }
    : { text: `There is no reply address yet.${waiting}`, href, link: 'Say where answers go' };
}

function aboutKind(
  kind: MailingKind,
  { survey, state, counts, reminded, lastReminder, firstInvitation, now }: Situation,
): string {
  if (kind === 'invitation') {
    return `${people(counts.invited)} invited so far, ${counts.toInvite.toLocaleString('en-GB')} to invite.`;
  }
  if (kind === 'thanks') {
    return survey.promise === 'anonymous'
      ? 'Goes to everybody who was invited, when the survey has closed.'
      : 'Goes to those who have answered.';
  }
  const so =
    reminded === 0 ? 'Nobody has been reminded yet.' : `People have been reminded ${timesInWords(reminded)}.`;
  const next = nextReminder(lastReminder ?? firstInvitation, survey.reminderDays);
  const isAhead = next && state === 'open' && now < next && reminded < survey.reminders;
  const when = isAhead ? inTime(next, survey) : '';
  return `Goes to those who have not answered. ${so}${when}`;
}

function inTime(next: Date, { closesAt }: Pick<Survey, 'closesAt'>): string {
  return next < closesAt
    ? ` The next can go out from ${formatDateTime(next)}.`
    : ' The survey closes before the next could go out.';
}

export interface ConfirmPage extends Page {
  sentences: string[];
  kind: MailingKind;
  action: string;
  button: string;
  texts: { href: string; text: string };
  cancel: string;
}

/** Asks before anything is sent: to how many, by which way, what. */
export function confirmPage(
  project: Project,
  survey: Survey,
  kind: MailingKind,
  { situation, way }: { situation: Situation; way: Mail['way'] },
): ConfirmPage {
  const name = kindNames[kind].toLowerCase();
  return {
    title: `Send the ${name} now?`,
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsToMailings(project, survey),
    sentences: [
      toWhom(kind, situation),
      waysInWords[way],
      ...(way === 'notify' ? [] : [`Answers go to ${situation.replyTo}.`]),
      'Sending begins at once. You can pause it.',
    ],
    kind,
    action: mailingsOf(survey),
    button: `Send the ${name}`,
    texts: { href: `${mailingsOf(survey)}/texts/${kind}`, text: `Read or change the ${name} first` },
    cancel: mailingsOf(survey),
  };
}

function toWhom(kind: MailingKind, { survey, counts }: Situation): string {
  if (kind === 'invitation') return `It goes to ${people(counts.toInvite)}.`;
  if (kind === 'thanks') {
    return survey.promise === 'anonymous'
      ? `It goes to ${people(counts.toThank)}: all who were invited, for nobody knows who has answered.`
      : `It goes to ${people(counts.toThank)} who have answered.`;
  }
  if (!isHushed(kind, survey)) return `It goes to ${people(counts.toRemind)} who have not answered.`;
  return `It goes to whoever has not answered when it is sent: about ${roughlyUnanswered(counts).toLocaleString('en-GB')} of the people invited. The survey is anonymous, so the number is rounded to five, and nobody is told who they are.`;
}

export function people(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en-GB')} people`;
}

export function nameOf({ kind, round }: Pick<Mailing, 'kind' | 'round'>): string {
  return round === 1 ? kindNames[kind] : `${kindNames[kind]} ${round}`;
}

export function stateTag({ state, restUntil }: Pick<Mailing, 'state' | 'restUntil'>): {
  text: string;
  classes: string;
} {
  if (state === 'done') return { text: 'Finished', classes: 'nhsuk-tag--green' };
  if (state === 'paused') return { text: 'Paused', classes: 'nhsuk-tag--yellow' };
  return restUntil
    ? { text: 'Waiting', classes: 'nhsuk-tag--yellow' }
    : { text: 'Being sent', classes: 'nhsuk-tag--blue' };
}

export function mailingsOf({ id }: Pick<Survey, 'id'>): string {
  return `/surveys/${id}/mailings`;
}

export function crumbsTo(project: Project, survey: Survey): Crumb[] {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}

export function crumbsToMailings(project: Project, survey: Survey): Crumb[] {
  return [...crumbsTo(project, survey), { href: mailingsOf(survey), text: 'Write to people' }];
}
