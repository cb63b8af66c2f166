import type { Database } from '../platform/database';
import type { Plan } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import { listApprovedQuotes, listCounted, listCountedBefore } from './release.queries';
import type { CountedTexts, EarlierTexts, TextsOfQuestion } from './released-texts';
import { writtenQuestions } from './text';
import { countTexts } from './texts.queries';
import { listThemes } from './themes.queries';

/** What a release tells of texts is worked out from this, as it stands at one moment: in the caller's transaction. */
export async function readTextsFor(
  trx: Database,
  survey: Pick<Survey, 'id'>,
  plan: Plan,
  earlier: readonly { id: string; number: number }[],
): Promise<{ questions: TextsOfQuestion[]; earlier: EarlierTexts[] }> {
  const questions = writtenQuestions(plan);
  if (questions.length === 0) return { questions: [], earlier: [] };
  const counted = await listCounted(trx, survey.id);
  const counts = await countTexts(trx, survey.id);
  const themes = await listThemes(trx, survey.id);
  const quotes = await listApprovedQuotes(trx, survey.id);
  const before = await listCountedBefore(
    trx,
    earlier.map(({ id }) => id),
  );
  const numbers = new Map(earlier.map(({ id, number }) => [id, number]));
  return {
    questions: questions.map(({ name, title }) => {
      const own = counted.filter(({ question }) => question === name);
      const count = counts.find(({ question }) => question === name);
      return {
        ...{ name, title },
        counted: Object.fromEntries(own.map(({ id, themes: of }) => [id, of])) as CountedTexts,
        partly: count !== undefined && count.texts - count.withheld > own.length,
        frame: themes.filter(({ question }) => question === name),
        quotes: quotes.filter(({ question }) => question === name),
      };
    }),
    earlier: before.map(({ releaseId, ...told }) => ({ ...told, number: numbers.get(releaseId)! })),
  };
}
