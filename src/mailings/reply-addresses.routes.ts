import { type Request, Router } from 'express';
import { notFound } from '../platform/problem';
import { getProject } from '../projects/projects.queries';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { readReplyAddress } from './reply-address.form';
import { confirmReplyPage, replyAddressPage } from './reply-address.page';
import { askReplyAddress, confirmReplyAddress, findAsked } from './reply-addresses.commands';
import { findAskedAddress, findReplyAddress } from './reply-addresses.queries';

/** Where answers to a project's e-mails go: said by its lead. */
export function replyAddressRoutes(services: Services): Router {
  const { db, config, mail } = services;
  const router = Router();

  router.get('/projects/:id/reply-address', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'run the survey');
    show(res, 'projects/reply-address', replyAddressPage(project, await factsOf(project.id)));
  });

  router.post('/projects/:id/reply-address', async (req, res) => {
    const { project, actor } = await visitProject(services, res, readId(req, 'Project'), 'run the survey');
    const form = readReplyAddress(req.body);
    const trouble = form.errors
      ? undefined
      : await askReplyAddress(services, actor, project, form.value.email);
    const errors = form.errors ?? (trouble ? { email: trouble } : undefined);
    if (errors) {
      const retry = { email: String(req.body.email ?? ''), errors };
      return show(res, 'projects/reply-address', replyAddressPage(project, await factsOf(project.id), retry));
    }
    const notice =
      mail.way === 'outbox'
        ? 'The e-mail with the link is in the outbox'
        : 'We have sent an e-mail with a link';
    redirectWithNotice(res, config, `/projects/${project.id}/reply-address`, notice);
  });

  async function factsOf(projectId: string) {
    const current = await findReplyAddress(db, projectId);
    return { current, asked: await findAskedAddress(db, projectId), way: mail.way };
  }

  return router;
}

/** And agreed to by whoever reads its mail, signed in or not. */
export function confirmReplyRoutes(services: Services): Router {
  const { db } = services;
  const router = Router();
  const address = '/reply-addresses/:token';

  router.get(address, async (req, res) => {
    const { token, asked, project } = await readAsked(req);
    show(res, 'reply-address', confirmReplyPage(token, asked, project));
  });

  router.post(address, async (req, res) => {
    const { asked } = await readAsked(req);
    await confirmReplyAddress(services, asked);
    res.redirect(303, req.originalUrl);
  });

  async function readAsked(req: Request) {
    const token = String(req.params.token);
    const asked = token.length <= 100 ? await findAsked(services, token) : undefined;
    if (!asked) throw notFound('Link');
    return { token, asked, project: await getProject(db, asked.projectId) };
  }

  return router;
}
