import type { Plan, PlanQuestion } from './plan';

/** What people need on a phone, in seconds: for a page, and for what stands on it. */
const seconds = { page: 12, choosing: 8, typing: 12, writing: 20, item: 4 };
const wordsAMinute = 200;

/** Over this a questionnaire is too long for a break. */
export const longestMinutes = 12;

/** About how many minutes it takes somebody who is shown every page; at least one. */
export function estimatedMinutes(plan: Pick<Plan, 'pages'>): number {
  return inMinutes(plan.pages.reduce((sum, page) => sum + secondsOn(page.questions), 0));
}

/** About how many seconds a page takes that shows these questions. */
export function secondsOn(questions: readonly PlanQuestion[]): number {
  return questions.reduce((sum, question) => sum + secondsFor(question), seconds.page);
}

/** Seconds as whole minutes, at least one. */
export function inMinutes(total: number): number {
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
