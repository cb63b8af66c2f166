import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Definition } from '../questionnaires/definition';
import type { Edit } from './edit';

/** A change of a questionnaire, as it was made. */
export interface QuestionnaireChange {
  id: string;
  questionnaireId: string;
  /** Counts a questionnaire's changes, from 1. */
  number: number;
  /** What was done, in a few words: "Question moved: How confident are you?" */
  summary: string;
  edit: Edit;
  inverse: Edit;
  accountId: string | null;
  madeAt: Date;
  undoneAt: Date | null;
}

/** A change without its content, for pages that only tell of it. */
export type ChangeOnRecord = Omit<QuestionnaireChange, 'edit' | 'inverse'>;

const lightColumns = {
  id: 'id',
  questionnaireId: 'questionnaire_id',
  number: 'number',
  summary: 'summary',
  accountId: 'account_id',
  madeAt: 'made_at',
  undoneAt: 'undone_at',
};

const columns = { ...lightColumns, edit: 'edit', inverse: 'inverse' };

/** Locks a questionnaire for a change, in the caller's transaction. */
export async function lockQuestionnaire(
  trx: Database,
  questionnaireId: string,
): Promise<{ definition: Definition; revision: number }> {
  const row = await trx('questionnaires')
    .where({ id: questionnaireId })
    .forUpdate()
    .first('definition', 'revision');
  if (!row) throw notFound('Questionnaire');
  return row;
}

export async function writeDefinition(
  trx: Database,
  questionnaireId: string,
  definition: Definition,
  title: string,
  now: Date,
): Promise<void> {
  await trx('questionnaires')
    .where({ id: questionnaireId })
    .update({
      definition: JSON.stringify(definition),
      title,
      revision: trx.raw('revision + 1'),
      changed_at: now,
    });
}

export async function insertChange(
  trx: Database,
  change: Omit<QuestionnaireChange, 'id' | 'number' | 'undoneAt'>,
): Promise<string> {
  const newest = await trx('questionnaire_changes')
    .where({ questionnaire_id: change.questionnaireId })
    .max('number as number')
    .first();
  const [row] = await trx('questionnaire_changes')
    .insert({
      questionnaire_id: change.questionnaireId,
      number: (newest?.number ?? 0) + 1,
      summary: change.summary,
      edit: JSON.stringify(change.edit),
      inverse: JSON.stringify(change.inverse),
      account_id: change.accountId,
      made_at: change.madeAt,
    })
    .returning('id');
  return row.id;
}

/** What was undone can no longer be done again: something else has been changed. */
export async function deleteUndoneChanges(trx: Database, questionnaireId: string): Promise<void> {
  await trx('questionnaire_changes')
    .where({ questionnaire_id: questionnaireId })
    .whereNotNull('undone_at')
    .delete();
}

/** The change that can be undone next: the latest that stands. */
export async function findLatestStanding(
  db: Database,
  questionnaireId: string,
): Promise<QuestionnaireChange | undefined> {
  return db('questionnaire_changes')
    .where({ questionnaire_id: questionnaireId })
    .whereNull('undone_at')
    .orderBy('number', 'desc')
    .first(columns);
}

/** The change that can be done again next: the first of those undone. */
export async function findFirstUndone(
  db: Database,
  questionnaireId: string,
): Promise<QuestionnaireChange | undefined> {
  return db('questionnaire_changes')
    .where({ questionnaire_id: questionnaireId })
    .whereNotNull('undone_at')
    .orderBy('number')
    .first(columns);
}

export async function markChange(trx: Database, changeId: string, undoneAt: Date | null): Promise<void> {
  await trx('questionnaire_changes').where({ id: changeId }).update({ undone_at: undoneAt });
}

/** The latest changes that stand, the newest first. */
export async function listChanges(
  db: Database,
  questionnaireId: string,
  most: number,
): Promise<ChangeOnRecord[]> {
  return db('questionnaire_changes')
    .where({ questionnaire_id: questionnaireId })
    .whereNull('undone_at')
    .orderBy('number', 'desc')
    .limit(most)
    .select(lightColumns);
}
