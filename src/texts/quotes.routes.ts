import { type Request, type Response, Router } from 'express';
import { forbidden, notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { visitProject } from '../projects/visit.routes';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { isId, readId } from '../web/params';
import { approveQuote, proposeQuote, takeQuoteBack } from './quotes.commands';
import { readQuote } from './quotes.form';
import { quotePage, quotesPage } from './quotes.page';
import { getReleased, listQuotes } from './quotes.queries';
import { writtenQuestions } from './text';
import { addressOf } from './texts.page';

/** Words that are quoted in reports: proposed by one person, approved by another (METHODS.md 3.7). */
export function quotesRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/surveys/:id/texts/quotes', async (req, res) => {
    const { project, survey, questions, account, may } = await visitQuotes(req, res, 'see the survey');
    const visitor = { accountId: account.id, mayRelease: may('release texts') };
    const quotes = await listQuotes(db, survey.id);
    show(res, 'surveys/texts/quotes', quotesPage(project, survey, questions, quotes, visitor));
  });

  router.get('/surveys/:id/texts/quotes/new', async (req, res) => {
    const { project, survey, questions, text } = await visitText(req, res);
    show(res, 'surveys/texts/quote', quotePage(project, survey, questions, text));
  });

  router.post('/surveys/:id/texts/quotes/new', async (req, res) => {
    const { project, survey, questions, text, person } = await visitText(req, res);
    const form = readQuote(req.body, text.redacted, survey.dimensions);
    if (form.errors) {
      const retry = { body: req.body, errors: form.errors };
      return show(res, 'surveys/texts/quote', quotePage(project, survey, questions, text, retry));
    }
    await proposeQuote(services, person, survey.id, { textId: text.id, ...form.value });
    redirectWithNotice(
      res,
      config,
      `${addressOf(survey)}/quotes`,
      'Quote proposed: somebody else is to approve it',
    );
  });

  router.post('/surveys/:id/texts/quotes/:text/approval', async (req, res) => {
    const { survey, person } = await visitQuotes(req, res, 'release texts');
    const words = typeof req.body.words === 'string' ? req.body.words : '';
    await approveQuote(services, person, survey.id, { textId: readId(req, 'Quote', 'text'), words });
    redirectWithNotice(res, config, `${addressOf(survey)}/quotes`, 'Quote approved for the next report');
  });

  router.post('/surveys/:id/texts/quotes/:text/removal', async (req, res) => {
    const { survey, person } = await visitQuotes(req, res, 'see the survey');
    await takeQuoteBack(services, person, survey.id, readId(req, 'Quote', 'text'));
    redirectWithNotice(res, config, `${addressOf(survey)}/quotes`, 'Quote taken back');
  });

  /** Whoever may propose quotes, or approve them. */
  async function visitQuotes(req: Request, res: Response, right: Right) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, right);
    if (!visit.may('code texts') && !visit.may('release texts')) throw forbidden();
    const person = { kind: 'account', accountId: visit.account.id } as const;
    return { ...visit, person, survey, questions: writtenQuestions(await getPlan(db, survey.versionId)) };
  }

  async function visitText(req: Request, res: Response) {
    const visit = await visitQuotes(req, res, 'code texts');
    if (!isId(req.query.text)) throw notFound('Text');
    return { ...visit, text: await getReleased(db, visit.survey.id, req.query.text) };
  }

  return router;
}
