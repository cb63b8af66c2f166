import type { Dimension } from '../../src/estimates/dimension';
import { placesOf } from '../../src/estimates/dimension';
import { requiredLevelOf, skillsMatrix } from '../../src/frameworks/required-level';
import type { Row, Solver } from '../../src/platform/solver';
import type { ReleasedFigure, ReleasedNode } from '../../src/releases/release';
import type { WorkInput } from '../../src/releases/working-out';
import { layoutOf } from '../../src/tallies/layout';

/**
 * An attack on the rows of a release that takes everything together: unknown is how many people of each cell gave each level, known is every sum
 * that any figure follows from, exactly and however it is rounded, and what everybody can know of a framework: who needs which level.
 */

/** A small group, and what can be told of it. */
export interface Finding {
  key: ReleasedNode['key'];
  what: 'its size' | `level ${number}`;
  least: number;
  most: number;
  people: number;
}

interface Cell {
  place: number[];
  /** The level required of its people, where it is the same for all of them; null where nothing is. */
  required: number | null;
  counts: number[];
}

interface Attacked {
  input: WorkInput;
  nodes: readonly ReleasedNode[];
  figures: readonly ReleasedFigure[];
}

/** Everything that can be told of a group of fewer answers than the threshold. Empty where a release holds. */
export function findingsIn(solver: Solver, attacked: Attacked): Finding[] {
  const items = attacked.input.plan.items.filter(({ measure }) => measure === 'level');
  return items.flatMap((_, item) => findingsOf(solver, attacked, item));
}

function findingsOf(solver: Solver, { input, nodes, figures }: Attacked, item: number): Finding[] {
  const { threshold } = input;
  const cells = cellsOf(input, item);
  const values = input.plan.items[item]!.values;
  const within = nodes.map((node) =>
    cells.flatMap((cell, at) => (isIn(cell, node, input.dimensions) ? [at] : [])),
  );
  const column = (cell: number, level: number) => cell * values.length + level;
  const sum = (of: readonly number[], is: (cell: Cell, level: number) => boolean) =>
    of.flatMap((cell) =>
      values.flatMap((_, level) => (is(cells[cell]!, level) ? [[column(cell, level), 1] as const] : [])),
    );
  const count = (of: readonly number[], is: (cell: Cell, level: number) => boolean) =>
    of.reduce(
      (total, cell) =>
        total +
        values.reduce(
          (all, _, level) => all + (is(cells[cell]!, level) ? cells[cell]!.counts[level]! : 0),
          0,
        ),
      0,
    );
  const rowsOf = (carefully: boolean): Row[] =>
    nodes.flatMap((node, place): Row[] => {
      const own = within[place]!;
      const known = (is: (cell: Cell, level: number) => boolean): Row => {
        const seen = count(own, is);
        return { lower: seen, upper: seen, terms: sum(own, is) };
      };
      const all = () => true;
      if (node.status === 'suppressed') {
        const somebody = carefully && count(own, all) > 0 ? 1 : 0;
        return [{ lower: somebody, upper: Number.POSITIVE_INFINITY, terms: sum(own, all) }];
      }
      const row = figures.find((figure) => figure.node === place && figure.item === item);
      if (!row || row.status === 'no-answers' || row.status === 'no-requirement') return [known(all)];
      if (!row.figures) {
        const people = peopleIn(input, node);
        return [{ lower: 0, upper: people, terms: sum(own, all) }];
      }
      const told = row.figures;
      const gaps = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
      return [
        known(all),
        ...(told.distribution || told.meanLevel !== null
          ? values.map((_, level) => known((__, l) => l === level))
          : []),
        ...(told.meanShortfall === null
          ? []
          : gaps.map((gap) => known((cell, l) => values[l]! - cell.required! === gap))),
        ...(told.percentMeeting === null && told.percentMeetingBound === null
          ? []
          : [known((cell, l) => values[l]! < cell.required!)]),
      ];
    });
  const open = (carefully: boolean) =>
    solver.open({
      columns: cells.flatMap(({ required }) =>
        values.map(() => ({ lower: 0, upper: required === null ? 0 : Number.POSITIVE_INFINITY })),
      ),
      rows: rowsOf(carefully),
      whole: true,
    });
  const small = nodes.flatMap((node, place) => {
    const people = count(within[place]!, () => true);
    return people > 0 && people < threshold ? [{ node, own: within[place]!, people }] : [];
  });
  const careless = open(false);
  const careful = open(true);
  try {
    return small.flatMap(({ node, own, people }): Finding[] => {
      const everybody = sum(own, () => true);
      const least = careless.best('least', everybody)!.value;
      const most = careless.best('most', everybody)!.value;
      const size: Finding[] =
        least <= 1 + 1e-6 && most >= threshold - 1e-6
          ? []
          : [{ key: node.key, what: 'its size', least, most, people }];
      const levels = values.flatMap((value, level): Finding[] => {
        const terms = sum(own, (_, l) => l === level);
        const fewest = careless.best('least', terms)!.value;
        if (fewest < 1 - 1e-6) return [];
        const mostOf = careless.best('most', terms)!.value;
        const isTold = fewest >= Math.max(1, people / 2) - 1e-6 || mostOf - fewest <= 1 + 1e-6;
        return isTold ? [{ key: node.key, what: `level ${value}`, least: fewest, most: mostOf, people }] : [];
      });
      return [...size, ...levels];
    });
  } finally {
    careless.close();
    careful.close();
  }
}

/** The cells with people in them, one for each requirement: of whom nothing is required no answer counts. */
function cellsOf({ plan, tallies, dimensions, requiredLevels }: WorkInput, item: number): Cell[] {
  const layout = layoutOf(plan);
  const matrix = skillsMatrix(requiredLevels);
  const place = placesOf(plan, dimensions);
  const { competency, values } = plan.items[item]!;
  const cells = new Map<string, Cell>();
  for (const tally of tallies) {
    const said = (facet: string) => tally.stratum[plan.facets.indexOf(facet)] ?? null;
    const role = { profession: said('profession'), tier: null, setting: said('setting') };
    const required = requiredLevelOf(matrix, competency!, role);
    const key = JSON.stringify([place(tally), required]);
    const cell = cells.get(key) ?? { place: place(tally), required, counts: values.map(() => 0) };
    cells.set(key, cell);
    if (required === null) continue;
    const start = layout.offsets[item]! + 4;
    for (const level of values.keys()) cell.counts[level]! += tally.counts[start + level]!;
  }
  return [...cells.values()];
}

function isIn({ place }: Cell, { key }: ReleasedNode, dimensions: readonly Dimension[]): boolean {
  return dimensions.every(({ key: facet, categories }, axis) => {
    const code = key[facet];
    return code === null || categories[place[axis]!]!.code === code;
  });
}

function peopleIn({ plan, tallies, dimensions }: WorkInput, { key }: ReleasedNode): number {
  return tallies
    .filter(({ stratum }) =>
      dimensions.every(({ key: facet, categories }) => {
        const code = key[facet];
        const own = stratum[plan.facets.indexOf(facet)]!;
        return code === null || categories.find((category) => category.code === code)!.codes.includes(own);
      }),
    )
    .reduce((sum, { respondents }) => sum + respondents, 0);
}
