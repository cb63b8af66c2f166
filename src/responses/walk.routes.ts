import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { findLinkByCode } from '../links/links.queries';
import { getNoticeInForce } from '../notices/notices.queries';
import { limitPerMinute } from '../platform/minute-limit';
import { Problem } from '../platform/problem';
import type { Services } from '../services';
import { isCode, readCode } from '../surveys/survey';
import { arrivalOf, carriedBy } from './arrival.routes';
import { minuteOf, minutesTaken } from './draft-cookie';
import { deleteDraft } from './drafts.queries';
import { enoughGave } from './enough';
import { type FrozenResponse, freeze } from './frozen-response';
import { keptState } from './kept-state.page';
import { type Asked, openWalks, privacyAddressOf } from './open-walk.routes';
import { type OpenWalk, respondentPages, viaOf, viaQuery } from './pages.routes';
import { receiptReference } from './receipt';
import { keepPage, startDraft, submitDraft } from './responses.commands';
import { drawOf } from './shown-order';
import type { AskedSurvey, WayOn } from './walk.page';

/** What somebody gets back for their answers. A later room makes it; their browser holds what it is made from. */
export interface Thanks {
  prepare(res: Response, asked: Asked, frozen: FrozenResponse): void;
  wayFrom(req: Request, asked: Asked): WayOn | null;
  drop(res: Response, asked: Asked): void;
}

/** How many pages of one draft are kept a minute: more than anybody fills in, and an end to a loop that has run wild. */
export const pagesPerMinute = 240;

/** The respondent's way through a survey, the draft known by a cookie that only their browser holds. */
export function walkRoutes(services: Services, thanks: Thanks): Router {
  const { db, clock, secret, config } = services;
  const { open, hold, forget } = openWalks(services);
  const router = Router();
  const starts = limitPerMinute(clock, config.startsPerMinute);
  const pagesKept = limitPerMinute(clock, pagesPerMinute);

  const openWalk: OpenWalk = async (req, res, evenIfOver) => {
    const asked = await open(req, res, evenIfOver);
    const { survey, address, plan, words, draft, held } = asked;
    const { personal } = asked;
    const askedSurvey = { ...survey, words, address, personal, ...(held ? { device: held.device } : {}) };
    const draw = held ? drawOf(held.key.tokenHash) : 0;
    /** An invitation that leads no further is not remembered for whoever comes next. */
    const orForget = <T>(found: Promise<T>): Promise<T> =>
      found.catch((error: unknown) => {
        if (asked.invitedBy !== undefined && !draft) forget(res, survey);
        throw error;
      });
    return {
      survey: askedSurvey,
      plan,
      draft,
      draw,
      around: held && draft ? { keeping: keptState(askedSurvey, held, draft.revision, draw) } : {},
      now: clock.now(),
      told: async () => ({
        content: (await getNoticeInForce(db, survey.id, clock.now())).content,
        privacy: privacyAddressOf(survey) + viaQuery(req),
      }),
      asksForDevice: true,
      carried: () => orForget(carriedBy(services, req, asked)),
      waitToBegin: () => starts(survey.id),
      waitToKeep: () => pagesKept(held!.token),
      begin: async (device) => {
        const arrival = await orForget(arrivalOf(services, req, asked));
        const token = await startDraft(services, survey.id, arrival);
        hold(res, survey, { token, device, begunAt: minuteOf(clock.now()) });
        return { answers: arrival.answers ?? {}, passed: [] };
      },
      keep: (page, answers) => keepPage(services, held!.key, page, answers),
      turnAway: async (given) => {
        const answer = enoughGave(plan, survey.fullQuotas, given);
        if (answer === undefined || !held) return undefined;
        await deleteDraft(db, held.key);
        forget(res, survey);
        thanks.drop(res, asked);
        return { answer, invited: asked.invitedBy !== undefined };
      },
      submit: async () => {
        if (!held) return { outcome: 'unknown' };
        const submission = await submitDraft(services, survey, plan, held.token, {
          minutes: minutesTaken(held, clock.now()),
        });
        if (submission.outcome === 'submitted' && submission.frozen) {
          thanks.prepare(res, asked, submission.frozen);
        }
        return submission;
      },
      forget: async () => {
        forget(res, survey);
        thanks.drop(res, asked);
      },
      // Before they are sent already: of two presses of the button only the first one's answer brings it, and a browser
      // waits for the second one's.
      prepareThanks: (answers) => thanks.prepare(res, asked, freeze(plan, answers)),
      thanks: () => thanks.wayFrom(req, asked),
      reference: () => receiptReference(secret, held!.token),
      refuseLost: () => {
        throw draftLost({ name: survey.name, address, words });
      },
    };
  };

  /** A code typed in another way leads to its own address; the language asked for goes along. */
  router.get('/s/:code', (req, res, next) => {
    const code = readCode(req.params.code);
    if (!isCode(code) || code === req.params.code) return next();
    res.redirect(301, `/s/${code}${alongWith(req, viaOf(req))}`);
  });
  router.use(respondentPages('/s/:code', openWalk));

  /** A code that no survey has may be a link's. Asked only then: a survey's own pages cost nothing more for it. */
  const leadByLink: ErrorRequestHandler<{ code: string }> = async (error, req, res, next) => {
    const isUnknown =
      error instanceof Problem && error.status === 404 && req.path === '/' && isCode(req.params.code);
    const link = isUnknown && req.method !== 'POST' ? await findLinkByCode(db, req.params.code) : undefined;
    if (!link) return next(error);
    res.redirect(302, `/s/${link.surveyCode}${alongWith(req, link.code)}`);
  };
  router.use('/s/:code', leadByLink);

  return router;
}

/** What an address is asked with: the link somebody came by, and the language. */
function alongWith({ query: { lang } }: Request, via: string | undefined): string {
  const query = new URLSearchParams({
    ...(via ? { via } : {}),
    ...(typeof lang === 'string' ? { lang } : {}),
  });
  return query.size > 0 ? `?${query}` : '';
}

function draftLost({ name, address, words }: Pick<AskedSurvey, 'name' | 'address' | 'words'>): Problem {
  return new Problem(409, words.say('draftLostTitle'), words.say('draftLostText', { address }), {
    section: name,
    sentences: [words.say('draftLostSent')],
    ways: [
      { href: `${address}/continue`, text: words.say('continueSaved') },
      { href: address, text: words.say('startAgain') },
    ],
  });
}
