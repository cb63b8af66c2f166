import type { Plan, PlanQuestion } from '../questionnaires/plan';
import { seededRandom } from './simulation';

/** What one respondent's own orders are drawn from: the same on every page view, another for everybody else. */
export type Draw = number;

/** A respondent's own draw. It follows from the hash by which the draft is known, so that nothing about it is stored. */
export function drawOf(tokenHash: Buffer): Draw {
  return tokenHash.readUInt32BE(0);
}

/** The things in an order drawn from a seed: each order is as likely as any other. */
export function shuffled<T>(things: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const order = [...things];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Choices with a meaning of their own. They stand apart from the others, after them, in every order. */
const apart = new Set(['na', 'dk']);

export function standsApart({ value, exclusive }: PlanQuestion['choices'][number]): boolean {
  return exclusive || apart.has(String(value));
}

/**
 * The questions of a page as this respondent sees them: choices and rows of matrices in an order of their own where the
 * questionnaire asks for that. Two matrices that are shown together keep their rows together.
 */
export function asShown(
  { seed }: Pick<Plan, 'seed'>,
  draw: Draw,
  questions: readonly PlanQuestion[],
): PlanQuestion[] {
  const seedFor = (name: string) => hashOf(`${seed} ${draw} ${name}`);
  const shown: PlanQuestion[] = [];
  for (let start = 0; start < questions.length; ) {
    const first = questions[start]!;
    const end = endOfMatrix(questions, start);
    const rows = questions.slice(start, end);
    if (first.row && isShuffledMatrix(questions, first.row)) {
      shown.push(...shuffled(rows, seedFor(first.row.pairedWith ?? first.row.matrix)));
    } else shown.push(...rows.map((question) => withShuffledChoices(question, seedFor(question.name))));
    start = end;
  }
  return shown;
}

/** Where the rows of the matrix that begins here end; behind the question where it is no row. */
function endOfMatrix(questions: readonly PlanQuestion[], start: number): number {
  const matrix = questions[start]!.row?.matrix;
  let end = start + 1;
  while (matrix !== undefined && questions[end]?.row?.matrix === matrix) end += 1;
  return end;
}

/** Of two matrices shown together the first decides. */
function isShuffledMatrix(
  questions: readonly PlanQuestion[],
  { shuffled: own, pairedWith }: NonNullable<PlanQuestion['row']>,
): boolean {
  if (pairedWith === null) return own;
  return questions.some(({ row }) => row?.matrix === pairedWith && row.shuffled);
}

function withShuffledChoices(question: PlanQuestion, seed: number): PlanQuestion {
  if (!question.shuffled) return question;
  const together = question.choices.filter((choice) => !standsApart(choice));
  return { ...question, choices: [...shuffled(together, seed), ...question.choices.filter(standsApart)] };
}

/** FNV-1a: 32 bits of a text. */
function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  }
  return hash >>> 0;
}
