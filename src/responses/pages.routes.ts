import { type Request, type Response, Router } from 'express';
import { findVisitableStep, firstOpenStep, nextStep, type Progress } from '../questionnaires/journey';
import type { Answers, Plan } from '../questionnaires/plan';
import { isCode, readCode } from '../surveys/survey';
import { type LanguageLink, type Page, seeOther, show } from '../web/layout';
import { ownNameOf } from '../web/words';
import { type PageAnswers, readPageAnswers } from './answer.form';
import type { Draft } from './draft';
import type { Device } from './draft-cookie';
import type { KeptState } from './kept-state.page';
import type { Submission } from './responses.commands';
import type { Draw } from './shown-order';
import type { Told } from './told.page';
import {
  type AskedSurvey,
  alreadyAnsweredPage,
  type Carried,
  checkPage,
  deviceOf,
  type Enough,
  enoughPage,
  participationErrors,
  questionPage,
  startPage,
  submittedPage,
  type WayOn,
} from './walk.page';

/** One request of somebody answering: what they are asked, the draft that is theirs, and what can be done with it. */
export interface Walk {
  survey: AskedSurvey;
  plan: Plan;
  draft: Draft | undefined;
  /** Of the orders this respondent sees things in. */
  draw: Draw;
  now: Date;
  /** What the survey tells of itself. Asked for by the start page alone. */
  told(): Promise<Told>;
  /** What the start page carries along of the way somebody has come. Asked for where nothing has been begun. */
  carried?(): Promise<Carried>;
  /** What every page says besides. */
  around: Partial<Page> & { keeping?: KeptState };
  /** Does it matter whose device this is? */
  asksForDevice: boolean;
  /** Seconds to wait before a draft may be begun, or 0. Asking counts. */
  waitToBegin(): number;
  /** Seconds to wait before a page may be kept, or 0. Asking counts. */
  waitToKeep(): number;
  /** Begins, and tells what is known of the respondent by then. */
  begin(device: Device): Promise<Progress>;
  /** False when the draft has been submitted meanwhile. */
  keep(page: string, answers: PageAnswers): Promise<boolean>;
  /**
   * Drops the draft of somebody who answers so where enough such people have answered, and tells of whom there are enough;
   * undefined where they go on.
   */
  turnAway?(given: Answers): Promise<Enough | undefined>;
  submit(): Promise<Submission>;
  /** Drops what this browser holds: somebody else goes on. */
  forget(): Promise<void>;
  /** What the receipt says to keep. */
  reference(): string;
  /** Has the browser hold what somebody gets back for these answers once they are sent, where they get anything. */
  prepareThanks?(answers: Answers): void;
  /** The way there from the receipt. */
  thanks?(): WayOn | null;
  /** Answers came from a browser that holds no draft. */
  refuseLost(): never;
}

/** Finds what is answered at an address. `evenIfOver`: a receipt is due even when the survey closed between sending and reading it. */
export type OpenWalk = (req: Request, res: Response, evenIfOver?: boolean) => Promise<Walk>;

/** The respondent's way: start, pages, check, receipt, under one address. */
export function respondentPages(address: string, open: OpenWalk): Router {
  const router = Router();

  function showTo<P extends Page>(
    res: Response,
    { around }: Walk,
    view: string,
    page: P,
    status?: number,
  ): void {
    show(res, view, { ...page, ...around }, status);
  }

  router.get(address, async (req, res) => {
    const walk = await open(req, res);
    const { survey, plan, draft } = walk;
    if (draft?.submitted) return showTo(res, walk, 's/answered', alreadyAnsweredPage(survey, viaQuery(req)));
    const resume = draft ? whereNext(walk, draft) : null;
    showTo(res, walk, 's/start', startPage(survey, plan, { ...(await beginning(walk)), resume }));
  });

  router.post(address, async (req, res) => {
    const walk = await open(req, res);
    const { survey, plan, draft } = walk;
    if (draft?.submitted) return showTo(res, walk, 's/answered', alreadyAnsweredPage(survey));
    if (draft) return res.redirect(303, whereNext(walk, draft));
    const errors = participationErrors(plan, req.body, survey.words);
    if (errors) {
      const page = startPage(survey, plan, { ...(await beginning(walk)), typed: req.body, errors });
      return showTo(res, walk, 's/start', page);
    }
    const wait = walk.waitToBegin();
    if (wait > 0) {
      const busy = { form: survey.words.say('tooManyStarts') };
      const page = startPage(survey, plan, { ...(await beginning(walk)), typed: req.body, errors: busy });
      res.set('Retry-After', String(wait));
      return showTo(res, walk, 's/start', page, 429);
    }
    res.redirect(303, whereNext(walk, await walk.begin(deviceOf(req.body))));
  });

  /** A shared computer passes on: what the browser held is dropped, and a new draft begins, the way this request came. */
  router.post(`${address}/another`, async (req, res) => {
    const walk = await open(req, res, true);
    await walk.forget();
    res.redirect(303, walk.survey.address + viaQuery(req));
  });

  router.get(`${address}/pages/:number`, async (req, res) => {
    const walk = await open(req, res);
    const { survey, plan, draft, draw } = walk;
    if (!draft) return res.redirect(303, survey.address);
    if (draft.submitted) return showTo(res, walk, 's/answered', alreadyAnsweredPage(survey));
    const step = findVisitableStep(plan, draft, pageNumber(req));
    if (!step) return res.redirect(303, whereNext(walk, draft));
    const page = questionPage(survey, plan, step, draft.answers, { fromCheck: isFromCheck(req), draw });
    showTo(res, walk, 's/page', page);
  });

  router.post(`${address}/pages/:number`, async (req, res) => {
    const walk = await open(req, res);
    const { survey, plan, draft, draw } = walk;
    if (!draft) return walk.refuseLost();
    if (draft.submitted) return showTo(res, walk, 's/answered', alreadyAnsweredPage(survey));
    const step = findVisitableStep(plan, draft, pageNumber(req));
    if (!step) return res.redirect(303, whereNext(walk, draft));
    const fromCheck = isFromCheck(req);
    const wait = walk.waitToKeep();
    if (wait > 0) {
      const busy = { form: survey.words.say('tooManyPages') };
      const typed = { typed: req.body, errors: busy, fromCheck, draw };
      res.set('Retry-After', String(wait));
      return showTo(res, walk, 's/page', questionPage(survey, plan, step, draft.answers, typed), 429);
    }
    const form = readPageAnswers(step.questions, req.body, survey.words);
    if (form.errors) {
      const typed = { typed: req.body, errors: form.errors, fromCheck, draw };
      const page = questionPage(survey, plan, step, draft.answers, typed);
      return showTo(res, walk, 's/page', page);
    }
    const isPassed = draft.passed.includes(step.page.name) || isKeptOnDevice(req);
    const enough = isPassed ? undefined : await walk.turnAway?.(form.value.given);
    if (enough) return showTo(res, walk, 's/state', enoughPage(survey, enough), 410);
    if (!(await walk.keep(step.page.name, form.value))) {
      return showTo(res, walk, 's/answered', alreadyAnsweredPage(survey));
    }
    const answers = { ...draft.answers, ...form.value.given };
    for (const name of form.value.left) delete answers[name];
    const progress = { answers, passed: [...draft.passed, step.page.name] };
    const next = fromCheck ? firstOpenStep(plan, progress) : nextStep(plan, answers, step.number);
    seeOther(res, `${survey.address}/${next ? `pages/${next.number}` : 'check'}`);
  });

  router.get(`${address}/check`, async (req, res) => {
    const walk = await open(req, res);
    const { survey, plan, draft, draw } = walk;
    if (!draft) return res.redirect(303, survey.address);
    if (draft.submitted) return showTo(res, walk, 's/answered', alreadyAnsweredPage(survey));
    if (firstOpenStep(plan, draft)) return res.redirect(303, whereNext(walk, draft));
    walk.prepareThanks?.(draft.answers);
    showTo(res, walk, 's/check', checkPage(survey, plan, draft.answers, draw));
  });

  router.post(`${address}/check`, async (req, res) => {
    const walk = await open(req, res);
    const submission = await walk.submit();
    if (submission.outcome === 'unknown') return walk.refuseLost();
    const on = submission.outcome === 'unfinished' ? `pages/${submission.step.number}` : 'submitted';
    res.redirect(303, `${walk.survey.address}/${on}`);
  });

  router.get(`${address}/submitted`, async (req, res) => {
    const walk = await open(req, res, true);
    const { survey, plan, draft } = walk;
    if (!draft) return res.redirect(303, survey.address);
    if (!draft.submitted) return res.redirect(303, whereNext(walk, draft));
    const page = submittedPage(survey, plan, walk.reference(), walk.thanks?.() ?? null);
    showTo(res, walk, 's/submitted', page);
  });

  return router;
}

/** What the start page says of this walk. */
async function beginning({ asksForDevice, now, told, draft, carried }: Walk) {
  const along = draft ? undefined : await carried?.();
  return { asksForDevice, now, told: await told(), ...(along ? { carried: along } : {}) };
}

/** The same page in each language; none where there is but one. */
export function languageLinks(req: Request, languages: string[], current: string): LanguageLink[] {
  if (languages.length === 1) return [];
  return languages.map((lang) => {
    const via = viaOf(req);
    const query = new URLSearchParams({
      ...(isFromCheck(req) ? { from: 'check' } : {}),
      ...(via ? { via } : {}),
      lang,
    });
    const href = `${req.path}?${query}`;
    return { lang, href, text: ownNameOf(lang), current: lang === current };
  });
}

/** The code of the link somebody came by, as the address says it or the form of the start page. */
export function viaOf({ query, body }: Pick<Request, 'query' | 'body'>): string | undefined {
  const said = query.via ?? body?.via;
  const code = typeof said === 'string' ? readCode(said) : '';
  return isCode(code) ? code : undefined;
}

/** The same, to go on an address: pages that lead back to the start lead back the way somebody came. */
export function viaQuery(req: Request): string {
  const via = viaOf(req);
  return via ? `?via=${via}` : '';
}

/** Where somebody goes on: the first page not sent yet, or the check of all answers. */
export function whereNext({ survey, plan }: Pick<Walk, 'survey' | 'plan'>, progress: Progress): string {
  const step = firstOpenStep(plan, progress);
  return `${survey.address}/${step ? `pages/${step.number}` : 'check'}`;
}

function pageNumber(req: Request): number {
  const text = String(req.params.number);
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

function isFromCheck(req: Request): boolean {
  return req.query.from === 'check';
}

/**
 * A page that was passed on a device without a signal, and is sent later: whoever answered it has given more since, and
 * goes on. Anybody could say so of theirs, as anybody could give another answer.
 */
function isKeptOnDevice(req: Request): boolean {
  return req.query.kept === 'device';
}
