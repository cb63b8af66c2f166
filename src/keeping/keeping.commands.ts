import { isoDay } from '../platform/dates';
import type { PageAnswers } from '../responses/answer.form';
import { type DraftKey, findDraft } from '../responses/drafts.queries';
import type { Services } from '../services';
import { updateAnswers } from './keeping.queries';

/** What became of answers kept as they were given. */
export type Keeping =
  | { outcome: 'kept'; revision: number }
  /** The draft has changed since: whoever still looks at the page sends again, knowing its revision. */
  | { outcome: 'moved'; revision: number }
  | { outcome: 'submitted' | 'unknown' };

/** Keeps part of a page of a draft. */
export async function keepAnswers(
  { db, clock }: Services,
  key: DraftKey,
  answers: PageAnswers,
  revision: number | null,
): Promise<Keeping> {
  const kept = await updateAnswers(db, key, answers, revision, isoDay(clock.now()));
  if (kept !== undefined) return { outcome: 'kept', revision: kept };
  const draft = await findDraft(db, key);
  if (!draft) return { outcome: 'unknown' };
  return draft.submitted ? { outcome: 'submitted' } : { outcome: 'moved', revision: draft.revision };
}
