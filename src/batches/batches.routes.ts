import { type Request, type Response, Router } from 'express';
import { readCsv, readCsvText } from '../platform/csv-table';
import type { FieldErrors } from '../platform/form';
import { notFound } from '../platform/problem';
import type { Table } from '../platform/table';
import { looksLikeWorkbook, readWorkbook } from '../platform/workbook';
import { visitProject } from '../projects/visit.routes';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { getBatch, listBatches } from '../responses/batches.queries';
import type { Services } from '../services';
import type { StagedImport } from '../staging/staged-import';
import { restageImport, stageImport } from '../staging/staging.commands';
import { getStagedImport } from '../staging/staging.queries';
import { getSurvey } from '../surveys/surveys.queries';
import { removeBatch } from '../tallies/tallies.commands';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { uploadOf } from '../web/uploads';
import { type AnswersReading, type ImportedAnswers, readAnswers, readMapped } from './answers-file.form';
import { answersUploadPage, batchesPage, removalPage } from './batches.page';
import { suggestValues } from './mapping';
import { readColumns, readValues } from './mapping.form';
import { columnsPage, type Retry, valuesPage } from './mapping.page';

/** Answers collected elsewhere: brought in by a file, told what they mean, and taken out again. */
export function batchesRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/batches', async (req, res) => {
    const { project, survey } = await visitSurvey(req, res);
    show(res, 'surveys/batches', batchesPage(project, survey, await listBatches(db, survey.id)));
  });

  router.get('/surveys/:id/batches/:batch/removal', async (req, res) => {
    const { project, survey } = await visitSurvey(req, res);
    const batch = await getBatch(db, survey.id, readId(req, 'Batch', 'batch'));
    show(res, 'surveys/removal', removalPage(project, survey, batch));
  });

  router.post('/surveys/:id/batches/:batch/removal', async (req, res) => {
    const { survey, actor } = await visitSurvey(req, res);
    const count = await removeBatch(services, actor, survey.id, readId(req, 'Batch', 'batch'));
    const what = count === 1 ? '1 response was' : `${count} responses were`;
    redirectWithNotice(res, config, `/surveys/${survey.id}/batches`, `${what} taken out`);
  });

  router.get('/surveys/:id/imports', async (req, res) => {
    const { project, survey } = await visitSurvey(req, res);
    show(res, 'surveys/imports', answersUploadPage(project, survey));
  });

  router.post('/surveys/:id/imports', async (req, res) => {
    const { project, survey, account, plan } = await visitSurvey(req, res);
    const list = typeof req.body.list === 'string' ? req.body.list : '';
    const errors = sentErrors(res, list);
    if (errors) return show(res, 'surveys/imports', answersUploadPage(project, survey, list, errors));
    const { fileName, table } = await readSent(res, list);
    const reading: AnswersReading =
      table.findings.some(({ severity }) => severity === 'error') || table.rows.length < 2
        ? unread(table)
        : readAnswers(table.rows, plan);
    const staged = {
      ...{ kind: 'answers', projectId: project.id, subjectId: survey.id, fileName },
      ...{ understood: reading.understood, findings: [...reading.findings, ...warningsOf(table)] },
    };
    const id = await db.transaction((trx) => stageImport(trx, account.id, staged, clock.now()));
    const isForeign = reading.understood.table !== null;
    res.redirect(303, isForeign ? `/surveys/${survey.id}/imports/${id}/columns` : `/imports/${id}`);
  });

  router.get('/surveys/:id/imports/:import/columns', async (req, res) => {
    const visit = await visitMapping(req, res);
    show(res, 'surveys/columns', columnsPage(visit, visit.staged));
  });

  router.post('/surveys/:id/imports/:import/columns', async (req, res) => {
    const visit = await visitMapping(req, res);
    const { survey, plan, staged } = visit;
    const form = readColumns(req.body, staged.table, plan);
    if (form.errors)
      return showAgain(res, 'surveys/columns', columnsPage, visit, { body: req.body, errors: form.errors });
    const suggested = suggestValues(staged.table, form.value, plan);
    const values = Object.fromEntries(
      Object.entries(suggested).map(([name, known]) => [name, { ...known, ...staged.mapping.values[name] }]),
    );
    const mapping = {
      ...staged.mapping,
      columns: form.value,
      values: { ...staged.mapping.values, ...values },
    };
    await restage(staged.id, readMapped(staged.table, mapping, plan));
    res.redirect(303, `/surveys/${survey.id}/imports/${staged.id}/values`);
  });

  router.get('/surveys/:id/imports/:import/values', async (req, res) => {
    const visit = await visitMapping(req, res);
    show(res, 'surveys/values', valuesPage(visit, visit.staged));
  });

  router.post('/surveys/:id/imports/:import/values', async (req, res) => {
    const visit = await visitMapping(req, res);
    const { plan, staged } = visit;
    const form = readValues(req.body, staged.table, staged.mapping, plan);
    if (form.errors)
      return showAgain(res, 'surveys/values', valuesPage, visit, { body: req.body, errors: form.errors });
    await restage(staged.id, readMapped(staged.table, { ...staged.mapping, ...form.value }, plan));
    res.redirect(303, `/imports/${staged.id}`);
  });

  function restage(id: string, { understood, findings }: AnswersReading): Promise<void> {
    return db.transaction((trx) => restageImport(trx, id, { understood, findings }));
  }

  async function visitSurvey(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'run the survey');
    return { ...visit, survey, plan: await getPlan(db, survey.versionId) };
  }

  /** A staged import of this survey that needs to be told what it means. */
  async function visitMapping(req: Request, res: Response) {
    const visit = await visitSurvey(req, res);
    const staged = (await getStagedImport(
      db,
      readId(req, 'Import', 'import'),
    )) as StagedImport<ImportedAnswers>;
    const { kind, subjectId, appliedAt, understood } = staged;
    if (
      kind !== 'answers' ||
      subjectId !== visit.survey.id ||
      appliedAt ||
      !understood.table ||
      !understood.mapping
    ) {
      throw notFound('Import');
    }
    const { table, mapping } = understood;
    return { ...visit, staged: { id: staged.id, table, mapping } };
  }

  type Visit = Awaited<ReturnType<typeof visitMapping>>;

  function showAgain(
    res: Response,
    view: string,
    page: typeof columnsPage | typeof valuesPage,
    visit: Visit,
    retry: Retry,
  ): void {
    show(res, view, page(visit, visit.staged, retry));
  }

  return router;
}

const pasted = 'a pasted table';

async function readSent(res: Response, list: string): Promise<{ fileName: string; table: Table }> {
  const { file } = uploadOf(res);
  if (!file) return { fileName: pasted, table: readCsvText(list) };
  if (!looksLikeWorkbook(file.bytes)) return { fileName: file.name, table: readCsv(file.bytes) };
  const { sheets, problem } = await readWorkbook(file.bytes, { datesAreText: true });
  const sheet = sheets?.find(({ rows }) => rows.length > 0);
  const sentence = problem ?? (sheet ? undefined : 'The workbook is empty.');
  if (!sheet || sentence) {
    return {
      fileName: file.name,
      table: { rows: [], findings: [{ place: '', sentence: sentence!, severity: 'error' }] },
    };
  }
  return { fileName: file.name, table: sheet };
}

function unread({ findings }: Table): AnswersReading {
  const understood = { tool: 'other' as const, table: null, mapping: null, responses: [], leftOut: 0 };
  const errors = findings.filter(({ severity }) => severity === 'error');
  const empty = {
    place: '',
    sentence: 'The file has a header and no answers, or nothing at all.',
    severity: 'error' as const,
  };
  return { understood, findings: errors.length > 0 ? errors : [empty] };
}

function warningsOf({ findings }: Table): Table['findings'] {
  return findings.filter(({ severity }) => severity === 'warning');
}

/** Whether a file or a table came, and one of the two only. */
function sentErrors(res: Response, list: string): FieldErrors | undefined {
  const { file, problem } = uploadOf(res);
  const isPasted = list.trim() !== '';
  if (problem) return { file: problem };
  if (file && isPasted) return { file: 'Choose a file or paste a table, not both' };
  return file || isPasted ? undefined : { file: 'Choose a file, or paste a table' };
}
