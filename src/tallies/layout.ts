import { codesOf } from '../questionnaires/coding';
import type { Plan } from '../questionnaires/plan';

/** Where each item's cells begin in a tally's counts, and how many cells there are in all. */
export interface TallyLayout {
  offsets: number[];
  cells: number;
}

/** The cells of a plan: for each item, in order, one cell for each code an answer can have. */
export function layoutOf(plan: Pick<Plan, 'items'>): TallyLayout {
  let cells = 0;
  const offsets = plan.items.map((item) => {
    const offset = cells;
    cells += codesOf(item);
    return offset;
  });
  return { offsets, cells };
}
