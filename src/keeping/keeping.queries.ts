import { type Database, run } from '../platform/database';
import type { PageAnswers } from '../responses/answer.form';
import type { DraftKey } from '../responses/drafts.queries';

/**
 * Keeps part of a page, which does not count as sent by that. With a revision only a draft that has not changed since:
 * what was overtaken on its way must not undo what came after it. Gives the draft's new revision.
 */
export async function updateAnswers(
  db: Database,
  { surveyId, tokenHash }: DraftKey,
  { given, left }: PageAnswers,
  revision: number | null,
  today: string,
): Promise<number | undefined> {
  const [draft] = await run<{ revision: number }>(
    db,
    {
      name: 'update-answers',
      text: `update drafts
                set answers    = (answers - $3::text[]) || $4::jsonb,
                    revision   = revision + 1,
                    touched_on = $5
              where token_hash = $1
                and survey_id = $2
                and not submitted
                and ($6::integer is null or revision = $6)
          returning revision`,
    },
    [tokenHash, surveyId, left, JSON.stringify(given), today, revision],
  );
  return draft?.revision;
}
