import { type Request, type Response, Router } from 'express';
import { countQuickChecks } from '../checks/checks.commands';
import { findFirstUndone, findLatestStanding, listChanges } from '../edits/edits.queries';
import { readForm, readSeen } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import { compilePlan } from '../questionnaires/compile';
import type { Definition, PageDefinition } from '../questionnaires/definition';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import { ownLanguage, withText } from '../questionnaires/text';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { isId, readId } from '../web/params';
import { afterChange, pageAddress, questionnaireAddress } from './address';
import {
  doChange,
  drawSeed,
  pageIn,
  refuseCrowding,
  type Saved,
  saveFields,
  stepThroughChanges,
} from './builder.commands';
import { listChangers } from './builder.queries';
import { addPage, type Change, copyPage, movePage, pageTitleOf, removePage } from './change';
import type { Editing, EditorPage, Retry } from './editor.page';
import {
  changesPage,
  gonePage,
  mostChangesShown,
  removalPage,
  settingsFields,
  settingsPage,
} from './pages.page';
import { pageEditor, pageFields } from './panels.page';
import { pageForm, settingsForm, titleForm } from './place.form';
import type { Fields } from './question.form';
import { unitsOf } from './unit';
import { watchersOf } from './watchers';

/** A questionnaire, and somebody who may change it. */
export interface DraftVisit extends Pick<Editing, 'project' | 'questionnaire'> {
  actor: Awaited<ReturnType<typeof visitProject>>['actor'];
}

export type EditingVisit = DraftVisit & Editing;

/** The questionnaire in the address, for somebody who may change it. */
export async function visitDraft(services: Services, req: Request, res: Response): Promise<DraftVisit> {
  const questionnaire = await getQuestionnaire(services.db, readId(req, 'Questionnaire'));
  const { project, actor } = await visitProject(services, res, questionnaire.projectId, 'change the project');
  return { project, questionnaire, actor };
}

/** The same with what can be undone there and done again: for a page that shows it. */
export async function editingOf({ db }: Services, visit: DraftVisit): Promise<EditingVisit> {
  const { id, definition } = visit.questionnaire;
  const { plan, refusals } = compilePlan(definition);
  const [latest, undone, counts] = await Promise.all([
    findLatestStanding(db, id),
    findFirstUndone(db, id),
    countQuickChecks(db, visit.questionnaire, plan),
  ]);
  return { ...visit, latest, undone, plan, refusals, counts };
}

export async function visitEditing(services: Services, req: Request, res: Response): Promise<EditingVisit> {
  return editingOf(services, await visitDraft(services, req, res));
}

/** Sends the browser back to where a change was made, and says that it is saved. */
export function goBack(services: Services, res: Response, id: string, change: Change): void {
  redirectWithNotice(res, services.config, afterChange(id, change), noticeOf(change));
}

function noticeOf({ summary, notice }: Change): string {
  return `Saved. ${summary}${notice ? `. ${notice}` : ''}`;
}

/** What was typed, as texts by field. */
export function textsOf(body: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string')) as Fields;
}

export function pageNamed(definition: Definition, name: unknown): PageDefinition {
  const page = definition.pages.find((one) => one.name === name);
  if (!page) throw notFound('Page');
  return page;
}

const view = 'questionnaires/builder/editor';
export const goneView = 'questionnaires/builder/gone';

/** Shapes a questionnaire: its pages, what it says around them, and what was changed. */
export function builderRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/questionnaires/:id/pages', async (req, res) => {
    const { questionnaire } = await visitDraft(services, req, res);
    res.redirect(303, pageAddress(questionnaire.id, questionnaire.definition.pages[0]!.name));
  });

  router.get('/questionnaires/:id/pages/:page', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const page = pageNamed(editing.questionnaire.definition, req.params.page);
    show(res, view, pageEditor(editing, page, pageFields(page)));
  });

  router.post('/questionnaires/:id/pages', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { questionnaire, actor } = editing;
    const { pages } = questionnaire.definition;
    const form = readForm(titleForm, req.body);
    if (form.errors) {
      const page = pages.find(({ name }) => name === req.body.after) ?? pages.at(-1)!;
      return show(res, view, withFault(editing, page, 'new-page', req.body, form.errors.title!));
    }
    const title = form.value.title || 'New page';
    const change = await doChange(services, actor, questionnaire.id, (definition) => {
      const after = definition.pages.findIndex(({ name }) => name === req.body.after);
      return addPage(definition, title, after < 0 ? definition.pages.length : after + 1);
    });
    goBack(services, res, questionnaire.id, change!);
  });

  router.post('/questionnaires/:id/pages/:page', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { id, definition } = editing.questionnaire;
    const seen = readSeen(req.body.seen);
    const page = definition.pages.find(({ name }) => name === req.params.page);
    if (!page) return show(res, goneView, gonePage(editing, 'page', seen, textsOf(req.body)), 409);
    const again = (now: Fields, retry: Retry) => pageEditor(editing, page, now, retry);
    const form = readForm(pageForm, req.body);
    if (form.errors) return show(res, view, again(seen, { fields: textsOf(req.body), errors: form.errors }));
    const saved = await saveFields(
      services,
      editing.actor,
      id,
      { seen, typed: form.value },
      {
        fields: (now) => pageFields(pageIn(now, page.name)),
        change: (now, fields) => pageChange(pageIn(now, page.name), fields),
      },
    );
    finish(res, saved, pageAddress(id, page.name), again, view);
  });

  router.post('/questionnaires/:id/pages/:page/order', async (req, res) => {
    const { questionnaire, actor } = await visitDraft(services, req, res);
    const { id } = questionnaire;
    const change = await doChange(services, actor, id, (definition) => {
      const page = pageNamed(definition, req.params.page);
      const from = definition.pages.indexOf(page);
      const to = placeWished(req.body, from, definition.pages.length);
      return to === from ? undefined : movePage(page, to);
    });
    if (change) goBack(services, res, id, change);
    else res.redirect(303, pageAddress(id, String(req.params.page)));
  });

  router.post('/questionnaires/:id/pages/:page/copy', async (req, res) => {
    const { questionnaire, actor } = await visitDraft(services, req, res);
    const change = await doChange(services, actor, questionnaire.id, (definition) => {
      const page = pageNamed(definition, req.params.page);
      refuseCrowding(definition, unitsOf(page));
      return copyPage(definition, page);
    });
    goBack(services, res, questionnaire.id, change!);
  });

  router.get('/questionnaires/:id/pages/:page/removal', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const page = pageNamed(editing.questionnaire.definition, req.params.page);
    show(res, 'questionnaires/builder/removal', pageRemoval(editing, page));
  });

  router.post('/questionnaires/:id/pages/:page/removal', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { id } = editing.questionnaire;
    let asks = false;
    const change = await doChange(services, editing.actor, id, (definition) => {
      const page = pageNamed(definition, req.params.page);
      if (definition.pages.length === 1) {
        throw conflict(
          'The last page cannot be deleted',
          'A questionnaire has one page at least. Nothing was changed.',
        );
      }
      asks = req.body.confirmed !== 'yes' && watchersOfPage(definition, page).length > 0;
      return asks ? undefined : removePage(definition, page);
    });
    if (asks) return res.redirect(303, `${pageAddress(id, String(req.params.page))}/removal`);
    goBack(services, res, id, change!);
  });

  router.get('/questionnaires/:id/settings', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { definition } = editing.questionnaire;
    show(
      res,
      'questionnaires/builder/settings',
      settingsPage(editing, settingsFields(definition), editorOf(editing)),
    );
  });

  router.post('/questionnaires/:id/settings', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { id } = editing.questionnaire;
    const seen = readSeen(req.body.seen);
    const again = (now: Fields, retry: Retry) => settingsPage(editing, now, editorOf(editing), retry);
    const form = readForm(settingsForm, req.body);
    const settingsView = 'questionnaires/builder/settings';
    if (form.errors) {
      return show(res, settingsView, again(seen, { fields: textsOf(req.body), errors: form.errors }));
    }
    const saved = await saveFields(
      services,
      editing.actor,
      id,
      { seen, typed: form.value },
      {
        fields: settingsFields,
        change: settingsChange,
      },
    );
    finish(res, saved, `${questionnaireAddress(id)}/settings`, again, settingsView);
  });

  router.post('/questionnaires/:id/seed', async (req, res) => {
    const { questionnaire, actor } = await visitDraft(services, req, res);
    const { id } = questionnaire;
    await doChange(services, actor, id, ({ pages }) => ({
      edit: { kind: 'change questionnaire', settings: { seed: drawSeed() } },
      summary: 'New seed drawn',
      page: pages[0]!.name,
    }));
    redirectWithNotice(res, config, `${questionnaireAddress(id)}/settings#seed`, 'Saved. New seed drawn');
  });

  router.get('/questionnaires/:id/changes', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const changes = await listChanges(db, editing.questionnaire.id, mostChangesShown);
    const people = await listChangers(db, changes);
    show(res, 'questionnaires/builder/changes', changesPage(editing, changes, people, editorOf(editing)));
  });

  for (const direction of ['undo', 'redo'] as const) {
    router.post(`/questionnaires/:id/${direction}`, async (req, res) => {
      const { questionnaire, actor } = await visitDraft(services, req, res);
      const { id } = questionnaire;
      if (!isId(req.body.change)) throw notFound('Change');
      const done = await stepThroughChanges(services, actor, id, direction, req.body.change);
      const back = placeToReturnTo(id, req.body.back) ?? afterChange(id, done);
      redirectWithNotice(res, config, back, `Saved. ${done.summary}`);
    });
  }

  /** Goes back where a form was saved; else shows it once more. */
  function finish<P extends EditorPage | ReturnType<typeof settingsPage>>(
    res: Response,
    saved: Saved,
    to: string,
    again: (now: Fields, retry: Retry) => P,
    formView: string,
  ): void {
    if (saved.saved) {
      const { change } = saved;
      const notice = change ? noticeOf(change) : 'Saved. Nothing had to be changed';
      redirectWithNotice(res, config, to, notice);
      return;
    }
    const { fields, changes, errors, now } = saved;
    show(res, formView, again(now, { fields, changes, errors }), changes.length > 0 ? 409 : 422);
  }

  function pageRemoval(editing: Editing, page: PageDefinition) {
    const { id, definition } = editing.questionnaire;
    const address = pageAddress(id, page.name);
    return removalPage(
      editing,
      { title: `Delete the page “${pageTitleOf(page)}”?`, action: `${address}/removal`, cancel: address },
      watchersOfPage(definition, page),
    );
  }

  return router;
}

/** The page once more, with what is wrong in a title typed for something new. */
export function withFault(
  editing: Editing,
  page: PageDefinition,
  field: 'new-page' | 'new-question',
  { title, after }: Readonly<Record<string, unknown>>,
  sentence: string,
): EditorPage {
  const seen = pageFields(page);
  const fields = { ...seen, [field]: String(title ?? ''), after: String(after ?? '') };
  return pageEditor(editing, page, seen, { fields, errors: { [field]: sentence } });
}

/** The conditions elsewhere that look at a question of a page. */
function watchersOfPage(definition: Definition, page: PageDefinition) {
  return watchersOf(definition, new Set(page.elements.map(({ name }) => name)));
}

/** One up, one down, or a place from 0; what cannot be read stays where it is. */
export function placeWished(body: Readonly<Record<string, unknown>>, from: number, count: number): number {
  if (body.move === 'up') return Math.max(0, from - 1);
  if (body.move === 'down') return Math.min(count - 1, from + 1);
  const at = /^\d{1,4}$/.test(String(body.at ?? '')) ? Number(body.at) : from;
  return Math.min(count - 1, at);
}

/** A page of this questionnaire that a form says it came from. */
function placeToReturnTo(id: string, back: unknown): string | undefined {
  const address = questionnaireAddress(id);
  if (typeof back !== 'string' || !back.startsWith(address)) return undefined;
  return /^(\/[\w\-.~%]+)*([?#][\w\-.~%=&?#]*)?$/.test(back.slice(address.length)) ? back : undefined;
}

function editorOf({ questionnaire: { id, definition } }: Editing): string {
  return pageAddress(id, definition.pages[0]!.name);
}

function pageChange(page: PageDefinition, fields: Fields): Change | undefined {
  const now = pageFields(page);
  if (now.title === fields.title && now.description === fields.description) return undefined;
  return {
    edit: {
      kind: 'change page',
      page: page.name,
      settings: {
        title: withText(page.title, ownLanguage, fields.title ?? '') ?? null,
        description: withText(page.description, ownLanguage, fields.description ?? '') ?? null,
      },
    },
    summary: `Page changed: ${pageTitleOf({ ...page, title: fields.title! })}`,
    page: page.name,
  };
}

function settingsChange(definition: Definition, fields: Fields): Change | undefined {
  const now = settingsFields(definition);
  const said = (name: 'title' | 'introduction' | 'participation' | 'thanks') =>
    now[name] === fields[name]
      ? {}
      : { [name]: withText(definition[name], ownLanguage, fields[name] ?? '') ?? null };
  const settings = {
    ...said('title'),
    ...said('introduction'),
    ...said('participation'),
    ...said('thanks'),
    ...(now.seed === fields.seed ? {} : { seed: fields.seed ? Number(fields.seed) : null }),
  };
  const words: Record<string, string> = { thanks: 'thank-you', participation: 'participation sentence' };
  const changed = Object.keys(settings).map((name) => words[name] ?? name);
  if (changed.length === 0) return undefined;
  return {
    edit: { kind: 'change questionnaire', settings },
    summary: `Settings changed: ${changed.join(', ')}`,
    page: definition.pages[0]!.name,
  };
}
