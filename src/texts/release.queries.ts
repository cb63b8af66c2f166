import type { Database } from '../platform/database';
import type { CountedTexts } from './released-texts';

/** The texts of a survey that coders have read, with their themes; and how many of each question wait for somebody. */
export async function listCounted(
  db: Database,
  surveyId: string,
): Promise<{ id: string; question: string; themes: string[] }[]> {
  return db('texts')
    .where({ survey_id: surveyId, state: 'released', coded: true })
    .orderBy('id')
    .select('id', 'question', 'themes');
}

/** Words that two people agreed to quote, with the groups their writer is in. */
export async function listApprovedQuotes(
  db: Database,
  surveyId: string,
): Promise<{ question: string; words: string; label: string[]; groups: Record<string, string> }[]> {
  return db({ q: 'quotes' })
    .join({ t: 'texts' }, 't.id', 'q.text_id')
    .where({ 'q.survey_id': surveyId, 'q.state': 'approved', 't.state': 'released' })
    .orderBy('q.text_id')
    .select({ question: 't.question', words: 'q.words', label: 'q.label', groups: 't.groups' });
}

/** What was counted anew for these releases, in their order. */
export async function listCountedBefore(
  db: Database,
  releaseIds: readonly string[],
): Promise<{ releaseId: string; question: string; counted: CountedTexts }[]> {
  return db('release_text_counts')
    .whereIn('release_id', [...releaseIds])
    .orderByRaw('array_position(?::uuid[], release_id)', [[...releaseIds]])
    .select({ releaseId: 'release_id', question: 'question', counted: 'texts' });
}

export async function insertCountedTexts(
  trx: Database,
  releaseId: string,
  counted: readonly { question: string; texts: CountedTexts }[],
): Promise<void> {
  if (counted.length === 0) return;
  await trx('release_text_counts').insert(
    counted.map(({ question, texts }) => ({
      ...{ release_id: releaseId, question },
      texts: JSON.stringify(texts),
    })),
  );
}
