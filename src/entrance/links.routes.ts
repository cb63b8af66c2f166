import { type Request, Router } from 'express';
import { readNewPassword } from '../accounts/new-password.form';
import { letIn } from '../accounts/session.routes';
import { readAddress } from '../accounts/sign-in.form';
import { createLinkLimit } from '../accounts/sign-in-limit';
import { gone, tooManyTries } from '../platform/problem';
import type { Services } from '../services';
import { show } from '../web/layout';
import type { AccountLink, LinkKind } from './link';
import { askedPage, askPage, linkPage, shortNext } from './link.page';
import { askForLink, choosePassword, findLinkOf, takeLink } from './links.commands';

const ways: { address: string; kind: LinkKind }[] = [
  { address: '/sign-in/forgotten', kind: 'password' },
  { address: '/sign-in/email', kind: 'sign-in' },
];

/** Ways in for those who have no password at hand: a one-time link by e-mail. */
export function entranceRoutes(services: Services): Router {
  const router = Router();
  const limit = createLinkLimit(services.db);

  for (const { address, kind } of ways) {
    router.get(address, (req, res) => {
      show(res, 'sign-in/ask', askPage(kind, req.query.next));
    });

    router.post(address, async (req, res) => {
      const form = readAddress(req.body);
      if (form.errors) {
        return show(res, 'sign-in/ask', askPage(kind, req.body.next, req.body.email, form.errors));
      }
      const { email } = form.value;
      const wait = await limit.countTry(email, req.ip ?? '');
      if (wait > 0) throw tooManyTries(wait);
      await askForLink(services, { kind, email, nextAddress: shortNext(req.body.next) });
      res.redirect(303, `${address}/sent`);
    });

    router.get(`${address}/sent`, (_req, res) => {
      show(res, 'sign-in/asked', askedPage(kind));
    });
  }

  router.get('/sign-in/links/:token', async (req, res) => {
    const { token, link } = await readLink(req);
    show(res, 'sign-in/link', linkPage(link, token));
  });

  router.post('/sign-in/links/:token', async (req, res) => {
    const { token, link } = await readLink(req);
    if (link.kind === 'sign-in') {
      const account = await takeLink(services, link);
      if (!account) throw overOrUnknown();
      return letIn(services, res, account, 'e-mail link', link.nextAddress);
    }
    const form = readNewPassword(req.body, link.email);
    if (form.errors) return show(res, 'sign-in/link', linkPage(link, token, form.errors));
    const account = await choosePassword(services, link, form.value.password);
    if (!account) throw overOrUnknown();
    await letIn(services, res, account, 'password', link.nextAddress, 'Your password is changed');
  });

  async function readLink(req: Request): Promise<{ token: string; link: AccountLink }> {
    const token = String(req.params.token);
    const link = await findLinkOf(services, token);
    if (!link) throw overOrUnknown();
    return { token, link };
  }

  return router;
}

/** The same, whatever is wrong with a link: nobody learns from it who has an account. */
function overOrUnknown() {
  return gone(
    'This link does not work',
    'It may be mistyped, have been used or have ended. Ask for a new one.',
    {
      ways: [
        { href: '/sign-in/forgotten', text: 'Ask for a new password' },
        { href: '/sign-in', text: 'Sign in' },
      ],
    },
  );
}
