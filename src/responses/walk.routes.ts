import { type Request, type Response, Router } from 'express';
import { gone, Problem } from '../platform/problem';
import { getPlan, getSpoken } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { isCode, readCode, type Survey, surveyState } from '../surveys/survey';
import { findSurveyByCode } from '../surveys/surveys.queries';
import { cookieOptions } from '../web/cookies';
import { speak } from '../web/layout';
import { englishWords, type Words } from '../web/words';
import { findDraft } from './drafts.queries';
import { languageLinks, respondentPages, type Walk } from './pages.routes';
import { english } from './preview.form';
import { receiptReference } from './receipt';
import { draftKey, keepPage, startDraft, submitDraft } from './responses.commands';
import { drawOf } from './shown-order';
import type { AskedSurvey } from './walk.page';

const draftCookie = 'answers';
const languageCookie = 'language';

/** The respondent's way through a survey, the draft known by a cookie that only their browser holds. */
export function walkRoutes(services: Services): Router {
  const { db, clock, secret, config } = services;
  const router = Router();

  async function openSurvey(req: Request, res: Response, evenIfOver = false): Promise<Walk> {
    const code = readCode(String(req.params.code));
    const survey = isCode(code) ? await findSurveyByCode(db, code) : undefined;
    if (!survey) throw surveyNotFound();
    const { plan, words } = await speakTo(req, res, survey);
    if (!evenIfOver) refuseUnlessOpen(survey, words, clock.now());
    const token: string = req.signedCookies?.[draftCookie] || '';
    const key = token === '' ? undefined : draftKey(secret, survey.id, token);
    const draft = key && (await findDraft(db, key));
    const address = addressOf(survey);
    return {
      survey: { ...survey, words, address },
      plan,
      draft,
      draw: key ? drawOf(key.tokenHash) : 0,
      around: {},
      begin: async () => {
        res.cookie(draftCookie, await startDraft(services, survey.id), cookie(survey));
        return { answers: {}, passed: [] };
      },
      keep: (page, answers) => keepPage(services, key!, page, answers),
      submit: async () => (draft ? submitDraft(services, survey, plan, token) : { outcome: 'unknown' }),
      forget: async () => {
        res.clearCookie(draftCookie, cookie(survey));
      },
      reference: () => receiptReference(secret, token),
      refuseLost: () => {
        throw draftLost({ address, words });
      },
    };
  }

  const cookie = (survey: Survey) => cookieOptions(config, addressOf(survey));

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

  /** A code typed in another way leads to the survey's own address; the language asked for goes along. */
  router.get('/s/:code', (req, res, next) => {
    const code = readCode(req.params.code);
    if (!isCode(code) || code === req.params.code) return next();
    const { lang } = req.query;
    res.redirect(301, `/s/${code}${typeof lang === 'string' ? `?${new URLSearchParams({ lang })}` : ''}`);
  });
  router.use(respondentPages('/s/:code', openSurvey));

  return router;
}

function addressOf({ code }: Survey): string {
  return `/s/${code}`;
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

function draftLost({ address, words }: Pick<AskedSurvey, 'address' | 'words'>): Problem {
  return new Problem(409, words.say('draftLostTitle'), words.say('draftLostText', { address }));
}
