import { discussionLimits } from '../discussions/subject';
import type { Thread } from '../discussions/thread';
import { type ThreadView, threadView } from '../discussions/thread.page';
import type { FieldErrors } from '../platform/form';
import type { Project } from '../projects/project';
import { placesOf } from '../questionnaires/place';
import type { Questionnaire } from '../questionnaires/questionnaire';
import type { Page } from '../web/layout';
import { aboutThread, frame } from './review.page';

export interface ThreadPage extends Page {
  thread: ThreadView;
  /** The way to the place it is about; null where that is gone. */
  place: string | null;
  reply: { action: string; label: string; submit: string; text: string; longest: number };
  resolve: string | null;
  reopen: string | null;
}

/** One thread, and what can be done in it. */
export function threadPage(
  { project, questionnaire }: { project: Project; questionnaire: Questionnaire },
  thread: Thread,
  { accountId, mayResolve }: { accountId: string; mayResolve: boolean },
  retry: { text: string; errors?: FieldErrors } = { text: '' },
): ThreadPage {
  const review = `/questionnaires/${questionnaire.id}/review`;
  const address = `${review}/threads/${thread.id}`;
  const place = placesOf(questionnaire.definition).find(({ name }) => name === thread.place) ?? null;
  const { about, href } = aboutThread(questionnaire, thread, place);
  const { breadcrumbs, ...where } = frame(project, questionnaire);
  return {
    ...where,
    breadcrumbs: [...breadcrumbs, { href: review, text: 'Review' }],
    title: `Comments: ${about}`,
    thread: threadView(thread, address, accountId),
    place: href,
    reply: {
      action: `${address}/comments`,
      label: 'Your reply',
      submit: thread.resolvedAt ? 'Reply and reopen' : 'Reply',
      text: retry.text,
      longest: discussionLimits.comment,
    },
    resolve: !thread.resolvedAt && mayResolve ? `${address}/resolution` : null,
    reopen: thread.resolvedAt ? `${address}/reopening` : null,
    ...(retry.errors ? { errors: retry.errors } : {}),
  };
}
