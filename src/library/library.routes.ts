import { type Request, type Response, Router } from 'express';
import { getOrganisation } from '../organisations/organisations.queries';
import { type FieldErrors, readForm } from '../platform/form';
import { forbidden, notFound } from '../platform/problem';
import type { Project } from '../projects/project';
import { visitOrganisation, visitProject } from '../projects/visit.routes';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { getQuestionnaire, listQuestionnaires } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { contentOfPage, contentOfQuestion, type EntryContent } from './entry';
import { editingPage, entryPage, fieldsOf, typedFields } from './entry.page';
import { type AskedPlace, insertionNotice, insertionPage } from './insertion.page';
import { choicePage, keepingPage, type Source } from './keeping.page';
import {
  changeEntry,
  insertEntries,
  keepInLibrary,
  restoreEntry,
  retireEntry,
  shareEntry,
} from './library.commands';
import {
  detailsForm,
  insertionForm,
  keepingForm,
  readName,
  readPlace,
  readSearch,
  sharingForm,
  type TypedSearch,
} from './library.form';
import { addressWith, type LibraryFacts, libraryPage } from './library.page';
import { countEntries, getEntry, listEntries, listTags } from './library.queries';

/** A project's library, its entries, and the way into and out of a questionnaire. */
export function libraryRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/projects/:id/library', async (req, res) => {
    const { project, may } = await visitProject(services, res, readId(req, 'Project'), 'see the project');
    const search = readSearch(req.query);
    const questionnaires = may('change the project') ? await listQuestionnaires(db, project.id) : [];
    const page = libraryPage(
      project,
      await found(project, search),
      search,
      await factsOf(project),
      questionnaires,
    );
    show(res, 'projects/library/index', page);
  });

  router.get('/library/:id', async (req, res) => {
    const { entry, project, organisation, may } = await visitEntry(req, res);
    show(res, 'library/show', entryPage(project, organisation, entry, may));
  });

  router.get('/library/:id/edit', async (req, res) => {
    const { entry, project } = await changingEntry(req, res);
    show(res, 'library/edit', editingPage(project, entry, fieldsOf(entry)));
  });

  router.post('/library/:id/edit', async (req, res) => {
    const { entry, project, actor, address } = await changingEntry(req, res);
    const form = readForm(detailsForm, req.body);
    if (form.errors) {
      return show(res, 'library/edit', editingPage(project, entry, typedFields(req.body), form.errors));
    }
    await changeEntry(services, actor, entry.id, form.value);
    redirectWithNotice(res, config, address, 'Changes saved. Copies in questionnaires stay as they are.');
  });

  router.post('/library/:id/sharing', async (req, res) => {
    const { entry, actor, may, address } = await visitEntry(req, res);
    if (!may.share) throw forbidden();
    const form = readForm(sharingForm, req.body);
    if (form.errors) throw notFound('Library entry');
    const shared = form.value.scope === 'organisation';
    await shareEntry(services, actor, entry.id, shared);
    const notice = shared
      ? 'Shared. Every project of the organisation can use it now.'
      : 'Kept to its project. Other projects no longer find it; their copies stay as they are.';
    redirectWithNotice(res, config, address, notice);
  });

  router.post('/library/:id/retirement', async (req, res) => {
    const { entry, actor, address } = await changingEntry(req, res);
    await retireEntry(services, actor, entry.id);
    redirectWithNotice(res, config, address, 'Retired. It can be brought back at any time.');
  });

  router.post('/library/:id/restoration', async (req, res) => {
    const { entry, actor, address } = await changingEntry(req, res);
    await restoreEntry(services, actor, entry.id);
    redirectWithNotice(res, config, address, 'Brought back. It can be inserted again.');
  });

  router.get('/questionnaires/:id/library/new', async (req, res) => {
    const visit = await changingQuestionnaire(req, res);
    const { project, questionnaire } = visit;
    const source = sourceIn(req);
    if (!source) return show(res, 'questionnaires/library/choice', choicePage(project, questionnaire));
    const content = contentOf(questionnaire, source);
    show(
      res,
      'questionnaires/library/new',
      keepingPage(project, questionnaire, source, content, await sharingFacts(visit)),
    );
  });

  router.post('/questionnaires/:id/library/new', async (req, res) => {
    const visit = await changingQuestionnaire(req, res);
    const { project, questionnaire, actor } = visit;
    const source = sourceIn(req);
    if (!source) throw notFound('Question');
    const content = contentOf(questionnaire, source);
    const facts = await sharingFacts(visit);
    const refuse = (errors: FieldErrors) => {
      const retry = { body: req.body, errors };
      show(
        res,
        'questionnaires/library/new',
        keepingPage(project, questionnaire, source, content, facts, retry),
      );
    };
    const form = readForm(keepingForm, req.body);
    if (form.errors) return refuse(form.errors);
    const { scope, ...details } = form.value;
    const shared = scope === 'organisation';
    if (shared && !facts.mayShare) throw forbidden();
    const kind = source.kind === 'page' ? ('block' as const) : ('question' as const);
    const { entryId, errors } = await keepInLibrary(services, actor, project, {
      ...{ ...details, kind, content, shared },
    });
    if (errors) return refuse(errors);
    const address = addressWith(`/library/${entryId}`, { from: project.id });
    redirectWithNotice(res, config, address, 'Kept in the library');
  });

  router.get('/questionnaires/:id/library', async (req, res) => {
    const { project, questionnaire } = await changingQuestionnaire(req, res);
    const place = placeIn(req, questionnaire);
    show(res, 'questionnaires/library/index', await entriesToInsert(req, project, questionnaire, place));
  });

  router.post('/questionnaires/:id/library', async (req, res) => {
    const { project, questionnaire, actor } = await changingQuestionnaire(req, res);
    const place = placeIn(req, questionnaire);
    const refuse = async (errors: FieldErrors) => {
      const retry = { body: req.body, errors };
      const page = await entriesToInsert(req, project, questionnaire, place, retry);
      show(res, 'questionnaires/library/index', page);
    };
    const form = readForm(insertionForm, req.body);
    if (form.errors) return refuse(form.errors);
    const { insertion, errors } = await insertEntries(services, actor, project, questionnaire, {
      place: { page: place.page.name, at: place.at, asPages: form.value.how === 'pages' },
      entryIds: form.value.entry,
    });
    if (errors) return refuse(errors);
    const editor = `/questionnaires/${questionnaire.id}/pages/${encodeURIComponent(place.page.name)}`;
    redirectWithNotice(res, config, editor, insertionNotice(insertion));
  });

  /** The entry in the address, the project it is looked at from, and what the person may do. To others it does not exist. */
  async function visitEntry(req: Request, res: Response) {
    const entry = await getEntry(db, readId(req, 'Library entry'));
    const visit = await visitOrganisation(
      services,
      res,
      entry.organisationId,
      'see the project',
      'Library entry',
    );
    const { projects, actor } = visit;
    const isAmong = (id: unknown) => projects.find((project) => project.id === id);
    const project = entry.projectId ? isAmong(entry.projectId) : (isAmong(req.query.from) ?? projects[0]);
    if (!project) throw notFound('Library entry');
    const { name: organisation } = await getOrganisation(db, entry.organisationId);
    const may = {
      change: entry.projectId
        ? visit.may('change the project', entry.projectId)
        : visit.may('edit the organisation library'),
      share:
        visit.may('change the project', entry.madeIn) &&
        visit.may('edit the organisation library', entry.madeIn),
    };
    const address = addressWith(`/library/${entry.id}`, { from: project.id });
    return { entry, project, organisation, actor, may, address };
  }

  async function changingEntry(req: Request, res: Response) {
    const visit = await visitEntry(req, res);
    if (!visit.may.change) throw forbidden();
    return visit;
  }

  async function changingQuestionnaire(req: Request, res: Response) {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const visit = await visitProject(services, res, questionnaire.projectId, 'change the project');
    return { ...visit, questionnaire };
  }

  async function sharingFacts({ project, may }: Awaited<ReturnType<typeof changingQuestionnaire>>) {
    const { name: organisation } = await getOrganisation(db, project.organisationId);
    return { organisation, mayShare: may('edit the organisation library') };
  }

  function found(project: Project, { q, tag, retired }: TypedSearch) {
    const words = q.split(' ').filter((word) => word !== '');
    return listEntries(db, project, { words, tag: tag || null, retired });
  }

  async function factsOf(project: Project): Promise<LibraryFacts> {
    return {
      organisation: (await getOrganisation(db, project.organisationId)).name,
      tags: await listTags(db, project),
      counts: await countEntries(db, project),
    };
  }

  async function entriesToInsert(
    req: Request,
    project: Project,
    questionnaire: Questionnaire,
    place: AskedPlace,
    retry?: { body: Record<string, unknown>; errors: FieldErrors },
  ) {
    const search = { ...readSearch(req.query), retired: false };
    const entries = await found(project, search);
    return insertionPage(project, questionnaire, place, entries, search, await factsOf(project), retry);
  }

  return router;
}

/** What is to be kept, as the address names it. */
function sourceIn({ query }: Request): Source | undefined {
  const question = readName(query.question);
  const page = readName(query.page);
  if (question !== undefined) return { kind: 'question', name: question };
  return page === undefined ? undefined : { kind: 'page', name: page };
}

function contentOf({ definition }: Questionnaire, { kind, name }: Source): EntryContent {
  const content = (kind === 'page' ? contentOfPage : contentOfQuestion)(definition, name);
  if (!content) throw notFound(kind === 'page' ? 'Page' : 'Question');
  return content;
}

/** Where entries go, as the address names it. */
function placeIn({ query }: Request, { definition }: Questionnaire): AskedPlace {
  const page = definition.pages.find(({ name }) => name === query.page);
  if (!page) throw notFound('Page');
  const at = readPlace(query.at);
  const isNamed = at !== Number.MAX_SAFE_INTEGER;
  return { page, at, query: { page: page.name, ...(isNamed ? { at: String(at) } : {}) } };
}
