import { Router } from 'express';
import { findEntries } from '../audit/audit.queries';
import type { KeepTotals } from '../contacts/contacts.commands';
import { conflict, notFound } from '../platform/problem';
import { visitPlatform, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { planRetention, runRetention } from './retention.commands';
import { goneInWords, retentionPage, retentionRunPage, surveyRetentionPage } from './retention.page';
import { findLastRun, listKept } from './retention.queries';

/** What the trail calls what retention does. */
const actions = ['answers destroyed', 'unfinished answers destroyed', 'contact list deleted'];
const mostLately = 20;

/** What is kept until when, what would go, and its running by hand. */
export function retentionRoutes(services: Services, keepTotals: KeepTotals): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/admin/retention', async (_req, res) => {
    visitPlatform(res, 'run retention');
    const facts = { lastRun: await findLastRun(db), lately: await listLately(), kept: config };
    show(res, 'admin/retention', retentionPage(await planRetention(services), facts));
  });

  router.get('/admin/retention/run', async (_req, res) => {
    visitPlatform(res, 'run retention');
    show(res, 'admin/retention-run', retentionRunPage((await planRetention(services)).now));
  });

  router.post('/admin/retention/run', async (_req, res) => {
    const { actor } = visitPlatform(res, 'run retention');
    const gone = await runRetention(services, actor, keepTotals);
    redirectWithNotice(res, config, '/admin/retention', goneInWords(gone.length));
  });

  router.get('/surveys/:id/retention', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { project } = await visitProject(services, res, survey.projectId, 'see the survey');
    if (survey.launchedAt === null) {
      throw conflict('This survey has not been opened yet', 'Nothing is kept of it that would have to go.');
    }
    const [kept] = await listKept(db, clock.now(), survey.id);
    if (!kept) throw notFound('Survey');
    show(res, 'surveys/retention', surveyRetentionPage(project, kept, config, clock.now()));
  });

  async function listLately() {
    const any = { who: null, subjectId: null, origin: null, from: null, until: null, before: null };
    const found = await Promise.all(actions.map((action) => findEntries(db, { ...any, action }, mostLately)));
    return found
      .flat()
      .sort((one, other) => Number(other.id) - Number(one.id))
      .slice(0, mostLately);
  }

  return router;
}
