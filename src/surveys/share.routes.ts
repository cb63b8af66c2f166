import { type Request, type Response, Router } from 'express';
import type { Project } from '../projects/project';
import { visitProject } from '../projects/visit.routes';
import { getPlan, getSpoken } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { qrFile, qrPicture } from '../web/qr';
import { englishWords } from '../web/words';
import { type GivenOut, handoutPage, openLinkOf, ownLinkOf, sharePage } from './share.page';
import type { Survey } from './survey';
import { getSurvey } from './surveys.queries';

/** What a questionnaire's own texts are written in. */
const english = 'en';
/** Dots across a QR code as a picture: sharp on A4. */
const pictureWidth = 1200;

/** A survey's open link to give out. */
export function shareRoutes(services: Services): Router {
  return givingOut(services, '/surveys/:id/share', async (req, res) => {
    const survey = await getSurvey(services.db, readId(req, 'Survey'));
    const { project } = await visitProject(services, res, survey.projectId, 'see the survey');
    return { project, survey, given: ownLinkOf(survey) };
  });
}

/** Finds what is given out at an address, for those who may see it. */
type Visit = (req: Request, res: Response) => Promise<{ project: Project; survey: Survey; given: GivenOut }>;

/** A link to give out under an address: as a QR code, on a poster and on cards. */
export function givingOut({ db, config, clock }: Services, address: string, visit: Visit): Router {
  const router = Router();

  router.get(address, async (req, res) => {
    const { project, survey, given, link, languages } = await visitLink(req, res);
    show(res, 'surveys/share', sharePage(project, survey, given, link, { languages, now: clock.now() }));
  });

  router.get(`${address}/qr.svg`, async (req, res) => {
    const { given, link } = await visitLink(req, res);
    res.attachment(`${given.code}-qr.svg`).send(qrFile(link.link, link.link));
  });

  router.get(`${address}/qr.png`, async (req, res) => {
    const { given, link } = await visitLink(req, res);
    res.attachment(`${given.code}-qr.png`).send(await qrPicture(link.link, pictureWidth));
  });

  for (const kind of ['poster', 'cards'] as const) {
    router.get(`${address}/${kind}`, async (req, res) => {
      const visited = await visitLink(req, res);
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

  async function visitLink(req: Request, res: Response) {
    const visited = await visit(req, res);
    const own = await getPlan(db, visited.survey.versionId);
    const link = openLinkOf(visited.given, config.baseUrl);
    return { ...visited, own, link, languages: [english, ...own.languages] };
  }

  return router;
}
