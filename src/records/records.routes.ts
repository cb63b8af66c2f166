import { type Request, type Response, Router } from 'express';
import { csvOf, fileNameOf } from '../platform/csv';
import { writePdf } from '../platform/pdf';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey, listSurveys } from '../surveys/surveys.queries';
import { show } from '../web/layout';
import { readId } from '../web/params';
import {
  assessmentDocument,
  assessmentPage,
  fileWords,
  projectTable,
  recordDocument,
  recordPage,
  recordsPage,
  recordTable,
} from './record.page';
import { noteRecordTaken, readRecordFacts } from './records.commands';

/** Records of processing and the summary of the impact assessment, read and taken away. */
export function recordsRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/surveys/:id/privacy-record', async (req, res) => {
    const { project, facts } = await visit(req, res);
    show(res, 'surveys/privacy-record/index', recordPage(project, facts));
  });

  router.get('/surveys/:id/privacy-record/assessment', async (req, res) => {
    const { project, facts } = await visit(req, res);
    show(res, 'surveys/privacy-record/index', assessmentPage(project, facts));
  });

  router.get('/surveys/:id/privacy-record/record.pdf', async (req, res) => {
    const { facts, actor } = await visit(req, res);
    const name = fileNameOf(fileWords(facts.survey.code, 'record', clock.now()), 'pdf');
    await noteRecordTaken(services, actor, 'survey', facts.survey.id, name);
    res.attachment(name).type('application/pdf');
    writePdf(recordDocument(facts, clock.now())).pipe(res);
  });

  router.get('/surveys/:id/privacy-record/assessment.pdf', async (req, res) => {
    const { facts, actor } = await visit(req, res);
    const name = fileNameOf(fileWords(facts.survey.code, 'impact assessment', clock.now()), 'pdf');
    await noteRecordTaken(services, actor, 'survey', facts.survey.id, name);
    res.attachment(name).type('application/pdf');
    writePdf(assessmentDocument(facts, clock.now())).pipe(res);
  });

  router.get('/surveys/:id/privacy-record/record.csv', async (req, res) => {
    const { facts, actor } = await visit(req, res);
    const name = fileNameOf(fileWords(facts.survey.code, 'record', clock.now()), 'csv');
    await noteRecordTaken(services, actor, 'survey', facts.survey.id, name);
    res
      .attachment(name)
      .type('text/csv')
      .send(csvOf(recordTable(facts)));
  });

  router.get('/projects/:id/privacy-records', async (req, res) => {
    const { project, all } = await visitAll(req, res);
    show(res, 'projects/privacy-records', recordsPage(project, all));
  });

  router.get('/projects/:id/privacy-records.csv', async (req, res) => {
    const { project, all, actor } = await visitAll(req, res);
    const name = fileNameOf(fileWords(project.name, 'privacy records', clock.now()), 'csv');
    await noteRecordTaken(services, actor, 'project', project.id, name);
    res
      .attachment(name)
      .type('text/csv')
      .send(csvOf(projectTable(all)));
  });

  async function visit(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visited = await visitProject(services, res, survey.projectId, 'see privacy records');
    return { ...visited, facts: await readRecordFacts(services, visited.project, survey) };
  }

  async function visitAll(req: Request, res: Response) {
    const visited = await visitProject(services, res, readId(req, 'Project'), 'see privacy records');
    const { project } = visited;
    const all = [];
    for (const survey of await listSurveys(db, project.id)) {
      all.push(await readRecordFacts(services, project, survey));
    }
    return { ...visited, all };
  }

  return router;
}
