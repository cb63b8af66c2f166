import type { Plan } from './plan';

/** What people need on a phone, in seconds: for a page, and for each question on it. */
const seconds = { page: 12, question: 8 };

/** Over this a questionnaire is too long for a break. */
export const longestMinutes = 12;

/** About how many minutes it takes somebody who is shown every page; at least one. */
export function estimatedMinutes(plan: Pick<Plan, 'pages'>): number {
  const total = plan.pages.reduce(
    (sum, page) => sum + seconds.page + seconds.question * page.questions.length,
    0,
  );
  return Math.max(1, Math.round(total / 60));
}
