import { type Request, type Response, Router } from 'express';
import { getFrameworkContent } from '../frameworks/content.queries';
import { skillsMatrix } from '../frameworks/required-level';
import { isoDay } from '../platform/dates';
import { writePdf } from '../platform/pdf';
import type { Plan } from '../questionnaires/plan';
import { getPlan, getQuestionnaire, getSpoken, getVersion } from '../questionnaires/questionnaires.queries';
import { type Asked, openWalks } from '../responses/open-walk.routes';
import { whereNext } from '../responses/pages.routes';
import type { AskedSurvey } from '../responses/walk.page';
import type { Services } from '../services';
import { listTaughtOffers } from '../training/training.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { show } from '../web/layout';
import { levelRows } from '../web/level-rows';
import { type HeldAnswers, hasProfile } from './held-answers';
import { type Profile, profileOf } from './profile';
import { finishedPage, noProfilePage, type ProfilePage, profileGonePage, profilePage } from './profile.page';
import { profileCookieOf } from './profile-cookie.routes';
import { fileNameOf, profileDocument } from './profile-document.page';

/** A respondent's own profile: worked out when it is asked for, from what their browser holds, and kept nowhere. */
export function profilesRoutes(services: Services): Router {
  const { db, clock } = services;
  const { open, forget } = openWalks(services);
  const cookie = profileCookieOf(services);
  const router = Router();

  router.get('/s/:code/profile', async (req, res) => {
    const asked = await open(req, res, true);
    const page = await pageFor(req, asked);
    if (page) {
      const picture = page.picture && { ...page.picture, svg: levelRows('areas', page.picture.rows) };
      return show(res, 's/profile/index', { ...page, picture });
    }
    showWhyNot(res, asked);
  });

  router.get('/s/:code/profile.pdf', async (req, res) => {
    const asked = await open(req, res, true);
    const page = await pageFor(req, asked);
    if (!page) return showWhyNot(res, asked);
    if (!page.download) return res.redirect(303, page.address);
    const today = clock.now();
    const document = writePdf(profileDocument(page, asked.words, today));
    const name = fileNameOf(asked.survey.code, isoDay(today));
    res.type('application/pdf').set('Content-Disposition', `attachment; filename="${name}"`);
    document.pipe(res);
  });

  /** On a shared device nothing is left of who was there. */
  router.post('/s/:code/profile/finish', async (req, res) => {
    const asked = await open(req, res, true);
    cookie.drop(res, asked);
    if (asked.held?.device === 'shared') forget(res, asked.survey);
    res.redirect(303, `${asked.address}/profile/finished`);
  });

  router.get('/s/:code/profile/finished', async (req, res) => {
    show(res, 's/profile/state', finishedPage(surveyOf(await open(req, res, true))));
  });

  async function pageFor(req: Request, asked: Asked): Promise<ProfilePage | undefined> {
    const held = cookie.read(req, asked);
    if (!held) return undefined;
    const plan = await planOf(asked, held);
    const profile = await readProfile(asked, plan, held);
    return profilePage({ survey: surveyOf(asked), plan, facets: held.facets }, profile);
  }

  /** The survey may ask by a corrected version meanwhile; answers are read by the one they were given to. */
  async function planOf({ survey, plan, words }: Asked, { versionId }: HeldAnswers): Promise<Plan> {
    if (versionId === survey.versionId) return plan;
    const own = await getPlan(db, versionId);
    if (!own.languages.includes(words.lang)) return own;
    return (await getSpoken(db, versionId, words.lang)).plan;
  }

  async function readProfile({ survey }: Asked, plan: Plan, held: HeldAnswers): Promise<Profile> {
    const { questionnaireId } = await getVersion(db, held.versionId);
    const { frameworkId } = await getQuestionnaire(db, questionnaireId);
    const professions = await labelsFor(db, survey.projectId, ['profession']);
    const { domains, requiredLevels } = frameworkId
      ? await getFrameworkContent(db, frameworkId)
      : { domains: [], requiredLevels: [] };
    return profileOf({
      plan,
      held,
      matrix: skillsMatrix(requiredLevels),
      tier: professions.find(({ code }) => code === held.facets.profession)?.tier ?? null,
      domains,
      offers: frameworkId ? await listTaughtOffers(db, { id: frameworkId, projectId: survey.projectId }) : [],
    });
  }

  function showWhyNot(res: Response, asked: Asked): void {
    const { plan, draft } = asked;
    const survey = surveyOf(asked);
    if (!hasProfile(plan)) show(res, 's/profile/state', noProfilePage(survey), 404);
    else if (draft && !draft.submitted) res.redirect(303, whereNext({ survey, plan }, draft));
    else show(res, 's/profile/state', profileGonePage(survey), 410);
  }

  return router;
}

function surveyOf({ survey, words, address }: Asked): AskedSurvey {
  return { ...survey, words, address };
}
