import { randomUUID } from 'node:crypto';
import { type Response, Router } from 'express';
import { competenciesIn, contentOf } from '../frameworks/content';
import { getFrameworkContent } from '../frameworks/content.queries';
import { type Content, usualWords } from '../frameworks/framework';
import { columnTerms, visitFramework } from '../frameworks/frameworks.routes';
import { mergeSource } from '../frameworks/incoming';
import { fileNameOf } from '../platform/csv';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { type FieldErrors, readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { hasErrors, type ImportKind, type StagedImport } from '../staging/staged-import';
import { stageImport } from '../staging/staging.commands';
import { listProjectTerms } from '../vocabularies/project-terms.queries';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { uploadOf } from '../web/uploads';
import type { CaseMatch } from './case-package';
import { formats, isFormat, writeFramework } from './framework-export';
import { type KnownBefore, readFrameworkFile, readFrameworkText } from './framework-file';
import {
  knownTerms,
  newFramework,
  nothing,
  titleFromFileName,
  type UnderstoodFramework,
} from './framework-import';
import { draftImportForm, newImportForm } from './framework-import.form';
import {
  draftImportPage,
  draftPreview,
  exportPage,
  newImportPage,
  newPreview,
} from './framework-import.page';
import { importAsNew, importIntoDraft } from './framework-imports.commands';
import { type FrameworkReading, nothingRead } from './reading';

const kind = 'framework';
const pasted = 'a pasted list';

/** Which competencies of others a framework's own come from: known to a later room. */
export type MatchesOf = (db: Database, frameworkId: string) => Promise<CaseMatch[]>;

/** Frameworks brought in from files and lists, and taken out as files. */
export function interchangeRoutes(services: Services, matchesOf: MatchesOf): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/projects/:id/frameworks/imports', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    show(res, 'frameworks/imports', newImportPage(project));
  });

  router.post('/projects/:id/frameworks/imports', async (req, res) => {
    const { project, account } = await visitProject(
      services,
      res,
      readId(req, 'Project'),
      'change the project',
    );
    const form = readForm(newImportForm, req.body);
    const errors = { ...form.errors, ...sentErrors(res, req.body) };
    if (!form.value || Object.keys(errors).length > 0) {
      return show(res, 'frameworks/imports', newImportPage(project, req.body, errors));
    }
    const known = { ...(await termsKnown(project.id, nothing)), words: usualWords, scale: form.value.scale };
    const { fileName, reading } = await readSent(res, form.value.list, known, nothing);
    const source = newFramework(reading.source, form.value);
    if (source.title === '') source.title = fileName === pasted ? '' : titleFromFileName(fileName);
    if (source.title === '') {
      const untitled = { title: 'Enter a title for the framework' };
      return show(res, 'frameworks/imports', newImportPage(project, req.body, untitled));
    }
    const staged = { projectId: project.id, subjectId: null, fileName };
    await stage(res, account.id, staged, { ...reading, source }, 'keep');
  });

  router.get('/frameworks/:id/imports', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    show(res, 'frameworks/imports', draftImportPage(place));
  });

  router.post('/frameworks/:id/imports', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const { framework, project, account } = place;
    if (framework.publishedAt) return show(res, 'frameworks/imports', draftImportPage(place), 409);
    const form = readForm(draftImportForm, req.body);
    const errors = { ...form.errors, ...sentErrors(res, req.body) };
    if (!form.value || Object.keys(errors).length > 0) {
      return show(res, 'frameworks/imports', draftImportPage(place, req.body, errors));
    }
    const content = await getFrameworkContent(db, framework.id);
    const known = {
      ...(await termsKnown(project.id, content)),
      words: framework.words,
      scale: framework.scale,
    };
    const { fileName, reading } = await readSent(res, form.value.list, known, content);
    const staged = { projectId: project.id, subjectId: framework.id, fileName };
    await stage(res, account.id, staged, reading, form.value.missing);
  });

  router.get('/frameworks/:id/export', async (req, res) => {
    const place = await visitFramework(services, req, res, 'see the project');
    const { format } = req.query;
    if (format === undefined) return show(res, 'frameworks/export', exportPage(place));
    if (!isFormat(format)) throw notFound('Format');
    const content = await getFrameworkContent(db, place.framework.id);
    const { title, version } = place.framework;
    const { extension, type } = formats[format];
    const { professions } = await termsKnown(place.project.id, content);
    const matches = format === 'case' ? await matchesOf(db, place.framework.id) : [];
    const file = await writeFramework(format, content, professions, matches);
    res.attachment(fileNameOf(`${title}-v${version}-${isoDay(clock.now())}`, extension));
    res.type(type).send(file);
  });

  async function termsKnown(projectId: string, { columns }: Content) {
    const facets = ['profession', 'tier', 'setting'];
    return knownTerms(await listProjectTerms(db, projectId, facets, isoDay(clock.now())), columns);
  }

  async function readSent(
    res: Response,
    list: string,
    known: KnownBefore,
    { domains }: Content,
  ): Promise<{ fileName: string; reading: FrameworkReading }> {
    const { file } = uploadOf(res);
    if (file) return { fileName: file.name, reading: await readFrameworkFile(file.bytes, known) };
    return { fileName: pasted, reading: readFrameworkText(list, known, competenciesIn(domains)) };
  }

  /** Keeps what was understood, and sends the browser to look at it. With errors only these are kept. */
  async function stage(
    res: Response,
    accountId: string,
    staged: Pick<StagedImport, 'projectId' | 'subjectId' | 'fileName'>,
    { source, findings }: FrameworkReading,
    missing: UnderstoodFramework['missing'],
  ): Promise<void> {
    const kept = hasErrors(findings) ? { ...source, ...nothingRead } : source;
    const understood: UnderstoodFramework = { source: kept, missing };
    const id = await db.transaction((trx) =>
      stageImport(trx, accountId, { ...staged, kind, understood, findings }, clock.now()),
    );
    res.redirect(303, `/imports/${id}`);
  }

  return router;
}

/** Whether a file or a list came, and one of the two only. */
function sentErrors(res: Response, body: Readonly<Record<string, unknown>>): FieldErrors {
  const { file, problem } = uploadOf(res);
  const isPasted = typeof body.list === 'string' && body.list.trim() !== '';
  if (problem) return { file: problem };
  if (file && isPasted) return { file: 'Choose a file or paste a list, not both' };
  return file || isPasted ? {} : { file: 'Choose a file, or paste a list' };
}

/** How staged frameworks are shown and applied: into a draft, or as a new one. */
export function frameworkImports(services: Services): ImportKind<UnderstoodFramework> {
  return {
    kind,
    address: ({ subjectId, projectId }) =>
      subjectId ? `/frameworks/${subjectId}` : `/projects/${projectId}`,
    preview: async (db, project, { subjectId, understood, findings }) => {
      const terms = await columnTerms(services, project.id);
      if (!subjectId) {
        const source = newFramework(understood.source, { title: '', scale: null });
        return newPreview(project, source, contentOf(source, randomUUID), terms);
      }
      const { framework, ...before } = await getFrameworkContent(db, subjectId);
      const { source, missing } = understood;
      const after = hasErrors(findings)
        ? before
        : mergeSource(before, source, { missing, newId: randomUUID });
      return draftPreview({ project, framework }, before, after, terms);
    },
    apply: async (trx, actor, staged, look) => {
      if (staged.subjectId) return importIntoDraft(trx, actor, staged.subjectId, staged, look);
      const source = newFramework(staged.understood.source, { title: '', scale: null });
      const subjectId = await importAsNew(trx, actor, staged.projectId, source);
      return { subjectId, notice: 'Framework imported, as a draft' };
    },
  };
}
