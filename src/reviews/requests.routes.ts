import { type Response, Router } from 'express';
import { answerForm, approvalRuleForm, readRequest } from '../discussions/discussion.form';
import {
  answerRequest,
  askForReview,
  setApprovalRule,
  withdrawRequest,
} from '../discussions/requests.commands';
import { findOpenRequest, getApprovalRule, listRequests } from '../discussions/requests.queries';
import { readForm } from '../platform/form';
import { conflict } from '../platform/problem';
import { mayDo } from '../projects/access';
import { listMembers, type Member } from '../projects/projects.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { answerPage, approvalsPage, requestPage } from './request.page';
import { stateOf } from './review';
import { type ReviewVisit, visitReview } from './reviews.routes';

/** Who is asked for a review of a questionnaire, what they answer, and the approvals needed before it is published. */
export function reviewRequestsRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/questionnaires/:id/review/requests/new', async (req, res) => {
    const visit = await visitReview(services, req, res, 'ask for review');
    const requests = await listRequests(db, visit.subject);
    show(
      res,
      'questionnaires/review/requests/new',
      requestPage(visit, await reviewersFor(visit), requests, {}),
    );
  });

  router.post('/questionnaires/:id/review/requests', async (req, res) => {
    const visit = await visitReview(services, req, res, 'ask for review');
    const reviewers = await reviewersFor(visit);
    const form = readRequest(req.body, idsOf(reviewers), clock.now());
    if (form.errors) {
      const requests = await listRequests(db, visit.subject);
      const page = requestPage(visit, reviewers, requests, req.body, form.errors);
      return show(res, 'questionnaires/review/requests/new', page);
    }
    const asked = await askForReview(services, visit.account.id, visit.subject, form.value);
    redirectWithNotice(res, config, visit.address, askedInWords(asked));
  });

  router.post('/questionnaires/:id/review/requests/:request/withdrawal', async (req, res) => {
    const visit = await visitReview(services, req, res, 'ask for review');
    await withdrawRequest(services, visit.account.id, visit.subject, readId(req, 'Request', 'request'));
    redirectWithNotice(res, config, visit.address, 'Request withdrawn');
  });

  router.get('/questionnaires/:id/review/answer', async (req, res) => {
    const visit = await visitReview(services, req, res, 'comment');
    const { revision } = stateOf(visit.questionnaire.definition);
    const seen = typeof req.query.revision === 'string' ? req.query.revision : revision;
    const state = { revision, changed: seen !== revision };
    show(res, 'questionnaires/review/answer', answerPage(visit, await requestOf(visit), state, {}));
  });

  router.post('/questionnaires/:id/review/answer', async (req, res) => {
    const visit = await visitReview(services, req, res, 'comment');
    const state = stateOf(visit.questionnaire.definition);
    const form = readForm(answerForm, req.body);
    if (form.errors) {
      const seen = { revision: String(req.body.revision ?? ''), changed: false };
      const page = answerPage(visit, await requestOf(visit), seen, req.body, form.errors);
      return show(res, 'questionnaires/review/answer', page);
    }
    const { answer, reason, revision } = form.value;
    if (revision !== state.revision) return showChanged(res, visit, req.body);
    await answerRequest(services, visit.account.id, visit.subject, { answer, reason, state });
    const notice = answer === 'approved' ? 'Approved. Thank you.' : 'Your answer has been kept. Thank you.';
    redirectWithNotice(res, config, visit.address, notice);
  });

  router.get('/questionnaires/:id/review/approvals', async (req, res) => {
    const visit = await visitReview(services, req, res, 'set approvals');
    const rule = await getApprovalRule(db, visit.subject);
    const page = approvalsPage(visit, await approversFor(visit), rule, undefined);
    show(res, 'questionnaires/review/approvals', page);
  });

  router.post('/questionnaires/:id/review/approvals', async (req, res) => {
    const visit = await visitReview(services, req, res, 'set approvals');
    const approvers = await approversFor(visit);
    const form = readForm(approvalRuleForm(idsOf(approvers)), req.body);
    if (form.errors) {
      const rule = await getApprovalRule(db, visit.subject);
      const page = approvalsPage(visit, approvers, rule, req.body, form.errors);
      return show(res, 'questionnaires/review/approvals', page);
    }
    const { needed, person } = form.value;
    await setApprovalRule(services, visit.account.id, visit.subject, { needed, people: person });
    redirectWithNotice(res, config, visit.address, 'Approvals needed saved');
  });

  /** Nobody answers for a state they have not seen. What was typed stays, for the state as it is now. */
  async function showChanged(
    res: Response,
    visit: ReviewVisit,
    body: Record<string, unknown>,
  ): Promise<void> {
    const { revision } = stateOf(visit.questionnaire.definition);
    const page = answerPage(visit, await requestOf(visit), { revision, changed: true }, body);
    show(res, 'questionnaires/review/answer', page, 409);
  }

  async function requestOf({ subject, account }: ReviewVisit) {
    const request = await findOpenRequest(db, subject, account.id);
    if (request) return request;
    throw conflict(
      'You have nothing to answer here',
      'You have not been asked, the request has been withdrawn, or you have answered it already.',
    );
  }

  /** Whom a person can ask: everybody in the project who may comment, but themselves. */
  async function reviewersFor({ project, account }: ReviewVisit): Promise<Member[]> {
    const members = await listMembers(db, project.id);
    return members.filter(({ role, accountId }) => mayDo(role, 'comment') && accountId !== account.id);
  }

  /** Whose approval can be needed: whoever may comment, and who is named already. */
  async function approversFor({ project, subject }: ReviewVisit): Promise<Member[]> {
    const { people } = await getApprovalRule(db, subject);
    const named = new Set(people.map(({ accountId }) => accountId));
    const members = await listMembers(db, project.id);
    return members.filter(({ role, accountId }) => mayDo(role, 'comment') || named.has(accountId));
  }

  return router;
}

function idsOf(members: readonly Member[]): Set<string> {
  return new Set(members.map(({ accountId }) => accountId));
}

function askedInWords(asked: number): string {
  if (asked === 0) return 'Everybody you chose has been asked already, and has still to answer.';
  return asked === 1 ? '1 person asked for a review' : `${asked} people asked for a review`;
}
