import { dontKnow, notMyRole } from './definition';
import type { Answer, PlanItem } from './plan';

/**
 * How one answer becomes one byte. The first four codes are the ways of giving no value; a value's code is
 * its place in the item's list after them. A tally keeps one cell for each code.
 */
export const codes = { skipped: 0, notShown: 1, notMyRole: 2, dontKnow: 3 } as const;
export const firstValueCode = 4;

/** How many codes, and so tally cells, an item has. */
export function codesOf(item: PlanItem): number {
  return firstValueCode + item.values.length;
}

/** The byte for an answer to a question that was shown. `undefined` is a question left unanswered. */
export function encode(item: PlanItem, answer: Answer | undefined): number {
  if (answer === undefined) return codes.skipped;
  if (answer === notMyRole) return codes.notMyRole;
  if (answer === dontKnow || (Array.isArray(answer) && answer.includes(dontKnow))) return codes.dontKnow;
  const index = item.values.indexOf(answerValue(item, answer));
  if (index < 0) throw new Error(`No code for an answer to ${item.name}`);
  return firstValueCode + index;
}

/** The value behind a byte, or null for the four ways of giving none. */
export function decodeValue(item: PlanItem, code: number): number | null {
  return item.values[code - firstValueCode] ?? null;
}

function answerValue(item: PlanItem, answer: Answer): number {
  if (Array.isArray(answer)) return answer.reduce((ticks, choice) => ticks | bit(item, choice), 0);
  return typeof answer === 'number' ? answer : item.choices.indexOf(answer);
}

/** The bit of a tick; a choice that is none of the sources ("no gap") sets none. */
function bit(item: PlanItem, choice: string): number {
  const index = item.choices.indexOf(choice);
  return index < 0 ? 0 : 1 << index;
}
