import type { Plan, PlanPage, PlanQuestion } from './plan';

/** A plan as an earlier version of the product stored it. */
interface FirstFormat extends Omit<Plan, 'format' | 'pages' | 'participation' | 'seed' | 'languages'> {
  format: 1;
  pages: (Omit<PlanPage, 'questions'> & { questions: FirstQuestion[] })[];
}

type FirstQuestion = Omit<PlanQuestion, 'lines' | 'min' | 'max' | 'decimals' | 'shuffled' | 'row'>;

/** A stored plan in today's format. What it asks, and where each rating stands, never changes. */
export function inTodaysFormat(stored: Plan | FirstFormat): Plan {
  if (stored.format === 2) return stored;
  return {
    ...stored,
    format: 2,
    participation: '',
    seed: 0,
    languages: [],
    pages: stored.pages.map((page) => ({
      ...page,
      questions: page.questions.map((question) => ({
        ...question,
        lines: question.kind === 'text' ? 4 : 0,
        min: null,
        max: null,
        decimals: 0,
        shuffled: false,
        row: null,
      })),
    })),
  };
}
