import type { OpenProgramme, Row, Solver } from '../../src/platform/solver';
import type { ReadItem, ReadReport } from './reading';

// An attacker who reads published reports, and nothing of how they were made. Knows more than any reader does: wherever a number is shown the
// exact one behind it, the levels required, perhaps every answer of one organisation, and that people come in whole numbers.

/** One person, as the tester knows them: by a category of each dimension, and a rating of each item or none. */
export interface Person {
  categories: string[];
  ratings: (number | null)[];
  /** The report that counted them first: 0 for the oldest of those that are read together. */
  since: number;
}

export interface AttackedItem {
  values: number[];
  /** The level required in a cell, null where none is; `undefined` for an item that nothing is ever required of. */
  required?: (categories: readonly string[]) => number | null;
}

export interface Attack {
  solver: Solver;
  /** Of one survey, the oldest first. */
  reports: ReadReport[];
  people: Person[];
  items: AttackedItem[];
  threshold: number;
  /** Also tells how many answered by what they answered, and by how many they are; or else each by itself. */
  together?: boolean;
  /** Cells in which the attacker knows everybody's answers anyway. */
  known?: (categories: readonly string[]) => boolean;
}

/** Something that could be told of a small group, and should not. */
export interface Finding {
  what: 'people' | 'answers' | 'level' | 'class';
  node: string;
  item: number | null;
  /** The report whose group it is, or which a group came with. */
  report: string;
  people: number;
  least: number;
  most: number;
}

interface Space {
  cells: string[][];
  /** The nodes of the lattice: their key as it is read, and the cells within them. */
  nodes: { key: string; cells: number[] }[];
}

function spaceOf({ dimensions }: ReadReport): Space {
  const product = (lists: string[][]) =>
    lists.reduce<string[][]>(
      (found, list) => found.flatMap((one) => list.map((code) => [...one, code])),
      [[]],
    );
  const cells = product(dimensions.map(({ categories }) => categories));
  const keys = product(dimensions.map(({ categories }) => ['*', ...categories]));
  return {
    cells,
    nodes: keys.map((key) => ({
      key: key.join('|'),
      cells: cells.flatMap((cell, place) =>
        key.every((code, dimension) => code === '*' || code === cell[dimension]) ? [place] : [],
      ),
    })),
  };
}

/** Everything that the reports let one tell of small groups. Nothing, if they protect them. */
export function attack(given: Attack): Finding[] {
  const space = spaceOf(given.reports[0]!);
  for (const { dimensions } of given.reports.slice(1)) {
    if (JSON.stringify(dimensions) !== JSON.stringify(given.reports[0]!.dimensions))
      throw new Error('Other groups');
  }
  return [...attackPeople(given, space), ...given.items.flatMap((_, item) => attackItem(given, space, item))];
}

/** The people of a node that the attacker does not know anyway: of a report, or only those who came with it. */
interface Target {
  node: string;
  report: string;
  batches: number[];
  cells: number[];
}

function targetsOf(given: Attack, space: Space): Target[] {
  const places = given.reports.map((_, place) => place);
  const among = [
    ...places.map((place) => ({ report: `report ${place + 1}`, batches: places.slice(0, place + 1) })),
    ...places.slice(1).map((place) => ({ report: `came with report ${place + 1}`, batches: [place] })),
  ];
  return among.flatMap((which) =>
    space.nodes.map(({ key, cells }) => ({
      ...{ ...which, node: key, cells: cells.filter((cell) => !isKnown(given, space, cell)) },
    })),
  );
}

const infinite = Number.POSITIVE_INFINITY;

/** How many people there can be in each small group. */
function attackPeople(given: Attack, space: Space): Finding[] {
  const { reports, people, threshold } = given;
  if (people.length === 0) throw new Error('Nobody to attack');
  const at = tableOf(given, space);
  const column = (batch: number, cell: number) => batch * space.cells.length + cell;
  const columns = reports.flatMap((_, batch) =>
    space.cells.map((_cell, cell) => {
      const exact = at[batch]![cell]!;
      return isKnown(given, space, cell) ? { lower: exact, upper: exact } : { lower: 0, upper: infinite };
    }),
  );
  const rowsWith = (leastWithheld: number): Row[] =>
    tellingNodes(given, space).flatMap(({ node, cells, batches }) => {
      const terms = batches.flatMap((batch) => cells.map((cell) => [column(batch, cell), 1] as const));
      const exact = batches.reduce((sum, batch) => sum + countIn(at[batch]!, cells), 0);
      if (node.status === 'withheld') return [{ lower: leastWithheld, upper: infinite, terms }];
      return [{ lower: exact, upper: exact, terms }];
    });
  const targets = targetsOf(given, space).flatMap((target) => {
    const count = target.batches.reduce((sum, batch) => sum + countIn(at[batch]!, target.cells), 0);
    const sum = target.batches.flatMap((batch) =>
      target.cells.map((cell) => [column(batch, cell), 1] as const),
    );
    return count > 0 && count < threshold ? [{ ...target, count, sum }] : [];
  });
  const open = (leastWithheld: number) =>
    given.solver.open({ columns, rows: rowsWith(leastWithheld), whole: true });
  return countFindings(open(0), open(1), targets, threshold).map(({ target, least, most }) => ({
    ...{
      what: 'people',
      node: target.node,
      item: null,
      report: target.report,
      people: target.count,
      least,
      most,
    },
  }));
}

interface Counted {
  node: string;
  report: string;
  count: number;
  sum: Sum;
}

/**
 * The small groups of which can be told that there is more than one, or fewer than the threshold. That there is somebody wherever something is
 * withheld may be taken for granted for the second: of the first it alone would say so.
 */
function countFindings(
  careless: OpenProgramme,
  careful: OpenProgramme,
  targets: Counted[],
  threshold: number,
) {
  const sums = targets.map(({ sum }) => sum);
  const least = extremes(careless, 'least', sums, (value) => value <= 1);
  const most = extremes(careful, 'most', sums, (value) => value >= threshold);
  careless.close();
  careful.close();
  return targets.flatMap((target, place) =>
    least.has(place) || most.has(place)
      ? [{ target, least: least.get(place) ?? 1, most: most.get(place) ?? threshold }]
      : [],
  );
}

type Sum = (readonly [column: number, weight: number])[];

/** The extremes of those sums that are harmless in nothing that could be: what could be for one of them clears others too. */
function extremes(
  programme: OpenProgramme,
  direction: 'least' | 'most',
  sums: readonly Sum[],
  isHarmless: (value: number) => boolean,
): Map<number, number> {
  const found = new Map<number, number>();
  let left = [...sums.keys()];
  while (left.length > 0) {
    const [place, ...others] = left as [number, ...number[]];
    const { value, values } = programme.best(direction, sums[place]!)!;
    if (!isHarmless(Math.round(value))) found.set(place, Math.round(value));
    const could = (sum: Sum) =>
      Math.round(sum.reduce((all, [column, weight]) => all + weight * values[column]!, 0));
    left = values.length === 0 ? others : others.filter((other) => !isHarmless(could(sums[other]!)));
  }
  return found;
}

/** The nodes that tell something new, with the batches that are counted in them. */
function tellingNodes({ reports }: Attack, space: Space) {
  return reports.flatMap((report, place) =>
    space.nodes.flatMap(({ key, cells }) => {
      const node = report.nodes.get(key)!;
      // What is carried over was told by the report before.
      if (node.carriedFrom !== null && place > 0) return [];
      return [{ node, cells, batches: reports.slice(0, place + 1).map((_, batch) => batch) }];
    }),
  );
}

/** How many people there are in each cell, by batch. */
function tableOf({ reports, people }: Attack, { cells }: Space): number[][] {
  const places = new Map(cells.map((cell, place) => [cell.join('|'), place]));
  const table = reports.map(() => cells.map(() => 0));
  for (const { categories, since } of people) table[since]![places.get(categories.join('|'))!]! += 1;
  return table;
}

function countIn(table: readonly number[], cells: readonly number[]): number {
  return cells.reduce((sum, cell) => sum + table[cell]!, 0);
}

function isKnown({ known }: Attack, { cells }: Space, cell: number): boolean {
  return known?.(cells[cell]!) ?? false;
}

/** What the people of small groups can be told to have answered to one question. */
function attackItem(given: Attack, space: Space, item: number): Finding[] {
  const { values, required } = given.items[item]!;
  const model = modelOf(given, space, item);
  const targets = targetsOf(given, space).flatMap((target) => {
    const count = model.countOf(target.batches, target.cells);
    const sum = model.sumOf(target.batches, target.cells, values);
    return count > 0 && count < given.threshold ? [{ ...target, count, sum }] : [];
  });
  const open = (rows: Row[]) => given.solver.open({ columns: model.columns, rows, whole: true });
  const findingOf = (what: Finding['what'], target: Counted, { least, most }: Bounds): Finding => ({
    ...{ what, node: target.node, item, report: target.report, people: target.count, least, most },
  });
  const counts = given.together ? model.rows : model.answerRows;
  const answers = countFindings(open(counts), open(counts), targets, given.threshold).map(
    ({ target, ...bounds }) => findingOf('answers', target, bounds),
  );
  const chosen = targets.flatMap((target) => {
    const of = (what: 'level' | 'class', wanted: readonly number[], meets?: boolean) => ({
      ...{ what, target, sum: model.sumOf(target.batches, target.cells, wanted, meets) },
    });
    return [
      ...values.map((value) => of('level', [value])),
      ...(required ? [of('class', values, true), of('class', values, false)] : []),
    ];
  });
  const programme = open(model.rows);
  const least = extremes(
    programme,
    'least',
    chosen.map(({ sum }) => sum),
    (value) => value === 0,
  );
  const told = [...least].flatMap(([place, fewest]) => {
    const { what, target, sum } = chosen[place]!;
    const bounds = { least: fewest, most: Math.round(programme.best('most', sum)!.value) };
    return tellsAnswers(bounds, target.count) ? [findingOf(what, target, bounds)] : [];
  });
  programme.close();
  return [...answers, ...told];
}

interface Bounds {
  least: number;
  most: number;
}

function boundsOf(programme: OpenProgramme, sum: readonly (readonly [number, number])[]): Bounds {
  return {
    least: Math.round(programme.best('least', sum)!.value),
    most: Math.round(programme.best('most', sum)!.value),
  };
}

/** METHODS.md 3.3, step 5: known to one where it is anybody, or known to be half of them at least. */
function tellsAnswers({ least, most }: Bounds, answers: number): boolean {
  return (least >= 1 && most - least <= 1) || least >= Math.max(1, answers / 2);
}

interface Model {
  columns: { lower: number; upper: number }[];
  /** All that is told of the question. */
  rows: Row[];
  /** How many answered it, and nothing else. */
  answerRows: Row[];
  sumOf(
    batches: readonly number[],
    cells: readonly number[],
    values: readonly number[],
    meets?: boolean,
  ): (readonly [number, number])[];
  countOf(batches: readonly number[], cells: readonly number[]): number;
}

/** A column for how many of a cell gave each value, and one for those whose answer does not count. */
function modelOf(given: Attack, space: Space, item: number): Model {
  const { reports, people } = given;
  const { values, required } = given.items[item]!;
  const places = new Map(space.cells.map((cell, place) => [cell.join('|'), place]));
  const requiredIn = space.cells.map((cell) => (required ? required(cell) : undefined));
  const width = values.length + 1;
  const column = (batch: number, cell: number, slot: number) =>
    (batch * space.cells.length + cell) * width + slot;
  const exact = new Array<number>(reports.length * space.cells.length * width).fill(0);
  for (const { categories, ratings, since } of people) {
    const cell = places.get(categories.join('|'))!;
    const rating = ratings[item] ?? null;
    const counts = rating !== null && requiredIn[cell] !== null;
    exact[column(since, cell, counts ? values.indexOf(rating) : values.length)]! += 1;
  }
  const columns = exact.map((count, place) => {
    const cell = Math.floor(place / width) % space.cells.length;
    if (isKnown(given, space, cell)) return { lower: count, upper: count };
    const isCounted = place % width < values.length;
    return { lower: 0, upper: isCounted && requiredIn[cell] === null ? 0 : infinite };
  });
  const sum = (
    batches: readonly number[],
    cells: readonly number[],
    weightOf: (slot: number, cell: number) => number,
  ): (readonly [number, number])[] =>
    batches.flatMap((batch) =>
      cells.flatMap((cell) =>
        Array.from(
          { length: width },
          (_, slot) => [column(batch, cell, slot), weightOf(slot, cell)] as const,
        ).filter(([, weight]) => weight !== 0),
      ),
    );
  const total = (terms: readonly (readonly [number, number])[]) =>
    terms.reduce((found, [place, weight]) => found + weight * exact[place]!, 0);
  const isValue = (slot: number) => (slot < values.length ? 1 : 0);
  const meeting = (slot: number, cell: number) =>
    slot < values.length && values[slot]! >= (requiredIn[cell] ?? 0) ? 1 : 0;
  const short = (slot: number, cell: number) =>
    slot < values.length ? Math.max(0, (requiredIn[cell] ?? 0) - values[slot]!) : 0;

  const rows: Row[] = [];
  const answerRows: Row[] = [];
  for (const { node, cells, batches } of tellingNodes(given, space)) {
    const tell = (weightOf: (slot: number, cell: number) => number, slack: [number, number] = [0, 0]) => {
      const terms = sum(batches, cells, weightOf);
      const value = total(terms);
      const row = { lower: value - slack[0], upper: value + slack[1], terms };
      rows.push(row);
      return row;
    };
    if (given.together && node.status !== 'withheld') tell(() => 1);
    const shown = node.items[item];
    if (!shown || shown.status === 'withheld') continue;
    answerRows.push(tell(isValue));
    if (shown.status !== 'published') continue;
    const answers = total(sum(batches, cells, isValue));
    const met = total(sum(batches, cells, meeting));
    tellFigures(shown, values, { tell, meeting, short, answers, met });
  }
  return {
    columns,
    rows,
    answerRows,
    sumOf: (batches, cells, wanted, meets) =>
      sum(batches, cells, (slot, cell) => {
        if (slot >= values.length || !wanted.includes(values[slot]!)) return 0;
        return meets === undefined || (meeting(slot, cell) === 1) === meets ? 1 : 0;
      }),
    countOf: (batches, cells) => total(sum(batches, cells, isValue)),
  };
}

interface Telling {
  tell(weightOf: (slot: number, cell: number) => number, slack?: [number, number]): unknown;
  meeting(slot: number, cell: number): number;
  short(slot: number, cell: number): number;
  answers: number;
  met: number;
}

/** Each figure that is shown is an equation; words in place of a share are bounds (METHODS.md 3.3, step 6). */
function tellFigures(
  shown: ReadItem,
  values: readonly number[],
  { tell, meeting, short, answers, met }: Telling,
): void {
  if (shown.shares !== undefined) {
    for (const wanted of values.keys()) tell((slot) => (slot === wanted ? 1 : 0));
  }
  if (shown.meeting !== undefined) tell(meeting);
  if (shown.bound === '>=95') tell(meeting, [met - (answers - 2), answers - met]);
  if (shown.bound === '<=5') tell(meeting, [met, 2 - met]);
  if (shown.mean !== undefined) tell((slot) => values[slot] ?? 0);
  if (shown.shortfall !== undefined) tell(short);
}

/** The fewest and the most people that there can be in a node, by what one report shows. */
export function peopleIn(solver: Solver, report: ReadReport, people: Person[], key: string): Bounds {
  const given: Attack = { solver, reports: [report], people, items: [], threshold: 0 };
  const space = spaceOf(report);
  const at = tableOf(given, space);
  const programme = solver.open({
    columns: space.cells.map(() => ({ lower: 0, upper: infinite })),
    rows: space.nodes.flatMap((node) => {
      if (report.nodes.get(node.key)!.status === 'withheld') return [];
      const exact = countIn(at[0]!, node.cells);
      return [{ lower: exact, upper: exact, terms: node.cells.map((cell) => [cell, 1] as const) }];
    }),
    whole: true,
  });
  const bounds = boundsOf(
    programme,
    space.nodes.find((node) => node.key === key)!.cells.map((cell) => [cell, 1]),
  );
  programme.close();
  return bounds;
}
