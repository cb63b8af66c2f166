import { createHash } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { usualNotice } from '../notices/usual-notice';
import { isoDay } from '../platform/dates';
import { notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import { compilePlan } from '../questionnaires/compile';
import { firstOpenStep } from '../questionnaires/journey';
import { checkDefinition } from '../questionnaires/questionnaires.commands';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import { wordsFor } from '../questionnaires/spoken';
import type { Services } from '../services';
import { usualEnd } from '../surveys/closing';
import { defaultThreshold } from '../surveys/surveys.commands';
import { show, speak } from '../web/layout';
import { readId } from '../web/params';
import { framedByUs, framingOurs } from '../web/security';
import { englishWords } from '../web/words';
import { languageLinks, type OpenWalk, respondentPages } from './pages.routes';
import { pagesAnswered } from './preview';
import { english, readPreviewWish } from './preview.form';
import { framePage, previewPage, type Retry, type Width, widths } from './preview.page';
import {
  deletePreview,
  findPreview,
  finishPreview,
  type PreviewKey,
  replacePreview,
  updateLanguage,
  updatePreview,
} from './previews.queries';
import { drawOf } from './shown-order';

/** The revision of a preview whose start page has not been left: as whom one looks has been chosen, no more. */
const unbegun = 0;

/** A questionnaire looked at as respondents will see it: their pages, over test answers that nothing counts. */
export function previewRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/questionnaires/:id/preview', async (req, res) => {
    await showChoice(req, res);
  });

  router.post('/questionnaires/:id/preview', async (req, res) => {
    const { questionnaire, key } = await visitQuestionnaire(req, res);
    const { plan } = compilePlan(questionnaire.definition);
    const form = readPreviewWish(plan, req.body);
    if (form.errors) return showChoice(req, res, { body: req.body, errors: form.errors });
    const { language, answers } = form.value;
    const passed = pagesAnswered(plan, answers);
    const preview = { language, answers, passed, draw: drawFor(key), revision: unbegun };
    await replacePreview(db, key, preview, isoDay(clock.now()));
    res.redirect(303, `/questionnaires/${questionnaire.id}/preview/phone`);
  });

  for (const width of Object.keys(widths) as Width[]) {
    router.get(`/questionnaires/:id/preview/${width}`, framingOurs, async (req, res) => {
      const { project, questionnaire } = await visitQuestionnaire(req, res);
      const walk = `/questionnaires/${questionnaire.id}/preview/walk`;
      show(res, 'questionnaires/preview/frame', framePage(project, questionnaire, width, walk));
    });
  }

  const openPreview: OpenWalk = async (req, res) => {
    const { questionnaire, key } = await visitQuestionnaire(req, res);
    const preview = await findPreview(db, key);
    const { definition } = questionnaire;
    const { plan: own, refusals } = compilePlan(definition);
    // Somebody has broken the questionnaire meanwhile: the page before the preview says how.
    if (refusals.length > 0) throw notFound('Preview');
    const languages = [english, ...own.languages];
    const wished = languages.find((language) => language === req.query.lang);
    const language = wished ?? languages.find((known) => known === (preview?.language ?? english)) ?? english;
    if (wished && preview) await updateLanguage(db, key, wished);
    const plan = language === english ? own : compilePlan(definition, language).plan;
    const words = language === english ? englishWords : wordsFor(definition, language);
    speak(res, words, languageLinks(req, languages, language));
    const today = isoDay(clock.now());
    const address = `/questionnaires/${questionnaire.id}/preview`;
    const draft = preview && preview.revision > unbegun ? preview : undefined;
    return {
      survey: {
        words,
        name: questionnaire.title,
        promise: 'anonymous',
        threshold: defaultThreshold,
        closesAt: usualEnd(clock.now()),
        simulated: false,
        address: `${address}/walk`,
      },
      plan,
      draft,
      draw: draft?.draw ?? 0,
      around: {
        trial: {
          text: 'This is a preview. Test answers are never counted, and dates and promises are examples.',
          href: address,
        },
      },
      asksForDevice: false,
      now: clock.now(),
      told: async () => ({ content: usualNotice('', own.languages), privacy: null }),
      waitToBegin: () => 0,
      waitToKeep: () => 0,
      begin: async () => {
        const { answers, passed } = preview ?? { answers: {}, passed: [] };
        const begun = { language, answers, passed, draw: drawFor(key), revision: unbegun + 1 };
        await replacePreview(db, key, begun, today);
        return { answers, passed };
      },
      keep: (page, given) => updatePreview(db, key, page, given, today),
      submit: async () => {
        if (!draft) return { outcome: 'unknown' };
        const step = draft.submitted ? undefined : firstOpenStep(plan, draft);
        if (step) return { outcome: 'unfinished', step };
        await finishPreview(db, key);
        return { outcome: 'submitted' };
      },
      forget: () => deletePreview(db, key),
      reference: () => '',
      refuseLost: () => {
        throw notFound('Preview');
      },
    };
  };
  router.use('/questionnaires/:id/preview/walk', framedByUs);
  router.use(respondentPages('/questionnaires/:id/preview/walk', openPreview));

  async function visitQuestionnaire(req: Request, res: Response) {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { project, account } = await visitProject(
      services,
      res,
      questionnaire.projectId,
      'see the project',
    );
    const key: PreviewKey = { questionnaireId: questionnaire.id, accountId: account.id };
    return { project, questionnaire, key };
  }

  async function showChoice(req: Request, res: Response, retry?: Retry): Promise<void> {
    const { project, questionnaire, key } = await visitQuestionnaire(req, res);
    const { plan, findings } = checkDefinition(questionnaire.definition);
    const faults = findings.filter(({ severity }) => severity === 'error');
    const hasBegun = (await findPreview(db, key)) !== undefined;
    const page = previewPage(project, questionnaire, plan, faults, hasBegun, retry);
    show(res, 'questionnaires/preview/index', page);
  }

  return router;
}

/** Orders drawn for one person and questionnaire: the same whenever they look. */
function drawFor({ questionnaireId, accountId }: PreviewKey): number {
  return drawOf(createHash('sha256').update(`${questionnaireId} ${accountId}`).digest()) >>> 1;
}
