import { Router } from 'express';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { questionnairePage } from './questionnaire.page';
import { getQuestionnaire, listVersions } from './questionnaires.queries';

/** A questionnaire's page. */
export function questionnairesRoutes(services: Services): Router {
  const { db } = services;
  const router = Router();

  router.get('/questionnaires/:id', async (req, res) => {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { project } = await visitProject(services, res, questionnaire.projectId, 'see the project');
    const versions = await listVersions(db, questionnaire.id);
    show(res, 'questionnaires/show', questionnairePage(project, questionnaire, versions));
  });

  return router;
}
