import { formatDateTime, formatTime } from '../platform/dates';
import type { Mail } from '../platform/mail';
import type { Project } from '../projects/project';
import { type Survey, surveyState } from '../surveys/survey';
import type { Page } from '../web/layout';
import { isHushed, type Mailing, type MessageCounts, type MessageState, shareDone } from './mailing';
import { crumbsToMailings, mailingsOf, nameOf, stateTag } from './mailings.page';

export interface MailingPage extends Page {
  state: { text: string; classes: string };
  /** While it is under way: how far it has come. */
  progress: { value: number; words: string } | null;
  sentences: string[];
  /** Why it has stopped by itself. */
  warning: { heading: string; text: string } | null;
  rows: { key: { text: string }; value: { text: string } }[];
  faults: { what: string; fault: string; count: string }[];
  actions: { action: string; text: string; classes: string }[];
  again: { action: string; state: string; sentence: string; button: string }[];
}

export interface Fault {
  state: MessageState;
  fault: string;
  count: number;
}

/** How one mailing stands, and what can be done about it. */
export function mailingPage(
  project: Project,
  survey: Survey,
  mailing: Mailing,
  facts: { counts: MessageCounts; faults: readonly Fault[]; now: Date; way: Mail['way'] },
): MailingPage {
  const hushed = isHushed(mailing.kind, survey);
  const { counts, faults } = facts;
  return {
    title: nameOf(mailing),
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsToMailings(project, survey),
    state: stateTag(mailing),
    progress: mailing.state === 'running' ? progressInWords(counts, hushed) : null,
    sentences: [begunAndEnded(mailing), ...(hushed ? [hushedInWords(mailing)] : [])],
    warning: warningOf(mailing),
    rows: hushed ? [] : rowsOf(counts),
    faults: hushed
      ? []
      : faults.map(({ state, fault, count }) => ({
          what: faultNames[state] ?? state,
          fault,
          count: inNumbers(count),
        })),
    actions: actionsOn(survey, mailing),
    again: hushed ? [] : againOf(survey, mailing, facts),
  };
}

function begunAndEnded({ madeAt, endedAt }: Mailing): string {
  return endedAt
    ? `Begun on ${formatDateTime(madeAt)}, finished on ${formatDateTime(endedAt)}.`
    : `Begun on ${formatDateTime(madeAt)}.`;
}

function hushedInWords({ state }: Mailing): string {
  const who =
    'The survey is anonymous: this page does not say to how many it goes, or what came back, for only those who have not answered get one.';
  return state === 'done' ? `${who} Nothing is kept of who they were.` : who;
}

function progressInWords(counts: MessageCounts, hushed: boolean): MailingPage['progress'] {
  const value = shareDone(counts, hushed);
  if (hushed) return { value, words: shares[value] ?? 'Being sent' };
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const sent = delivered(counts);
  const others = [
    [counts.bounced, 'came back'],
    [counts.failed, 'failed'],
    [counts['left out'], 'left out'],
    [counts['in doubt'], 'in doubt'],
  ] as const;
  const more = others.filter(([count]) => count).map(([count, words]) => `, ${inNumbers(count!)} ${words}`);
  return { value, words: `${inNumbers(sent)} of ${inNumbers(all)} sent${more.join('')}` };
}

const shares: Record<number, string> = {
  0: 'Being sent',
  25: 'About a quarter has been sent',
  50: 'About half has been sent',
  75: 'About three quarters have been sent',
  100: 'Nearly finished',
};

function delivered(counts: MessageCounts): number {
  return (counts.sent ?? 0) + (counts.kept ?? 0);
}

const rowNames: readonly (readonly [string, readonly MessageState[]])[] = [
  ['Sent', ['sent']],
  ['Kept in the outbox', ['kept']],
  ['Waiting', ['waiting', 'taken', 'handing over']],
  ['Came back', ['bounced']],
  ['Failed', ['failed']],
  ['In doubt', ['in doubt']],
  ['Left out', ['left out']],
];

function rowsOf(counts: MessageCounts): MailingPage['rows'] {
  return rowNames
    .map(([name, states]) => ({ name, count: states.reduce((sum, state) => sum + (counts[state] ?? 0), 0) }))
    .filter(({ name, count }) => count > 0 || name === 'Sent')
    .map(({ name, count }) => ({ key: { text: name }, value: { text: inNumbers(count) } }));
}

const faultNames: Partial<Record<MessageState, string>> = {
  failed: 'Failed',
  bounced: 'Came back',
  'left out': 'Left out',
  waiting: 'Tried, and will be tried again',
};

function warningOf({ state, why, restUntil }: Mailing): MailingPage['warning'] {
  if (why === '') return null;
  if (state === 'paused') {
    return {
      heading: 'Sending has stopped',
      text: `The mail server does not take our e-mails. It says: ${why}`,
    };
  }
  if (!restUntil) return null;
  return {
    heading: 'Nothing can be sent just now',
    text: `We try again at ${formatTime(restUntil)}. The mail server says: ${why}`,
  };
}

function actionsOn(survey: Survey, { id, state, restUntil }: Mailing): MailingPage['actions'] {
  const at = `${mailingsOf(survey)}/${id}`;
  const resume = {
    action: `${at}/resume`,
    text: state === 'paused' ? 'Go on sending' : 'Try again now',
    classes: '',
  };
  const secondary = 'nhsuk-button--secondary';
  if (state === 'paused')
    return [resume, { action: `${at}/stop`, text: 'Stop for good', classes: secondary }];
  if (state === 'done') return [];
  return [...(restUntil ? [resume] : []), { action: `${at}/pause`, text: 'Pause', classes: secondary }];
}

function againOf(
  survey: Survey,
  mailing: Mailing,
  { counts, now, way }: { counts: MessageCounts; now: Date; way: Mail['way'] },
): MailingPage['again'] {
  if (mailing.kind !== 'thanks' && surveyState(survey, now) !== 'open') return [];
  const action = `${mailingsOf(survey)}/${mailing.id}/again`;
  const [doubt, failed, kept] = [counts['in doubt'] ?? 0, counts.failed ?? 0, counts.kept ?? 0];
  return [
    ...(doubt > 0
      ? [
          {
            ...{ action, state: 'in doubt', button: 'Send them again' },
            sentence: `${messages(doubt)} being handed over when sending stopped. They may have arrived. Sent again, somebody may get the same e-mail twice.`,
          },
        ]
      : []),
    ...(failed > 0
      ? [
          {
            action,
            state: 'failed',
            button: 'Try them again',
            sentence: `${messages(failed)} not taken by the mail server.`,
          },
        ]
      : []),
    ...(kept > 0 && way !== 'outbox'
      ? [
          {
            ...{ action, state: 'kept', button: 'Send them now' },
            sentence: `${messages(kept)} kept in the outbox while no mail server was set up. They have not left.`,
          },
        ]
      : []),
  ];
}

function messages(count: number): string {
  return count === 1 ? '1 message was' : `${inNumbers(count)} messages were`;
}

function inNumbers(count: number): string {
  return count.toLocaleString('en-GB');
}
