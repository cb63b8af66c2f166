import { roleNames, roles } from '../accounts/account';
import { waysInWords } from '../mailings/mailings.page';
import { formatDate, formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import type { Mail } from '../platform/mail';
import { mayDo } from '../projects/access';
import type { Release } from '../releases/release';
import { type NavLink, reportNav } from '../reports/report-nav';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import type { Page } from '../web/layout';
import { holds, invitationLimits, linkEnds, type ReportInvitation } from './invitation';
import type { InvitationWish } from './invitation.form';
import type { LetterState } from './letter';
import type { ReportPerson } from './readers.queries';

export interface PeoplePage extends Page {
  nav: NavLink[];
  way: string;
  invited: InvitedRow[];
  groups: { heading: string; about: string; people: string[] }[];
  action: string;
  emails: string;
  message: string;
  most: number;
  longest: number;
}

interface InvitedRow {
  id: string;
  email: string;
  tag: { text: string; classes: string };
  lines: string[];
  again: string | null;
  withdraw: { action: string; about: string };
}

/** What a page about the readers of a report is made from. */
export interface PeopleFacts {
  release: Release;
  at: AtReport;
  people: readonly ReportPerson[];
  invitations: readonly ReportInvitation[];
  letters: ReadonlyMap<string, { state: LetterState; fault: string }>;
  way: Mail['way'];
  now: Date;
}

/** Who can read a report, and the form that invites more. */
export function peoplePage(
  facts: PeopleFacts,
  typed: { emails: string; message: string; errors?: FieldErrors } = { emails: '', message: '' },
): PeoplePage {
  const { release, at, people } = facts;
  const address = `/reports/${release.id}/people`;
  return {
    ...frame(release, at),
    title: 'Who can read this report',
    nav: reportNav(release.id, 'people', at),
    way: waysInWords[facts.way],
    invited: facts.invitations.map((invitation) => invitedRow(facts, invitation, address)),
    groups: roles.flatMap((role) => {
      const emails = people
        .filter((person) => !person.isGuest && person.role === role)
        .map(({ email }) => email);
      const about = mayDo(role, 'comment') ? 'They can read and comment.' : 'They can read.';
      return emails.length === 0 ? [] : [{ heading: roleNames[role], about, people: emails }];
    }),
    action: `${address}/invitations`,
    emails: typed.emails,
    message: typed.message,
    most: invitationLimits.addresses,
    longest: invitationLimits.message,
    ...(typed.errors ? { errors: typed.errors } : {}),
  };
}

function frame(release: Release, at: AtReport): Omit<Page, 'title'> {
  const title = release.document!.survey.name;
  return {
    section: title,
    audience: 'staff',
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${release.id}`, text: title }),
  };
}

function invitedRow(
  { letters, now }: PeopleFacts,
  invitation: ReportInvitation,
  address: string,
): InvitedRow {
  const { id, email, invitedAt, sentAt, joinedAt } = invitation;
  const letter = letters.get(email);
  const isOver = !holds(invitation, now);
  return {
    id: `invitation-${id}`,
    email,
    tag: joinedAt
      ? { text: 'Joined', classes: 'nhsuk-tag--green' }
      : isOver
        ? { text: 'Link has ended', classes: 'nhsuk-tag--grey' }
        : { text: 'Invited', classes: 'nhsuk-tag--blue' },
    lines: [
      `Invited on ${formatDateTime(invitedAt)}.`,
      ...(joinedAt
        ? [`Joined on ${formatDateTime(joinedAt)}.`]
        : [
            ...(sentAt > invitedAt ? [`Sent again on ${formatDateTime(sentAt)}.`] : []),
            ...(letter ? letterInWords(letter) : []),
            isOver
              ? `The link held until ${formatDate(linkEnds(invitation))}. Send the invitation again for a new one.`
              : `The link holds until ${formatDate(linkEnds(invitation))}.`,
          ]),
    ],
    again: joinedAt ? null : `${address}/invitations/${id}/letters`,
    withdraw: {
      action: `${address}/invitations/${id}/withdrawal`,
      about: joinedAt
        ? 'They can no longer open the report. What they wrote stays.'
        : 'Their link leads nowhere from then on.',
    },
  };
}

const lettersInWords: Record<LetterState, string> = {
  waiting: 'The e-mail is about to be sent.',
  'handing over': 'The e-mail is being sent.',
  sent: 'The e-mail has been sent.',
  kept: 'The e-mail is in the outbox.',
  failed: 'The e-mail could not be sent.',
  bounced: 'The mail server knows no such address.',
  'in doubt': 'The mail server did not say whether it took the e-mail. Ask whether it has arrived.',
  'left out': 'The e-mail was not sent.',
};

function letterInWords({ state, fault }: { state: LetterState; fault: string }): string[] {
  return [lettersInWords[state], ...(fault === '' ? [] : [`The mail server says: ${fault}`])];
}

export interface PreviewPage extends Page {
  nav: NavLink[];
  recipients: string[];
  subject: string;
  text: string;
  way: string;
  action: string;
  emails: string;
  message: string;
  send: string;
}

/** The letter as it would be sent, before it is. */
export function previewPage(
  release: Release,
  at: AtReport,
  { emails, message }: InvitationWish,
  letter: { subject: string; text: string },
  way: Mail['way'],
): PreviewPage {
  return {
    ...frame(release, at),
    title: 'Look over the invitation',
    nav: reportNav(release.id, 'people', at),
    recipients: emails,
    ...letter,
    way: waysInWords[way],
    action: `/reports/${release.id}/people/invitations`,
    emails: emails.join('\n'),
    message,
    send: emails.length === 1 ? 'Send the invitation' : `Send ${emails.length} invitations`,
  };
}
