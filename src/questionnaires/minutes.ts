import type { Plan, PlanQuestion } from './plan';

/** What people need on a phone, in seconds: for a page, and for what stands on it. */
const seconds = { page: 12, choosing: 8, typing: 12, writing: 20, item: 4 };
const wordsAMinute = 200;

/** Over this a questionnaire is too long for a break. */
export const longestMinutes = 12;

/** About how many minutes it takes somebody who is shown every page; at least one. */
export function estimatedMinutes(plan: Pick<Plan, 'pages'>): number {
  const total = plan.pages.reduce(
    (sum, page) => sum + page.questions.reduce((of, question) => of + secondsFor(question), seconds.page),
    0,
  );
  return Math.max(1, Math.round(total / 60));
}

/** A row of a matrix is a question like any other. */
function secondsFor({ kind, lines, choices, title, hint }: PlanQuestion): number {
  if (kind === 'information') return (60 * wordsIn(`${title} ${hint}`)) / wordsAMinute;
  if (kind === 'ranking') return seconds.choosing + seconds.item * choices.length;
  if (kind === 'text') return lines > 1 ? seconds.writing : seconds.typing;
  return kind === 'number' || kind === 'date' ? seconds.typing : seconds.choosing;
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
