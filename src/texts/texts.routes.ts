import { type Request, type Response, Router } from 'express';
import { forbidden, notFound } from '../platform/problem';
import { mayDo, type Right } from '../projects/access';
import { listMembers } from '../projects/projects.queries';
import { visitProject } from '../projects/visit.routes';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { englishWords } from '../web/words';
import { decideText, lookAtOriginal, nameRedactors, passList, sayWhereToTurn } from './redaction.commands';
import { originalPage, redactionPage } from './redaction.page';
import { isRedactor, listRedactors } from './redactors.queries';
import { codingList, redactionList, writtenQuestions } from './text';
import { readDecision, readListed, readTicked, readWhereToTurn } from './texts.form';
import { addressOf, type Retry, textsPage } from './texts.page';
import { countTexts, getOriginal, listReleased, listWaiting } from './texts.queries';
import { addTheme, changeTheme, codeTexts, moveThemeUp, removeTheme } from './themes.commands';
import { readCodings, readTheme } from './themes.form';
import { codingPage, themePage, themesPage } from './themes.page';
import { getTheme, listThemes } from './themes.queries';

/** What people wrote in their own words: masked, redacted, coded. Nobody sees beside it who they are (METHODS.md 3.7). */
export function writtenTextsRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/surveys/:id/texts', async (req, res) => {
    await showTexts(req, res);
  });

  router.post('/surveys/:id/texts/where-to-turn', async (req, res) => {
    const { survey, actor } = await visitSurvey(req, res, 'run the survey');
    const form = readWhereToTurn(req.body);
    if (form.errors) return showTexts(req, res, { body: req.body, errors: form.errors });
    await sayWhereToTurn(services, actor, survey.id, form.value.whereToTurn);
    redirectWithNotice(res, config, addressOf(survey), 'Saved: respondents are told where to turn');
  });

  router.post('/surveys/:id/texts/redactors', async (req, res) => {
    const { survey, actor } = await visitSurvey(req, res, 'run the survey');
    await nameRedactors(services, actor, survey.id, readTicked(req.body, 'redactors'));
    redirectWithNotice(res, config, addressOf(survey), 'Redactors saved');
  });

  router.get('/surveys/:id/texts/redaction', async (req, res) => {
    const { project, survey, questions } = await visitRedaction(req, res);
    show(
      res,
      'surveys/texts/redaction',
      redactionPage(project, survey, questions, {
        flagged: await listWaiting(db, survey.id, { flagged: true, most: redactionList }),
        unflagged: await listWaiting(db, survey.id, { flagged: false, most: redactionList }),
        counts: await countTexts(db, survey.id),
      }),
    );
  });

  router.post('/surveys/:id/texts/redaction', async (req, res) => {
    const { survey, actor } = await visitRedaction(req, res);
    const held = new Set(readTicked(req.body, 'held'));
    const { released, heldBack } = await passList(services, actor, survey.id, readListed(req.body), held);
    const what = `${released === 1 ? '1 text' : `${released} texts`} released to coders`;
    const notice = heldBack > 0 ? `${what}, ${heldBack} held back` : what;
    redirectWithNotice(res, config, `${addressOf(survey)}/redaction`, notice);
  });

  router.get('/surveys/:id/texts/redaction/:text', async (req, res) => {
    await showOriginal(req, res);
  });

  router.post('/surveys/:id/texts/redaction/:text', async (req, res) => {
    const { survey, actor } = await visitRedaction(req, res);
    const textId = readId(req, 'Text', 'text');
    const form = readDecision(req.body, await getOriginal(db, survey.id, textId));
    if (form.errors) return showOriginal(req, res, { body: req.body, errors: form.errors });
    const at = { textId, revision: Number(req.body.revision) };
    await decideText(services, actor, survey.id, at, form.value);
    const notice = form.value.reason ? 'The text is withheld' : 'The words were released to coders';
    redirectWithNotice(res, config, `${addressOf(survey)}/redaction`, notice);
  });

  router.get('/surveys/:id/texts/themes', async (req, res) => {
    const { project, survey, questions } = await visitSurvey(req, res, 'code texts');
    const counts = await countTexts(db, survey.id);
    const themes = await listThemes(db, survey.id);
    show(res, 'surveys/texts/themes', themesPage(project, survey, questions, themes, counts));
  });

  router.get('/surveys/:id/texts/themes/new', async (req, res) => {
    const { project, survey, question } = await visitQuestion(req, res);
    show(res, 'surveys/texts/theme', themePage(project, survey, question, null));
  });

  router.post('/surveys/:id/texts/themes/new', async (req, res) => {
    const { project, survey, question, actor } = await visitQuestion(req, res);
    const form = readTheme(req.body);
    const errors = form.errors ?? (await addTheme(services, actor, survey.id, question.name, form.value));
    if (errors) {
      const retry = { body: req.body, errors };
      return show(res, 'surveys/texts/theme', themePage(project, survey, question, null, retry));
    }
    redirectWithNotice(res, config, `${addressOf(survey)}/themes`, 'Theme added');
  });

  router.get('/surveys/:id/texts/themes/:theme', async (req, res) => {
    const { project, survey, question, theme } = await visitTheme(req, res);
    show(res, 'surveys/texts/theme', themePage(project, survey, question, theme));
  });

  router.post('/surveys/:id/texts/themes/:theme', async (req, res) => {
    const { project, survey, question, theme, actor } = await visitTheme(req, res);
    const form = readTheme(req.body);
    const errors = form.errors ?? (await changeTheme(services, actor, survey.id, theme.id, form.value));
    if (errors) {
      const retry = { body: req.body, errors };
      return show(res, 'surveys/texts/theme', themePage(project, survey, question, theme, retry));
    }
    redirectWithNotice(res, config, `${addressOf(survey)}/themes`, 'Theme saved');
  });

  router.post('/surveys/:id/texts/themes/:theme/up', async (req, res) => {
    const { survey, theme } = await visitTheme(req, res);
    await moveThemeUp(services, survey.id, theme.id);
    redirectWithNotice(res, config, `${addressOf(survey)}/themes`, 'Theme moved up');
  });

  router.post('/surveys/:id/texts/themes/:theme/removal', async (req, res) => {
    const { survey, theme, actor } = await visitTheme(req, res);
    await removeTheme(services, actor, survey.id, theme.id);
    redirectWithNotice(
      res,
      config,
      `${addressOf(survey)}/themes`,
      'Theme removed from the frame and from all texts',
    );
  });

  router.get('/surveys/:id/texts/coding', async (req, res) => {
    const { project, survey, question } = await visitQuestion(req, res);
    const coded = req.query.coded === 'yes';
    const page = coded && /^[1-9]\d{0,4}$/.test(String(req.query.page)) ? Number(req.query.page) : 1;
    const skip = (page - 1) * codingList;
    const texts = await listReleased(db, survey.id, question.name, { coded, skip, most: codingList });
    const themes = (await listThemes(db, survey.id)).filter((theme) => theme.question === question.name);
    const list = { texts, themes, coded, page, counts: await countTexts(db, survey.id), mayQuote: true };
    show(res, 'surveys/texts/coding', codingPage(project, survey, question, list));
  });

  router.post('/surveys/:id/texts/coding', async (req, res) => {
    const { survey, question, actor } = await visitQuestion(req, res);
    const done = await codeTexts(services, actor, survey.id, question.name, readCodings(req.body));
    const said = [
      `${done.coded === 1 ? '1 text' : `${done.coded} texts`} coded`,
      ...(done.back > 0 ? [`${done.back} sent back to the redactors`] : []),
      ...(done.changed > 0 ? [`${done.changed} left as somebody else has changed them meanwhile`] : []),
    ];
    const coded = req.query.coded === 'yes' ? `&coded=yes&page=${Number(req.query.page) || 1}` : '';
    const at = `${addressOf(survey)}/coding?question=${encodeURIComponent(question.name)}${coded}`;
    redirectWithNotice(res, config, at, said.join(', '));
  });

  async function showTexts(req: Request, res: Response, retry?: Retry): Promise<void> {
    const { project, survey, questions, account, may } = await visitSurvey(req, res, 'see the survey');
    const rights = {
      run: may('run the survey'),
      code: may('code texts'),
      redact: may('redact texts') && (await isRedactor(db, survey.id, account.id)),
      release: may('release texts'),
    };
    if (!rights.run && !rights.code && !may('redact texts') && !rights.release) throw forbidden();
    const members = (await listMembers(db, project.id)).filter(({ role }) => mayDo(role, 'redact texts'));
    const facts = { counts: await countTexts(db, survey.id), redactors: await listRedactors(db, survey.id) };
    show(
      res,
      'surveys/texts/index',
      textsPage(project, survey, questions, { ...facts, may: rights, members }, retry),
    );
  }

  async function showOriginal(req: Request, res: Response, retry?: Retry): Promise<void> {
    const { project, survey, questions, actor } = await visitRedaction(req, res);
    const text = await lookAtOriginal(services, actor, survey.id, readId(req, 'Text', 'text'));
    const whereToTurn = survey.whereToTurn || englishWords.say('whereToTurn');
    const page = originalPage(project, survey, questions, text, whereToTurn, retry);
    show(res, 'surveys/texts/original', page);
  }

  async function visitSurvey(req: Request, res: Response, right: Right) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, right);
    return { ...visit, survey, questions: writtenQuestions(await getPlan(db, survey.versionId)) };
  }

  /** Somebody with the right who is named for this survey besides. */
  async function visitRedaction(req: Request, res: Response) {
    const visit = await visitSurvey(req, res, 'redact texts');
    if (!(await isRedactor(db, visit.survey.id, visit.account.id))) {
      throw forbidden(
        'You are not named as a redactor of this survey. Ask the project lead if you are to be.',
      );
    }
    return visit;
  }

  async function visitQuestion(req: Request, res: Response) {
    const visit = await visitSurvey(req, res, 'code texts');
    const question = visit.questions.find(({ name }) => name === req.query.question);
    if (!question) throw notFound('Question');
    return { ...visit, question };
  }

  async function visitTheme(req: Request, res: Response) {
    const visit = await visitSurvey(req, res, 'code texts');
    const theme = await getTheme(db, visit.survey.id, readId(req, 'Theme', 'theme'));
    const question = visit.questions.find(({ name }) => name === theme.question);
    if (!question) throw notFound('Question');
    return { ...visit, theme, question };
  }

  return router;
}
