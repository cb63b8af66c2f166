import { type Request, type Response, Router } from 'express';
import { noticeInShort } from '../notices/notice.page';
import { listNotices } from '../notices/notices.queries';
import { readForm, readSeen } from '../platform/form';
import { conflict } from '../platform/problem';
import { readableCode } from '../platform/secrets';
import { listPopulations } from '../populations/populations.queries';
import { visitProject } from '../projects/visit.routes';
import {
  getPlan,
  getQuestionnaire,
  getVersion,
  listVersions,
} from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { facetsOffered } from './audience';
import { preparationForm, repeatForm } from './preparation.form';
import { type PreparationRetry, preparationPage, repeatPage } from './preparation.page';
import { prepareSurvey, repeatSurvey, saveSettings, takeNewestVersion } from './preparing.commands';
import { planRepeat, type RepeatPlan } from './repeat';
import { fieldsOf, type SettingsStage } from './settings';
import { readLaterSettings, readSettings, readSettingsBefore } from './settings.form';
import { bodyOf, type SettingsFacts, type SettingsRetry, settingsPage } from './settings.page';
import { type Survey, surveyState } from './survey';
import { placeInSeries } from './surveys.commands';
import { getSurvey, listSeries } from './surveys.queries';

/** Preparing a survey: its beginning, its settings, and its repeat. */
export function preparingRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/questionnaires/:id/surveys/new', async (req, res) => {
    const { project, questionnaire } = await publishedQuestionnaire(req, res);
    show(res, 'surveys/new', preparationPage(project, questionnaire, readableCode()));
  });

  router.post('/questionnaires/:id/surveys', async (req, res) => {
    const { project, questionnaire, versionId, actor } = await publishedQuestionnaire(req, res);
    const form = readForm(preparationForm, req.body);
    const askedBy = config.organisationName;
    const made = form.errors
      ? form
      : await prepareSurvey(services, actor, { ...form.value, versionId, askedBy });
    if (made.errors) {
      const retry = { body: req.body, errors: made.errors };
      return show(res, 'surveys/new', preparationPage(project, questionnaire, readableCode(), retry));
    }
    redirectWithNotice(
      res,
      config,
      `/surveys/${made.id}`,
      'The survey is prepared. Nobody can answer it yet.',
    );
  });

  router.get('/surveys/:id/settings', async (req, res) => {
    await showSettings(req, res);
  });

  router.post('/surveys/:id/settings', async (req, res) => {
    const { survey, actor } = await visitToRun(req, res);
    const facts = await factsOf(survey);
    const stage = readStage(req.body.stage);
    const form = readSent(req.body, stage, { facts, now: clock.now() });
    if (form.errors) return showSettings(req, res, { body: req.body, errors: form.errors });
    const change = { seen: readSeen(req.body.seen), typed: form.value, stage };
    const saved = await saveSettings(services, actor, survey.id, change);
    if (saved.outcome === 'refused') {
      const body = bodyOf({ ...saved.current, ...saved.fields }, facts.offered);
      return showSettings(req, res, { body, errors: saved.errors, changes: saved.changes });
    }
    const notice = saved.outcome === 'saved' ? 'The settings are saved' : 'Nothing has changed';
    redirectWithNotice(res, config, `/surveys/${survey.id}`, notice);
  });

  router.post('/surveys/:id/version', async (req, res) => {
    const { survey, actor } = await visitToRun(req, res);
    await takeNewestVersion(services, actor, survey.id);
    const notice =
      'The survey asks the newest version. Look through what it is for and what the report shows.';
    redirectWithNotice(res, config, `/surveys/${survey.id}/settings`, notice);
  });

  router.get('/surveys/:id/repeats/new', async (req, res) => {
    await showRepeat(req, res);
  });

  router.post('/surveys/:id/repeats', async (req, res) => {
    const { survey, actor } = await closedSurvey(req, res);
    const form = readForm(repeatForm, req.body);
    const made = form.errors ? form : await repeatSurvey(services, actor, survey.id, form.value);
    if (made.errors) return showRepeat(req, res, { body: req.body, errors: made.errors });
    redirectWithNotice(
      res,
      config,
      `/surveys/${made.id}`,
      'The repeat is prepared. Nobody can answer it yet.',
    );
  });

  async function showSettings(req: Request, res: Response, retry?: SettingsRetry): Promise<void> {
    const { project, survey } = await visitToRun(req, res);
    const facts = await factsOf(survey);
    const current = fieldsOf(survey, facts.offered, clock.now());
    const page = settingsPage({ project, ...facts, now: clock.now() }, current, retry);
    show(res, 'surveys/settings', page, retry?.changes?.length ? 409 : undefined);
  }

  async function showRepeat(req: Request, res: Response, retry?: PreparationRetry): Promise<void> {
    const { project, survey } = await closedSurvey(req, res);
    const plan = await planOfRepeat(survey);
    show(res, 'surveys/repeat', repeatPage(project, survey, plan, readableCode(), retry));
  }

  async function factsOf(survey: Survey): Promise<Omit<SettingsFacts, 'project' | 'now'>> {
    const plan = await getPlan(db, survey.versionId);
    const populations = await listPopulations(db, survey.projectId);
    const [notice] = await listNotices(db, survey.id);
    return {
      survey,
      offered: facetsOffered(plan),
      languages: plan.languages,
      // What one organisation has counted for itself is not whom the whole survey is meant for.
      populations: populations.filter(
        ({ id, retiredAt, organisation }) =>
          id === survey.populationId || (!retiredAt && organisation === null),
      ),
      series: await listSeries(db, survey.projectId),
      version: await versionsOf(survey),
      told: notice ? `${noticeInShort(notice)}${noticeInShort(notice).endsWith('.') ? '' : '.'}` : '',
    };
  }

  async function versionsOf(survey: Survey): Promise<{ own: number; newest: number; newestId: string }> {
    const own = await getVersion(db, survey.versionId);
    const [newest = own] = await listVersions(db, own.questionnaireId);
    return { own: own.number, newest: newest.number, newestId: newest.id };
  }

  async function planOfRepeat(survey: Survey): Promise<RepeatPlan> {
    const { newestId, ...version } = await versionsOf(survey);
    const series = survey.series || survey.name;
    const { wave: next } = await placeInSeries(db, survey.projectId, { series, wave: null });
    const own = survey.wave ?? next!;
    const populations = await listPopulations(db, survey.projectId);
    const [notice] = await listNotices(db, survey.id);
    return planRepeat({
      survey,
      version,
      wave: { own, next: survey.wave === null ? own + 1 : next! },
      facets: {
        own: facetsOffered(await getPlan(db, survey.versionId)),
        newest: facetsOffered(await getPlan(db, newestId)),
      },
      isRetired: populations.some(({ id, retiredAt }) => id === survey.populationId && retiredAt !== null),
      deletedOn: notice?.content.deletedOn ?? '',
    });
  }

  async function visitToRun(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'run the survey');
    if (survey.trialOf) {
      throw conflict(
        'A trial run has no settings of its own',
        'Change those of the survey that it tries out.',
      );
    }
    return { ...visit, survey };
  }

  async function closedSurvey(req: Request, res: Response) {
    const visit = await visitToRun(req, res);
    if (surveyState(visit.survey, clock.now()) !== 'closed') {
      throw conflict('This survey cannot be repeated yet', 'A survey is repeated after it has closed.');
    }
    return visit;
  }

  /** The newest published version of the questionnaire in the address, and somebody who may run a survey of it. */
  async function publishedQuestionnaire(req: Request, res: Response) {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const visit = await visitProject(services, res, questionnaire.projectId, 'run the survey');
    const [version] = await listVersions(db, questionnaire.id);
    if (!version) {
      throw conflict('This questionnaire is not published yet', 'Publish it first, then prepare a survey.');
    }
    const plan = await getPlan(db, version.id);
    if (plan.facets.length === 0) {
      throw conflict(
        'No survey can be opened on this questionnaire yet',
        'It asks nothing about the person that a report can be broken down by. Add a question that takes its choices from the words for professions or settings, and publish it again.',
      );
    }
    return { ...visit, questionnaire, versionId: version.id };
  }

  return router;
}

function readStage(sent: unknown): SettingsStage {
  return sent === 'prepared' || sent === 'not open yet' ? sent : 'launched';
}

/** Reads what the form of a stage holds. */
function readSent(
  body: Request['body'],
  stage: SettingsStage,
  { facts, now }: { facts: Omit<SettingsFacts, 'project' | 'now'>; now: Date },
) {
  const offer = { facets: facts.offered, populations: facts.populations.map(({ id }) => id) };
  if (stage === 'prepared') return readSettings(body, offer, now);
  if (stage === 'not open yet')
    return readSettingsBefore(body, offer, { closesAt: facts.survey.closesAt, now });
  return readLaterSettings(body, offer);
}
