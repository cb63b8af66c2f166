import { type Request, type Response, Router } from 'express';
import { findQuestion } from '../edits/edit';
import { getFrameworkContent } from '../frameworks/content.queries';
import { isoDay } from '../platform/dates';
import { readForm, readSeen } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import type { ChoiceDefinition, Definition } from '../questionnaires/definition';
import type { Services } from '../services';
import { listProjectTerms } from '../vocabularies/project-terms.queries';
import { facetNames, facetPrompts, facetQuestions, vocabularyNamed } from '../vocabularies/vocabulary';
import { redirectWithNotice, show } from '../web/layout';
import { afterChange, pageAddress, questionAddress } from './address';
import { doChange, lossNotice, pageIn, placeIn, refuseCrowding, saveQuestion } from './builder.commands';
import { isPublished } from './builder.queries';
import {
  type DraftVisit,
  type EditingVisit,
  editingOf,
  goBack,
  goneView,
  pageNamed,
  placeWished,
  textsOf,
  visitDraft,
  visitEditing,
  withFault,
} from './builder.routes';
import {
  addUnits,
  changeUnit,
  copyUnit,
  moveUnit,
  pageTitleOf,
  removeUnit,
  renameUnit,
  titleOf,
} from './change';
import { ratedAlready, ratingUnits } from './competencies';
import { competenciesPage, gonePage, removalPage } from './pages.page';
import { type QuestionSurroundings, questionEditor } from './panels.page';
import { competenciesForm, nameForm, scaleForm, titleForm } from './place.form';
import { questionFields, typedFields } from './question.form';
import {
  asChoice,
  hasApart,
  hasLines,
  hasRows,
  isApart,
  kindKeyOf,
  kindNamed,
  newQuestion,
  offeredBy,
  withKind,
} from './question-kind';
import { stepsOfScale } from './scales';
import { elementsOf, findUnit, type Unit, type UnitPlace, unitsOf } from './unit';
import { watchersOf } from './watchers';

const view = 'questionnaires/builder/editor';
const fewEnoughForRadios = 8;

/** Adds, changes, moves, duplicates and deletes the questions of a questionnaire. */
export function questionRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  /** A question in the address, in a questionnaire somebody may change. */
  async function visitQuestion(req: Request, res: Response) {
    const editing = await visitEditing(services, req, res);
    const { definition } = editing.questionnaire;
    if (req.method === 'GET' && !findUnit(definition, nameIn(req))) throw notFound('Question');
    return { editing, place: placeIn(definition, nameIn(req)) };
  }

  async function surroundingsOf({ questionnaire }: DraftVisit): Promise<QuestionSurroundings> {
    const { id, frameworkId } = questionnaire;
    const domains = frameworkId ? (await getFrameworkContent(db, frameworkId)).domains : [];
    return {
      competencies: domains.flatMap(({ competencies }) => competencies),
      isPublished: await isPublished(db, id),
    };
  }

  router.get('/questionnaires/:id/questions/:question', async (req, res) => {
    const { editing, place } = await visitQuestion(req, res);
    const around = await surroundingsOf(editing);
    show(res, view, questionEditor(editing, place, around, questionFields(place.unit)));
  });

  router.post('/questionnaires/:id/questions/:question', async (req, res) => {
    const visit = await visitDraft(services, req, res);
    const { id, definition } = visit.questionnaire;
    const place = findUnit(definition, nameIn(req));
    const seen = readSeen(req.body.seen);
    if (!place) {
      const page = gonePage(await editingOf(services, visit), 'question', seen, textsOf(req.body));
      return show(res, goneView, page, 409);
    }
    const name = place.unit.first.name;
    const around = await surroundingsOf(visit);
    const form = { seen, typed: typedFields(place.unit, req.body) };
    const codes = new Set(around.competencies.map(({ code }) => code));
    const saved = await saveQuestion(services, visit.actor, id, name, form, codes);
    if (saved.saved) {
      const { change } = saved;
      if (change) return goBack(services, res, id, change);
      const to = afterChange(id, { page: place.page.name, question: name });
      return redirectWithNotice(res, config, to, 'Saved. Nothing had to be changed');
    }
    const { fields, changes, errors, now } = saved;
    const again = changes.length > 0 ? now : seen;
    const editing = await editingOf(services, visit);
    const page = questionEditor(editing, place, around, again, { fields, changes, errors });
    show(res, view, page, changes.length > 0 ? 409 : 422);
  });

  router.post('/questionnaires/:id/pages/:page/questions', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { questionnaire, project, actor } = editing;
    const wish = String(req.body.kind ?? '');
    const facet = wish.startsWith('facet:') ? wish.slice('facet:'.length) : undefined;
    const kind = kindNamed(wish);
    if (facet === undefined ? !kind : !Object.hasOwn(facetNames, facet)) throw notFound('Kind of question');
    const form = readForm(titleForm, req.body);
    if (form.errors) {
      const page = pageIn(questionnaire.definition, req.params.page);
      return show(res, view, withFault(editing, page, 'new-question', req.body, form.errors.title!));
    }
    const { title } = form.value;
    const terms = facet ? await choicesFrom(project.id, facet) : [];
    const change = await doChange(services, actor, questionnaire.id, (definition) => {
      const page = pageIn(definition, req.params.page);
      const unit = facet
        ? facetUnit(definition, facet, terms, title)
        : newQuestion(kind!.key, definition, title);
      refuseCrowding(definition, [unit]);
      const after = unitsOf(page).findIndex(({ first }) => first.name === req.body.after);
      return addUnits(page, [unit], after < 0 ? unitsOf(page).length : after + 1);
    });
    goBack(services, res, questionnaire.id, change!);
  });

  router.post('/questionnaires/:id/questions/:question/order', async (req, res) => {
    const { questionnaire, actor } = await visitDraft(services, req, res);
    const { id } = questionnaire;
    const change = await doChange(services, actor, id, (definition) => {
      const place = placeIn(definition, nameIn(req));
      const to = req.body.page === undefined ? place.page : pageNamed(definition, req.body.page);
      const count = unitsOf(to).length;
      if (to !== place.page) return moveUnit(place, to, placeWished(req.body, count, count + 1));
      const index = placeWished(req.body, place.index, count);
      return index === place.index ? undefined : moveUnit(place, to, index);
    });
    if (change) return goBack(services, res, id, change);
    res.redirect(303, questionAddress(id, nameIn(req)));
  });

  router.post('/questionnaires/:id/questions/:question/copy', async (req, res) => {
    const { questionnaire, actor } = await visitDraft(services, req, res);
    const change = await doChange(services, actor, questionnaire.id, (definition) => {
      const place = placeIn(definition, nameIn(req));
      refuseCrowding(definition, [place.unit]);
      return copyUnit(definition, place);
    });
    goBack(services, res, questionnaire.id, change!);
  });

  router.get('/questionnaires/:id/questions/:question/removal', async (req, res) => {
    const { editing, place } = await visitQuestion(req, res);
    const { id, definition } = editing.questionnaire;
    const address = questionAddress(id, place.unit.first.name);
    const what = {
      title: `Delete “${titleOf(place.unit.first)}”?`,
      action: `${address}/removal`,
      cancel: address,
    };
    show(
      res,
      'questionnaires/builder/removal',
      removalPage(editing, what, watchersOfUnit(definition, place.unit)),
    );
  });

  router.post('/questionnaires/:id/questions/:question/removal', async (req, res) => {
    const { questionnaire, actor } = await visitDraft(services, req, res);
    const { id } = questionnaire;
    let asks = false;
    const change = await doChange(services, actor, id, (definition) => {
      const place = placeIn(definition, nameIn(req));
      asks = req.body.confirmed !== 'yes' && watchersOfUnit(definition, place.unit).length > 0;
      return asks ? undefined : removeUnit(place);
    });
    if (asks) return res.redirect(303, `${questionAddress(id, nameIn(req))}/removal`);
    goBack(services, res, id, change!);
  });

  router.post('/questionnaires/:id/questions/:question/kind', async (req, res) => {
    const { questionnaire, actor } = await visitDraft(services, req, res);
    const { id } = questionnaire;
    const kind = kindNamed(req.body.kind);
    if (!kind) throw notFound('Kind of question');
    await changeAndGoBack(res, id, actor, nameIn(req), (definition, place) => {
      const after = withKind(place.unit, kind.key, definition);
      refuseCrowding(definition, after.second && !place.unit.second ? [{ first: after.second }] : []);
      return { after, summary: `Kind changed to ${kind.words.toLowerCase()}: ${titleOf(after.first)}` };
    });
  });

  router.post('/questionnaires/:id/questions/:question/scale', async (req, res) => {
    const { editing, place } = await visitQuestion(req, res);
    const { id, definition } = editing.questionnaire;
    const form = readForm(scaleForm, req.body);
    const steps = form.value && stepsOfScale(definition, form.value.scale, form.value);
    if (!form.value || !steps) {
      const errors = form.errors ?? { scale: 'Select a scale from the list' };
      return showSideForm(res, editing, place, 'scale', textsOf(req.body), errors);
    }
    const isSecond = req.body.part === 'second';
    await changeAndGoBack(res, id, editing.actor, place.unit.first.name, (_, { unit }) => {
      if (kindKeyOf(unit) !== 'rating' && !hasRows(kindKeyOf(unit))) throw notFound('Scale');
      const after =
        isSecond && unit.second
          ? { ...unit, second: withSteps(unit.second, steps) }
          : { ...unit, first: withSteps(unit.first, steps) };
      return {
        after,
        summary: `Scale changed: ${titleOf(isSecond && unit.second ? unit.second : unit.first)}`,
      };
    });
  });

  router.post('/questionnaires/:id/questions/:question/terms', async (req, res) => {
    const { questionnaire, project, actor } = await visitDraft(services, req, res);
    const vocabulary = vocabularyNamed(String(req.body.vocabulary));
    if (!vocabulary) throw notFound('Vocabulary');
    const terms = await choicesFrom(project.id, vocabulary.name);
    await changeAndGoBack(res, questionnaire.id, actor, nameIn(req), (_, { unit }) => {
      if (!hasLines(kindKeyOf(unit))) throw notFound('Vocabulary');
      const { facet, ...rest } = unit.first;
      const first = { ...rest, vocabulary: vocabulary.name, choices: [...terms, ...apartOf(unit)] };
      const staysFacet = facet === vocabulary.name;
      return {
        after: { first: staysFacet ? { ...first, facet } : first },
        summary: `Choices taken from ${vocabulary.title.toLowerCase()}: ${titleOf(unit.first)}`,
      };
    });
  });

  router.post('/questionnaires/:id/questions/:question/name', async (req, res) => {
    const { editing, place } = await visitQuestion(req, res);
    const { id, definition } = editing.questionnaire;
    const isSecond = req.body.secondName !== undefined && place.unit.second !== undefined;
    const name = (isSecond ? place.unit.second! : place.unit.first).name;
    const field = isSecond ? 'secondName' : 'name';
    const form = readForm(nameForm, { name: req.body[field] });
    const to = form.value?.name ?? '';
    const fault = form.errors?.name ?? takenFault(definition, name, to);
    if (fault) {
      return showSideForm(res, editing, place, isSecond ? 'name-2' : 'name', textsOf(req.body), {
        [field]: fault,
      });
    }
    const change = await doChange(services, editing.actor, id, (now) =>
      renameUnit(placeIn(now, name), name, to),
    );
    if (change) return goBack(services, res, id, change);
    res.redirect(303, questionAddress(id, name));
  });

  router.get('/questionnaires/:id/competencies', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { content, to } = await competencyPlace(editing, req.query);
    show(res, 'questionnaires/builder/competencies', competenciesPage(editing, content, to));
  });

  router.post('/questionnaires/:id/competencies', async (req, res) => {
    const editing = await visitEditing(services, req, res);
    const { id, definition } = editing.questionnaire;
    const { content, to } = await competencyPlace(editing, req.body);
    const form = readForm(competenciesForm, req.body);
    const wish = form.value && { ...form.value, competencies: form.value.competency };
    const rated = wish ? ratedAlready(definition, wish) : [];
    const errors = form.errors ?? (rated.length > 0 ? { competency: ratedFault(rated) } : undefined);
    if (wish === undefined || errors) {
      const retry = { body: req.body, ...(errors ? { errors } : {}) };
      return show(res, 'questionnaires/builder/competencies', competenciesPage(editing, content, to, retry));
    }
    const change = await doChange(services, editing.actor, id, (now) => {
      const page = pageNamed(now, to.page);
      const units = ratingUnits(content, wish, now);
      if (units.length === 0) throw notFound('Competency');
      refuseCrowding(now, units);
      const after = unitsOf(page).findIndex(({ first }) => first.name === to.after);
      return addUnits(page, units, after < 0 ? unitsOf(page).length : after + 1);
    });
    goBack(services, res, id, change!);
  });

  async function competencyPlace(editing: EditingVisit, asked: Readonly<Record<string, unknown>>) {
    const { id, frameworkId, definition } = editing.questionnaire;
    if (!frameworkId) {
      throw conflict(
        'There is no framework',
        'This questionnaire was not made from a framework, so there are no competencies to choose from.',
      );
    }
    const page = pageNamed(definition, asked.page);
    const after = String(asked.after ?? '');
    const cancel =
      after && findQuestion(definition, after) ? questionAddress(id, after) : pageAddress(id, page.name);
    return {
      content: await getFrameworkContent(db, frameworkId),
      to: { page: page.name, pageTitle: pageTitleOf(page), after, cancel },
    };
  }

  /** Gives a question another shape, and tells of conditions that look at values it no longer has. */
  async function changeAndGoBack(
    res: Response,
    id: string,
    actor: EditingVisit['actor'],
    question: string,
    shape: (definition: Definition, place: UnitPlace) => { after: Unit; summary: string },
  ): Promise<void> {
    const change = await doChange(services, actor, id, (definition) => {
      const place = placeIn(definition, question);
      const { after, summary } = shape(definition, place);
      const made = changeUnit(place, after, summary);
      return made && { ...made, ...lossNotice(definition, place.unit, after) };
    });
    if (change) return goBack(services, res, id, change);
    redirectWithNotice(res, config, questionAddress(id, question), 'Saved. Nothing had to be changed');
  }

  /** Shows a small form once more, with what was typed and what is wrong. */
  async function showSideForm(
    res: Response,
    editing: EditingVisit,
    place: UnitPlace,
    form: string,
    fields: Record<string, string>,
    errors: Record<string, string>,
  ): Promise<void> {
    const around = await surroundingsOf(editing);
    const side = { id: form, retry: { fields, errors } };
    show(res, view, questionEditor(editing, place, around, questionFields(place.unit), {}, side));
  }

  /** The terms a project offers today, as choices. */
  async function choicesFrom(projectId: string, vocabulary: string): Promise<ChoiceDefinition[]> {
    const terms = await listProjectTerms(db, projectId, [vocabulary], isoDay(clock.now()));
    if (terms.length === 0) {
      const { title } = vocabularyNamed(vocabulary)!;
      throw conflict(
        'There is nothing to choose from',
        `Your project offers no terms under ${title.toLowerCase()} today.`,
      );
    }
    return terms.map(({ code, label }) => ({ value: code, text: label }));
  }

  return router;
}

function nameIn(req: Request): string {
  return String(req.params.question);
}

function watchersOfUnit(definition: Definition, unit: Unit) {
  return watchersOf(definition, new Set(elementsOf(unit).map(({ name }) => name)));
}

/** The question that asks a person for a facet. */
function facetUnit(definition: Definition, facet: string, terms: ChoiceDefinition[], title: string): Unit {
  const asked = definition.pages
    .flatMap(({ elements }) => elements)
    .find((element) => element.facet === facet);
  if (asked) {
    throw conflict(
      'This is asked already',
      `“${titleOf(asked)}” asks for it. A second question would tell the same groups apart twice.`,
    );
  }
  const kind = terms.length <= fewEnoughForRadios ? 'one' : 'dropdown';
  const { first } = newQuestion(kind, definition, facet);
  return {
    first: {
      ...first,
      ...{ title: title || (facetQuestions[facet] ?? facetNames[facet]!), isRequired: true },
      ...{
        requiredErrorText: facetPrompts[facet] ?? 'Select an answer',
        facet,
        vocabulary: facet,
        choices: terms,
      },
    },
  };
}

function apartOf({ first }: Unit): ChoiceDefinition[] {
  return hasApart(kindKeyOf({ first })) ? offeredBy(first).filter(({ value }) => isApart(value)) : [];
}

function withSteps(element: Unit['first'], steps: ChoiceDefinition[]): Unit['first'] {
  const apart = offeredBy(element)
    .map(asChoice)
    .filter(({ value }) => isApart(value));
  const all = [...steps, ...apart];
  return element.type === 'matrix' ? { ...element, columns: all } : { ...element, choices: all };
}

function takenFault(definition: Definition, name: string, to: string): string | undefined {
  if (name === to || !findQuestion(definition, to)) return undefined;
  return 'Another question has this code: enter another';
}

function ratedFault(codes: string[]): string {
  return `${codes.slice(0, 5).join(', ')}${codes.length > 5 ? ' and others are' : codes.length > 1 ? ' are' : ' is'} rated like this already. Leave ${codes.length > 1 ? 'them' : 'it'} out, or rate in another way`;
}
