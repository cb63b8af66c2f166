import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { NewTheme, Theme } from './theme';

/** The coding frame of a survey: its themes, in the order they stand under their questions. */
export async function listThemes(db: Database, surveyId: string): Promise<Theme[]> {
  return db('themes')
    .where({ survey_id: surveyId })
    .orderBy(['question', 'position', 'id'])
    .select('id', 'question', 'title', 'definition');
}

export async function getTheme(db: Database, surveyId: string, themeId: string): Promise<Theme> {
  const theme = await db('themes')
    .where({ id: themeId, survey_id: surveyId })
    .first('id', 'question', 'title', 'definition');
  if (!theme) throw notFound('Theme');
  return theme;
}

/** At the end of its question. */
export async function insertTheme(
  trx: Database,
  surveyId: string,
  question: string,
  theme: NewTheme,
): Promise<string> {
  const last = await trx('themes')
    .where({ survey_id: surveyId, question })
    .max({ position: 'position' })
    .first();
  const [row] = await trx('themes')
    .insert({ survey_id: surveyId, question, ...theme, position: Number(last?.position ?? 0) + 1 })
    .returning('id');
  return row.id;
}

export async function updateTheme(trx: Database, themeId: string, theme: NewTheme): Promise<void> {
  await trx('themes').where({ id: themeId }).update(theme);
}

export async function deleteTheme(trx: Database, themeId: string): Promise<void> {
  await trx('themes').where({ id: themeId }).delete();
}

/** The themes of a question, in this order from now on. */
export async function orderThemes(trx: Database, ids: readonly string[]): Promise<void> {
  for (const [place, id] of ids.entries())
    await trx('themes')
      .where({ id })
      .update({ position: place + 1 });
}
