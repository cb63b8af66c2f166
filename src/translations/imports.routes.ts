import { Router } from 'express';
import { fileNameOf } from '../platform/csv';
import { readCsv } from '../platform/csv-table';
import { isoDay } from '../platform/dates';
import { type FieldErrors, readForm } from '../platform/form';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { ImportKind } from '../staging/staged-import';
import { stageImport } from '../staging/staging.commands';
import { show } from '../web/layout';
import { uploadOf } from '../web/uploads';
import { importPreview, uploadPage } from './imports.page';
import { textsInWords } from './progress';
import { textsFor } from './translatable';
import { applyTranslationsImport } from './translations.commands';
import { pastedForm } from './translations.form';
import { addressOf } from './translations.page';
import { getSources, visitLanguage } from './translations.routes';
import {
  type ImportedTranslations,
  planImport,
  readTranslations,
  translationsFile,
} from './translations-file';

const pasted = 'what was pasted';

/** A file of translations, looked at and applied by the engine of staged imports. Its subject is the questionnaire. */
export const translationImports: ImportKind<ImportedTranslations> = {
  kind: 'translations',
  address: ({ subjectId, understood }) => addressOf(subjectId!, understood.language),
  preview: async (db, _project, { subjectId, understood }) => {
    const questionnaire = await getQuestionnaire(db, subjectId!);
    const planned = planImport(textsFor(questionnaire.definition, understood.language), understood);
    return importPreview(questionnaire, understood, planned);
  },
  apply: async (trx, actor, staged, look) => {
    const texts = await applyTranslationsImport(trx, actor, staged, look);
    if (texts === null) return null;
    return { subjectId: staged.subjectId!, notice: `Import applied: ${textsInWords(texts)} translated` };
  },
};

/** The translations of a language as a file, and back. */
export function translationImportsRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/questionnaires/:id/translations/:language/export', async (req, res) => {
    const { questionnaire, language } = await visitLanguage(services, req, res, 'see the project');
    const sources = await getSources(services, questionnaire.id, language);
    const name = `${questionnaire.title} ${language} ${isoDay(clock.now())}`;
    res.attachment(fileNameOf(name, 'csv'));
    res.type('text/csv; charset=utf-8');
    res.send(translationsFile(textsFor(questionnaire.definition, language), language, sources));
  });

  router.get('/questionnaires/:id/translations/:language/imports', async (req, res) => {
    const { project, questionnaire, language } = await visitLanguage(
      services,
      req,
      res,
      'change the project',
    );
    show(res, 'questionnaires/translations/imports', uploadPage(project, questionnaire, language));
  });

  router.post('/questionnaires/:id/translations/:language/imports', async (req, res) => {
    const visit = await visitLanguage(services, req, res, 'change the project');
    const { project, questionnaire, language, account } = visit;
    const { file, problem } = uploadOf(res);
    const typed = readForm(pastedForm, req.body).value?.text ?? '';
    const errors = sentErrors(problem, file !== undefined, typed.trim() !== '');
    if (errors) {
      const page = uploadPage(project, questionnaire, language, { typed, errors });
      return show(res, 'questionnaires/translations/imports', page);
    }
    const { name, bytes } = file ?? { name: pasted, bytes: Buffer.from(typed) };
    const table = readCsv(bytes);
    const { texts, findings } =
      table.findings.length > 0
        ? { texts: [], findings: table.findings }
        : readTranslations(table.rows, textsFor(questionnaire.definition, language));
    const staged = {
      ...{ kind: translationImports.kind, projectId: project.id, subjectId: questionnaire.id },
      ...{ fileName: name, understood: { language, texts }, findings },
    };
    const id = await db.transaction((trx) => stageImport(trx, account.id, staged, clock.now()));
    res.redirect(303, `/imports/${id}`);
  });

  return router;
}

/** Whether a file came or something was pasted, and one of the two only. */
function sentErrors(
  problem: string | undefined,
  hasFile: boolean,
  isPasted: boolean,
): FieldErrors | undefined {
  if (problem) return { file: problem };
  if (hasFile && isPasted) return { file: 'Choose a file or paste its text, not both' };
  return hasFile || isPasted ? undefined : { file: 'Choose a CSV file, or paste its text' };
}
