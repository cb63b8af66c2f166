import { type Request, type Response, Router } from 'express';
import { visitProject } from '../projects/visit.routes';
import { getPlan, getSpoken } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { qrFile, qrPicture } from '../web/qr';
import { englishWords } from '../web/words';
import { handoutPage, openLinkOf, sharePage } from './share.page';
import { getSurvey } from './surveys.queries';

/** What a questionnaire's own texts are written in. */
const english = 'en';
/** Dots across a QR code as a picture: sharp on A4. */
const pictureWidth = 1200;

/** A survey's open link to give out: as a QR code, on a poster and on cards. */
export function shareRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/surveys/:id/share', async (req, res) => {
    const { project, survey, link, languages } = await visit(req, res);
    show(res, 'surveys/share', sharePage(project, survey, link, languages));
  });

  router.get('/surveys/:id/share/qr.svg', async (req, res) => {
    const { survey, link } = await visit(req, res);
    res.attachment(`${survey.code}-qr.svg`).send(qrFile(link.link, link.link));
  });

  router.get('/surveys/:id/share/qr.png', async (req, res) => {
    const { survey, link } = await visit(req, res);
    res.attachment(`${survey.code}-qr.png`).send(await qrPicture(link.link, pictureWidth));
  });

  for (const kind of ['poster', 'cards'] as const) {
    router.get(`/surveys/:id/share/${kind}`, async (req, res) => {
      const visited = await visit(req, res);
      const { survey, languages, own } = visited;
      const language = languages.find((known) => known === req.query.lang) ?? english;
      const { plan, words } =
        language === english
          ? { plan: own, words: englishWords }
          : await getSpoken(db, survey.versionId, language);
      show(
        res,
        `surveys/${kind}`,
        handoutPage({ ...visited, plan, words }, kind, config.organisationName ?? ''),
      );
    });
  }

  async function visit(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { project } = await visitProject(services, res, survey.projectId, 'see the survey');
    const own = await getPlan(db, survey.versionId);
    const link = openLinkOf(survey, config.baseUrl);
    return { project, survey, own, link, languages: [english, ...own.languages] };
  }

  return router;
}
