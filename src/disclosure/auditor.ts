import type { OpenProgramme, Solver } from '../platform/solver';

/**
 * A reader who tries to work out what is withheld, and shares nothing with what chose it: it knows the cells of a table,
 * which sums of them are shown, and that people come in whole numbers.
 */

/** What a reader sees of one combination of categories; null is all of a dimension. */
export interface Sighting {
  key: readonly (number | null)[];
  /** The exact number of people, taken as known however it is rounded; null where it is withheld. */
  seen: number | null;
  /** It is withheld whether there is anybody or not. */
  evenIfEmpty?: boolean;
  /** How many it can be at most, from whatever else is shown. */
  atMost?: number;
}

/** The fewest and the most people that there can be, for all a reader knows. */
export interface Bounds {
  least: number;
  most: number;
}

/** What an attack on one node found. */
export interface AuditedNode extends Bounds {
  key: readonly (number | null)[];
  passed: boolean;
}

/** The result of an audit, kept with what was released (METHODS.md 3.3, step 10). */
export interface Certificate {
  passed: boolean;
  threshold: number;
  solver: string;
  nodes: AuditedNode[];
}

/** What a reader takes a withheld node to hold at least: one person, as those with nobody are shown as empty. */
type Assumption = { leastWithheld: 0 | 1 };

/**
 * Attacks each of the nodes named with all that is seen. One passes if, for all anybody can tell, there may be one person in
 * it and there may be as many as the threshold (METHODS.md 3.3, step 2). The second must hold even against whoever concludes
 * that each withheld node holds somebody. That alone makes a sum of three such nodes three at least, which tells nothing
 * that is not seen; so the first is asked without it.
 */
export function audit(
  solver: Solver,
  sizes: readonly number[],
  sightings: readonly Sighting[],
  attacked: readonly (readonly (number | null)[])[],
  threshold: number,
): Certificate {
  const careless = boundsOf(solver, sizes, sightings, attacked, { leastWithheld: 0 });
  const careful = boundsOf(solver, sizes, sightings, attacked, { leastWithheld: 1 });
  const nodes = attacked.map((key, place): AuditedNode => {
    const { least } = careless[place]!;
    const { most } = careful[place]!;
    return { key, least, most, passed: least <= 1 && most >= threshold };
  });
  return { passed: nodes.every(({ passed }) => passed), threshold, solver: solver.name, nodes };
}

/** How many people there can be in each of the nodes named: unlimited where nothing that is seen limits them. */
export function boundsOf(
  solver: Solver,
  sizes: readonly number[],
  sightings: readonly Sighting[],
  attacked: readonly (readonly (number | null)[])[],
  { leastWithheld }: Assumption,
): Bounds[] {
  const cells = cellsOf(sizes);
  const table = openTable(solver, cells, sightings, leastWithheld);
  try {
    return attacked.map((key) => {
      const sum = within(cells, key);
      const least = table.best('least', sum);
      const most = table.best('most', sum);
      if (!least || !most) throw new Error('What is shown contradicts itself');
      return { least: tidy(least.value), most: tidy(most.value) };
    });
  } finally {
    table.close();
  }
}

/** A group of which nothing is shown of one question: how many answered it, and what each weighs. */
export interface AttackedGroup {
  key: readonly (number | null)[];
  people: number;
  unit: number;
}

/**
 * Of which groups it can be told how many of their people gave one answer, where `sightings` are the numbers of those who gave it: to one
 * where it is anybody, or that it is half of them at least (METHODS.md 3.3, step 5). None where an audit passes.
 */
export function toldOf(
  solver: Solver,
  sizes: readonly number[],
  sightings: readonly Sighting[],
  attacked: readonly AttackedGroup[],
): AttackedGroup[] {
  const cells = cellsOf(sizes);
  const table = openTable(solver, cells, sightings, 0);
  try {
    return attacked.filter(({ key, people, unit }) => {
      const sum = within(cells, key);
      const least = table.best('least', sum)!.value / unit;
      if (least < 1 - slack) return false;
      return (
        least >= Math.max(1, people / 2) - slack || table.best('most', sum)!.value / unit - least <= 1 + slack
      );
    });
  } finally {
    table.close();
  }
}

const slack = 1e-6;

/** One unknown for each cell; a row for everything that is seen. */
function openTable(
  solver: Solver,
  cells: readonly (readonly number[])[],
  sightings: readonly Sighting[],
  leastWithheld: number,
): OpenProgramme {
  const dimensions = cells[0]?.length ?? 0;
  const inWholes = sightings.every(({ seen }) => seen === null || Number.isInteger(seen));
  return solver.open({
    columns: cells.map(() => ({ lower: 0, upper: Number.POSITIVE_INFINITY })),
    rows: sightings.map(({ key, seen, evenIfEmpty, atMost = Number.POSITIVE_INFINITY }) => ({
      lower: seen ?? (evenIfEmpty ? 0 : leastWithheld),
      upper: seen ?? atMost,
      terms: within(cells, key),
    })),
    // Over one dimension or two the bounds are whole by themselves.
    whole: dimensions > 2 && inWholes,
  });
}

function within(cells: readonly (readonly number[])[], key: readonly (number | null)[]) {
  return cells.flatMap((cell, column) => (isWithin(cell, key) ? [[column, 1] as const] : []));
}

function tidy(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < slack ? whole : value;
}

/** Every cell of a table, by its category of each dimension. */
function cellsOf(sizes: readonly number[]): number[][] {
  let cells: number[][] = [[]];
  for (const size of sizes) {
    cells = cells.flatMap((cell) => Array.from({ length: size }, (_, category) => [...cell, category]));
  }
  return cells;
}

function isWithin(cell: readonly number[], key: readonly (number | null)[]): boolean {
  return key.every((category, dimension) => category === null || category === cell[dimension]);
}
