import { type Request, type Response, Router } from 'express';
import { newThreadForm, replyForm } from '../discussions/discussion.form';
import { keepLook } from '../discussions/looks.commands';
import { findState } from '../discussions/looks.queries';
import { getApprovalRule, getRequest, listRequests } from '../discussions/requests.queries';
import type { Subject } from '../discussions/subject';
import { mayResolve, type Thread } from '../discussions/thread';
import {
  reopenThread,
  replyInThread,
  resolveThread,
  startThread,
  withdrawComment,
} from '../discussions/threads.commands';
import { getThread, listThreads } from '../discussions/threads.queries';
import { readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Definition } from '../questionnaires/definition';
import { placesOf } from '../questionnaires/place';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { isId, readId } from '../web/params';
import { stateOf, subjectOf, wholeQuestionnaire } from './review';
import { changesPage, type ReviewWish, reviewPage } from './review.page';
import { threadPage } from './thread.page';

/** Somebody who takes part in the review of a questionnaire. */
export interface ReviewVisit extends Visit {
  questionnaire: Questionnaire;
  subject: Subject;
  /** The address of its review. */
  address: string;
}

/** The questionnaire in the address, and somebody who may do this about it. */
export async function visitReview(
  services: Services,
  req: Request,
  res: Response,
  right: Right,
): Promise<ReviewVisit> {
  const questionnaire = await getQuestionnaire(services.db, readId(req, 'Questionnaire'));
  const visit = await visitProject(services, res, questionnaire.projectId, right);
  const address = `/questionnaires/${questionnaire.id}/review`;
  return { ...visit, questionnaire, subject: subjectOf(questionnaire.id), address };
}

/** The review of a questionnaire: where it stands, what changed since somebody last looked, and the threads. */
export function reviewsRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/questionnaires/:id/review', async (req, res) => {
    const visit = await visitReview(services, req, res, 'comment');
    const place = String(req.query.place ?? '');
    await showReview(res, visit, { openOnly: req.query.show === 'open', place, text: '' });
  });

  router.post('/questionnaires/:id/review/threads', async (req, res) => {
    const visit = await visitReview(services, req, res, 'comment');
    const places = [wholeQuestionnaire, ...placesOf(visit.questionnaire.definition)];
    const form = readForm(newThreadForm(new Set(places.map(({ name }) => name))), req.body);
    if (form.errors) {
      const typed = { place: String(req.body.place ?? ''), text: String(req.body.text ?? '') };
      return showReview(res, visit, { openOnly: false, ...typed, errors: form.errors });
    }
    const place = places.find(({ name }) => name === form.value.place)!;
    await startThread(services, visit.account.id, visit.subject, place, form.value.text);
    redirectWithNotice(res, config, visit.address, 'Comment added');
  });

  router.get('/questionnaires/:id/review/changes', async (req, res) => {
    const { project, questionnaire, subject } = await visitReview(services, req, res, 'comment');
    const request = await getRequest(db, subject, requestIn(req));
    const { answeredAt, revision } = request;
    if (!answeredAt || !revision) throw notFound('Answer');
    const seen = (await findState(db, subject, revision)) as Definition;
    const page = changesPage(project, questionnaire, { ...request, answeredAt }, seen);
    show(res, 'questionnaires/review/changes', page);
  });

  router.get('/questionnaires/:id/review/threads/:thread', async (req, res) => {
    const visit = await visitThread(req, res);
    show(res, 'questionnaires/review/threads/show', threadPage(visit, visit.thread, rightsIn(visit)));
  });

  router.post('/questionnaires/:id/review/threads/:thread/comments', async (req, res) => {
    const visit = await visitThread(req, res);
    const form = readForm(replyForm, req.body);
    if (form.errors) {
      const retry = { text: String(req.body.text ?? ''), errors: form.errors };
      const page = threadPage(visit, visit.thread, rightsIn(visit), retry);
      return show(res, 'questionnaires/review/threads/show', page);
    }
    await replyInThread(services, visit.account.id, visit.subject, visit.thread.id, form.value.text);
    redirectWithNotice(res, config, addressOf(visit), 'Reply added');
  });

  router.post('/questionnaires/:id/review/threads/:thread/resolution', async (req, res) => {
    const visit = await visitThread(req, res);
    const who = { accountId: visit.account.id, mayAskForReview: visit.may('ask for review') };
    await resolveThread(services, who, visit.subject, visit.thread.id);
    redirectWithNotice(res, config, visit.address, 'Thread resolved');
  });

  router.post('/questionnaires/:id/review/threads/:thread/reopening', async (req, res) => {
    const visit = await visitThread(req, res);
    await reopenThread(services, visit.account.id, visit.subject, visit.thread.id);
    redirectWithNotice(res, config, addressOf(visit), 'Thread open again');
  });

  router.post('/questionnaires/:id/review/threads/:thread/comments/:comment/withdrawal', async (req, res) => {
    const visit = await visitThread(req, res);
    const commentId = readId(req, 'Comment', 'comment');
    await withdrawComment(services, visit.account.id, visit.subject, visit.thread.id, commentId);
    redirectWithNotice(res, config, addressOf(visit), 'Comment withdrawn');
  });

  async function visitThread(req: Request, res: Response): Promise<ReviewVisit & { thread: Thread }> {
    const visit = await visitReview(services, req, res, 'comment');
    const thread = await getThread(db, visit.subject, readId(req, 'Thread', 'thread'));
    return { ...visit, thread };
  }

  async function showReview(res: Response, visit: ReviewVisit, wish: ReviewWish): Promise<void> {
    const { account, project, questionnaire, subject, may } = visit;
    const page = reviewPage(
      {
        ...{ project, questionnaire, accountId: account.id, now: clock.now() },
        look: await keepLook(services, account.id, subject, stateOf(questionnaire.definition)),
        threads: await listThreads(db, subject),
        requests: await listRequests(db, subject),
        rule: await getApprovalRule(db, subject),
        may: { ask: may('ask for review'), setApprovals: may('set approvals') },
      },
      wish,
    );
    show(res, 'questionnaires/review/index', page);
  }

  return router;
}

/** The request whose answer is compared, as the address names it. */
function requestIn({ query }: Request): string {
  if (!isId(query.request)) throw notFound('Request');
  return query.request;
}

function rightsIn({ account, thread, may }: ReviewVisit & { thread: Thread }) {
  return { accountId: account.id, mayResolve: mayResolve(thread, account.id, may('ask for review')) };
}

function addressOf({ address, thread }: ReviewVisit & { thread: Thread }): string {
  return `${address}/threads/${thread.id}`;
}
