import type { Database } from '../platform/database';
import type { Answers } from '../questionnaires/plan';
import type { PageAnswers } from './answer.form';
import type { Draft } from './draft';

/** Whose preview of which questionnaire. */
export interface PreviewKey {
  questionnaireId: string;
  accountId: string;
}

/** Test answers of one person, in the language they preview in. */
export interface Preview extends Draft {
  language: string;
  draw: number;
}

const whose = ({ questionnaireId, accountId }: PreviewKey) => ({
  questionnaire_id: questionnaireId,
  account_id: accountId,
});

export async function findPreview(db: Database, key: PreviewKey): Promise<Preview | undefined> {
  return db('previews')
    .where(whose(key))
    .first('language', 'draw', 'answers', 'passed', 'revision', 'submitted');
}

/** Begins a preview anew; what was answered in the one before is gone. */
export async function replacePreview(
  db: Database,
  key: PreviewKey,
  preview: { language: string; draw: number; answers: Answers; passed: string[]; revision: number },
  today: string,
): Promise<void> {
  await db('previews')
    .insert({
      ...whose(key),
      ...preview,
      answers: JSON.stringify(preview.answers),
      submitted: false,
      touched_on: today,
    })
    .onConflict(['questionnaire_id', 'account_id'])
    .merge();
}

/** Keeps one page. False when the preview has been finished meanwhile. */
export async function updatePreview(
  db: Database,
  key: PreviewKey,
  page: string,
  { given, left }: PageAnswers,
  today: string,
): Promise<boolean> {
  const changed = await db('previews')
    .where({ ...whose(key), submitted: false })
    .update({
      answers: db.raw('(answers - ?::text[]) || ?::jsonb', [left, JSON.stringify(given)]),
      passed: db.raw('case when ? = any(passed) then passed else passed || ?::text end', [page, page]),
      revision: db.raw('revision + 1'),
      touched_on: today,
    });
  return changed === 1;
}

export async function updateLanguage(db: Database, key: PreviewKey, language: string): Promise<void> {
  await db('previews').where(whose(key)).update({ language });
}

/** Finishes a preview: its answers are dropped, for there is nothing they are for. */
export async function finishPreview(db: Database, key: PreviewKey): Promise<void> {
  await db('previews').where(whose(key)).update({ submitted: true, answers: '{}' });
}

export async function deletePreview(db: Database, key: PreviewKey): Promise<void> {
  await db('previews').where(whose(key)).delete();
}

/** Deletes the previews nobody has touched since a day. Gives how many. */
export async function deletePreviewsBefore(db: Database, day: string): Promise<number> {
  return db('previews').where('touched_on', '<', day).delete();
}
