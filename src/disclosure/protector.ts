import type { OpenProgramme, Solver } from '../platform/solver';
import { type Lattice, type LatticeNode, totalsIn } from './lattice';

/** Which nodes of a lattice are withheld, by their place. */
export type Pattern = ReadonlySet<number>;

/** Nodes in which there is somebody, and too few to be shown (METHODS.md 3.3, step 1). */
export function primaryNodes({ nodes }: Lattice, threshold: number): number[] {
  return nodes.flatMap(({ count }, place) => (count > 0 && count < threshold ? [place] : []));
}

/** In which order small nodes are seen to: each makes another pattern. */
export type Order = 'narrowest first' | 'smallest first' | 'largest first';
export const allOrders: readonly Order[] = ['narrowest first', 'smallest first', 'largest first'];

export interface ProtectorOptions {
  /** Withheld in any case, empty or not, such as the pattern of all answers where one question's own is sought. */
  also?: Iterable<number>;
  /** Tried one after the other; the pattern that keeps the most of value is taken. */
  orders?: readonly Order[];
}

/**
 * Chooses what is withheld so that of no small node can be told that it is small (METHODS.md 3.3, steps 1 and 2): for all
 * anybody can work out from what is shown, each may hold one person and may hold as many as the threshold. The second
 * even by whoever concludes that somebody is in each node that is withheld, since an empty one is shown as empty.
 * Withholds as little of value as it finds: totals are worth more than their parts, and many people more than few.
 * Other empty nodes are always shown.
 */
export function protect(
  solver: Solver,
  lattice: Lattice,
  threshold: number,
  { also = [], orders = ['narrowest first'] }: ProtectorOptions = {},
): Set<number> {
  const primary = primaryNodes(lattice, threshold);
  const given = new Set([...primary, ...also]);
  if (primary.length === 0) return given;
  // To find the narrowest takes longer than all else where there are many.
  const tried: readonly Order[] = primary.length > mostByWidth ? ['smallest first'] : orders;
  const found = tried.map((order) => protectInOrder(solver, { lattice, threshold, primary, given }, order));
  return found.reduce((best, other) => (worthIn(lattice, other) < worthIn(lattice, best) ? other : best));
}

/** Of more small nodes than these it is not worked out which is the narrowest, and one order is tried. */
const mostByWidth = 150;

/** What of value a pattern withholds. */
function worthIn({ nodes }: Lattice, withheld: Pattern): number {
  return [...withheld].reduce((sum, place) => sum + worthOf(nodes[place]!), 0);
}

/**
 * Chooses one pattern for several tables of the same nodes: for everybody, and for each who knows some of the people and so has
 * only the others to work out. What is withheld for one is so for all, which tells nobody more.
 */
export function protectAll(
  solver: Solver,
  tables: readonly Lattice[],
  threshold: number,
  { also = [], orders }: ProtectorOptions = {},
): Set<number> {
  return tables.reduce(
    (withheld, table) => protect(solver, table, threshold, { also: withheld, orders }),
    new Set(also),
  );
}

interface Task {
  lattice: Lattice;
  threshold: number;
  primary: readonly number[];
  given: Pattern;
}

function protectInOrder(solver: Solver, task: Task, order: Order): Set<number> {
  const { lattice, threshold, primary, given } = task;
  const withheld = new Set(given);
  const view = openView(solver, lattice, withheld, threshold);
  const flows = openFlows(solver, lattice, withheld, { least: 1, mayBeMore: ({ count }) => count > 0 });
  try {
    for (const target of ordered(view, lattice, primary, order)) {
      while (!view.isHidden(target)) {
        const more = flows.around(target, [threshold, 1]) ?? cheapestShown(lattice, withheld);
        if (more.length === 0) break; // Nothing is shown any more.
        for (const place of more) {
          withheld.add(place);
          view.withhold(place);
          flows.withhold(place);
        }
      }
    }
    showAgain(task, view, withheld);
  } finally {
    view.close();
    flows.close();
  }
  return withheld;
}

function ordered(view: View, { nodes }: Lattice, places: readonly number[], order: Order): readonly number[] {
  const widths = new Map(places.map((place) => [place, order === 'narrowest first' ? view.width(place) : 0]));
  const by = (place: number) => {
    if (order === 'narrowest first') return widths.get(place)!;
    return order === 'smallest first' ? nodes[place]!.count : -nodes[place]!.count;
  };
  return [...places].sort((one, other) => by(one) - by(other) || one - other);
}

/** What can be worked out of a lattice of which some nodes are withheld. */
interface View {
  /** May a node hold one person, and as many as the threshold? */
  isHidden(place: number): boolean;
  width(place: number): number;
  withhold(place: number): void;
  /** Shows a node if all of these stay hidden. */
  showIfHidden(place: number, small: readonly number[]): boolean;
  close(): void;
}

/**
 * A reader who takes withheld nodes to hold nobody at least, and one who takes each to hold somebody. Each table that could be, once found,
 * is kept as a witness: it speaks for every node it has small, or large, for as long as it agrees with all that is shown.
 */
function openView(solver: Solver, lattice: Lattice, withheld: Pattern, threshold: number): View {
  const careless = openCounts(solver, lattice, withheld, 0);
  const careful = openCounts(solver, lattice, withheld, 1);
  let few: (readonly number[])[] = [];
  let many: (readonly number[])[] = [];
  const swaps = openSwaps(lattice, withheld);
  const mayBeFew = (place: number) => {
    if (swaps.least(place) <= 1) return true;
    if (few.some((table) => table[place]! <= 1 + tolerance)) return true;
    const found = careless.best('least', [place]);
    few.push(found.values);
    return found.value <= 1 + tolerance;
  };
  const mayBeMany = (place: number) => {
    if (swaps.most(place, 1) >= threshold) return true;
    if (many.some((table) => table[place]! >= threshold - tolerance)) return true;
    const found = careful.best('most', [place]);
    many.push(found.values);
    return found.value >= threshold - tolerance;
  };
  const isHidden = (place: number) => mayBeFew(place) && mayBeMany(place);
  const set = (place: number, as: 'withhold' | 'show') => {
    swaps[as](place);
    careless[as](place);
    careful[as](place);
  };
  return {
    isHidden,
    width: (place) => careful.best('most', [place]).value - careless.best('least', [place]).value,
    withhold: (place) => set(place, 'withhold'),
    showIfHidden(place, small) {
      const { count } = lattice.nodes[place]!;
      const before = { few, many };
      const agrees = (table: readonly number[]) => Math.abs(table[place]! - count) <= tolerance;
      few = few.filter(agrees);
      many = many.filter(agrees);
      set(place, 'show');
      if (small.every(isHidden)) return true;
      set(place, 'withhold');
      // Every table found meanwhile could still be: it agrees with one node more than is shown.
      few = [...new Set([...before.few, ...few])];
      many = [...new Set([...before.many, ...many])];
      return false;
    },
    close() {
      careless.close();
      careful.close();
    },
  };
}

/**
 * Cells that are parts of the same shown nodes can swap their people without any sum that is shown being another. So a node can be as small as it is when
 * others take its people, and as large as when it takes theirs: less than the solver finds, and at once. In a sparse table it mostly is enough.
 */
export function openSwaps({ nodes }: Lattice, withheld: Pattern) {
  const own = new Set(withheld);
  const cells = nodes.flatMap((node, place) => (totalsIn(node) === 0 ? [place] : []));
  const free = (place: number) =>
    own.has(place) && nodes[place]!.count > 0 && nodes[place]!.most === undefined;
  const within = (cell: number, node: LatticeNode) =>
    node.key.every((category, axis) => category === null || category === nodes[cell]!.key[axis]);
  // Sums that are shown, and those that are known not to be more than so many.
  const aboves = new Map(
    cells
      .filter((cell) => nodes[cell]!.count > 0)
      .map((cell) => [
        cell,
        nodes.flatMap((node, place) => (totalsIn(node) > 0 && within(cell, node) ? [place] : [])),
      ]),
  );
  let known: Map<number, number[]> | null = null;
  /** For each free cell all that it can swap with, itself among them. */
  const swapping = () => {
    if (known) return known;
    const groups = new Map<string, number[]>();
    for (const cell of cells) {
      if (!free(cell)) continue;
      const bound = aboves.get(cell)!.filter((place) => !own.has(place) || nodes[place]!.most !== undefined);
      const key = bound.join(' ');
      groups.set(key, [...(groups.get(key) ?? []), cell]);
    }
    known = new Map([...groups.values()].flatMap((group) => group.map((cell) => [cell, group] as const)));
    return known;
  };
  const cellsUnder = (place: number) =>
    cells.filter((cell) => nodes[cell]!.count > 0 && (cell === place || within(cell, nodes[place]!)));
  return {
    least(place: number) {
      const under = cellsUnder(place);
      const staying = under.filter(
        (cell) =>
          swapping()
            .get(cell)
            ?.every((other) => under.includes(other)) ?? true,
      );
      return staying.reduce((sum, cell) => sum + nodes[cell]!.count, 0);
    },
    /** Where every other cell keeps so many at least. */
    most(place: number, keeping: number) {
      const under = cellsUnder(place);
      const outside = new Set(
        under.flatMap((cell) => swapping().get(cell) ?? []).filter((other) => !under.includes(other)),
      );
      const taken = [...outside].reduce((sum, other) => sum + Math.max(0, nodes[other]!.count - keeping), 0);
      return under.reduce((sum, cell) => sum + nodes[cell]!.count, 0) + taken;
    },
    withhold(place: number) {
      own.add(place);
      known = null;
    },
    show(place: number) {
      own.delete(place);
      known = null;
    },
  };
}

const tolerance = 1e-6;

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
  const room = roomIn(nodes);
  const hidden = ({ count, most = Number.POSITIVE_INFINITY }: LatticeNode) => ({
    lower: count > 0 ? Math.min(leastWithheld, count) : 0,
    upper: Math.min(most, room),
  });
  const shown = ({ count }: LatticeNode) => ({ lower: count, upper: count });
  const programme = solver.open({
    columns: nodes.map((node, place) => (withheld.has(place) ? hidden(node) : shown(node))),
    rows: equations.map(({ total, parts }) => ({
      lower: 0,
      upper: 0,
      terms: [[total, -1], ...parts.map((part) => [part, 1] as const)],
    })),
    // Over two dimensions the bounds are whole by themselves; and what is weighed comes in no whole numbers.
    whole: sizes.length > 2 && nodes.every(({ count }) => Number.isInteger(count)),
  });
  return {
    best: (direction: 'least' | 'most', places: readonly number[]) => bestOf(programme, direction, places),
    withhold: (place: number) => programme.setBounds(place, hidden(nodes[place]!)),
    show: (place: number) => programme.setBounds(place, shown(nodes[place]!)),
    close: () => programme.close(),
  };
}

/**
 * More people than any node needs to have room for. With a limit every answer of the solver is a table that could be, and not the news that
 * there is none that is largest; to take a limit as known can only make a reader cleverer.
 */
function roomIn(nodes: readonly LatticeNode[]): number {
  return 10 * nodes.reduce((sum, { count }) => sum + count, 1000);
}

function bestOf(programme: OpenProgramme, direction: 'least' | 'most', places: readonly number[]) {
  const best = programme.best(
    direction,
    places.map((place) => [place, 1]),
  );
  if (!best) throw new Error('The counts of the lattice contradict each other');
  return best;
}

/** Changes of the counts that leave every equation true. */
export interface Flows {
  /**
   * What must be withheld besides, at the least cost, so that a node could have each of these sizes; null where nothing more is
   * to be found so.
   */
  around(target: number, sizes: readonly number[]): number[] | null;
  withhold(place: number): void;
  close(): void;
}

/** Two columns for each node: how much it grows, and how much it shrinks, to no fewer than `least`. Shown nodes that cannot be more stay as they are. */
export function openFlows(
  solver: Solver,
  { nodes, equations }: Lattice,
  withheld: Pattern,
  { least, mayBeMore }: { least: number; mayBeMore(node: LatticeNode, place: number): boolean },
): Flows {
  const up = (place: number) => 2 * place;
  const down = (place: number) => 2 * place + 1;
  const room = ({ count }: LatticeNode) => Math.max(0, count - least);
  const free = new Set(withheld);
  const growth = nodes.map((node, place) =>
    withheld.has(place) || mayBeMore(node, place)
      ? Math.max(0, (node.most ?? Number.POSITIVE_INFINITY) - node.count)
      : 0,
  );
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
    around(target, wanted) {
      const { count } = nodes[target]!;
      const found: number[] = [];
      for (const size of wanted) {
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

/** What a reader loses by not seeing a node (METHODS.md 3.3, step 2, "Search"). */
export function worthOf(node: LatticeNode): number {
  return (1 + 0.01 * node.count) * 50 ** totalsIn(node);
}

function cheapestShown({ nodes }: Lattice, withheld: Pattern): number[] {
  const shown = nodes.flatMap((node, place) => (node.count > 0 && !withheld.has(place) ? [place] : []));
  return shown.sort((one, other) => worthOf(nodes[one]!) - worthOf(nodes[other]!)).slice(0, 1);
}

/** Shows again, the most valuable first, what need not be withheld after all. */
function showAgain({ lattice, primary, given }: Task, view: View, withheld: Set<number>): void {
  const worth = (place: number) => worthOf(lattice.nodes[place]!);
  const extra = [...withheld].filter((place) => !given.has(place));
  for (const place of extra.sort((one, other) => worth(other) - worth(one))) {
    if (view.showIfHidden(place, primary)) withheld.delete(place);
  }
}
