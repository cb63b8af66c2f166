import { randomInt } from 'node:crypto';
import type { Actor } from '../audit/actor';
import type { Edit } from '../edits/edit';
import { changeQuestionnaire, undoOrRedo } from '../edits/edits.commands';
import { findFirstUndone, findLatestStanding } from '../edits/edits.queries';
import { type FieldErrors, type Meanwhile, mergeEdits } from '../platform/form';
import { conflict, type Problem } from '../platform/problem';
import type { Definition, PageDefinition } from '../questionnaires/definition';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import { limits } from '../questionnaires/shape';
import type { Services } from '../services';
import { type Change, changeUnit, hasRoom, placeOfEdit } from './change';
import { type Fields, questionFields, readQuestion } from './question.form';
import { elementsOf, findUnit, type Unit, type UnitPlace } from './unit';
import { lostValues, watchersOf } from './watchers';

/** Does one change, decided over how the questionnaire is at this moment. Nothing where there is nothing to do. */
export async function doChange(
  { db, clock }: Services,
  actor: Actor,
  questionnaireId: string,
  decide: (definition: Definition) => Change | undefined,
): Promise<Change | undefined> {
  let change: Change | undefined;
  const changeId = await db.transaction((trx) =>
    changeQuestionnaire(
      trx,
      actor,
      questionnaireId,
      (definition) => {
        change = decide(definition);
        return change;
      },
      clock.now(),
    ),
  );
  return changeId ? change : undefined;
}

/** The question of this name, as things are now: somebody who has its form open may be late. */
export function placeIn(definition: Definition, question: string): UnitPlace {
  const place = findUnit(definition, question);
  if (!place) throw late('question', 'deleted this question, or changed its code,');
  return place;
}

/** The page of this name, likewise. */
export function pageIn(definition: Definition, name: unknown): PageDefinition {
  const page = definition.pages.find((one) => one.name === name);
  if (!page) throw late('page', 'deleted this page');
  return page;
}

function late(what: string, done: string): Problem {
  return conflict(
    `This ${what} is not there any more`,
    `Somebody has ${done} since you opened it. Nothing was changed. Open the questionnaire again to see how things are now: what was deleted can be brought back with “Undo”.`,
  );
}

/** Refuses what would be more than a questionnaire can hold. */
export function refuseCrowding(definition: Definition, units: readonly Unit[]): void {
  if (hasRoom(definition, units.flatMap(elementsOf))) return;
  throw conflict(
    'There is no room',
    `A questionnaire holds ${limits.questions} questions at most, and ${limits.asked} with the rows of ratings counted.`,
  );
}

/** How saving a form ended: saved; or somebody else was faster, or a field cannot be, and nothing was saved. */
export type Saved =
  | { saved: true; change: Change | undefined }
  | { saved: false; fields: Fields; now: Fields; changes: Meanwhile[]; errors: FieldErrors };

/** Saves the properties of a question. What somebody else has changed meanwhile is kept where both touched different fields. */
export async function saveQuestion(
  services: Services,
  actor: Actor,
  questionnaireId: string,
  question: string,
  form: { seen: Fields; typed: Fields },
  competencies: ReadonlySet<string>,
): Promise<Saved> {
  let refused: Saved | undefined;
  const change = await doChange(services, actor, questionnaireId, (definition) => {
    const place = placeIn(definition, question);
    const now = questionFields(place.unit);
    const merged = mergeEdits(form.seen, form.typed, now);
    const refuse = (errors: FieldErrors) => {
      refused = { saved: false, fields: merged.fields, now, changes: merged.changes, errors };
      return undefined;
    };
    if (clashes(form, merged.changes)) return refuse({});
    const read = readQuestion(place.unit, merged.fields, { competencies, definition });
    if (read.errors) return refuse(read.errors);
    const change = changeUnit(place, read.unit);
    const notice = [lossNotice(definition, place.unit, read.unit).notice, bothNotice(merged.changes)];
    return change && withNotice(change, notice);
  });
  return refused ?? { saved: true, change };
}

/** Did both change the same? What only one of the two has touched is put together. */
function clashes({ seen, typed }: { seen: Fields; typed: Fields }, changes: readonly Meanwhile[]): boolean {
  return changes.some(({ field }) => (typed[field] ?? '') !== (seen[field] ?? ''));
}

function bothNotice(changes: readonly Meanwhile[]): string | undefined {
  return changes.length > 0 ? 'Somebody else has changed it too meanwhile: both are kept.' : undefined;
}

function withNotice(change: Change, notices: readonly (string | undefined)[]): Change {
  const notice = notices.filter((one) => one !== undefined).join(' ');
  return notice ? { ...change, notice } : change;
}

/** Tells which conditions look at a question some of whose values are gone. */
export function lossNotice(definition: Definition, before: Unit, after: Unit): { notice?: string } {
  const lost = elementsOf(before).flatMap((element) => {
    const left = elementsOf(after).find(({ name }) => name === element.name);
    return left ? lostValues(element, left) : [];
  });
  if (lost.length === 0) return {};
  const watchers = watchersOf(definition, new Set(elementsOf(before).map(({ name }) => name)));
  if (watchers.length === 0) return {};
  const named = watchers.slice(0, 3).map(({ title }) => `“${title}”`);
  return {
    notice: `No longer offered: ${lost.slice(0, 3).join('; ')}. Look at the conditions of ${named.join(', ')}${watchers.length > 3 ? ' and others' : ''}.`,
  };
}

/** Saves texts of a page or of the whole, a field each, put together with what somebody else has changed. */
export async function saveFields(
  services: Services,
  actor: Actor,
  questionnaireId: string,
  form: { seen: Fields; typed: Fields },
  how: {
    fields(definition: Definition): Fields;
    change(definition: Definition, fields: Fields): Change | undefined;
  },
): Promise<Saved> {
  let refused: Saved | undefined;
  const change = await doChange(services, actor, questionnaireId, (definition) => {
    const now = how.fields(definition);
    const { fields, changes } = mergeEdits(form.seen, form.typed, now);
    const change = clashes(form, changes) ? undefined : how.change(definition, fields);
    if (!clashes(form, changes)) return change && withNotice(change, [bothNotice(changes)]);
    refused = { saved: false, fields, now, changes, errors: {} };
    return undefined;
  });
  return refused ?? { saved: true, change };
}

/** Takes the latest change back or does the last one taken back again. Gives what was done, and where. */
export async function stepThroughChanges(
  { db, clock }: Services,
  actor: Actor,
  questionnaireId: string,
  direction: 'undo' | 'redo',
  changeId: string,
): Promise<{ summary: string; page: string; question?: string }> {
  return db.transaction(async (trx) => {
    const find = direction === 'undo' ? findLatestStanding : findFirstUndone;
    const change = await find(trx, questionnaireId);
    const summary = await undoOrRedo(trx, actor, questionnaireId, direction, changeId, clock.now());
    const { definition } = await getQuestionnaire(trx, questionnaireId);
    const edit: Edit = direction === 'undo' ? change!.inverse : change!.edit;
    return { summary, ...placeOfEdit(definition, edit) };
  });
}

/** A number random orders are drawn from. */
export function drawSeed(): number {
  return randomInt(1, 1_000_000_000);
}
