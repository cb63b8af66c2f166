import { type Request, type Response, Router } from 'express';
import { accountOf, readSession } from '../accounts/session.routes';
import { findFile, listOwnFiles, readFileBytes } from '../files/files.queries';
import { notFound, Problem } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import type { Live } from '../web/live';
import { readId } from '../web/params';
import { askAnswers, noteAnswersTaken } from './microdata.commands';
import { filesPart, type MicrodataFacts, microdataPage } from './microdata.page';
import { readReason } from './reason.form';
import { answersKind } from './taken-answers';

/** What each respondent of a confidential survey answered, for analysts; each file for the one who asked for it. */
export function microdataRoutes(services: Services, live: Live): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/answers', async (req, res) => {
    const visited = await visit(req, res);
    show(res, 'surveys/answers/index', await pageFor(visited));
  });

  router.post('/surveys/:id/answers', async (req, res) => {
    const visited = await visit(req, res);
    const { survey, account } = visited;
    const form = readReason(req.body);
    if (form.errors) {
      const retry = { reason: String(req.body?.reason ?? ''), errors: form.errors };
      return show(res, 'surveys/answers/index', await pageFor(visited, { retry }));
    }
    await askAnswers(services, { kind: 'account', accountId: account.id }, survey, form.value.reason);
    redirectWithNotice(res, config, `/surveys/${survey.id}/answers`, 'The file is being made');
  });

  router.get('/surveys/:id/answers/events', async (req, res) => {
    const { survey, account } = await visit(req, res);
    await live.open(req, res, {
      topic: `answers of survey ${survey.id} for ${account.id}`,
      person: account.id,
      read: () => filesInWords(res, survey.id, account.id),
      mayStay: () => mayStay(req, res),
    });
  });

  router.get('/surveys/:id/answers/:file', async (req, res) => {
    const { survey, account, actor } = await visit(req, res);
    const file = await findFile(db, readId(req, 'File', 'file'), clock.now());
    const isOwn = file && !file.shared && file.askedBy === account.id;
    if (!isOwn || file.kind !== answersKind || file.subjectId !== survey.id) throw notFound('File');
    const content = await readFileBytes(db, file.id);
    if (!content) return res.redirect(303, `/surveys/${survey.id}/answers`);
    await noteAnswersTaken(services, actor, file);
    res.attachment(file.name!).type(file.mediaType!).send(content.bytes);
  });

  type Visited = Awaited<ReturnType<typeof visit>>;

  async function visit(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    return { survey, ...(await visitProject(services, res, survey.projectId, 'take answers away')) };
  }

  async function pageFor({ project, survey, account }: Visited, more: Pick<MicrodataFacts, 'retry'> = {}) {
    const files = await ownFiles(survey.id, account.id);
    return microdataPage(project, survey, { files, keptDays: config.filesKeptDays, ...more });
  }

  async function ownFiles(subjectId: string, accountId: string) {
    return listOwnFiles(db, { subjectId, kind: answersKind, accountId }, clock.now());
  }

  /** How the files stand, as a part of the page. */
  async function filesInWords(res: Response, surveyId: string, accountId: string): Promise<string> {
    const files = filesPart({ id: surveyId }, await ownFiles(surveyId, accountId));
    return new Promise((resolve, reject) => {
      res.app.render('surveys/answers/files', { files }, (error, html) =>
        error ? reject(error) : resolve(html),
      );
    });
  }

  /** Asked again while somebody watches: they may have signed out, or no longer be the project's analyst. */
  async function mayStay(req: Request, res: Response): Promise<boolean> {
    res.locals.account = undefined;
    await readSession(services)(req, res, () => undefined);
    if (!accountOf(res)) return false;
    try {
      await visit(req, res);
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  return router;
}
