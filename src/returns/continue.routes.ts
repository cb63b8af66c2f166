import { type Request, type Response, Router } from 'express';
import type { Asked, Walks } from '../responses/open-walk.routes';
import { whereNext } from '../responses/pages.routes';
import { deviceOf } from '../responses/walk.page';
import type { Services } from '../services';
import { csrfCookie } from '../web/csrf';
import { show, speak } from '../web/layout';
import { readReturnToken } from './return-code';
import { createReturnLimit } from './return-limit';
import { findReturnedDraft, type ReturnedDraft } from './returns.commands';
import { readReturnForm, wantsInstead } from './returns.form';
import { carryOnPage, continuePage, type TypedCode, unknownKeyPage } from './returns.page';
import { askedSurvey } from './save.routes';

export function continueRoutes(services: Services, { open, hold }: Walks): Router {
  const { db, secret, log } = services;
  const limit = createReturnLimit(db, secret, log);
  const router = Router();

  router.get('/s/:code/continue', async (req, res) => {
    const asked = await open(req, res, 'if any may');
    show(res, 's/continue', continuePage(askedSurvey(asked)));
  });

  router.post('/s/:code/continue', async (req, res) => {
    const asked = await open(req, res, 'if any may');
    const { survey, words } = asked;
    const typed = {
      code: typeof req.body.code === 'string' ? req.body.code : '',
      device: deviceOf(req.body),
    };
    const showAgain = (errors: TypedCode['errors'], status?: number) =>
      show(res, 's/continue', continuePage(askedSurvey(asked), { ...typed, errors: errors! }), status);
    const form = readReturnForm(req.body, words);
    if (form.errors) return showAgain(form.errors);
    const session = String(req.cookies?.[csrfCookie]);
    const wait = await limit.countTry(survey.id, session);
    if (wait > 0) {
      res.set('Retry-After', String(wait));
      // At least two, so that it is "minutes" in every language.
      return showAgain(
        { code: words.say('tooManyCodes', { minutes: Math.max(2, Math.ceil(wait / 60)) }) },
        429,
      );
    }
    const returned = await findReturnedDraft(services, survey, form.value.code);
    if (!returned) return showAgain({ code: words.say('returnCodeUnknown') });
    await limit.forgive(survey.id, session);
    takeUp(req, res, asked, returned, `${asked.address}/continue`, form.value.code);
  });

  /** Opening a link changes nothing: scanners of mail and browsers that fetch ahead do it too. */
  router.get('/s/:code/continue/:key', async (req, res) => {
    const asked = await open(req, res, 'if any may');
    const returned = await findByLink(req, asked);
    if (!returned) return showUnknown(res, asked);
    const device = isHeld(asked, returned) ? asked.held!.device : 'shared';
    const page = { action: linkAddress(req, asked), device, otherNext: otherNext(asked, returned) };
    show(res, 's/carry-on', carryOnPage(askedSurvey(asked), page));
  });

  router.post('/s/:code/continue/:key', async (req, res) => {
    const asked = await open(req, res, 'if any may');
    const returned = await findByLink(req, asked);
    if (!returned) return showUnknown(res, asked);
    takeUp(req, res, asked, returned, linkAddress(req, asked));
  });

  async function findByLink(req: Request, { survey }: Asked): Promise<ReturnedDraft | undefined> {
    const token = readReturnToken(String(req.params.key));
    return token === undefined ? undefined : findReturnedDraft(services, survey, token);
  }

  /** Has this browser hold the draft; where it holds another one, asks first. */
  function takeUp(
    req: Request,
    res: Response,
    asked: Asked,
    returned: ReturnedDraft,
    action: string,
    code?: string,
  ): void {
    const { survey, plan } = asked;
    const device = deviceOf(req.body);
    const other = otherNext(asked, returned);
    if (other !== undefined && !wantsInstead(req.body)) {
      const page = { action, device, otherNext: other, ...(code ? { code } : {}) };
      show(res, 's/carry-on', carryOnPage(askedSurvey(asked), page));
      return;
    }
    hold(res, survey, { token: returned.token, device });
    res.redirect(303, whereNext({ survey: askedSurvey(asked), plan }, returned));
  }

  /** Says no more than that, in the language but without links to others: nothing of a wrong address is repeated. */
  function showUnknown(res: Response, asked: Asked): void {
    speak(res, asked.words, []);
    show(res, 's/state', unknownKeyPage(askedSurvey(asked)), 404);
  }

  return router;
}

function linkAddress(req: Request, { address }: Asked): string {
  return `${address}/continue/${req.params.key}`;
}

function isHeld({ held }: Asked, { tokenHash }: ReturnedDraft): boolean {
  return held?.key.tokenHash.equals(tokenHash) ?? false;
}

/** Where the other answers that this browser holds go on; undefined where it holds none that could be lost. */
function otherNext(asked: Asked, returned: ReturnedDraft): string | undefined {
  const { draft, plan } = asked;
  if (!draft || draft.submitted || isHeld(asked, returned)) return undefined;
  return whereNext({ survey: askedSurvey(asked), plan }, draft);
}
