import { type Request, type Response, Router } from 'express';
import { lockDraft } from '../frameworks/changes.commands';
import { findLatestChange } from '../frameworks/changes.queries';
import { columnKey } from '../frameworks/content';
import { getFrameworkContent } from '../frameworks/content.queries';
import type { Framework, FrameworkContent, MatrixColumn } from '../frameworks/framework';
import type { ColumnTerms } from '../frameworks/framework.page';
import { columnTerms, visitFramework } from '../frameworks/frameworks.routes';
import { isoDay } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import type { Visit } from '../projects/visit.routes';
import type { Services } from '../services';
import { listProjectTerms } from '../vocabularies/project-terms.queries';
import { redirectWithNotice, show } from '../web/layout';
import { cellWord, columnFrom, copiedCells, filledCells, gridOf, type WishedCell } from './matrix';
import { addColumns, compareCells, removeColumns, setLevels } from './matrix.commands';
import { type GridForm, levelIn, many, readGrid, unpackCells, wholeNumber } from './matrix.form';
import { type GridFilter, matrixPage, viewOf } from './matrix.page';
import { columnsPage } from './matrix-columns.page';
import { previewPage } from './matrix-preview.page';

type Place = Visit & { framework: Framework };

/** The skills matrix of a framework: read, filled in, filled in bulk, and its columns. */
export function matricesRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/frameworks/:id/matrix', async (req, res) => {
    const place = await visitFramework(services, req, res, 'see the project');
    await showGrid(res, place, filterIn(req.query));
  });

  router.post('/frameworks/:id/matrix', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const filter = filterIn(Object.fromEntries(new URLSearchParams(String(req.body.view ?? ''))));
    const form = readGrid(req.body, place.framework.scale);
    if (form.faults.size > 0 && !place.framework.publishedAt) return showGrid(res, place, filter, form);
    const { publishedAt } = place.framework;
    if (publishedAt) return showPublished(res, place, form.cells, form.revision, viewOf(filter));
    const wish = String(req.body.do ?? 'save');
    if (wish === 'save') return save(res, place, form.cells, form.revision, viewOf(filter));

    const content = await getFrameworkContent(db, place.framework.id);
    const terms = await columnTerms(services, place.project.id);
    const bulk = bulkCells(req, place.framework, content, terms, form);
    if ('errors' in bulk) return showGrid(res, place, filter, form, bulk.errors);
    // What was typed into single cells is part of the preview: the button that shows it must not lose it.
    const inBulk = new Set(bulk.cells.map(cellWord));
    const cells = [...form.cells.filter((cell) => !inBulk.has(cellWord(cell))), ...bulk.cells];
    const compared = await compareCells(db, content, place.framework.id, cells, form.revision);
    const grid = gridOf(content, tierIn(terms));
    show(
      res,
      'frameworks/matrix-preview',
      previewPage(place, content, grid, compared, terms, viewOf(filter)),
    );
  });

  router.post('/frameworks/:id/matrix/levels', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const cells = unpackCells(req.body, place.framework.scale);
    const view = viewOf(filterIn(Object.fromEntries(new URLSearchParams(String(req.body.view ?? '')))));
    const revision = wholeNumber(req.body.revision);
    if (place.framework.publishedAt) return showPublished(res, place, cells, revision, view);
    await save(res, place, cells, revision, view);
  });

  router.get('/frameworks/:id/matrix/columns', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    await db.transaction((trx) => lockDraft(trx, place.framework.id));
    await showColumns(res, place);
  });

  router.post('/frameworks/:id/matrix/columns', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const address = `/frameworks/${place.framework.id}/matrix`;
    if (req.body.do === 'remove') {
      const gone = many(req.body.gone).flatMap((word) => columnFrom(word) ?? []);
      if (gone.length === 0)
        return showColumns(res, place, { errors: { gone: 'Select the columns to remove' } });
      const levels = await removeColumns(services, place.actor, place.framework.id, gone);
      const notice = `Columns removed, with ${levels === 1 ? 'one level' : `${levels} levels`}. You can undo it below.`;
      return redirectWithNotice(res, config, address, notice);
    }
    const chosen = { whom: many(req.body.whom), setting: many(req.body.setting) };
    const errors = {
      ...(chosen.whom.length === 0 ? { whom: 'Select at least one group of people' } : {}),
      ...(chosen.setting.length === 0 ? { setting: 'Select at least one setting, or any setting' } : {}),
    };
    if (Object.keys(errors).length > 0) return showColumns(res, place, { errors, chosen });
    const terms = await columnTerms(services, place.project.id);
    const wished = chosen.whom
      .flatMap((whom) => chosen.setting.map((setting) => columnFrom(`${whom}|${setting}`)))
      .filter((column) => column !== undefined)
      .filter((column) => isKnown(column, terms));
    const added = await addColumns(services, place.actor, place.framework.id, wished);
    const notice =
      added === 0
        ? 'These columns were there already'
        : `${added === 1 ? 'One column' : `${added} columns`} added`;
    redirectWithNotice(res, config, address, notice);
  });

  async function showGrid(
    res: Response,
    place: Place,
    filter: GridFilter,
    form?: GridForm,
    errors: FieldErrors = {},
  ): Promise<void> {
    const content = await getFrameworkContent(db, place.framework.id);
    const terms = await columnTerms(services, place.project.id);
    const grid = gridOf(content, tierIn(terms));
    const page = matrixPage({ ...place, framework: content.framework }, content, grid, {
      terms,
      filter,
      mayChange: place.may('change the project'),
      lastChange: await findLatestChange(db, place.framework.id),
      ...(form ? { form, errors } : {}),
    });
    show(res, 'frameworks/matrix', page);
  }

  /** What somebody entered in a version that has been published meanwhile: shown, so that it is not lost. */
  async function showPublished(
    res: Response,
    place: Place,
    cells: WishedCell[],
    revision: number,
    view: string,
  ): Promise<void> {
    const content = await getFrameworkContent(db, place.framework.id);
    const terms = await columnTerms(services, place.project.id);
    const compared = await compareCells(db, content, place.framework.id, cells, revision);
    const grid = gridOf(content, tierIn(terms));
    show(res, 'frameworks/matrix-preview', previewPage(place, content, grid, compared, terms, view), 409);
  }

  /** Saves, or shows what somebody else has set meanwhile. */
  async function save(
    res: Response,
    place: Place,
    cells: WishedCell[],
    revision: number,
    view: string,
  ): Promise<void> {
    const { id } = place.framework;
    const done = await setLevels(services, place.actor, id, cells, revision);
    if (done.overtaken) {
      const content = await getFrameworkContent(db, id);
      const terms = await columnTerms(services, place.project.id);
      const grid = gridOf(content, tierIn(terms));
      const now = { ...place, framework: content.framework };
      const page = previewPage(now, content, grid, done.overtaken, terms, view);
      return show(res, 'frameworks/matrix-preview', page, 409);
    }
    const address = `/frameworks/${id}/matrix${view ? `?${view}` : ''}`;
    redirectWithNotice(res, config, address, noticeOf(done.set));
  }

  async function showColumns(
    res: Response,
    place: Place,
    retry: Parameters<typeof columnsPage>[4] = {},
  ): Promise<void> {
    const content = await getFrameworkContent(db, place.framework.id);
    const vocabularies = ['profession', 'tier', 'setting'];
    const terms = await listProjectTerms(db, place.project.id, vocabularies, isoDay(clock.now()));
    const of = (vocabulary: string) => terms.filter((term) => term.vocabulary === vocabulary);
    const offered = { professions: of('profession'), tiers: of('tier'), settings: of('setting') };
    show(
      res,
      'frameworks/matrix-columns',
      columnsPage(place, content, offered, await columnTerms(services, place.project.id), retry),
    );
  }

  return router;
}

function tierIn({ professions }: ColumnTerms): (profession: string) => string | null {
  return (profession) => professions.get(profession)?.tier ?? null;
}

function noticeOf(set: number): string {
  if (set === 0) return 'Nothing had changed';
  return `${set === 1 ? 'One required level' : `${set} required levels`} set`;
}

/** The cells a bulk button means, or what is missing to know them. */
function bulkCells(
  req: Request,
  framework: Framework,
  content: FrameworkContent,
  terms: ColumnTerms,
  form: GridForm,
): { cells: WishedCell[] } | { errors: FieldErrors } {
  const rows = form.tickedRows.length > 0 ? form.tickedRows : form.rows;
  if (req.body.do === 'copy') {
    const from = columnFrom(String(req.body.from ?? ''));
    const known = from && content.columns.some((column) => columnKey(column) === columnKey(from));
    if (!known) return { errors: { from: 'Select the column to copy from' } };
    if (form.tickedColumns.length === 0) return { errors: { from: 'Tick the columns to copy to' } };
    const grid = gridOf(content, tierIn(terms));
    return { cells: copiedCells(grid, from, form.tickedColumns, rows, req.body.only === 'empty') };
  }
  const level = levelIn(String(req.body.level ?? ''), framework.scale);
  if (level === undefined || req.body.level === '' || req.body.level === undefined) {
    return { errors: { level: 'Select the level to set' } };
  }
  if (form.tickedRows.length === 0 && form.tickedColumns.length === 0) {
    return { errors: { level: 'Tick the rows, the columns, or both, that are to have this level' } };
  }
  const columns = form.tickedColumns.length > 0 ? form.tickedColumns : form.columns;
  return { cells: filledCells(rows, columns, level) };
}

function isKnown({ profession, tier, setting }: MatrixColumn, terms: ColumnTerms): boolean {
  return (
    (profession === null || terms.professions.has(profession)) &&
    (tier === null || terms.tiers.has(tier)) &&
    (setting === null || terms.settings.has(setting))
  );
}

function filterIn(query: Readonly<Record<string, unknown>>): GridFilter {
  const of = (name: string) => (typeof query[name] === 'string' ? query[name].slice(0, 100) : '');
  return { domain: of('domain'), tier: of('tier'), setting: of('setting') };
}
