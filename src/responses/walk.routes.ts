import { type Request, type Response, Router } from 'express';
import { gone, Problem } from '../platform/problem';
import { findVisitableStep, firstOpenStep, nextStep } from '../questionnaires/journey';
import type { Plan } from '../questionnaires/plan';
import { getPlan, getSpoken } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { isCode, readCode, type Survey, surveyState } from '../surveys/survey';
import { findSurveyByCode } from '../surveys/surveys.queries';
import { cookieOptions } from '../web/cookies';
import { type LanguageLink, show, speak } from '../web/layout';
import { englishWords, ownNameOf, type Words } from '../web/words';
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
const languageCookie = 'language';
const english = 'en';

/** The respondent's way through a survey: start, pages, check, receipt. */
export function walkRoutes(services: Services): Router {
  const { db, clock, secret, config } = services;
  const router = Router();

  async function openWalk(req: Request, res: Response, evenIfClosed = false): Promise<Walk> {
    const code = readCode(String(req.params.code));
    const survey = isCode(code) ? await findSurveyByCode(db, code) : undefined;
    if (!survey) throw surveyNotFound();
    const { plan, words } = await speakTo(req, res, survey);
    if (!evenIfClosed) refuseUnlessOpen(survey, words, clock.now());
    const token: string | undefined = req.signedCookies?.[draftCookie] || undefined;
    const key = token ? draftKey(secret, survey.id, token) : undefined;
    const draft = key ? await findDraft(db, key) : undefined;
    return {
      survey: { ...survey, words, address: `/s/${survey.code}` },
      ...{ plan, draft, token: draft && token, draw: key ? drawOf(key.tokenHash) : 0 },
    };
  }

  const cookie = (survey: Survey) => cookieOptions(config, `/s/${survey.code}`);

  /** The language asked for in the address, which is remembered, or else the one remembered. Everything follows it. */
  async function speakTo(req: Request, res: Response, survey: Survey) {
    const own = { plan: await getPlan(db, survey.versionId), words: englishWords };
    const languages = [english, ...own.plan.languages];
    const wished = languages.find((language) => language === req.query.lang);
    if (wished) res.cookie(languageCookie, wished, cookie(survey));
    const kept = languages.find((language) => language === req.signedCookies?.[languageCookie]);
    const language = wished ?? kept ?? english;
    const asked = language === english ? own : await getSpoken(db, survey.versionId, language);
    speak(res, asked.words, languageLinks(req, languages, language));
    return asked;
  }

  router.get('/s/:code', async (req, res) => {
    const { survey, plan, draft } = await openWalk(req, res);
    if (req.params.code !== survey.code) return res.redirect(301, startAddress(survey, req));
    if (draft?.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    show(res, 's/start', startPage(survey, plan, draft ? whereNext(survey, plan, draft) : null));
  });

  router.post('/s/:code', async (req, res) => {
    const { survey, plan, draft } = await openWalk(req, res);
    if (draft?.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    if (draft) return res.redirect(303, whereNext(survey, plan, draft));
    const errors = participationErrors(plan, req.body, survey.words);
    if (errors) return show(res, 's/start', startPage(survey, plan, null, errors));
    const token = await startDraft(services, survey.id);
    res.cookie(draftCookie, token, cookie(survey));
    res.redirect(303, whereNext(survey, plan, { answers: {}, passed: [] }));
  });

  /** A shared computer passes on: what the browser held is dropped, and a new draft begins. */
  router.post('/s/:code/another', async (req, res) => {
    const { survey } = await openWalk(req, res);
    res.clearCookie(draftCookie, cookie(survey));
    res.redirect(303, `/s/${survey.code}`);
  });

  router.get('/s/:code/pages/:number', async (req, res) => {
    const { survey, plan, draft, draw } = await openWalk(req, res);
    if (!draft) return res.redirect(303, `/s/${survey.code}`);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    const step = findVisitableStep(plan, draft, pageNumber(req));
    if (!step) return res.redirect(303, whereNext(survey, plan, draft));
    const fromCheck = isFromCheck(req);
    show(res, 's/page', questionPage(survey, plan, step, draft.answers, { fromCheck, draw }));
  });

  router.post('/s/:code/pages/:number', async (req, res) => {
    const { survey, plan, token, draft, draw } = await openWalk(req, res);
    if (!draft || !token) throw draftLost(survey);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    const step = findVisitableStep(plan, draft, pageNumber(req));
    if (!step) return res.redirect(303, whereNext(survey, plan, draft));
    const form = readPageAnswers(step.questions, req.body, survey.words);
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
    const { survey, plan, draft, draw } = await openWalk(req, res);
    if (!draft) return res.redirect(303, `/s/${survey.code}`);
    if (draft.submitted) return show(res, 's/answered', alreadyAnsweredPage(survey));
    if (firstOpenStep(plan, draft)) return res.redirect(303, whereNext(survey, plan, draft));
    show(res, 's/check', checkPage(survey, plan, draft.answers, draw));
  });

  router.post('/s/:code/check', async (req, res) => {
    const { survey, plan, token } = await openWalk(req, res);
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
    const { survey, plan, token, draft } = await openWalk(req, res, true);
    if (!draft || !token) return res.redirect(303, `/s/${survey.code}`);
    if (!draft.submitted) return res.redirect(303, whereNext(survey, plan, draft));
    show(res, 's/submitted', submittedPage(survey, plan, receiptReference(secret, token)));
  });

  return router;
}

/** The same page in each language; none where there is but one. */
function languageLinks(req: Request, languages: string[], current: string): LanguageLink[] {
  if (languages.length === 1) return [];
  return languages.map((lang) => {
    const query = new URLSearchParams(isFromCheck(req) ? { from: 'check', lang } : { lang });
    const href = `${req.path}?${query}`;
    return { lang, href, text: ownNameOf(lang), current: lang === current };
  });
}

/** Where a code typed otherwise leads: the language asked for goes along. */
function startAddress({ code }: Survey, { query }: Request): string {
  const { lang } = query;
  return `/s/${code}${typeof lang === 'string' ? `?${new URLSearchParams({ lang })}` : ''}`;
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

function refuseUnlessOpen(survey: Survey, words: Words, now: Date): void {
  const state = surveyState(survey, now);
  if (state === 'closed') {
    const day = words.date(survey.closesAt);
    throw gone(words.say('closedTitle'), words.say('closedText', { day }));
  }
  if (state === 'not open yet') {
    const day = words.date(survey.opensAt);
    throw new Problem(403, words.say('notOpenTitle'), words.say('notOpenText', { day }));
  }
}

function draftLost({ address, words }: AskedSurvey): Problem {
  return new Problem(409, words.say('draftLostTitle'), words.say('draftLostText', { address }));
}
