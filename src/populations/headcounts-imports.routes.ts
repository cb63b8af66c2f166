import { type Response, Router } from 'express';
import { isoDay } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { hasErrors } from '../staging/staged-import';
import { stageImport } from '../staging/staging.commands';
import type { VisitedKind } from '../staging/staging.routes';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { uploadOf } from '../web/uploads';
import type { FacetTerms } from './facet-terms';
import { type HeadcountsReading, readHeadcountsFile, readHeadcountsText } from './headcounts-file';
import { findSame, type ImportedHeadcounts, titleFromFileName } from './headcounts-import';
import { appliedInWords, headcountsUploadPage, newPreview, replacingPreview } from './headcounts-import.page';
import { applyHeadcountsImport } from './headcounts-imports.commands';
import type { PopulationDetails } from './population';
import { readImportDetails, typedDetails } from './population.form';
import { detailsTexts } from './population-form.page';
import { getPopulation, listCountedOn } from './populations.queries';
import { facetLabels, facetTerms, visitPopulation, visitPopulationOf } from './populations.routes';

/** A file of headcounts, looked at and applied by the engine of staged imports. Its subject is the population, if there is one. */
export const headcountsImport: VisitedKind<ImportedHeadcounts> = {
  kind: 'headcounts',
  visit: (services, res, { projectId, subjectId }) =>
    subjectId
      ? visitPopulationOf(services, res, subjectId, 'change the project')
      : visitProject(services, res, projectId, 'change the project'),
  address: ({ subjectId, projectId }) =>
    subjectId ? `/populations/${subjectId}` : `/projects/${projectId}/populations`,
  preview: async (db, project, { subjectId, understood }) => {
    const terms = await facetLabels({ db }, project.id);
    if (subjectId) return replacingPreview(project, await getPopulation(db, subjectId), understood, terms);
    const { details, table } = understood;
    const there = table ? await listCountedOn(db, project.id, details.countedOn) : [];
    return newPreview(project, understood, table ? findSame(there, { details, table }) : undefined, terms);
  },
  apply: async (trx, actor, staged, look) => {
    const applied = await applyHeadcountsImport(trx, actor, staged, look);
    return applied && { subjectId: applied.populationId, notice: appliedInWords(applied.changed) };
  },
};

/** Where headcounts are brought in as a file or a pasted table: as a new population, or into one. */
export function headcountsImportsRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();
  const view = 'populations/imports';
  const today = () => isoDay(clock.now());

  router.get('/projects/:id/populations/imports', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    show(res, view, headcountsUploadPage(project, null, {}));
  });

  router.post('/projects/:id/populations/imports', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    const { project, account } = visit;
    const form = readImportDetails(req.body, today());
    const errors = { ...form.errors, ...sentErrors(res, req.body) };
    if (!form.value || Object.keys(errors).length > 0) {
      return show(res, view, headcountsUploadPage(project, null, typedIn(req.body), errors));
    }
    const sent = await readSent(res, req.body, await facetTerms(services, project.id));
    const title = form.value.title || titleOf(sent.fileName);
    const details = { ...form.value, title };
    await stage(res, account.id, { projectId: project.id, subjectId: null }, sent, details);
  });

  router.get('/populations/:id/imports', async (req, res) => {
    const { project, population } = await visitPopulation(services, req, res, 'change the project');
    show(res, view, headcountsUploadPage(project, population, detailsTexts(population)));
  });

  router.post('/populations/:id/imports', async (req, res) => {
    const visit = await visitPopulation(services, req, res, 'change the project');
    const { project, population, account } = visit;
    const form = readImportDetails(req.body, today());
    const errors = { ...form.errors, ...sentErrors(res, req.body) };
    if (!form.value || Object.keys(errors).length > 0) {
      return show(res, view, headcountsUploadPage(project, population, typedIn(req.body), errors));
    }
    const sent = await readSent(res, req.body, await facetTerms(services, project.id, population));
    const details = { ...form.value, title: population.title };
    await stage(res, account.id, { projectId: project.id, subjectId: population.id }, sent, details);
  });

  /** Keeps what was understood, and sends the browser to look at it. */
  async function stage(
    res: Response,
    accountId: string,
    subject: { projectId: string; subjectId: string | null },
    { fileName, reading }: { fileName: string; reading: HeadcountsReading },
    details: PopulationDetails,
  ): Promise<void> {
    const { table, findings } = reading;
    const understood: ImportedHeadcounts = { details, table: hasErrors(findings) ? null : table };
    const id = await db.transaction((trx) =>
      stageImport(
        trx,
        accountId,
        { ...subject, kind: headcountsImport.kind, fileName, understood, findings },
        clock.now(),
      ),
    );
    res.redirect(303, `/imports/${id}`);
  }

  return router;
}

const pasted = 'a pasted table';

function titleOf(fileName: string): string {
  return fileName === pasted ? 'Headcounts' : titleFromFileName(fileName);
}

async function readSent(
  res: Response,
  body: Readonly<Record<string, unknown>>,
  terms: FacetTerms,
): Promise<{ fileName: string; reading: HeadcountsReading }> {
  const { file } = uploadOf(res);
  if (file) return { fileName: file.name, reading: await readHeadcountsFile(file.bytes, terms) };
  return { fileName: pasted, reading: readHeadcountsText(String(body.list), terms) };
}

/** Whether a file or a table came, and one of the two only. */
function sentErrors(res: Response, body: Readonly<Record<string, unknown>>): FieldErrors {
  const { file, problem } = uploadOf(res);
  const isPasted = typeof body.list === 'string' && body.list.trim() !== '';
  if (problem) return { file: problem };
  if (file && isPasted) return { file: 'Choose a file or paste a table, not both' };
  return file || isPasted ? {} : { file: 'Choose a file, or paste a table' };
}

function typedIn(body: Readonly<Record<string, unknown>>): Record<string, string> {
  return { ...typedDetails(body), list: typeof body.list === 'string' ? body.list : '' };
}
