import { type Request, type Response, Router } from 'express';
import { lockDraft } from '../frameworks/changes.commands';
import { findLatestChange } from '../frameworks/changes.queries';
import { getFrameworkContent } from '../frameworks/content.queries';
import { findCompetency } from '../frameworks/editing';
import type { Framework } from '../frameworks/framework';
import { getFramework, listFrameworks } from '../frameworks/frameworks.queries';
import { columnTerms, visitFramework } from '../frameworks/frameworks.routes';
import { csvOf, fileNameOf } from '../platform/csv';
import type { FieldErrors } from '../platform/form';
import { readForm } from '../platform/form';
import { notFound, Problem } from '../platform/problem';
import type { Right } from '../projects/access';
import { listProjects } from '../projects/projects.queries';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { competencyPage, type Retry } from './competency.page';
import { countStates, placementsOf } from './crosswalk';
import {
  linkForm,
  omissionForm,
  readListAction,
  readView,
  sourcesForm,
  takeOverAllForm,
  takeOverForm,
} from './crosswalk.form';
import { type Candidate, crosswalkPage, type SourceProgress } from './crosswalk.page';
import { crosswalkTable } from './crosswalk-table';
import {
  addSources,
  leaveOut,
  linkCompetency,
  type Merge,
  type MergeState,
  planForAll,
  putBack,
  readMerge,
  removeSource,
  takeOverAll,
  takeOverOne,
  unlinkCompetency,
} from './crosswalks.commands';
import { getCrosswalk, listSources, provenanceOf } from './crosswalks.queries';
import { previewPage } from './preview.page';
import { competencyAddress, crosswalkAddress, sourceAddress } from './shared.page';
import { sourcePage } from './source.page';
import { levelMap, type TakenOver } from './take-over';

/** Several frameworks made one: which, and what becomes of each of their competencies. */
export function crosswalksRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  /** The master, one of its sources, and somebody who may do this with the one and see the other. */
  async function visitMerge(req: Request, res: Response, right: Right) {
    const visit = await visitFramework(services, req, res, right);
    const source = await getFramework(db, readId(req, 'Source', 'sourceId'));
    await visitProject(services, res, source.projectId, 'see the project');
    const merge: Merge = { masterId: visit.framework.id, sourceId: source.id };
    return { ...visit, merge, edit: mayEdit(visit) };
  }

  /** The same for whoever is about to change it. What is published is refused before anything else is looked at. */
  async function visitDraft(req: Request, res: Response) {
    const visit = await visitMerge(req, res, 'change the project');
    await db.transaction((trx) => lockDraft(trx, visit.framework.id));
    return visit;
  }

  async function lastChange(edit: boolean, framework: Framework) {
    return edit ? findLatestChange(db, framework.id) : undefined;
  }

  async function sees(res: Response, projectId: string): Promise<boolean> {
    try {
      await visitProject(services, res, projectId, 'see the project');
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  /** The sources with what has been placed of each; nothing of those somebody may not see. */
  async function openSources(res: Response, master: Framework) {
    const content = await getFrameworkContent(db, master.id);
    const crosswalk = await getCrosswalk(db, master);
    const sources = [];
    for (const chosen of await listSources(db, master)) {
      const source = (await sees(res, chosen.projectId)) ? await getFrameworkContent(db, chosen.id) : null;
      const placements = source && placementsOf(chosen.id, source.domains, crosswalk, content.domains);
      sources.push({ chosen, source, placements });
    }
    return { content, sources };
  }

  async function candidatesFor({ account, project }: Visit, master: Framework, chosen: Set<string>) {
    const own = account.role === 'platform_admin' ? 'everybody' : account.id;
    const projects = (await listProjects(db, own)).filter((one) => !one.archivedAt || one.id === project.id);
    const candidates: Candidate[] = [];
    for (const one of projects) {
      for (const framework of await listFrameworks(db, one.id)) {
        if (framework.lineageId === master.lineageId || chosen.has(framework.id)) continue;
        candidates.push({ framework, project: one });
      }
    }
    return candidates;
  }

  async function showCrosswalk(
    res: Response,
    visit: Visit & { framework: Framework },
    retry: { chosen?: string[]; errors?: FieldErrors } = {},
  ): Promise<void> {
    const { framework } = visit;
    const edit = mayEdit(visit);
    const { sources } = await openSources(res, framework);
    const progress = sources.map(
      ({ chosen: { id, title, version, projectId, projectName }, placements }): SourceProgress => ({
        ...{ id, title, version },
        project: projectId === visit.project.id ? null : projectName,
        counts: placements && countStates(placements),
      }),
    );
    const chosen = new Set(progress.map(({ id }) => id));
    const candidates = edit ? await candidatesFor(visit, framework, chosen) : [];
    const given = { edit, lastChange: await lastChange(edit, framework), ...retry };
    show(res, 'frameworks/crosswalk/index', crosswalkPage(visit, progress, candidates, given));
  }

  router.get('/frameworks/:id/crosswalk', async (req, res) => {
    await showCrosswalk(res, await visitFramework(services, req, res, 'see the project'));
  });

  router.post('/frameworks/:id/crosswalk', async (req, res) => {
    const visit = await visitFramework(services, req, res, 'change the project');
    await db.transaction((trx) => lockDraft(trx, visit.framework.id));
    const form = readForm(sourcesForm, req.body);
    if (form.errors) return showCrosswalk(res, visit, { errors: form.errors });
    for (const id of form.value.sources) {
      const { projectId } = await getFramework(db, id);
      await visitProject(services, res, projectId, 'see the project');
    }
    const count = await addSources(services, visit.actor, visit.framework.id, form.value.sources);
    const notice = count === 1 ? 'One framework added' : `${count} frameworks added`;
    redirectWithNotice(res, config, crosswalkAddress(visit.framework.id), notice);
  });

  router.get('/frameworks/:id/crosswalk.csv', async (req, res) => {
    const { framework } = await visitFramework(services, req, res, 'see the project');
    const { content, sources } = await openSources(res, framework);
    const visible = sources.flatMap(({ source, placements }) =>
      source && placements ? [{ ...source, placements }] : [],
    );
    res.attachment(fileNameOf(`${framework.title} v${framework.version} crosswalk`, 'csv'));
    res.type('csv').send(csvOf(crosswalkTable(content, visible)));
  });

  router.get('/frameworks/:id/crosswalk/:sourceId', async (req, res) => {
    const visit = await visitMerge(req, res, 'see the project');
    const sides = await readMerge(db, visit.merge);
    const given = { edit: visit.edit, lastChange: await lastChange(visit.edit, visit.framework) };
    const provenance = await provenanceOf(db, visit.framework.id);
    const page = sourcePage(visit, sides, provenance, readView(req.query), given);
    show(res, 'frameworks/crosswalk/source', page);
  });

  router.post('/frameworks/:id/crosswalk/:sourceId/removal', async (req, res) => {
    const { merge, actor } = await visitDraft(req, res);
    await removeSource(services, actor, merge);
    redirectWithNotice(res, config, crosswalkAddress(merge.masterId), 'Taken off the list');
  });

  router.post('/frameworks/:id/crosswalk/:sourceId/placements', async (req, res) => {
    const { merge, actor } = await visitDraft(req, res);
    const action = readListAction(req.body.do);
    if (!action) throw notFound('Choice');
    const sight = { lineageId: action.lineageId, seen: '' };
    if (action.do === 'take') {
      const wish = { domain: null, levels: false };
      const { taken } = await takeOverOne(services, actor, merge, sight, wish);
      return backToList(req, res, merge, takenWords(taken[0]!));
    }
    const { to } = await linkCompetency(services, actor, merge, sight, action);
    backToList(req, res, merge, `Linked to ${to.code} ${to.title} (${action.kind})`);
  });

  router.get('/frameworks/:id/crosswalk/:sourceId/take-over', async (req, res) => {
    const visit = await visitDraft(req, res);
    const state = await readMerge(db, visit.merge);
    const plan = planForAll(state, false);
    const fits = levelMap(state.source.framework.scale, state.master.framework.scale) !== undefined;
    const page = previewPage(visit, state, plan, fits ? planForAll(state, true) : plan);
    show(res, 'frameworks/crosswalk/preview', page);
  });

  router.post('/frameworks/:id/crosswalk/:sourceId/take-over', async (req, res) => {
    const { merge, actor } = await visitDraft(req, res);
    const form = readForm(takeOverAllForm, req.body);
    if (form.errors) throw notFound('Choice');
    const { taken } = await takeOverAll(services, actor, merge, form.value);
    const levels = taken.reduce((sum, one) => sum + one.levels, 0);
    const notice = `Taken over: ${taken.length}${levelWords(levels)}. You can undo it below.`;
    redirectWithNotice(res, config, sourceAddress(merge.masterId, merge.sourceId), notice);
  });

  async function showCompetency(
    req: Request,
    res: Response,
    visit: Awaited<ReturnType<typeof visitMerge>>,
    retry?: Retry,
  ): Promise<void> {
    const sides = await readMerge(db, visit.merge);
    const found = competencyIn(sides, readId(req, 'Competency', 'lineageId'));
    const view = readView({ ...req.query, ...req.body });
    const given = { edit: visit.edit, ...(retry ? { retry } : {}) };
    const page = competencyPage(
      visit,
      sides,
      found,
      await columnTerms(services, sides.source.framework.projectId),
      view,
      given,
    );
    show(res, 'frameworks/crosswalk/competency', page);
  }

  const competency = '/frameworks/:id/crosswalk/:sourceId/competencies/:lineageId';

  router.get(competency, async (req, res) => {
    await showCompetency(req, res, await visitMerge(req, res, 'see the project'));
  });

  router.post(`${competency}/take-over`, async (req, res) => {
    const visit = await visitDraft(req, res);
    const form = readForm(takeOverForm, req.body);
    if (form.errors) return showCompetency(req, res, visit, { fields: req.body, errors: form.errors });
    const sight = { lineageId: readId(req, 'Competency', 'lineageId'), seen: '' };
    const { taken } = await takeOverOne(services, visit.actor, visit.merge, sight, form.value);
    backToList(req, res, visit.merge, takenWords(taken[0]!));
  });

  router.post(`${competency}/link`, async (req, res) => {
    const visit = await visitDraft(req, res);
    const form = readForm(linkForm, req.body);
    if (form.errors) return showCompetency(req, res, visit, { fields: req.body, errors: form.errors });
    const sight = { lineageId: readId(req, 'Competency', 'lineageId'), seen: form.value.seen };
    const { to } = await linkCompetency(services, visit.actor, visit.merge, sight, form.value);
    backToList(req, res, visit.merge, `Linked to ${to.code} ${to.title} (${form.value.kind})`);
  });

  router.post(`${competency}/omission`, async (req, res) => {
    const visit = await visitDraft(req, res);
    const form = readForm(omissionForm, req.body);
    if (form.errors) return showCompetency(req, res, visit, { fields: req.body, errors: form.errors });
    const sight = { lineageId: readId(req, 'Competency', 'lineageId'), seen: '' };
    await leaveOut(services, visit.actor, visit.merge, sight, form.value.reason);
    backToList(req, res, visit.merge, 'Left out');
  });

  router.post(`${competency}/unlinking`, async (req, res) => {
    const { merge, actor } = await visitDraft(req, res);
    const lineageId = readId(req, 'Competency', 'lineageId');
    await unlinkCompetency(services, actor, merge, { lineageId, linkId: String(req.body.link ?? '') });
    const address = competencyAddress(merge.masterId, merge.sourceId, lineageId);
    redirectWithNotice(res, config, `${address}?${viewQuery(req)}`, 'The link has been removed');
  });

  router.post(`${competency}/restoration`, async (req, res) => {
    const { merge, actor } = await visitDraft(req, res);
    const lineageId = readId(req, 'Competency', 'lineageId');
    await putBack(services, actor, merge, { lineageId, seen: String(req.body.seen ?? '') });
    const address = competencyAddress(merge.masterId, merge.sourceId, lineageId);
    redirectWithNotice(res, config, `${address}?${viewQuery(req)}`, 'No longer left out');
  });

  function backToList(req: Request, res: Response, { masterId, sourceId }: Merge, notice: string): void {
    redirectWithNotice(res, config, `${sourceAddress(masterId, sourceId)}?${viewQuery(req)}`, notice);
  }

  return router;
}

function mayEdit({ may, framework }: Visit & { framework: Framework }): boolean {
  return may('change the project') && !framework.publishedAt;
}

function competencyIn({ source }: MergeState, lineageId: string) {
  const found = findCompetency(source.domains, lineageId);
  if (!found) throw notFound('Competency');
  return found;
}

/** The part of the list somebody came from, as the form says it. */
function viewQuery(req: Request): string {
  const { show: filter = 'open', page } = readView(req.body);
  return `show=${filter}&page=${page}`;
}

function takenWords({ from, as, path, levels }: TakenOver): string {
  const asWhat = as.code === from.code ? '' : ` as ${as.code}`;
  return `${from.code} ${from.title} has been taken over${asWhat} into ${path.join(' > ')}${levelWords(levels)}. You can undo it below.`;
}

function levelWords(levels: number): string {
  if (levels === 0) return '';
  return levels === 1 ? ', with one required level' : `, with ${levels} required levels`;
}
