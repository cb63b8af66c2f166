import { type Request, type Response, Router } from 'express';
import { noticeInShort } from '../notices/notice.page';
import { listNotices } from '../notices/notices.queries';
import type { FieldErrors } from '../platform/form';
import { conflict } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { facetsOffered } from './audience';
import { untilInWords } from './closing';
import { readClosing, readReason } from './closing.form';
import { closingPage, closurePage, movedMeanwhile } from './closing.page';
import { surveyPage } from './survey.page';
import { changeClosing, closeSurvey, type HoldsKnownAnswers } from './surveys.commands';
import { getSurvey, listClosingChanges } from './surveys.queries';

/** A survey's page, and its closing. */
export function surveysRoutes(
  services: Services,
  holdsKnownAnswers: HoldsKnownAnswers,
  retentionWarning: (services: Services, surveyId: string) => Promise<string | null>,
): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'see the survey');
    const may = {
      run: visit.may('run the survey'),
      seeFigures: visit.may('see working figures'),
      coordinate: visit.may('coordinate an organisation'),
      takeAnswers: visit.may('take answers away'),
      answerPeople: visit.may('answer people about their data'),
      seeRecords: visit.may('see privacy records'),
    };
    if (survey.trialOf) return res.redirect(303, `/surveys/${survey.trialOf}/trial`);
    const changes = await listClosingChanges(db, survey.id);
    const [newest] = await listNotices(db, survey.id);
    const offered = facetsOffered(await getPlan(db, survey.versionId));
    const told = newest ? noticeInShort(newest) : '';
    const warning = await retentionWarning(services, survey.id);
    const facts = { baseUrl: config.baseUrl, now: clock.now(), may, changes, told, offered, warning };
    const page = surveyPage(visit.project, survey, facts);
    show(res, 'surveys/show', page);
  });

  router.get('/surveys/:id/closure', async (req, res) => {
    const { project, survey } = await visitLaunched(req, res);
    show(res, 'surveys/closure', closurePage(project, survey));
  });

  router.post('/surveys/:id/closure', async (req, res) => {
    const { project, survey, actor } = await visitLaunched(req, res);
    const reason = readReason(req.body);
    if (reason.errors) {
      const retry = { body: req.body, errors: reason.errors };
      return show(res, 'surveys/closure', closurePage(project, survey, retry));
    }
    await closeSurvey(services, actor, survey.id, reason.value);
    redirectWithNotice(res, config, `/surveys/${survey.id}`, 'The survey is closed');
  });

  router.get('/surveys/:id/closing', async (req, res) => {
    const { project, survey } = await visitLaunched(req, res);
    show(res, 'surveys/closing', closingPage(project, survey, clock.now()));
  });

  router.post('/surveys/:id/closing', async (req, res) => {
    const { project, survey, actor } = await visitLaunched(req, res);
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
    const notice = `People can answer until ${untilInWords({ closesAt: form.value.closesAfter })}`;
    redirectWithNotice(res, config, `/surveys/${survey.id}`, notice);
  });

  /** A survey whose end can be moved, and somebody who may. */
  async function visitLaunched(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'run the survey');
    if (survey.trialOf) {
      throw conflict('A trial run cannot be moved', 'It ends when the survey that it tries out is opened.');
    }
    if (survey.launchedAt === null) {
      throw conflict('This survey has not been opened yet', 'Change when it closes among its settings.');
    }
    return { ...visit, survey };
  }

  return router;
}
