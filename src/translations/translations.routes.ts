import { type Request, type Response, Router } from 'express';
import { findLatestStanding } from '../edits/edits.queries';
import { readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { type Visit, visitProject } from '../projects/visit.routes';
import { languagesIn } from '../questionnaires/compile';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { nameOf } from './languages';
import { progressIn, type Sources, sourcesFrom, textsInWords } from './progress';
import { tablePage } from './table.page';
import { textsFor } from './translatable';
import { addLanguage, removeLanguage, type Saved, saveTranslations } from './translations.commands';
import { languageForm, queryOf, readSent, readTableFilter } from './translations.form';
import {
  addressOf,
  type LanguageProgress,
  removalPage,
  translationsPage,
  undoPanelOf,
} from './translations.page';
import { listLanguages, listSources } from './translations.queries';

/** Somebody at the translations of a questionnaire into a language. */
export interface LanguageVisit extends Visit {
  questionnaire: Questionnaire;
  language: string;
}

/** A questionnaire and a language it is in; any other language is not found. */
export async function visitLanguage(
  services: Services,
  req: Request,
  res: Response,
  right: Right,
): Promise<LanguageVisit> {
  const questionnaire = await getQuestionnaire(services.db, readId(req, 'Questionnaire'));
  const visit = await visitProject(services, res, questionnaire.projectId, right);
  const language = String(req.params.language);
  const languages = await languagesOf(services, questionnaire);
  if (!languages.includes(language)) throw notFound('Translation');
  return { ...visit, questionnaire, language };
}

/** Those anything is said in, and those that wait for it; in the order of their English names, Welsh before all. */
async function languagesOf({ db }: Services, { id, definition }: Questionnaire): Promise<string[]> {
  const languages = new Set([...languagesIn(definition), ...(await listLanguages(db, id))]);
  const order = (language: string) => (language === 'cy' ? '' : nameOf(language));
  return [...languages].sort((one, other) => order(one).localeCompare(order(other), 'en-GB'));
}

/** What translations were made from. */
export async function getSources(
  { db }: Pick<Services, 'db'>,
  questionnaireId: string,
  language: string,
): Promise<Sources> {
  return sourcesFrom(await listSources(db, questionnaireId, language));
}

/** The languages of a questionnaire, and the table of each. */
export function translationsRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/questionnaires/:id/translations', async (req, res) => {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { project, may } = await visitProject(services, res, questionnaire.projectId, 'see the project');
    const mayChange = may('change the project');
    const undo = mayChange ? await undoPanel(questionnaire.id, req) : null;
    const page = translationsPage(project, questionnaire, await progressOf(questionnaire), mayChange, undo);
    show(res, 'questionnaires/translations/index', page);
  });

  router.post('/questionnaires/:id/translations', async (req, res) => {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { project, actor } = await visitProject(
      services,
      res,
      questionnaire.projectId,
      'change the project',
    );
    const form = readForm(languageForm, req.body);
    if (form.errors) {
      const retry = { typed: req.body, errors: form.errors };
      const languages = await progressOf(questionnaire);
      const page = translationsPage(project, questionnaire, languages, true, null, retry);
      return show(res, 'questionnaires/translations/index', page);
    }
    const isAdded = await addLanguage(services, actor, questionnaire.id, form.value);
    const notice = isAdded
      ? `${nameOf(form.value)} added. Type the translations beside the English.`
      : `${nameOf(form.value)} was there already.`;
    redirectWithNotice(res, config, addressOf(questionnaire.id, form.value), notice);
  });

  router.get('/questionnaires/:id/translations/:language', async (req, res) => {
    const visit = await visitLanguage(services, req, res, 'see the project');
    const mayChange = visit.may('change the project');
    const facts = await tableFacts(req, visit);
    const undo = mayChange ? await undoPanel(visit.questionnaire.id, req) : null;
    show(res, 'questionnaires/translations/table', tablePage({ ...facts, mayChange, undo }));
  });

  router.post('/questionnaires/:id/translations/:language', async (req, res) => {
    const visit = await visitLanguage(services, req, res, 'change the project');
    const { actor, questionnaire, language } = visit;
    const sent = readSent(req.body);
    const saved = await saveTranslations(services, actor, questionnaire.id, language, sent);
    if (!saved.saved) {
      const now = { ...visit, questionnaire: await getQuestionnaire(db, questionnaire.id) };
      const facts = await tableFacts(req, now);
      const page = tablePage({ ...facts, mayChange: true }, { sent, merged: saved });
      const isFaulty = Object.keys(saved.errors).length > 0;
      return show(res, 'questionnaires/translations/table', page, isFaulty ? 422 : 409);
    }
    const query = new URLSearchParams(queryOf(readTableFilter(req.query)));
    if (saved.changeId) query.set('change', saved.changeId);
    const address = `${addressOf(questionnaire.id, language)}${query.size > 0 ? `?${query}` : ''}`;
    redirectWithNotice(res, config, address, savedInWords(saved));
  });

  router.get('/questionnaires/:id/translations/:language/removal', async (req, res) => {
    const { project, questionnaire, language } = await visitLanguage(
      services,
      req,
      res,
      'change the project',
    );
    const progress = await progressInLanguage(questionnaire, language);
    show(res, 'questionnaires/translations/removal', removalPage(project, questionnaire, progress));
  });

  router.post('/questionnaires/:id/translations/:language/removal', async (req, res) => {
    const { actor, questionnaire, language } = await visitLanguage(services, req, res, 'change the project');
    const changeId = await removeLanguage(services, actor, questionnaire.id, language);
    const address = `${addressOf(questionnaire.id)}${changeId ? `?change=${changeId}` : ''}`;
    redirectWithNotice(res, config, address, `${nameOf(language)} has been removed`);
  });

  async function tableFacts(req: Request, { project, questionnaire, language }: LanguageVisit) {
    return {
      ...{ project, questionnaire, language },
      texts: textsFor(questionnaire.definition, language),
      sources: await getSources(services, questionnaire.id, language),
      filter: readTableFilter(req.query),
    };
  }

  async function progressOf(questionnaire: Questionnaire): Promise<LanguageProgress[]> {
    const languages = await languagesOf(services, questionnaire);
    return Promise.all(languages.map((language) => progressInLanguage(questionnaire, language)));
  }

  async function progressInLanguage(
    { id, definition }: Questionnaire,
    language: string,
  ): Promise<LanguageProgress> {
    const sources = await getSources(services, id, language);
    return { language, progress: progressIn(textsFor(definition, language), language, sources) };
  }

  async function undoPanel(questionnaireId: string, req: Request) {
    return undoPanelOf(
      questionnaireId,
      await findLatestStanding(db, questionnaireId),
      String(req.query.change),
    );
  }

  return router;
}

/** "Saved: 12 texts translated, 1 text still fits" */
function savedInWords({ changeId, translated, fitting }: Saved & { saved: true }): string {
  const parts = [
    ...(translated > 0 ? [`${textsInWords(translated)} translated`] : []),
    ...(fitting > 0 ? [`${textsInWords(fitting)} marked as still fitting`] : []),
  ];
  if (parts.length > 0) return `Saved: ${parts.join(', ')}`;
  return changeId ? 'Saved' : 'Nothing was changed';
}
