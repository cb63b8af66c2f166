import { type Request, type Response, Router } from 'express';
import { valueInWords } from '../links/link';
import { listLinks } from '../links/links.queries';
import { visitProject } from '../projects/visit.routes';
import type { Plan } from '../questionnaires/plan';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { findWaveBefore, getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { type NewQuota, type Quota, quotasAsIn } from './quota';
import { readQuota, readTerms } from './quota.form';
import { addQuota, changeQuota, removeQuota } from './quotas.commands';
import { quotaFormPage, quotasPage } from './quotas.page';
import { getQuota, listQuotas } from './quotas.queries';

/** How many are to give an answer at most: set, changed and taken away. */
export function quotasRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/surveys/:id/quotas', async (req, res) => {
    const { project, survey, plan } = await visitSurvey(req, res);
    const quotas = await listQuotas(db, survey.id);
    const links = await listLinks(db, survey.id);
    const again = await asBefore(survey, plan);
    const before = again && { name: again.name, missing: again.quotas.length };
    show(res, 'surveys/quotas/index', quotasPage(project, survey, plan, quotas, links, before));
  });

  router.get('/surveys/:id/quotas/new', async (req, res) => {
    const { project, survey, plan } = await visitSurvey(req, res);
    show(res, 'surveys/quotas/new', quotaFormPage(project, survey, plan, null));
  });

  router.post('/surveys/:id/quotas', async (req, res) => {
    const { project, survey, plan, actor } = await visitSurvey(req, res);
    const form = readQuota(req.body, plan, survey.threshold);
    const errors = form.errors ?? (await addQuota(services, actor, survey.id, form.value));
    if (errors) {
      const retry = { body: req.body, errors };
      return show(res, 'surveys/quotas/new', quotaFormPage(project, survey, plan, null, retry));
    }
    redirectWithNotice(res, config, `/surveys/${survey.id}/quotas`, 'Quota set');
  });

  router.post('/surveys/:id/quotas/again', async (req, res) => {
    const { survey, plan, actor } = await visitSurvey(req, res);
    const again = await asBefore(survey, plan);
    for (const quota of again?.quotas ?? []) await addQuota(services, actor, survey.id, quota);
    redirectWithNotice(res, config, `/surveys/${survey.id}/quotas`, 'Quotas set as they were before');
  });

  router.get('/surveys/:id/quotas/:quota/edit', async (req, res) => {
    const { project, survey, plan, quota } = await visitQuota(req, res);
    show(res, 'surveys/quotas/edit', quotaFormPage(project, survey, plan, quota));
  });

  router.post('/surveys/:id/quotas/:quota/edit', async (req, res) => {
    const { project, survey, plan, quota, actor } = await visitQuota(req, res);
    const form = readTerms(req.body, survey.threshold);
    if (form.errors) {
      const retry = { body: req.body, errors: form.errors };
      return show(res, 'surveys/quotas/edit', quotaFormPage(project, survey, plan, quota, retry));
    }
    await changeQuota(services, actor, survey.id, quota.id, form.value);
    redirectWithNotice(res, config, `/surveys/${survey.id}/quotas`, 'Quota saved');
  });

  router.post('/surveys/:id/quotas/:quota/removal', async (req, res) => {
    const { survey, quota, actor } = await visitQuota(req, res);
    await removeQuota(services, actor, survey.id, quota.id);
    redirectWithNotice(res, config, `/surveys/${survey.id}/quotas`, 'Quota removed');
  });

  /** The quotas of the wave before in the survey's series that it has not; undefined where there is none before. */
  async function asBefore(
    survey: Survey,
    plan: Plan,
  ): Promise<{ name: string; quotas: NewQuota[] } | undefined> {
    const wave = await findWaveBefore(db, survey);
    if (!wave) return undefined;
    const [other, quotas] = [await listQuotas(db, wave.id), await listQuotas(db, survey.id)];
    const isOffered = (quota: Quota) => valueInWords(plan, quota) !== '';
    return { name: wave.name, quotas: quotasAsIn(other, quotas, isOffered, survey.threshold) };
  }

  async function visitSurvey(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'run the survey');
    return { ...visit, survey, plan: await getPlan(db, survey.versionId) };
  }

  async function visitQuota(req: Request, res: Response) {
    const visit = await visitSurvey(req, res);
    return { ...visit, quota: await getQuota(db, visit.survey.id, readId(req, 'Quota', 'quota')) };
  }

  return router;
}
