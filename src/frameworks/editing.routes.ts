import { type Request, type Response, Router } from 'express';
import { readForm, readSeen } from '../platform/form';
import { notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { lockDraft } from './changes.commands';
import { listDomains } from './content.queries';
import {
  competencyFields,
  detailsFields,
  domainFields,
  type Fields,
  findCompetency,
  scaleFields,
} from './editing';
import {
  addCompetency,
  addDomain,
  changeCompetency,
  changeDetails,
  changeDomain,
  changeScale,
  type Edited,
  moveOnePlace,
  removeCompetency,
  removeDomain,
} from './editing.commands';
import {
  competencyPage,
  confirmPage,
  detailsPage,
  domainPage,
  type EditPage,
  type Retry,
  scalePage,
} from './editing.page';
import { type Domain, usualScale } from './framework';
import {
  competencyForm,
  detailsForm,
  domainForm,
  readOwnDescriptors,
  readScale,
  usualDetails,
  wordsIn,
} from './framework.form';
import { createFramework } from './frameworks.commands';
import { visitFramework } from './frameworks.routes';

/** Writing a framework: its title and words, its scale, its domains and competencies. */
export function editingRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  /** A draft, and somebody who may change it. A published version is refused before anything is shown. */
  async function visitDraft(req: Request, res: Response) {
    const visit = await visitFramework(services, req, res, 'change the project');
    await db.transaction((trx) => lockDraft(trx, visit.framework.id));
    return visit;
  }

  /** Goes on to the framework where the change was saved; else shows the form once more. */
  function finish(
    req: Request,
    res: Response,
    edited: Edited,
    to: string,
    notice: string,
    again: Again,
  ): void {
    if (edited.saved) {
      redirectWithNotice(res, config, to, notice);
      return;
    }
    const { fields, changes, errors, now } = edited;
    // What the command has no words for is shown as it was typed.
    const page = again(now, { fields: { ...textsOf(req.body), ...fields }, changes, errors });
    show(res, 'frameworks/form', page, changes.length > 0 || errors.form ? 409 : 422);
  }

  router.get('/projects/:id/frameworks/new', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    show(res, 'frameworks/form', detailsPage(project, null, usualDetails));
  });

  router.post('/projects/:id/frameworks', async (req, res) => {
    const { project, actor } = await visitProject(
      services,
      res,
      readId(req, 'Project'),
      'change the project',
    );
    const form = readForm(detailsForm, req.body);
    if (form.errors) {
      const retry = { fields: textsOf(req.body), errors: form.errors };
      return show(res, 'frameworks/form', detailsPage(project, null, usualDetails, retry));
    }
    const { title, source, licenceNote } = form.value;
    const words = wordsIn(form.value);
    const id = await db.transaction((trx) =>
      createFramework(trx, actor, project.id, {
        ...{ title, source, licenceNote, words, scale: usualScale, domains: [], requiredLevels: [] },
      }),
    );
    redirectWithNotice(res, config, `/frameworks/${id}`, 'Framework created');
  });

  router.get('/frameworks/:id/edit', async (req, res) => {
    const { project, framework } = await visitDraft(req, res);
    show(res, 'frameworks/form', detailsPage(project, framework, detailsFields(framework)));
  });

  router.post('/frameworks/:id/edit', async (req, res) => {
    const { project, framework, actor } = await visitFramework(services, req, res, 'change the project');
    const seen = readSeen(req.body.seen);
    const again: Again = (now, retry) => detailsPage(project, framework, now, retry);
    const form = readForm(detailsForm, req.body);
    if (form.errors) return show(res, 'frameworks/form', again(seen, retryOf(req, form)));
    const edited = await changeDetails(services, actor, framework.id, seen, form.value);
    finish(req, res, edited, `/frameworks/${framework.id}`, 'Saved', again);
  });

  router.get('/frameworks/:id/scale', async (req, res) => {
    const { project, framework } = await visitDraft(req, res);
    show(res, 'frameworks/form', scalePage(project, framework, scaleFields(framework.scale)));
  });

  router.post('/frameworks/:id/scale', async (req, res) => {
    const { project, framework, actor } = await visitFramework(services, req, res, 'change the project');
    const seen = readSeen(req.body.seen);
    const again: Again = (now, retry) => scalePage(project, framework, now, retry);
    const form = readScale(req.body);
    if (form.errors) return show(res, 'frameworks/form', again(seen, retryOf(req, form)));
    const edited = await changeScale(services, actor, framework.id, seen, form.value);
    finish(req, res, edited, `/frameworks/${framework.id}`, 'The scale has been saved', again);
  });

  router.get('/frameworks/:id/domains/new', async (req, res) => {
    const place = await visitDraft(req, res);
    const parent = String(req.query.within ?? '');
    const fields = domainFields({ code: '', title: '', description: '', parent });
    show(res, 'frameworks/form', domainPage(place, await listDomains(db, place.framework.id), null, fields));
  });

  router.post('/frameworks/:id/domains', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const domains = await listDomains(db, place.framework.id);
    const again: Again = (now, retry) => domainPage(place, domains, null, now, retry);
    const form = readForm(domainForm, req.body);
    if (form.errors) return show(res, 'frameworks/form', again({}, retryOf(req, form)));
    const edited = await addDomain(services, place.actor, place.framework.id, form.value);
    finish(
      req,
      res,
      edited,
      `/frameworks/${place.framework.id}`,
      `${form.value.title} has been added`,
      again,
    );
  });

  router.get('/frameworks/:id/domains/:lineageId', async (req, res) => {
    const place = await visitDraft(req, res);
    const { domains, domain } = await domainIn(req, place.framework.id);
    show(res, 'frameworks/form', domainPage(place, domains, domain.lineageId, domainFields(domain)));
  });

  router.post('/frameworks/:id/domains/:lineageId', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const lineageId = readId(req, 'Domain', 'lineageId');
    const domains = await listDomains(db, place.framework.id);
    const seen = readSeen(req.body.seen);
    const again: Again = (now, retry) => domainPage(place, domains, lineageId, now, retry);
    const form = readForm(domainForm, req.body);
    if (form.errors) return show(res, 'frameworks/form', again(seen, retryOf(req, form)));
    const edited = await changeDomain(services, place.actor, place.framework.id, lineageId, seen, form.value);
    finish(req, res, edited, `/frameworks/${place.framework.id}`, 'Saved', again);
  });

  router.get('/frameworks/:id/domains/:lineageId/removal', async (req, res) => {
    const place = await visitDraft(req, res);
    const { domain } = await domainIn(req, place.framework.id);
    const page = confirmPage(place, {
      title: `Remove ${domain.title}?`,
      sentences: [
        `Everything in it goes too: its ${place.framework.words.competencies} and the levels required. You can undo this on the framework's page until something else is changed.`,
      ],
      action: `/frameworks/${place.framework.id}/domains/${domain.lineageId}/removal`,
      submit: 'Remove',
      grave: true,
    });
    show(res, 'frameworks/confirm', page);
  });

  router.post('/frameworks/:id/domains/:lineageId/removal', async (req, res) => {
    const { framework, actor } = await visitDraft(req, res);
    await removeDomain(services, actor, framework.id, readId(req, 'Domain', 'lineageId'));
    redirectWithNotice(res, config, `/frameworks/${framework.id}`, 'Removed. You can undo it below.');
  });

  router.get('/frameworks/:id/competencies/new', async (req, res) => {
    const place = await visitDraft(req, res);
    const fields = { domain: String(req.query.domain ?? '') };
    const domains = await listDomains(db, place.framework.id);
    show(res, 'frameworks/form', competencyPage(place, domains, null, fields));
  });

  router.post('/frameworks/:id/competencies', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const domains = await listDomains(db, place.framework.id);
    const again: Again = (now, retry) => competencyPage(place, domains, null, now, retry);
    const form = readForm(competencyForm, req.body);
    const own = readOwnDescriptors(req.body, place.framework.scale);
    const errors = { ...form.errors, ...own.errors };
    if (form.value === undefined || Object.keys(errors).length > 0) {
      return show(res, 'frameworks/form', again({}, { fields: textsOf(req.body), errors }));
    }
    const { id } = place.framework;
    const edited = await addCompetency(services, place.actor, id, form.value, own.descriptors);
    const to = `/frameworks/${id}#domain-${form.value.domain}`;
    finish(req, res, edited, to, `${form.value.code} has been added`, again);
  });

  router.get('/frameworks/:id/competencies/:lineageId', async (req, res) => {
    const place = await visitDraft(req, res);
    const { domains, domain, competency } = await competencyIn(req, place.framework.id);
    const fields = competencyFields(domain.lineageId, competency);
    show(res, 'frameworks/form', competencyPage(place, domains, competency.lineageId, fields));
  });

  router.post('/frameworks/:id/competencies/:lineageId', async (req, res) => {
    const place = await visitFramework(services, req, res, 'change the project');
    const lineageId = readId(req, 'Competency', 'lineageId');
    const domains = await listDomains(db, place.framework.id);
    const seen = readSeen(req.body.seen);
    const again: Again = (now, retry) => competencyPage(place, domains, lineageId, now, retry);
    const form = readForm(competencyForm, req.body);
    const own = readOwnDescriptors(req.body, place.framework.scale);
    const errors = { ...form.errors, ...own.errors };
    if (form.value === undefined || Object.keys(errors).length > 0) {
      return show(res, 'frameworks/form', again(seen, { fields: textsOf(req.body), errors }));
    }
    const { id } = place.framework;
    const edited = await changeCompetency(
      services,
      place.actor,
      id,
      lineageId,
      seen,
      form.value,
      own.descriptors,
    );
    finish(req, res, edited, `/frameworks/${id}#domain-${form.value.domain}`, 'Saved', again);
  });

  router.get('/frameworks/:id/competencies/:lineageId/removal', async (req, res) => {
    const place = await visitDraft(req, res);
    const { competency } = await competencyIn(req, place.framework.id);
    const page = confirmPage(place, {
      title: `Remove ${competency.code} ${competency.title}?`,
      sentences: [
        "The levels required in it go too. You can undo this on the framework's page until something else is changed. Published versions and answers already given keep it.",
      ],
      action: `/frameworks/${place.framework.id}/competencies/${competency.lineageId}/removal`,
      submit: 'Remove',
      grave: true,
    });
    show(res, 'frameworks/confirm', page);
  });

  router.post('/frameworks/:id/competencies/:lineageId/removal', async (req, res) => {
    const { framework, actor } = await visitDraft(req, res);
    await removeCompetency(services, actor, framework.id, readId(req, 'Competency', 'lineageId'));
    redirectWithNotice(res, config, `/frameworks/${framework.id}`, 'Removed. You can undo it below.');
  });

  router.post('/frameworks/:id/order', async (req, res) => {
    const { framework, actor } = await visitDraft(req, res);
    const [, direction, lineageId] = /^(up|down):([0-9a-f-]{36})$/.exec(String(req.body.move)) ?? [];
    if (!direction || !lineageId) throw notFound('Place');
    await moveOnePlace(services, actor, framework.id, lineageId, direction === 'up' ? -1 : 1);
    res.redirect(303, `/frameworks/${framework.id}#${lineageId}`);
  });

  async function domainIn(req: Request, frameworkId: string): Promise<{ domains: Domain[]; domain: Domain }> {
    const lineageId = readId(req, 'Domain', 'lineageId');
    const domains = await listDomains(db, frameworkId);
    const domain = domains.find((one) => one.lineageId === lineageId);
    if (!domain) throw notFound('Domain');
    return { domains, domain };
  }

  async function competencyIn(req: Request, frameworkId: string) {
    const domains = await listDomains(db, frameworkId);
    const found = findCompetency(domains, readId(req, 'Competency', 'lineageId'));
    if (!found) throw notFound('Competency');
    return { domains, ...found };
  }

  return router;
}

/** Makes the form's page again: what is stored now, and what to tell. */
type Again = (now: Fields, retry: Retry) => EditPage;

function retryOf(req: Request, { errors }: { errors: Fields }): Retry {
  return { fields: textsOf(req.body), errors };
}

/** What was typed, as texts by field. */
function textsOf(body: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string')) as Fields;
}
