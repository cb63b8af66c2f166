import { Router } from 'express';
import { getFrameworkContent } from '../frameworks/content.queries';
import { visitFramework } from '../frameworks/frameworks.routes';
import { isoDay } from '../platform/dates';
import { type FieldErrors, readForm } from '../platform/form';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { listProjectTerms } from '../vocabularies/project-terms.queries';
import type { Term } from '../vocabularies/vocabulary';
import { facetNames } from '../vocabularies/vocabulary';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { questionnaireFrom } from './generation';
import { crowdingFault, generationForm, missingChoices, optionsOf } from './generation.form';
import { generationPage } from './generation.page';
import type { Plan } from './plan';
import type { Questionnaire } from './questionnaire';
import { publicationPage, questionnairePage } from './questionnaire.page';
import {
  checkDefinition,
  generateQuestionnaire,
  type PublicationFaults,
  publishQuestionnaire,
} from './questionnaires.commands';
import { findNewestSaying, getQuestionnaire, listVersions } from './questionnaires.queries';

/** What later rooms know of a questionnaire. */
export interface QuestionnaireCompanions {
  /** The approvals that are still missing before it may be published. */
  approvalFaults: PublicationFaults;
  /** How many things the checks found to look at, besides what keeps it from being published. */
  countToLookAt(questionnaire: Questionnaire, checked: ReturnType<typeof checkDefinition>): Promise<number>;
  /** Says a condition in a sentence. */
  conditionInWords(expression: string, plan: Plan): string;
}

/** A questionnaire's page, its making from a framework, and its publication. */
export function questionnairesRoutes(
  services: Services,
  { approvalFaults, countToLookAt, conditionInWords }: QuestionnaireCompanions,
): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/frameworks/:id/questionnaires/new', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const content = await getFrameworkContent(db, place.framework.id);
    show(res, 'questionnaires/new', generationPage(place, content, await termsOffered(place.project.id)));
  });

  router.post('/frameworks/:id/questionnaires', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const content = await getFrameworkContent(db, place.framework.id);
    const terms = await termsOffered(place.project.id);
    const again = (errors: FieldErrors) =>
      show(res, 'questionnaires/new', generationPage(place, content, terms, { body: req.body, errors }));
    const form = readForm(generationForm, req.body);
    if (form.errors) return again(form.errors);
    const missing = missingChoices(form.value, content);
    if (Object.keys(missing).length > 0) return again(missing);
    const options = optionsOf(form.value, content, terms);
    const crowding = crowdingFault(questionnaireFrom(content, options));
    if (Object.keys(crowding).length > 0) return again(crowding);
    const id = await db.transaction((trx) =>
      generateQuestionnaire(trx, place.actor, place.framework.id, options),
    );
    redirectWithNotice(
      res,
      config,
      `/questionnaires/${id}`,
      'Questionnaire made. Look through it, then publish it.',
    );
  });

  router.get('/questionnaires/:id', async (req, res) => {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { project, may } = await visitProject(services, res, questionnaire.projectId, 'see the project');
    const versions = await listVersions(db, questionnaire.id);
    const rights = {
      change: may('change the project'),
      run: may('run the survey'),
      comment: may('comment'),
    };
    const isChanged = (await findNewestSaying(db, questionnaire.id)) === undefined;
    const page = questionnairePage(project, questionnaire, versions, rights, isChanged, conditionInWords);
    show(res, 'questionnaires/show', page);
  });

  router.get('/questionnaires/:id/publication', async (req, res) => {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { project } = await visitProject(services, res, questionnaire.projectId, 'change the project');
    const checked = checkDefinition(questionnaire.definition);
    const missing = await approvalFaults(db, questionnaire.id);
    const toLookAt = await countToLookAt(questionnaire, checked);
    const page = publicationPage(project, questionnaire, checked.findings, missing, toLookAt);
    show(res, 'questionnaires/publication', page);
  });

  router.post('/questionnaires/:id/publication', async (req, res) => {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { actor } = await visitProject(services, res, questionnaire.projectId, 'change the project');
    await db.transaction((trx) =>
      publishQuestionnaire(trx, actor, questionnaire.id, clock.now(), approvalFaults),
    );
    redirectWithNotice(
      res,
      config,
      `/questionnaires/${questionnaire.id}`,
      'Published. This version will never change.',
    );
  });

  function termsOffered(projectId: string): Promise<Term[]> {
    return listProjectTerms(db, projectId, Object.keys(facetNames), isoDay(clock.now()));
  }

  return router;
}
