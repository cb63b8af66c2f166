import { Router } from 'express';
import { readForm } from '../platform/form';
import { tooManyTries } from '../platform/problem';
import type { Services } from '../services';
import { cookieOptions } from '../web/cookies';
import { show } from '../web/layout';
import { checkPassword, signOut } from './accounts.commands';
import { letIn, sessionCookie } from './session.routes';
import { signInForm } from './sign-in.form';
import { safeNext, signInPage } from './sign-in.page';
import { createSignInLimit } from './sign-in-limit';

/** Signing in and out. */
export function accountsRoutes(services: Services): Router {
  const router = Router();
  const limit = createSignInLimit(services.db);
  const cookie = cookieOptions(services.config);

  router.get('/sign-in', (req, res) => {
    show(res, 'sign-in', signInPage(req.query.next));
  });

  router.post('/sign-in', async (req, res) => {
    const form = readForm(signInForm, req.body);
    if (form.errors) {
      show(res, 'sign-in', signInPage(req.body.next, req.body.email, form.errors));
      return;
    }
    const wait = await limit.countTry(form.value.email, req.ip ?? '');
    if (wait > 0) throw tooManyTries(wait);
    const account = await checkPassword(services, form.value);
    if (!account) {
      const errors = { email: 'The email address or the password is wrong' };
      show(res, 'sign-in', signInPage(req.body.next, form.value.email, errors));
      return;
    }
    await limit.forget(form.value.email, req.ip ?? '');
    await letIn(services, res, account, 'password', safeNext(req.body.next));
  });

  router.post('/sign-out', async (req, res) => {
    const token = req.signedCookies?.[sessionCookie];
    if (token) await signOut(services, res.locals.account, token);
    res.clearCookie(sessionCookie, cookie);
    res.redirect(303, req.body.next === undefined ? '/sign-in' : safeNext(req.body.next));
  });

  return router;
}
