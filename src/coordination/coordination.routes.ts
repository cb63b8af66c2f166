import { Router } from 'express';
import { isoDay } from '../platform/dates';
import { type FieldErrors, readForm } from '../platform/form';
import type { Project } from '../projects/project';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { labelsFor, listProjectTerms } from '../vocabularies/project-terms.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { coordinatorForm } from './coordinator.form';
import { nameCoordinator, removeCoordinator } from './coordinators.commands';
import { coordinatorsPage } from './coordinators.page';
import { listCoordinators } from './coordinators.queries';

/** Who coordinates which organisation of a project. */
export function coordinationRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/projects/:id/coordinators', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'run the survey');
    show(res, 'projects/coordinators', await pageOf(project));
  });

  router.post('/projects/:id/coordinators', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'run the survey');
    const { project, actor } = visit;
    const form = readForm(coordinatorForm, req.body);
    const offered = await organisationsOf(project.id);
    const isUnknown = form.value && offered.every(({ code }) => code !== form.value.organisation);
    const errors = isUnknown ? { organisation: 'Select the organisation' } : form.errors;
    const refused = errors ?? (await nameCoordinator(services, actor, project.id, form.value!));
    if (refused) {
      return show(res, 'projects/coordinators', await pageOf(project, { body: req.body, errors: refused }));
    }
    redirectWithNotice(res, config, `/projects/${project.id}/coordinators`, 'Coordinator named');
  });

  router.post('/projects/:id/coordinators/:account/removal', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'run the survey');
    const { project, actor } = visit;
    await removeCoordinator(services, actor, project.id, readId(req, 'Coordinator', 'account'));
    redirectWithNotice(res, config, `/projects/${project.id}/coordinators`, 'Coordinator removed');
  });

  async function pageOf(
    project: Project,
    retry: { body?: Readonly<Record<string, unknown>>; errors?: FieldErrors } = {},
  ) {
    const all = await labelsFor(db, project.id, ['organisation']);
    const labels = new Map(all.map(({ code, label }) => [code, label]));
    const offered = await organisationsOf(project.id);
    return coordinatorsPage(project, await listCoordinators(db, project.id), offered, labels, retry);
  }

  function organisationsOf(projectId: string) {
    return listProjectTerms(db, projectId, ['organisation'], isoDay(clock.now()));
  }

  return router;
}
