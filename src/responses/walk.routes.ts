import { type Request, Router } from 'express';
import { formatDate } from '../platform/dates';
import { gone, Problem } from '../platform/problem';
import { findVisitableStep, firstOpenStep, nextStep } from '../questionnaires/journey';
import type { Plan } from '../questionnaires/plan';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { isCode, readCode, type Survey, surveyState } from '../surveys/survey';
import { findSurveyByCode } from '../surveys/surveys.queries';
import { cookieOptions } from '../web/cookies';
import { show } from '../web/layout';
import { readPageAnswers } from './answer.form';
import type { Draft } from './draft';
import { findDraft } from './drafts.queries';
import { receiptReference } from './receipt';
import { draftKey, keepPage, startDraft, submitDraft } from './responses.commands';
import { type Draw, drawOf } from './shown-order';
import {
  type AskedSurvey,
  alreadyAnsweredPage,
  checkPage,
  participationErrors,
  questionPage,
  startPage,
  submittedPage,
} from './walk.page';

/** One request of a respondent: the survey, its plan, and the draft this browser holds. */
interface Walk {
  survey: Survey & AskedSurvey;
  plan: Plan;
  token: string | undefined;
  draft: Draft | undefined;
  /** Of the orders this respondent sees things in. */
  draw: Draw;
}

const draftCookie = 'answers';

/** The respondent's way through a survey: start, pages, check, receipt. */
export function walkRoutes(services: Services): Router {
  const { db, clock, secret, config } = services;
  const router = Router();

  async function openWalk(req: Request, evenIfClosed = false): Promise<Walk> {
    const code = readCode(String(req.params.code));
    const survey = isCode(code) ? await findSurveyByCode(db, code) : undefined;
    if (!survey) throw surveyNotFound();
    if (!evenIfClosed) refuseUnlessOpen(survey, clock.now());
    const plan = await getPlan(db, survey.versionId);
    const token: string | undefined = req.signedCookies?.[draftCookie] || undefined;
    const key = token ? draftKey(secret, survey.id, token) : undefined;
    const draft = key ? await findDraft(db, key) : undefined;
    const asked = { ...survey, address: `/s/${survey.code}` };
    return { survey: asked, plan, token: draft && token, draft, draw: key ? drawOf(key.tokenHash) : 0 };
  }

  const cookie = (survey: Survey) => cookieOptions(config, `/s/${survey.code}`);

  router.get('/s/:code', async (req, res) => {
    const { survey, plan, draft } = await openWalk(req);
    if (req.params.code !== survey.code) return res.redirect(301, `/s/${survey.code}`);
    if (draft?.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    show(res, 's/start', startPage(survey, plan, draft ? whereNext(survey, plan, draft) : null));
  });

  router.post('/s/:code', async (req, res) => {
    const { survey, plan, draft } = await openWalk(req);
    if (draft?.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    if (draft) return res.redirect(303, whereNext(survey, plan, draft));
    const errors = participationErrors(plan, req.body);
    if (errors) return show(res, 's/start', startPage(survey, plan, null, errors));
    const token = await startDraft(services, survey.id);
    res.cookie(draftCookie, token, cookie(survey));
    res.redirect(303, whereNext(survey, plan, { answers: {}, passed: [] }));
  });

  /** A shared computer passes on: what the browser held is dropped, and a new draft begins. */
  router.post('/s/:code/another', async (req, res) => {
    const { survey } = await openWalk(req);
    res.clearCookie(draftCookie, cookie(survey));
    res.redirect(303, `/s/${survey.code}`);
  });

  router.get('/s/:code/pages/:number', async (req, res) => {
    const { survey, plan, draft, draw } = await openWalk(req);
    if (!draft) return res.redirect(303, `/s/${survey.code}`);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    const step = findVisitableStep(plan, draft, pageNumber(req));
    if (!step) return res.redirect(303, whereNext(survey, plan, draft));
    const fromCheck = isFromCheck(req);
    show(res, 's/page', questionPage(survey, plan, step, draft.answers, { fromCheck, draw }));
  });

  router.post('/s/:code/pages/:number', async (req, res) => {
    const { survey, plan, token, draft, draw } = await openWalk(req);
    if (!draft || !token) throw draftLost(survey);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    const step = findVisitableStep(plan, draft, pageNumber(req));
    if (!step) return res.redirect(303, whereNext(survey, plan, draft));
    const form = readPageAnswers(step.questions, req.body);
    const fromCheck = isFromCheck(req);
    if (form.errors) {
      const typed = { typed: req.body, errors: form.errors, fromCheck, draw };
      return show(res, 's/page', questionPage(survey, plan, step, draft.answers, typed));
    }
    const kept = await keepPage(services, draftKey(secret, survey.id, token), step.page.name, form.value);
    if (!kept) return show(res, 's/answered', alreadyAnsweredPage(survey));
    const answers = { ...draft.answers, ...form.value.given };
    for (const name of form.value.left) delete answers[name];
    const progress = { answers, passed: [...draft.passed, step.page.name] };
    const next = fromCheck ? firstOpenStep(plan, progress) : nextStep(plan, answers, step.number);
    res.redirect(303, next ? `/s/${survey.code}/pages/${next.number}` : `/s/${survey.code}/check`);
  });

  router.get('/s/:code/check', async (req, res) => {
    const { survey, plan, draft, draw } = await openWalk(req);
    if (!draft) return res.redirect(303, `/s/${survey.code}`);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    if (firstOpenStep(plan, draft)) return res.redirect(303, whereNext(survey, plan, draft));
    show(res, 's/check', checkPage(survey, plan, draft.answers, draw));
  });

  router.post('/s/:code/check', async (req, res) => {
    const { survey, plan, token } = await openWalk(req);
    if (!token) throw draftLost(survey);
    const submission = await submitDraft(services, survey, plan, token);
    if (submission.outcome === 'unknown') throw draftLost(survey);
    if (submission.outcome === 'unfinished') {
      return res.redirect(303, `/s/${survey.code}/pages/${submission.step.number}`);
    }
    res.redirect(303, `/s/${survey.code}/submitted`);
  });

  router.get('/s/:code/submitted', async (req, res) => {
    // A receipt is due even when the survey closed between sending and reading it.
    const { survey, plan, token, draft } = await openWalk(req, true);
    if (!draft || !token) return res.redirect(303, `/s/${survey.code}`);
    if (!draft.submitted) return res.redirect(303, whereNext(survey, plan, draft));
    show(res, 's/submitted', submittedPage(survey, plan, receiptReference(secret, token)));
  });

  return router;
}

function whereNext(survey: Survey, plan: Plan, progress: Pick<Draft, 'answers' | 'passed'>): string {
  const step = firstOpenStep(plan, progress);
  return step ? `/s/${survey.code}/pages/${step.number}` : `/s/${survey.code}/check`;
}

function pageNumber(req: Request): number {
  const text = String(req.params.number);
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

function isFromCheck(req: Request): boolean {
  return req.query.from === 'check';
}

function surveyNotFound(): Problem {
  return new Problem(
    404,
    'We cannot find this survey',
    'Check the code in your link, letter by letter, or ask the person who sent it to you.',
  );
}

function refuseUnlessOpen(survey: Survey, now: Date): void {
  const state = surveyState(survey, now);
  if (state === 'closed') {
    throw gone(
      'This survey is closed',
      `It closed on ${formatDate(survey.closesAt)}. Thank you for wanting to take part.`,
    );
  }
  if (state === 'not open yet') {
    throw new Problem(403, 'This survey is not open yet', `It opens on ${formatDate(survey.opensAt)}.`);
  }
}

function draftLost(survey: Survey): Problem {
  return new Problem(
    409,
    'We do not know which answers are yours',
    `This browser no longer holds the cookie that told us. Check that it accepts cookies, then start again at /s/${survey.code}.`,
  );
}
