import { type Request, type Response, Router } from 'express';
import { accountOf } from '../accounts/session.routes';
import { fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { limitPerMinute } from '../platform/minute-limit';
import { conflict, tooManyTries } from '../platform/problem';
import { mayDo, roleInProject } from '../projects/access';
import { findProjectFor, listProjects } from '../projects/projects.queries';
import { visitProject } from '../projects/visit.routes';
import { referenceHash } from '../responses/receipt';
import { findByReference } from '../responses/responses.queries';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { ownAnswersCsv } from './own-answers';
import { referenceOf } from './request';
import { readNewRequest, readStep, readTypedReference } from './request.form';
import {
  allRequestsPage,
  foundPage,
  newRequestPage,
  noAnswers,
  requestPage,
  requestsPage,
  type Typed,
} from './request.page';
import { handAnswersOver, recordRequest, takeAnswersOut, takeStep } from './requests.commands';
import { getRequest, listRequests, listSteps, listUnfinished } from './requests.queries';

const right = 'answer people about their data';
/** Nobody dictates more references than that; somebody who tries them out does. */
const triesPerMinute = 10;

/** What people ask about their own data: the register, and what is done about it. */
export function requestsRoutes(services: Services): Router {
  const { db, clock, config, secret } = services;
  const router = Router();
  const limit = limitPerMinute(clock, triesPerMinute);

  router.get('/requests', async (_req, res) => {
    const account = accountOf(res);
    const inThem = await listProjects(db, account.id);
    const held = await Promise.all(
      inThem.map(async ({ id }) => {
        const found = await findProjectFor(db, id, account.id);
        const role = roleInProject(account.role, found?.membership);
        return role && mayDo(role, right) ? [id] : [];
      }),
    );
    show(res, 'surveys/requests/index', allRequestsPage(await listUnfinished(db, held.flat()), today()));
  });

  router.get('/surveys/:id/requests', async (req, res) => {
    const { project, survey } = await visit(req, res);
    const requests = await listRequests(db, survey.id);
    show(res, 'surveys/requests/index', requestsPage(project, survey, requests, today()));
  });

  router.get('/surveys/:id/requests/new', async (req, res) => {
    const { project, survey } = await visit(req, res);
    show(res, 'surveys/requests/new', newRequestPage(project, survey, today()));
  });

  router.post('/surveys/:id/requests', async (req, res) => {
    const { project, survey, actor } = await visit(req, res);
    const form = readNewRequest(req.body, today());
    if (form.errors) {
      const retry = { body: req.body, errors: form.errors };
      return show(res, 'surveys/requests/new', newRequestPage(project, survey, today(), retry));
    }
    const request = await recordRequest(services, actor, survey.id, form.value);
    const address = `/surveys/${survey.id}/requests/${request.id}`;
    const told = `In the register as ${referenceOf(request)}. Note that beside the person in your own files`;
    redirectWithNotice(res, config, address, told);
  });

  router.get('/surveys/:id/requests/:request', async (req, res) => {
    await showRequest(req, res);
  });

  router.post('/surveys/:id/requests/:request/steps', async (req, res) => {
    const { survey, actor, requestId, address } = await visit(req, res);
    const form = readStep(req.body);
    if (form.errors) return showRequest(req, res, { body: req.body, errors: form.errors });
    await takeStep(services, actor, { surveyId: survey.id, requestId: requestId() }, form.value);
    redirectWithNotice(res, config, address(), 'Noted');
  });

  router.post('/surveys/:id/requests/:request/answers', async (req, res) => {
    const { project, survey, requestId } = await visit(req, res);
    const request = await getRequest(db, survey.id, requestId());
    const reference = await readReferenceOf(req, res, survey.id);
    if (reference) show(res, 'surveys/requests/found', foundPage(project, survey, request, reference));
  });

  router.post('/surveys/:id/requests/:request/answers/deletion', async (req, res) => {
    const { survey, actor, requestId, address } = await visit(req, res);
    const reference = await readReferenceOf(req, res, survey.id);
    if (!reference) return;
    const place = { surveyId: survey.id, requestId: requestId() };
    if (!(await takeAnswersOut(services, actor, place, reference))) {
      throw conflict('The answers are deleted already', 'Somebody else has done so a moment ago.');
    }
    redirectWithNotice(res, config, address(), 'The answers are deleted. Tell the person, and say so below');
  });

  router.post('/surveys/:id/requests/:request/answers/file', async (req, res) => {
    const { survey, actor, requestId } = await visit(req, res);
    const reference = await readReferenceOf(req, res, survey.id);
    if (!reference) return;
    const own = await handAnswersOver(services, actor, survey, requestId(), reference);
    if (!own) throw conflict('The answers are deleted', 'Somebody has deleted them a moment ago.');
    const format = ['csv', 'json'].find((known) => known === req.body.format) ?? 'html';
    res.attachment(fileNameOf(`${survey.code} own answers`, format));
    if (format === 'json') res.json(own);
    else if (format === 'csv') res.type('text/csv').send(ownAnswersCsv(own));
    else res.render('surveys/requests/own-answers', { own });
  });

  /** The reference typed, where answers have it; otherwise the request's page says what is wrong. */
  async function readReferenceOf(req: Request, res: Response, surveyId: string): Promise<string | undefined> {
    const wait = limit(accountOf(res).id);
    if (wait > 0) throw tooManyTries(wait);
    const form = readTypedReference(req.body);
    if (form.errors) {
      await showRequest(req, res, { body: req.body, errors: form.errors });
      return undefined;
    }
    if (await findByReference(db, surveyId, referenceHash(secret, form.value))) return form.value;
    await showRequest(req, res, { body: req.body, errors: { reference: noAnswers } });
    return undefined;
  }

  async function showRequest(req: Request, res: Response, retry?: Typed): Promise<void> {
    const { project, survey, requestId } = await visit(req, res);
    const request = await getRequest(db, survey.id, requestId());
    const steps = await listSteps(db, request.id);
    show(res, 'surveys/requests/show', requestPage(project, survey, request, steps, today(), retry));
  }

  async function visit(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visited = await visitProject(services, res, survey.projectId, right);
    const requestId = () => readId(req, 'Request', 'request');
    return {
      ...{ project: visited.project, actor: visited.actor, survey, requestId },
      address: () => `/surveys/${survey.id}/requests/${requestId()}`,
    };
  }

  function today(): string {
    return isoDay(clock.now());
  }

  return router;
}
