import { Router } from 'express';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { listTerms } from '../vocabularies/vocabularies.queries';
import { termsByCode } from '../vocabularies/vocabulary';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { getFrameworkContent } from './content.queries';
import { frameworkPage } from './framework.page';
import { getFramework } from './frameworks.queries';

/** A framework's page. */
export function frameworksRoutes(services: Services): Router {
  const { db } = services;
  const router = Router();

  router.get('/frameworks/:id', async (req, res) => {
    const { id, projectId } = await getFramework(db, readId(req, 'Framework'));
    const { project } = await visitProject(services, res, projectId, 'see the project');
    const content = await getFrameworkContent(db, id);
    const professions = termsByCode(await listTerms(db, ['profession']));
    const settings = termsByCode(await listTerms(db, ['setting']));
    show(res, 'frameworks/show', frameworkPage(project, content, { professions, settings }));
  });

  return router;
}
