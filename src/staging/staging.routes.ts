import { type Response, Router } from 'express';
import { notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import type { ImportKind, StagedImport } from './staged-import';
import { appliedImportPage, stagedImportPage } from './staged-import.page';
import { applyStagedImport, cancelStagedImport } from './staging.commands';
import { getStagedImport, isStagedBy } from './staging.queries';

/** A kind of import that knows better who may see and apply it than a right in the project tells. */
export interface VisitedKind<T = unknown> extends ImportKind<T> {
  visit?(services: Services, res: Response, staged: StagedImport<T>): Promise<Visit>;
}

/** A staged import of any of these kinds: what it would do, applying and cancelling it. */
export function stagingRoutes(services: Services, kinds: readonly VisitedKind[]): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/imports/:id', async (req, res) => {
    const staged = await getStagedImport(db, readId(req, 'Import'));
    const kind = kindOf(staged);
    const { project } = await visit(res, staged, kind);
    const { appliedAt } = staged;
    if (appliedAt) {
      const page = appliedImportPage(project, { ...staged, appliedAt }, kind.address(staged));
      return show(res, 'imports/applied', page);
    }
    show(res, 'imports/show', stagedImportPage(project, staged, await kind.preview(db, project, staged)));
  });

  router.post('/imports/:id/application', async (req, res) => {
    const staged = await getStagedImport(db, readId(req, 'Import'));
    const kind = kindOf(staged);
    const { actor } = await visit(res, staged, kind);
    if (staged.appliedAt) return res.redirect(303, `/imports/${staged.id}`);
    const applied = await applyStagedImport(services, actor, kind, staged.id, String(req.body.seen));
    if (!applied) {
      const notice = 'Something else was changed meanwhile. This is what the import would do now.';
      return redirectWithNotice(res, config, `/imports/${staged.id}`, notice);
    }
    redirectWithNotice(res, config, kind.address(applied.staged), applied.notice);
  });

  router.post('/imports/:id/cancellation', async (req, res) => {
    const staged = await getStagedImport(db, readId(req, 'Import'));
    const kind = kindOf(staged);
    const { actor } = await visit(res, staged, kind);
    await cancelStagedImport(services, actor, staged.id);
    const address = (kind.cancelled ?? kind.address)(staged);
    redirectWithNotice(res, config, address, 'Nothing was imported');
  });

  async function visit(res: Response, staged: StagedImport, kind: VisitedKind): Promise<Visit> {
    if (kind.visit) return kind.visit(services, res, staged);
    const visit = await visitProject(services, res, staged.projectId, rightOf(kind));
    if (kind.ofOneAccount && !(await isStagedBy(db, staged.id, visit.account.id))) throw notFound('Import');
    return visit;
  }

  function kindOf(staged: StagedImport): VisitedKind {
    const kind = kinds.find((one) => one.kind === staged.kind);
    if (!kind) throw notFound('Import');
    return kind;
  }

  return router;
}

function rightOf({ right }: ImportKind): Right {
  return right ?? 'change the project';
}
