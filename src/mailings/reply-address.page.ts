import { formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import type { Mail } from '../platform/mail';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import type { ReplyAddress } from './reply-addresses.queries';

export interface ReplyAddressPage extends Page {
  sentences: string[];
  email: string;
  action: string;
}

/** Where answers to a project's e-mails go, and its change. */
export function replyAddressPage(
  project: Project,
  facts: { current: ReplyAddress | undefined; asked: ReplyAddress | undefined; way: Mail['way'] },
  retry?: { email: string; errors: FieldErrors },
): ReplyAddressPage {
  const { current, asked, way } = facts;
  return {
    title: 'Where answers to e-mails go',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    ...(retry ? { errors: retry.errors } : {}),
    sentences: [
      'People who get an e-mail answer it: they ask, or say that they have left. Somebody should read that.',
      current
        ? `Answers to the e-mails of this project’s surveys go to ${current.email}.`
        : 'No address has been confirmed yet. Until then no e-mails can be sent.',
      ...(asked
        ? [
            `We asked ${asked.email} on ${formatDateTime(asked.askedAt)}. Open the link in that e-mail and press the button there.`,
          ]
        : []),
      ...(asked && way === 'outbox'
        ? [
            'No mail server is set up: that e-mail is in the outbox, which the platform’s administrators can read.',
          ]
        : []),
    ],
    email: retry?.email ?? '',
    action: `/projects/${project.id}/reply-address`,
  };
}

export interface ConfirmReplyPage extends Page {
  sentences: string[];
  action: string | null;
}

/** What whoever opens the link sent to an address is asked. Opening it changes nothing: mail scanners open links. */
export function confirmReplyPage(token: string, asked: ReplyAddress, project: Project): ConfirmReplyPage {
  const done = asked.verifiedAt !== null;
  return {
    title: done ? 'This address is confirmed' : 'Let answers come to this address?',
    audience: 'staff',
    sentences: done
      ? [`Answers to the survey e-mails of the project “${project.name}” come to ${asked.email}.`]
      : [`Answers to the survey e-mails of the project “${project.name}” would come to ${asked.email}.`],
    action: done ? null : `/reply-addresses/${token}`,
  };
}
