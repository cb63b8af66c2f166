import { type Request, type Response, Router } from 'express';
import { invitationHash, isInvitationToken } from '../contacts/invitation-token';
import { type Addressee, findAddressee } from '../mailings/message-tokens.queries';
import { limitPerMinute } from '../platform/minute-limit';
import { Problem, tooManyTries } from '../platform/problem';
import { invitationAnswered, invitationWithdrawn } from '../responses/arrival.routes';
import type { Draft } from '../responses/draft';
import { findDraft } from '../responses/drafts.queries';
import { type Asked, addressOf, openWalks } from '../responses/open-walk.routes';
import { whereNext } from '../responses/pages.routes';
import { draftKey, invitedToken } from '../responses/responses.commands';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { show, wordsToAnswerIn } from '../web/layout';
import { isShipped, type Words, wordsIn } from '../web/words';
import { choicePage } from './invitations.page';

/** What comes from /i/ may be opened by a program that looks for harm: no search engine is to list it. */
const unlisted = 'noindex, nofollow';

/**
 * How many links that lead nowhere are answered in full a minute. There is nothing to guess, with 256 bits: this only
 * keeps a flood cheap. A link that leads somewhere is never refused, so nobody can close the door to others. It is counted
 * in memory, for opening a link changes nothing in the database.
 */
export const unknownPerMinute = 600;

/** Coming by a personal link. Opening one changes nothing but what the browser remembers: scanners of mail do it too. */
export function invitationsRoutes(services: Services): Router {
  const { db, clock, secret, log } = services;
  const { open, hold, remember, forget } = openWalks(services);
  const router = Router();
  const unknown = limitPerMinute(clock, unknownPerMinute);

  router.get('/i/:token', async (req, res) => {
    res.set('X-Robots-Tag', unlisted);
    const addressee = await addresseeOf(req.params.token);
    if (!addressee) throw refused(req, res);
    const survey = await getSurvey(db, addressee.surveyId);
    const words = wordsFor(addressee);
    if (addressee.isWithdrawn) throw invitationWithdrawn(survey, words);
    if (addressee.answered) throw invitationAnswered(survey, words);
    remember(res, survey, addressee.contactId);
    const query = addressee.language === 'en' ? '' : `?${new URLSearchParams({ lang: addressee.language })}`;
    res.redirect(303, `${addressOf(survey)}/invitation${query}`);
  });

  /** Where the browser shows what it holds of the survey already: only under the survey's address it does. */
  router.get('/s/:code/invitation', async (req, res) => {
    const asked = await open(req, res, 'if any may');
    const found = await findInvited(asked);
    if (!found) return res.redirect(303, asked.address);
    const { draft, survey, address, words, plan, personal } = asked;
    // Answers of another invitation are not lost: its own link leads back to them, and should not be led to from here.
    const isOther = draft !== undefined && !draft.submitted && !personal;
    if (!isOther) return goOn(res, asked, found);
    const other = { ...survey, words, address };
    show(res, 's/choice', choicePage(other, whereNext({ survey: other, plan }, draft)));
  });

  router.post('/s/:code/invitation', async (req, res) => {
    const asked = await open(req, res, 'if any may');
    const found = await findInvited(asked);
    if (!found) return res.redirect(303, asked.address);
    goOn(res, asked, found);
  });

  async function addresseeOf(token: string): Promise<Addressee | undefined> {
    return isInvitationToken(token) ? findAddressee(db, invitationHash(secret, token)) : undefined;
  }

  function refused(req: Request, res: Response): Problem {
    const wait = unknown('unknown');
    if (wait > 0) {
      log.warn('so many personal links that lead nowhere are opened that they are refused for a minute');
      res.set('Retry-After', String(wait));
      return tooManyTries(wait);
    }
    const words = wordsToAnswerIn(req, res);
    return new Problem(404, words.say('invitationUnknownTitle'), words.say('invitationUnknownText'), {
      sentences: [words.say('invitationUnknownAsk')],
      ways: [{ href: '/', text: words.say('invitationUnknownCode') }],
    });
  }

  /** The draft that belongs to the invitation the browser remembers, if one has been begun. */
  async function findInvited({ survey, invitedBy }: Asked) {
    if (invitedBy === undefined) return undefined;
    const token = invitedToken(secret, invitedBy);
    return { contactId: invitedBy, token, draft: await findDraft(db, draftKey(secret, survey.id, token)) };
  }

  /** Has the browser hold what belongs to the invitation, in the place of whatever it held. */
  function goOn(
    res: Response,
    asked: Asked,
    found: { contactId: string; token: string; draft: Draft | undefined },
  ): void {
    const { survey, held, address } = asked;
    const { contactId, token, draft } = found;
    if (!draft) forget(res, survey);
    else if (held?.token !== token) hold(res, survey, { token, device: 'shared' });
    remember(res, survey, contactId);
    res.redirect(303, address);
  }

  return router;
}

function wordsFor({ language }: Addressee): Words {
  return wordsIn(isShipped(language) ? language : 'en-GB');
}
