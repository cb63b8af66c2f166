import { type Request, type Response, Router } from 'express';
import { noticeInShort } from '../notices/notice.page';
import { listNotices } from '../notices/notices.queries';
import { isoDay } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { conflict } from '../platform/problem';
import { readableCode } from '../platform/secrets';
import { visitProject } from '../projects/visit.routes';
import { getPlan, getQuestionnaire, listVersions } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { lastDayOf } from './closing';
import { readClosing, readReason } from './closing.form';
import { closingPage, closurePage, movedMeanwhile } from './closing.page';
import { readOpening } from './opening.form';
import { openingPage } from './opening.page';
import { surveyPage } from './survey.page';
import {
  changeClosing,
  closeSurvey,
  defaultDays,
  defaultThreshold,
  type HoldsKnownAnswers,
  openSurvey,
} from './surveys.commands';
import { getSurvey, listClosingChanges, listTakenCodes } from './surveys.queries';

/** A survey's page, and its closing. */
export function surveysRoutes(services: Services, holdsKnownAnswers: HoldsKnownAnswers): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'see the survey');
    const may = {
      run: visit.may('run the survey'),
      seeFigures: visit.may('see working figures'),
      coordinate: visit.may('coordinate an organisation'),
    };
    const changes = await listClosingChanges(db, survey.id);
    const [newest] = await listNotices(db, survey.id);
    const told = newest ? noticeInShort(newest) : '';
    const page = surveyPage(visit.project, survey, config.baseUrl, clock.now(), may, changes, told);
    show(res, 'surveys/show', page);
  });

  router.get('/surveys/:id/closure', async (req, res) => {
    const { project, survey } = await visitToRun(req, res);
    show(res, 'surveys/closure', closurePage(project, survey));
  });

  router.post('/surveys/:id/closure', async (req, res) => {
    const { project, survey, actor } = await visitToRun(req, res);
    const reason = readReason(req.body);
    if (reason.errors) {
      const retry = { body: req.body, errors: reason.errors };
      return show(res, 'surveys/closure', closurePage(project, survey, retry));
    }
    await closeSurvey(services, actor, survey.id, reason.value);
    redirectWithNotice(res, config, `/surveys/${survey.id}`, 'The survey is closed');
  });

  router.get('/surveys/:id/closing', async (req, res) => {
    const { project, survey } = await visitToRun(req, res);
    show(res, 'surveys/closing', closingPage(project, survey, clock.now()));
  });

  router.post('/surveys/:id/closing', async (req, res) => {
    const { project, survey, actor } = await visitToRun(req, res);
    const now = clock.now();
    const showAgain = (errors: FieldErrors) =>
      show(res, 'surveys/closing', closingPage(project, survey, now, { body: req.body, errors }));
    const isStale = req.body.seen !== survey.closesAt.toISOString();
    const form = readClosing(req.body, survey, now);
    if (isStale) return showAgain({ 'last-day': movedMeanwhile(survey) });
    if (form.errors) return showAgain(form.errors);
    const moved = await changeClosing(
      services,
      actor,
      survey.id,
      { ...form.value, seen: req.body.seen },
      holdsKnownAnswers,
    );
    if (!moved) return showAgain({ 'last-day': movedMeanwhile(await getSurvey(db, survey.id)) });
    const notice = `People can answer until the end of ${formatDay(lastDayOf({ closesAt: form.value.closesAfter }))}`;
    redirectWithNotice(res, config, `/surveys/${survey.id}`, notice);
  });

  router.get('/questionnaires/:id/surveys/new', async (req, res) => {
    const { project, questionnaire, plan } = await openedOn(req, res);
    show(res, 'surveys/new', openingPage(project, questionnaire, plan, start()));
  });

  router.post('/questionnaires/:id/surveys', async (req, res) => {
    const { project, questionnaire, plan, versionId, actor } = await openedOn(req, res);
    const form = readOpening(req.body, clock.now());
    const isTaken = form.value && (await listTakenCodes(db, [form.value.code])).length > 0;
    const errors = isTaken ? { code: 'Another survey has this code. Enter another' } : form.errors;
    if (errors || !form.value) {
      const retry = { body: req.body, errors: errors ?? {} };
      return show(res, 'surveys/new', openingPage(project, questionnaire, plan, start(), retry));
    }
    const { dimension, ...opening } = form.value;
    const askedBy = config.organisationName;
    const surveyId = await db.transaction((trx) =>
      openSurvey(trx, actor, { ...opening, versionId, dimensions: dimension, askedBy }, clock.now()),
    );
    redirectWithNotice(res, config, `/surveys/${surveyId}`, 'The survey is open. Pass its link on.');
  });

  async function visitToRun(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    return { ...(await visitProject(services, res, survey.projectId, 'run the survey')), survey };
  }

  /** The newest published version of the questionnaire in the address, and somebody who may run a survey of it. */
  async function openedOn(req: Request, res: Response) {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const visit = await visitProject(services, res, questionnaire.projectId, 'run the survey');
    const [version] = await listVersions(db, questionnaire.id);
    if (!version) {
      throw conflict('This questionnaire is not published yet', 'Publish it first, then open a survey.');
    }
    const plan = await getPlan(db, version.id);
    if (plan.facets.length === 0) {
      throw conflict(
        'No survey can be opened on this questionnaire yet',
        'It asks nothing about the person that a report can be broken down by. Add a question that takes its choices from the words for professions or settings, and publish it again.',
      );
    }
    return { ...visit, questionnaire, versionId: version.id, plan };
  }

  function start() {
    const lastDay = isoDay(new Date(clock.now().getTime() + (defaultDays - 1) * 86_400_000));
    return { code: readableCode(), threshold: defaultThreshold, lastDay };
  }

  return router;
}
