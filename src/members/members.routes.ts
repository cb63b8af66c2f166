import { type Request, type Response, Router } from 'express';
import { type FieldErrors, readForm } from '../platform/form';
import { forbidden, notFound, Problem } from '../platform/problem';
import { listMembers, type Member } from '../projects/projects.queries';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { handoverForm, newMemberForm, roleForm } from './member.form';
import { changeRole, handOver, joinMember, removeMember } from './members.commands';
import { handoverPage, leavingPage, peoplePage, personPage } from './members.page';

/** Who is in a project: brought in, given another role, taken out, leaving, and handing the project over. */
export function membersRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/projects/:id/people', async (req, res) => {
    await showPeople(res, await visitProject(services, res, readId(req, 'Project'), 'see the project'));
  });

  router.post('/projects/:id/people', async (req, res) => {
    const visit = await changing(req, res);
    const form = readForm(newMemberForm, req.body);
    if (form.errors) return showPeople(res, visit, { body: req.body, errors: form.errors });
    const joined = await joinMember(services, visit.actor, visit.project, form.value);
    if (joined.errors) return showPeople(res, visit, { body: req.body, errors: joined.errors });
    const told = joined.trouble
      ? `The e-mail that tells them did not go: ${joined.trouble}`
      : 'An e-mail tells them.';
    redirectWithNotice(res, config, peopleOf(visit), `${form.value.email} is in the project. ${told}`);
  });

  router.get('/projects/:id/people/:account', async (req, res) => {
    const visit = await changing(req, res);
    show(res, 'projects/people/show', personPage(visit.project, await memberIn(req, visit)));
  });

  router.post('/projects/:id/people/:account', async (req, res) => {
    const visit = await changing(req, res);
    const member = await memberIn(req, visit);
    const form = readForm(roleForm, req.body);
    if (form.errors) return show(res, 'projects/people/show', personPage(visit.project, member, form.errors));
    const { role } = form.value;
    const refused = await refusal(() =>
      changeRole(services, visit.actor, visit.project.id, member.accountId, role),
    );
    if (refused) {
      return show(res, 'projects/people/show', personPage(visit.project, member, { role: refused }), 409);
    }
    redirectWithNotice(res, config, peopleOf(visit), 'Role changed');
  });

  router.get('/projects/:id/people/:account/removal', async (req, res) => {
    const visit = await changing(req, res);
    show(res, 'projects/people/leaving', leavingPage(visit.project, await memberIn(req, visit), false));
  });

  router.post('/projects/:id/people/:account/removal', async (req, res) => {
    const visit = await changing(req, res);
    const { accountId, email } = await memberIn(req, visit);
    await removeMember(services, visit.actor, visit.project.id, accountId);
    if (accountId === visit.account.id) return redirectWithNotice(res, config, '/projects', 'You have left');
    redirectWithNotice(res, config, peopleOf(visit), `${email} is no longer in the project`);
  });

  router.get('/projects/:id/departure', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'see the project');
    show(res, 'projects/people/leaving', leavingPage(visit.project, await ownOf(visit), true));
  });

  router.post('/projects/:id/departure', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'see the project');
    await ownOf(visit);
    await removeMember(services, visit.actor, visit.project.id, visit.account.id);
    redirectWithNotice(res, config, '/projects', `You have left ${visit.project.name}`);
  });

  router.get('/projects/:id/handover', async (req, res) => {
    const visit = await handing(req, res);
    show(res, 'projects/people/handover', handoverPage(visit.project, await othersThan(visit)));
  });

  router.post('/projects/:id/handover', async (req, res) => {
    const visit = await handing(req, res);
    const form = readForm(handoverForm, req.body);
    const retry = (errors: FieldErrors, status = 422) =>
      othersThan(visit).then((others) =>
        show(
          res,
          'projects/people/handover',
          handoverPage(visit.project, others, { body: req.body, errors }),
          status,
        ),
      );
    if (form.errors) return retry(form.errors);
    const { to, become } = form.value;
    const person = { kind: 'account', accountId: visit.account.id } as const;
    const refused = await refusal(() => handOver(services, person, visit.project.id, { to, become }));
    if (refused) return retry({ to: refused }, 409);
    const address = become === 'leave' ? '/projects' : peopleOf(visit);
    redirectWithNotice(res, config, address, `${visit.project.name} is handed over`);
  });

  function changing(req: Request, res: Response): Promise<Visit> {
    return visitProject(services, res, readId(req, 'Project'), 'change who is in the project');
  }

  /** Only whoever leads a project can hand it over. */
  async function handing(req: Request, res: Response): Promise<Visit> {
    const visit = await changing(req, res);
    if (visit.role !== 'lead') throw forbidden('Whoever leads the project hands it over.');
    return visit;
  }

  async function memberIn(req: Request, { project }: Visit): Promise<Member> {
    const accountId = readId(req, 'Person', 'account');
    const member = (await listMembers(db, project.id)).find((one) => one.accountId === accountId);
    if (!member) throw notFound('Person');
    return member;
  }

  async function ownOf({ project, account }: Visit): Promise<Member> {
    const own = (await listMembers(db, project.id)).find(({ accountId }) => accountId === account.id);
    if (!own) throw notFound('Membership');
    return own;
  }

  async function othersThan({ project, account }: Visit): Promise<Member[]> {
    return (await listMembers(db, project.id)).filter(({ accountId }) => accountId !== account.id);
  }

  async function showPeople(
    res: Response,
    visit: Visit,
    retry: { body?: Readonly<Record<string, unknown>>; errors?: FieldErrors } = {},
  ): Promise<void> {
    const members = await listMembers(db, visit.project.id);
    const who = {
      mayChange: visit.may('change who is in the project'),
      seesAll: visit.may('comment') || visit.may('change who is in the project'),
      isMember: members.some(({ accountId }) => accountId === visit.account.id),
      leads: visit.role === 'lead',
    };
    show(res, 'projects/people/index', peoplePage(visit.project, members, who, retry));
  }

  return router;
}

function peopleOf({ project }: Visit): string {
  return `/projects/${project.id}/people`;
}

/** What stands against something, in a sentence; nothing where it is done. */
async function refusal(act: () => Promise<void>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return `${error.title}. ${error.detail}`;
    throw error;
  }
}
