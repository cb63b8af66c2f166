import { type Request, type Response, Router } from 'express';
import type { Framework } from '../frameworks/framework';
import { listFrameworks } from '../frameworks/frameworks.queries';
import { titleFromFileName } from '../interchange/framework-import';
import { fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { type FieldErrors, readForm } from '../platform/form';
import { visitProject } from '../projects/visit.routes';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { ImportKind, StagedImport } from '../staging/staged-import';
import { stageImport } from '../staging/staging.commands';
import { getStagedImport } from '../staging/staging.queries';
import { show } from '../web/layout';
import { isId, readId } from '../web/params';
import { uploadOf } from '../web/uploads';
import { writeSurveyJs } from './export';
import { type ImportedQuestionnaire, importedFrom, readSurveyJsFile } from './questionnaire-import';
import { questionnaireImportForm } from './questionnaire-import.form';
import { findingsAbove, questionnaireImportPage, questionnairePreview } from './questionnaire-import.page';
import { getAskedFramework, importQuestionnaire } from './questionnaire-imports.commands';

const kind = 'questionnaire';
const pasted = 'what was pasted';
const untitled = 'Imported questionnaire';

/** A staged SurveyJS file, shown and applied by the engine of staged imports: it becomes a new draft. */
export const questionnaireImports: ImportKind<ImportedQuestionnaire> = {
  kind,
  address: ({ subjectId, projectId }) =>
    subjectId ? `/questionnaires/${subjectId}` : `/projects/${projectId}`,
  preview: async (_db, project, staged) => questionnairePreview(project, staged),
  apply: async (trx, actor, { projectId, understood }) => ({
    subjectId: await importQuestionnaire(trx, actor, projectId, understood),
    notice: 'Questionnaire imported, as a draft. Look through it, then publish it.',
  }),
};

/** Questionnaires brought in from SurveyJS files, and taken out as such. */
export function questionnaireImportsRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/projects/:id/questionnaires/imports', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    const body = await sentBefore(req, project.id);
    show(res, 'questionnaires/imports', questionnaireImportPage(project, await askable(project.id), body));
  });

  router.post('/projects/:id/questionnaires/imports', async (req, res) => {
    const { project, account } = await visitProject(
      services,
      res,
      readId(req, 'Project'),
      'change the project',
    );
    const frameworks = await askable(project.id);
    const form = readForm(questionnaireImportForm, req.body);
    const errors = {
      ...form.errors,
      ...sentErrors(res, req.body),
      ...unknownFramework(req.body, frameworks),
    };
    if (!form.value || Object.keys(errors).length > 0) {
      const page = questionnaireImportPage(project, frameworks, req.body, errors);
      return show(res, 'questionnaires/imports', page);
    }
    const { definition, framework, leaveOut } = form.value;
    const { file = { name: pasted, bytes: Buffer.from(definition) } } = uploadOf(res);
    const name = file.name === pasted ? untitled : titleFromFileName(file.name) || untitled;
    const asked = framework === '' ? undefined : await getAskedFramework(db, framework);
    const reading = readSurveyJsFile(file.bytes, name, asked);
    const staged = {
      ...{ kind, projectId: project.id, subjectId: null, fileName: file.name },
      understood: importedFrom(reading, asked, leaveOut),
      findings: findingsAbove(reading.notes, reading.pages, leaveOut),
    };
    const id = await db.transaction((trx) => stageImport(trx, account.id, staged, clock.now()));
    res.redirect(303, `/imports/${id}`);
  });

  router.get('/questionnaires/:id/export', async (req, res) => {
    const { title, projectId, definition } = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    await visitProject(services, res, projectId, 'see the project');
    res.attachment(fileNameOf(`${title}-${isoDay(clock.now())}`, 'json'));
    res.type('application/json').send(writeSurveyJs(definition));
  });

  /** The frameworks of a project that are published and in use. */
  async function askable(projectId: string): Promise<Framework[]> {
    const frameworks = await listFrameworks(db, projectId);
    return frameworks.filter(({ publishedAt, retiredAt }) => publishedAt && !retiredAt);
  }

  /** What was sent before and refused for what could be left out: it stands in the form again. */
  async function sentBefore(req: Request, projectId: string): Promise<Record<string, string>> {
    const { from } = req.query;
    if (!isId(from)) return {};
    const staged = (await getStagedImport(db, from)) as StagedImport<ImportedQuestionnaire>;
    if (staged.kind !== kind || staged.projectId !== projectId) return {};
    const { text, framework } = staged.understood;
    return { definition: text ?? '', framework: framework?.id ?? '' };
  }

  return router;
}

/** Whether a file came or something was pasted, and one of the two only. */
function sentErrors(res: Response, body: Readonly<Record<string, unknown>>): FieldErrors {
  const { file, problem } = uploadOf(res);
  const isPasted = typeof body.definition === 'string' && body.definition.trim() !== '';
  if (problem) return { file: problem };
  if (file && isPasted) return { file: 'Choose a file or paste its text, not both' };
  return file || isPasted ? {} : { file: 'Choose a file, or paste its text' };
}

function unknownFramework(body: Readonly<Record<string, unknown>>, frameworks: Framework[]): FieldErrors {
  const chosen = body.framework;
  return !chosen || frameworks.some(({ id }) => id === chosen)
    ? {}
    : { framework: 'Select a framework from the list' };
}
