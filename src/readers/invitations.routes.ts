import { type Request, type Response, Router } from 'express';
import type { Account } from '../accounts/account';
import { checkPassword } from '../accounts/accounts.commands';
import { readNewPassword } from '../accounts/new-password.form';
import { letIn } from '../accounts/session.routes';
import { gone } from '../platform/problem';
import type { Services } from '../services';
import { show } from '../web/layout';
import type { ReportInvitation } from './invitation';
import { findInvited, hasAccount, joinReport, joinWithPassword } from './invitations.commands';
import { invitedPage } from './invited.page';
import { letterFacts } from './letters.commands';

/** The personal link of somebody who is invited to a report, signed in or not. */
export function reportInvitationRoutes(services: Services): Router {
  const router = Router();

  router.get('/reports/invitations/:token', async (req, res) => {
    const { token, invitation } = await readInvited(req);
    const account: Account | undefined = res.locals.account;
    // Signed in as whom it is for, they have opened it themselves: nothing is left to ask.
    if (account?.email === invitation.email) {
      if (!(await joinReport(services, account, invitation.id))) throw overOrUnknown();
      return res.redirect(303, `/reports/${invitation.releaseId}`);
    }
    show(res, 'reports/invitations/show', await pageOf(res, token, invitation));
  });

  router.post('/reports/invitations/:token', async (req, res) => {
    const { token, invitation } = await readInvited(req);
    const account: Account | undefined = res.locals.account;
    if (account || (await hasAccount(services, invitation))) return res.redirect(303, req.originalUrl);
    const form = readNewPassword(req.body, invitation.email);
    if (form.errors) {
      return show(res, 'reports/invitations/show', await pageOf(res, token, invitation, form.errors));
    }
    const { password } = form.value;
    if (!(await joinWithPassword(services, invitation.id, password)))
      return res.redirect(303, req.originalUrl);
    const joined = await checkPassword(services, { email: invitation.email, password });
    if (!joined) return res.redirect(303, req.originalUrl);
    await letIn(
      services,
      res,
      joined,
      'password',
      `/reports/${invitation.releaseId}`,
      'Your account is ready',
    );
  });

  async function readInvited(req: Request): Promise<{ token: string; invitation: ReportInvitation }> {
    const token = String(req.params.token);
    const invitation = await findInvited(services, token);
    if (!invitation) throw overOrUnknown();
    return { token, invitation };
  }

  async function pageOf(
    res: Response,
    token: string,
    invitation: ReportInvitation,
    errors?: Record<string, string>,
  ) {
    const { title } = await letterFacts(services, invitation.releaseId);
    const facts = {
      title,
      hasAccount: await hasAccount(services, invitation),
      signedInAs: (res.locals.account as Account | undefined)?.email ?? null,
    };
    return invitedPage(invitation, token, facts, errors);
  }

  return router;
}

/** The same, whatever is wrong with a link: nobody learns from it who was invited to what. */
function overOrUnknown() {
  return gone(
    'This link does not lead to a report',
    'It may be mistyped, have ended or been withdrawn, or a newer e-mail has a newer link. If you can read the report already, sign in. Otherwise ask whoever invited you to send the invitation again.',
    { ways: [{ href: '/sign-in', text: 'Sign in' }] },
  );
}
