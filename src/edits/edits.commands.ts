import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Definition } from '../questionnaires/definition';
import { examineShape } from '../questionnaires/shape';
import { textIn } from '../questionnaires/text';
import { applyEdit, type Edit } from './edit';
import {
  deleteUndoneChanges,
  findFirstUndone,
  findLatestStanding,
  insertChange,
  lockQuestionnaire,
  markChange,
  writeDefinition,
} from './edits.queries';

/** What is to be done to a questionnaire, decided over how it is at this moment. Nothing where nothing is to be done. */
export type Decide = (definition: Definition) => { edit: Edit; summary: string } | undefined;

/**
 * Changes a questionnaire, in the caller's transaction, and keeps how to take it back. What is published stays as it
 * is. An edit that would make it none that can be asked is refused in words. Gives the change's id, or nothing where
 * nothing changed.
 */
export async function changeQuestionnaire(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  decide: Decide,
  now: Date,
): Promise<string | undefined> {
  const { definition } = await lockQuestionnaire(trx, questionnaireId);
  const decided = decide(definition);
  if (!decided) return undefined;
  const { edit, summary } = decided;
  const after = applyEdit(definition, edit);
  if (isDeepStrictEqual(after.definition, definition)) return undefined;
  await deleteUndoneChanges(trx, questionnaireId);
  await write(trx, actor, questionnaireId, after.definition, summary, now);
  return insertChange(trx, {
    questionnaireId,
    summary,
    edit,
    inverse: after.inverse,
    accountId: actor.kind === 'account' ? actor.accountId : null,
    madeAt: now,
  });
}

/**
 * Takes the latest change back, or does the one taken back last again, in the caller's transaction. `changeId` is the one meant: where
 * something else has been changed since, it is refused. Gives what was done, in words.
 */
export async function undoOrRedo(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  direction: 'undo' | 'redo',
  changeId: string,
  now: Date,
): Promise<string> {
  const { definition } = await lockQuestionnaire(trx, questionnaireId);
  const isUndo = direction === 'undo';
  const change = await (isUndo ? findLatestStanding : findFirstUndone)(trx, questionnaireId);
  if (change?.id !== changeId) {
    throw conflict(
      isUndo ? 'This can no longer be undone' : 'This can no longer be done again',
      'Something else has been changed since. Nothing was changed now. Go back to see how things are.',
    );
  }
  const after = applyEdit(definition, isUndo ? change.inverse : change.edit);
  const summary = `${isUndo ? 'Undone' : 'Done again'}: ${change.summary}`;
  await write(trx, actor, questionnaireId, after.definition, summary, now);
  await markChange(trx, change.id, isUndo ? now : null);
  return summary;
}

async function write(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  definition: Definition,
  summary: string,
  now: Date,
): Promise<void> {
  const [fault] = examineShape(definition);
  if (fault) {
    throw conflict('The questionnaire cannot be changed like this', `${fault.place}: ${fault.sentence}`);
  }
  const title = textIn(definition.title) || 'Untitled questionnaire';
  await writeDefinition(trx, questionnaireId, definition, title, now);
  await appendAuditEntry(trx, actor, {
    action: 'questionnaire changed',
    subject: 'questionnaire',
    subjectId: questionnaireId,
    detail: { summary },
  });
}
