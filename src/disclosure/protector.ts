import type { OpenProgramme, Solver } from '../platform/solver';
import { type Lattice, type LatticeNode, totalsIn } from './lattice';

/** Which nodes of a lattice are withheld, by their place. */
export type Pattern = ReadonlySet<number>;

/** Nodes in which there is somebody, and too few to be shown (METHODS.md 3.3, step 1). */
export function primaryNodes({ nodes }: Lattice, threshold: number): number[] {
  return nodes.flatMap(({ count }, place) => (count > 0 && count < threshold ? [place] : []));
}

/**
 * Chooses what is withheld so that of no small node can be told that it is small (METHODS.md 3.3, steps 1 and 2): for all
 * anybody can work out from what is shown, each may hold one person and may hold as many as the threshold. The second
 * even by whoever concludes that somebody is in each node that is withheld, since an empty one is shown as empty.
 * Withholds as little of value as it finds: totals are worth more than their parts, and many people more than few.
 * `also` is withheld in any case, empty or not, such as the pattern of all answers where one question's own is sought.
 * Other empty nodes are always shown.
 */
export function protect(
  solver: Solver,
  lattice: Lattice,
  threshold: number,
  also: Iterable<number> = [],
): Set<number> {
  const primary = primaryNodes(lattice, threshold);
  const given = new Set([...primary, ...also]);
  const withheld = new Set(given);
  if (primary.length === 0) return withheld;
  const view = openView(solver, lattice, withheld);
  const flows = openFlows(solver, lattice, withheld);
  try {
    for (const target of narrowestFirst(view, primary)) {
      while (!isHidden(view, target, threshold)) {
        const more = flows.around(target, threshold) ?? cheapestShown(lattice, withheld);
        if (more.length === 0) break; // Nothing is shown any more.
        for (const place of more) {
          withheld.add(place);
          view.withhold(place);
          flows.withhold(place);
        }
      }
    }
    showAgain({ lattice, view, threshold, primary, given }, withheld);
  } finally {
    view.close();
    flows.close();
  }
  return withheld;
}

/** What can be worked out of a lattice of which some nodes are withheld. */
interface View {
  span(place: number): { least: number; most: number };
  withhold(place: number): void;
  show(place: number): void;
  close(): void;
}

/** A reader who takes withheld nodes to hold nobody at least, and one who takes each to hold somebody. */
function openView(solver: Solver, lattice: Lattice, withheld: Pattern): View {
  const careless = openCounts(solver, lattice, withheld, 0);
  const careful = openCounts(solver, lattice, withheld, 1);
  const both = [careless, careful];
  return {
    span: (place) => ({ least: careless.best('least', place), most: careful.best('most', place) }),
    withhold: (place) => both.forEach((counts) => void counts.withhold(place)),
    show: (place) => both.forEach((counts) => void counts.show(place)),
    close: () => both.forEach((counts) => void counts.close()),
  };
}

/**
 * What somebody works out who takes each withheld node to hold so many people at least; one that is empty is known to be
 * only where it is shown. One column for each node, one row for each equation; a node that is shown is fixed.
 */
export function openCounts(
  solver: Solver,
  { nodes, equations, sizes }: Lattice,
  withheld: Pattern,
  leastWithheld: number,
) {
  const hidden = (place: number) => ({
    lower: nodes[place]!.count > 0 ? leastWithheld : 0,
    upper: Number.POSITIVE_INFINITY,
  });
  const shown = (place: number) => ({ lower: nodes[place]!.count, upper: nodes[place]!.count });
  const programme = solver.open({
    columns: nodes.map((_, place) => (withheld.has(place) ? hidden(place) : shown(place))),
    rows: equations.map(({ total, parts }) => ({
      lower: 0,
      upper: 0,
      terms: [[total, -1], ...parts.map((part) => [part, 1] as const)],
    })),
    whole: sizes.length > 2, // Over two dimensions the bounds are whole by themselves.
  });
  return {
    best: (direction: 'least' | 'most', place: number) => bestOf(programme, direction, place),
    withhold: (place: number) => programme.setBounds(place, hidden(place)),
    show: (place: number) => programme.setBounds(place, shown(place)),
    close: () => programme.close(),
  };
}

function bestOf(programme: OpenProgramme, direction: 'least' | 'most', place: number): number {
  const best = programme.best(direction, [[place, 1]]);
  if (!best) throw new Error('The counts of the lattice contradict each other');
  return best.value;
}

const tolerance = 1e-6;

function isHidden(view: View, place: number, threshold: number): boolean {
  const { least, most } = view.span(place);
  return least <= 1 + tolerance && most >= threshold - tolerance;
}

function narrowestFirst(view: View, places: readonly number[]): number[] {
  const spans = new Map(places.map((place) => [place, view.span(place)]));
  const width = (place: number) => spans.get(place)!.most - spans.get(place)!.least;
  return [...places].sort((one, other) => width(one) - width(other) || one - other);
}

/** Changes of the counts that leave every equation true. */
interface Flows {
  /**
   * What must be withheld besides, at the least cost, so that a node could be as large as the threshold and as small as
   * one; null where nothing more is to be found so.
   */
  around(target: number, threshold: number): number[] | null;
  withhold(place: number): void;
  close(): void;
}

/** Two columns for each node: how much it grows, and how much it shrinks. */
function openFlows(solver: Solver, { nodes, equations }: Lattice, withheld: Pattern): Flows {
  const up = (place: number) => 2 * place;
  const down = (place: number) => 2 * place + 1;
  const room = ({ count }: LatticeNode) => Math.max(0, count - 1);
  const free = new Set(withheld);
  const mayGrow = (place: number) => nodes[place]!.count > 0 || withheld.has(place);
  const growth = nodes.map((_, place) => (mayGrow(place) ? Number.POSITIVE_INFINITY : 0));
  const programme = solver.open({
    columns: nodes.flatMap((node, place) => [
      { lower: 0, upper: growth[place]! },
      { lower: 0, upper: room(node) },
    ]),
    rows: equations.map(({ total, parts }) => ({
      lower: 0,
      upper: 0,
      terms: [
        [up(total), -1],
        [down(total), 1],
        ...parts.flatMap((part) => [[up(part), 1] as const, [down(part), -1] as const]),
      ],
    })),
    whole: false,
  });
  const force = (place: number, by: number, work: () => Set<number>) => {
    const node = nodes[place]!;
    programme.setBounds(up(place), { lower: Math.max(0, by), upper: Math.max(0, by) });
    programme.setBounds(down(place), { lower: Math.max(0, -by), upper: Math.max(0, -by) });
    const carrying = work();
    programme.setBounds(up(place), { lower: 0, upper: growth[place]! });
    programme.setBounds(down(place), { lower: 0, upper: room(node) });
    return carrying;
  };
  const carriers = () => {
    const costs = nodes.flatMap((node, place) => {
      const cost = free.has(place) ? 0 : worthOf(node);
      return [[up(place), cost] as const, [down(place), cost] as const];
    });
    const best = programme.best('least', costs);
    const carrying = new Set<number>();
    best?.values.forEach((value, column) => {
      if (value > tolerance) carrying.add(Math.floor(column / 2));
    });
    return carrying;
  };
  return {
    around(target, threshold) {
      const { count } = nodes[target]!;
      const found: number[] = [];
      for (const size of [threshold, 1]) {
        for (const place of force(target, size - count, carriers)) {
          if (free.has(place)) continue;
          free.add(place);
          found.push(place);
        }
      }
      return found.length > 0 ? found : null;
    },
    withhold: (place) => void free.add(place),
    close: () => programme.close(),
  };
}

/** What a reader loses by not seeing a node. */
function worthOf(node: LatticeNode): number {
  return (1 + 0.01 * node.count) * 50 ** totalsIn(node);
}

function cheapestShown({ nodes }: Lattice, withheld: Pattern): number[] {
  const shown = nodes.flatMap((node, place) => (node.count > 0 && !withheld.has(place) ? [place] : []));
  return shown.sort((one, other) => worthOf(nodes[one]!) - worthOf(nodes[other]!)).slice(0, 1);
}

/** Shows again, the most valuable first, what need not be withheld after all. */
function showAgain(
  work: { lattice: Lattice; view: View; threshold: number; primary: readonly number[]; given: Pattern },
  withheld: Set<number>,
): void {
  const { lattice, view, threshold, primary, given } = work;
  const worth = (place: number) => worthOf(lattice.nodes[place]!);
  const extra = [...withheld].filter((place) => !given.has(place));
  for (const place of extra.sort((one, other) => worth(other) - worth(one))) {
    view.show(place);
    if (primary.every((small) => isHidden(view, small, threshold))) withheld.delete(place);
    else view.withhold(place);
  }
}
