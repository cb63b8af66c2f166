import { type Request, type Response, Router } from 'express';
import type { Database } from '../platform/database';
import { readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { termsByCode } from '../vocabularies/vocabulary';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { lockDraft, undoChange } from './changes.commands';
import { findLatestChange } from './changes.queries';
import { getFrameworkContent } from './content.queries';
import { differenceOf } from './difference';
import { confirmPage } from './editing.page';
import type { Framework } from './framework';
import { retirementForm } from './framework.form';
import { type ColumnTerms, frameworkPage } from './framework.page';
import { getFramework, listVersionsOf } from './frameworks.queries';
import {
  discardDraft,
  publishDraft,
  restoreFramework,
  retireFramework,
  startVersion,
} from './versions.commands';
import { differencePage, publicationPage, retirementPage, versionsPage } from './versions.page';

/** The framework in the address, and somebody who may do this with it. */
export async function visitFramework(
  services: Services,
  req: Request,
  res: Response,
  right: Right,
): Promise<Visit & { framework: Framework }> {
  const framework = await getFramework(services.db, readId(req, 'Framework'));
  const visit = await visitProject(services, res, framework.projectId, right);
  return { ...visit, framework };
}

/** The project's labels for whatever a matrix column is for. */
export async function columnTerms({ db }: Services, projectId: string): Promise<ColumnTerms> {
  const terms = await labelsFor(db, projectId, ['profession', 'tier', 'setting']);
  const of = (vocabulary: string) => termsByCode(terms.filter((term) => term.vocabulary === vocabulary));
  return { professions: of('profession'), tiers: of('tier'), settings: of('setting') };
}

/** What later rooms know of a framework's competencies, by their lineage. */
export interface Companions {
  offers(db: Database, frameworkId: string): Promise<ReadonlyMap<string, number>>;
  provenance(db: Database, frameworkId: string): Promise<ReadonlyMap<string, string>>;
}

/** A framework's page, its versions, and its way from draft to published to retired. */
export function frameworksRoutes(services: Services, companions: Companions): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/frameworks/:id', async (req, res) => {
    const { project, framework, may } = await visitFramework(services, req, res, 'see the project');
    const content = await getFrameworkContent(db, framework.id);
    const around = {
      versions: await listVersionsOf(db, framework.lineageId),
      lastChange: await findLatestChange(db, framework.id),
      terms: await columnTerms(services, project.id),
      offers: await companions.offers(db, framework.id),
      provenance: await companions.provenance(db, framework.id),
    };
    show(res, 'frameworks/show', frameworkPage(project, content, around, may('change the project')));
  });

  router.post('/frameworks/:id/changes/:changeId/undo', async (req, res) => {
    const { framework, actor } = await visitFramework(services, req, res, 'change the project');
    const changeId = readId(req, 'Change', 'changeId');
    const { left } = await undoChange(services, actor, framework.id, changeId);
    const notice =
      left === 0
        ? 'Undone'
        : `Undone, except ${left === 1 ? 'one level that has' : `${left} levels that have`} been set anew since`;
    redirectWithNotice(res, config, backFrom(req, `/frameworks/${framework.id}`), notice);
  });

  router.get('/frameworks/:id/versions', async (req, res) => {
    const { project, framework, may } = await visitFramework(services, req, res, 'see the project');
    const versions = await listVersionsOf(db, framework.lineageId);
    show(
      res,
      'frameworks/versions',
      versionsPage({ project, framework }, versions, may('change the project')),
    );
  });

  router.post('/frameworks/:id/versions', async (req, res) => {
    const { framework, actor } = await visitFramework(services, req, res, 'change the project');
    const { id, isNew } = await startVersion(services, actor, framework.id);
    const notice = isNew
      ? 'A new version has begun, as a copy. The published one stays as it is.'
      : 'A draft of the next version was there already. This is it.';
    redirectWithNotice(res, config, `/frameworks/${id}`, notice);
  });

  router.get('/frameworks/:id/difference', async (req, res) => {
    const { project, framework } = await visitFramework(services, req, res, 'see the project');
    const versions = await listVersionsOf(db, framework.lineageId);
    const others = versions.filter(({ id }) => id !== framework.id);
    const wished = others.find(({ id }) => id === req.query.from);
    const from = wished ?? others.find(({ version }) => version < framework.version) ?? others.at(-1);
    if (!from) throw notFound('Another version');
    const difference = differenceOf(
      await getFrameworkContent(db, from.id),
      await getFrameworkContent(db, framework.id),
    );
    const terms = await columnTerms(services, project.id);
    show(
      res,
      'frameworks/difference',
      differencePage({ project, framework }, from, others, difference, terms),
    );
  });

  router.get('/frameworks/:id/publication', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    await db.transaction((trx) => lockDraft(trx, place.framework.id));
    const content = await getFrameworkContent(db, place.framework.id);
    show(res, 'frameworks/confirm', publicationPage(place, content));
  });

  router.post('/frameworks/:id/publication', async (req, res) => {
    const { framework, actor } = await visitFramework(services, req, res, 'change the project');
    await publishDraft(services, actor, framework.id, Number(req.body.revision));
    redirectWithNotice(
      res,
      config,
      `/frameworks/${framework.id}`,
      'Published. This version will never change.',
    );
  });

  router.get('/frameworks/:id/retirement', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    show(res, 'frameworks/confirm', retirementPage(place, ''));
  });

  router.post('/frameworks/:id/retirement', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const form = readForm(retirementForm, req.body);
    if (form.errors) {
      const reason = String(req.body.reason ?? '');
      return show(res, 'frameworks/confirm', retirementPage(place, reason, form.errors.reason));
    }
    await retireFramework(services, place.actor, place.framework.id, form.value.reason);
    redirectWithNotice(
      res,
      config,
      `/frameworks/${place.framework.id}`,
      'Retired. Surveys that use it go on.',
    );
  });

  router.get('/frameworks/:id/restoration', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const page = confirmPage(place, {
      title: 'Bring this version back into use?',
      sentences: ['Questionnaires can be made from it again.'],
      action: `/frameworks/${place.framework.id}/restoration`,
      submit: 'Bring back',
    });
    show(res, 'frameworks/confirm', page);
  });

  router.post('/frameworks/:id/restoration', async (req, res) => {
    const { framework, actor } = await visitFramework(services, req, res, 'change the project');
    await restoreFramework(services, actor, framework.id);
    redirectWithNotice(res, config, `/frameworks/${framework.id}`, 'Brought back into use');
  });

  router.get('/frameworks/:id/removal', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    await db.transaction((trx) => lockDraft(trx, place.framework.id));
    const page = confirmPage(place, {
      title: 'Discard this draft?',
      sentences: [
        'Everything in this draft is deleted, and cannot be brought back. Published versions stay.',
      ],
      action: `/frameworks/${place.framework.id}/removal`,
      submit: 'Discard the draft',
      grave: true,
    });
    show(res, 'frameworks/confirm', page);
  });

  router.post('/frameworks/:id/removal', async (req, res) => {
    const { framework, project, actor } = await visitFramework(services, req, res, 'change the project');
    await discardDraft(services, actor, framework.id);
    redirectWithNotice(res, config, `/projects/${project.id}`, 'The draft has been discarded');
  });

  return router;
}

/** Where a button on one of the framework's pages leads back to, if that is one of them. */
function backFrom(req: Request, address: string): string {
  const back = String(req.body.back ?? '');
  const rest = back.startsWith(address) ? back.slice(address.length) : '';
  return /^\/(matrix|crosswalk)($|[?/])/.test(rest) ? back : address;
}
