import { type Request, type Response, Router } from 'express';
import { allowMail, refuseMail } from '../contacts/contacts.commands';
import { isRefused } from '../contacts/mail-refusals.queries';
import { type KnownAddress, readUnsubscribeToken } from '../contacts/unsubscribe-token';
import { hasOwnName } from '../organisations/organisation';
import { getOrganisation } from '../organisations/organisations.queries';
import { Problem } from '../platform/problem';
import type { Services } from '../services';
import { show, speak } from '../web/layout';
import { englishWords, ownNameOf, type Words, wordsIn } from '../web/words';
import { type MailState, unsubscribePage } from './unsubscribe.page';

/** The languages the page can be had in: those the product itself speaks. */
const languages = ['en', 'cy'];

/**
 * Stopping e-mails. Opening the link changes nothing. The button posts, and so does the mail program in which somebody
 * presses its own (RFC 8058): without a cookie or a token of a form, and hearing no redirect. Whoever has the link may do it,
 * and can do nothing else by it, so these addresses ask for no more proof than that.
 */
export function unsubscribeRoutes(services: Services): Router {
  const { db, config, secret } = services;
  const router = Router();

  router.get('/unsubscribe/:token', async (req, res) => {
    const address = addressIn(req, res);
    await showState(req, res, address);
  });

  router.post('/unsubscribe/:token', async (req, res) => {
    const address = addressIn(req, res);
    await getOrganisation(db, address.organisationId);
    await refuseMail(services, address);
    await showState(req, res, address);
  });

  router.post('/unsubscribe/:token/undo', async (req, res) => {
    const address = addressIn(req, res);
    await allowMail(services, address);
    await showState(req, res, address, 'written to again');
  });

  function addressIn(req: Request, res: Response): KnownAddress {
    res.set('X-Robots-Tag', 'noindex, nofollow');
    const words = speakTo(req, res);
    const address = readUnsubscribeToken(secret, String(req.params.token));
    if (address) return address;
    speak(res, words, []); // Nothing of a wrong address is repeated.
    throw new Problem(404, words.say('unsubscribeUnknownTitle'), words.say('unsubscribeUnknownText'));
  }

  async function showState(
    req: Request,
    res: Response,
    known: KnownAddress,
    otherwise: MailState = 'written to',
  ): Promise<void> {
    const words: Words = res.locals.words;
    const organisation = await getOrganisation(db, known.organisationId);
    const name = hasOwnName(organisation) ? organisation.name : config.organisationName;
    const page = unsubscribePage(words, {
      organisation: name ?? words.say('theOrganisation'),
      address: `/unsubscribe/${String(req.params.token)}`,
      state: (await isRefused(db, known)) ? 'refused' : otherwise,
    });
    show(res, 'unsubscribe', page);
  }

  return router;
}

function speakTo(req: Request, res: Response): Words {
  const language = languages.find((one) => one === req.query.lang) ?? 'en';
  const words = language === 'en' ? englishWords : wordsIn(language);
  const address = `/unsubscribe/${String(req.params.token)}`;
  const links = languages.map((lang) => ({
    lang,
    href: `${address}?${new URLSearchParams({ lang })}`,
    text: ownNameOf(lang),
    current: lang === language,
  }));
  speak(res, words, links);
  return words;
}
