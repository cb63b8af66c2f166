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
  const cells = livingCells(sizes, sightings);
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

/**
 * Which of the nodes named can be told to be small, or not to be: those that `audit` would not pass. The same question without the bounds, and
 * faster: a table that could be answers for every node at once.
 */
export function foundOf(
  solver: Solver,
  sizes: readonly number[],
  sightings: readonly Sighting[],
  attacked: readonly Sighting['key'][],
  threshold: number,
): Sighting['key'][] {
  const cells = livingCells(sizes, sightings);
  const sums = attacked.map((key) => within(cells, key));
  const unlike = (
    leastWithheld: 0 | 1,
    direction: 'least' | 'most',
    isHidden: (people: number) => boolean,
  ) => {
    const table = openTable(solver, cells, sightings, leastWithheld);
    try {
      return withoutExample(table, sums, direction, isHidden);
    } finally {
      table.close();
    }
  };
  const found = new Set([
    ...unlike(0, 'least', (people) => people <= 1 + slack),
    ...unlike(1, 'most', (people) => people >= threshold - slack),
  ]);
  return attacked.filter((_, place) => found.has(place));
}

/** The sums that no possible table has as wanted. Each table the solver finds is tried on all of them. */
function withoutExample(
  table: OpenProgramme,
  sums: readonly Terms[],
  direction: 'least' | 'most',
  isWanted: (sum: number) => boolean,
): number[] {
  const found: number[] = [];
  let left = sums.map((_, place) => place);
  while (left.length > 0) {
    const [place, ...others] = left as [number, ...number[]];
    const best = table.best(direction, sums[place]!);
    if (!best) throw new Error('What is shown contradicts itself');
    if (!isWanted(best.value)) found.push(place);
    const values = best.values;
    left = values.length === 0 ? others : others.filter((other) => !isWanted(valueIn(values, sums[other]!)));
  }
  return found;
}

type Terms = readonly (readonly [column: number, factor: number])[];

function valueIn(values: readonly number[], terms: Terms): number {
  return terms.reduce((sum, [column, factor]) => sum + factor * values[column]!, 0);
}

/** A group of which nothing is shown of one question: how many answered it, and what each weighs. */
export interface AttackedGroup {
  key: readonly (number | null)[];
  people: number;
  unit: number;
}

/** All that a reader has of one question. */
export interface SeenAnswers {
  sizes: readonly number[];
  /** For each way of answering how many gave it; what they weigh, where figures are weighted. */
  layers: readonly (readonly Sighting[])[];
  /** How many answered at all. */
  all: readonly Sighting[];
  weighted: boolean;
}

/** More unknowns than these are taken as fractions: their bounds are a little wider than those of whole people. */
const mostWhole = 300;

/**
 * Of which groups anything can be told from all that is shown of one question together: that somebody of them gave one answer, that they are more than one or
 * fewer than the threshold (METHODS.md 3.3, steps 2, 4 and 5). Stricter than step 5, which lets a sum tell of a few. Weights of people are no sums
 * of people: there it is asked of each by itself.
 */
export function toldOf(
  solver: Solver,
  { sizes, layers, all, weighted }: SeenAnswers,
  attacked: readonly AttackedGroup[],
  threshold: number,
): { told: AttackedGroup[]; inWholes: boolean } {
  const cells = livingCells(sizes, all);
  const answersIn = (key: Sighting['key'], layer: number, factor = 1): Terms =>
    within(cells, key).map(([cell]) => [cell * layers.length + layer, factor] as const);
  const everyIn = (key: Sighting['key']): Terms => layers.flatMap((_, layer) => answersIn(key, layer));
  const isEmpty = emptyCells(cells, layers);
  const columns = cells.flatMap((_, cell) =>
    layers.map((__, layer) => ({ lower: 0, upper: isEmpty(cell, layer) ? 0 : Number.POSITIVE_INFINITY })),
  );
  const inWholes = !weighted && columns.filter(({ upper }) => upper > 0).length <= mostWhole;
  const table = solver.open({
    columns,
    rows: [
      ...layers.flatMap((sightings, layer) =>
        sightings.map((sighting) => ({ ...limitsOf(sighting), terms: answersIn(sighting.key, layer) })),
      ),
      ...(weighted ? [] : all.map((sighting) => ({ ...limitsOf(sighting), terms: everyIn(sighting.key) }))),
    ],
    whole: inWholes,
  });
  const groupOf = (sum: number) => attacked[Math.floor(sum / layers.length)]!;
  // In people of the group, so that one wish fits all.
  const answers = attacked.flatMap(({ key, unit }) =>
    layers.map((_, layer) => answersIn(key, layer, 1 / unit)),
  );
  try {
    const told = withoutExample(table, answers, 'least', (people) => people < 1 - slack).map(groupOf);
    if (weighted) return { told: [...new Set(told)], inWholes };
    const sums = attacked.map(({ key }) => everyIn(key));
    const sized = [
      ...withoutExample(table, sums, 'least', (people) => people <= 1 + slack),
      ...withoutExample(table, sums, 'most', (people) => people >= threshold - slack),
    ].map((place) => attacked[place]!);
    return { told: [...new Set([...told, ...sized])], inWholes };
  } finally {
    table.close();
  }
}

/** Cells that are known to have nobody in a layer: shown as nobody, or a part of something that is. */
function emptyCells(cells: readonly (readonly number[])[], layers: SeenAnswers['layers']) {
  const empty = layers.map((sightings) => {
    const none = sightings.filter(({ seen }) => seen === 0);
    return cells.map((cell) => none.some(({ key }) => isWithin(cell, key)));
  });
  return (cell: number, layer: number) => empty[layer]![cell]!;
}

function limitsOf({ seen, atMost = Number.POSITIVE_INFINITY }: Sighting) {
  return { lower: seen ?? 0, upper: seen ?? atMost };
}

const slack = 1e-6;

/** One unknown for each cell; a row for everything that is seen. */
function openTable(
  solver: Solver,
  cells: readonly (readonly number[])[],
  sightings: readonly Sighting[],
  leastWithheld: number,
): OpenProgramme {
  const dimensions = sightings[0]?.key.length ?? 0;
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

/** The cells in which there can be somebody: those that are a part of nothing that is shown as nobody. */
function livingCells(sizes: readonly number[], sightings: readonly Sighting[]): number[][] {
  const none = sightings.filter(({ seen }) => seen === 0).map(({ key }) => key);
  const dead = new Set(none.filter((key) => !key.includes(null)).map((key) => key.join(' ')));
  const above = none.filter((key) => key.includes(null));
  return cellsOf(sizes).filter(
    (cell) => !dead.has(cell.join(' ')) && !above.some((key) => isWithin(cell, key)),
  );
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
