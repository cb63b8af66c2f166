import type { Solver } from '../platform/solver';
import { type Lattice, type LatticeNode, totalsIn } from './lattice';
import { openCounts, openFlows, type Pattern, primaryNodes, protectAll, worthOf } from './protector';

/**
 * How much is told of one question's answers: how many gave each value; how many are below what is required and how many
 * meet it; the same for one dimension at a time; for everybody together; or nothing.
 */
export type Detail = 'levels' | 'classes' | 'margins' | 'everybody' | 'nothing';

/**
 * One question's answers as a reader has them to work out: all of them, or those of people whose answers this reader does not know anyway.
 * Values are those that sums are shown of: levels, or where levels are compared with what is required, how far they are above or below it.
 */
export interface ItemCounts {
  /** People with an answer that counts. */
  valid: Lattice;
  /** One lattice for each value; what people weigh where figures are weighted. */
  levels: readonly Lattice[];
  /** Below and at what is required; empty where nothing is required. */
  classes: readonly Lattice[];
  /** What a person weighs in each node on average; left out where everybody weighs one. */
  units?: readonly number[];
}

export interface ItemPattern {
  detail: Detail;
  /** Nodes of which nothing is told of this question. */
  withheld: Set<number>;
}

interface Rung {
  detail: Detail;
  layersOf(counts: ItemCounts): readonly Lattice[];
  /** Withheld from the first. */
  without: readonly number[];
}

/**
 * Ways in which one question may be shown (METHODS.md 3.3, steps 4 and 5), where `pattern` is withheld of every question: no
 * group of fewer answers than the threshold, and so little that of no small group can be told what its people
 * answered. There is one of values, one of classes, of each dimension by itself, of everybody, each with as much more withheld as it needs; what
 * keeps the most of value stands first, nothing last. `readers` are all who may try to find out, the first of them knowing nobody's
 * answer; what holds must hold against each. Layers are seen to one by one: only an audit of all together is the proof.
 */
export function* waysToShow(
  solver: Solver,
  readers: readonly ItemCounts[],
  pattern: Pattern,
  threshold: number,
  from: Exclude<Detail, 'nothing'> = 'levels',
): Generator<ItemPattern> {
  const { valid } = readers[0]!;
  const rungs = rungsFor(valid.nodes);
  const asked = rungs
    .slice(rungs.findIndex(({ detail }) => detail === from))
    .filter(({ layersOf }) => layersOf(readers[0]!).length > 0);
  const patternFor = (rung: Rung): ItemPattern => {
    return { detail: rung.detail, withheld: patternOn(solver, readers, pattern, threshold, rung) };
  };
  const inFull = asked.filter(({ without }) => without.length === 0);
  const [first, second] = inFull;
  if (first) {
    const one = patternFor(first);
    // Where all detail costs no group there is nothing to weigh.
    const other = second && one.withheld.size > pattern.size ? patternFor(second) : null;
    const isLess = other !== null && keptBy(valid, other) > keptBy(valid, one);
    if (isLess) yield other;
    yield one;
    if (other && !isLess) yield other;
  }
  for (const rung of asked.filter(({ without }) => without.length > 0)) yield patternFor(rung);
  yield { detail: 'nothing', withheld: new Set(valid.nodes.keys()) };
}

function rungsFor(nodes: Lattice['nodes']): Rung[] {
  const coarsest = (counts: ItemCounts) => (counts.classes.length > 0 ? counts.classes : counts.levels);
  const beyond = (most: number) =>
    nodes.flatMap((node, place) => (node.key.length - totalsIn(node) > most ? [place] : []));
  return [
    { detail: 'levels', layersOf: ({ levels }) => levels, without: [] },
    { detail: 'classes', layersOf: ({ classes }) => classes, without: [] },
    { detail: 'margins', layersOf: coarsest, without: beyond(1) },
    { detail: 'everybody', layersOf: coarsest, without: beyond(0) },
  ];
}

/** What of its worth a node keeps of which only classes are told. */
const worthOfClasses = 0.8;

/**
 * What a reader gains of a question: a profession is worth several of its cells, and everybody some professions. A group that is shown in all its
 * parts is told in values whatever the detail: they are its parts'.
 */
function keptBy({ nodes }: Lattice, { detail, withheld }: ItemPattern): number {
  const hiddenCells = nodes.filter(
    (node, place) => totalsIn(node) === 0 && node.count > 0 && withheld.has(place),
  );
  const isWhole = ({ key }: LatticeNode) =>
    !hiddenCells.some((cell) =>
      key.every((category, axis) => category === null || category === cell.key[axis]),
    );
  return nodes.reduce((sum, node, place) => {
    if (node.count === 0 || withheld.has(place)) return sum;
    return sum + (1 + totalsIn(node)) ** 2 * (detail === 'levels' || isWhole(node) ? 1 : worthOfClasses);
  }, 0);
}

/** What must be withheld for one rung: of too few answers, and then whatever else until no layer tells of a small group. */
function patternOn(
  solver: Solver,
  readers: readonly ItemCounts[],
  pattern: Pattern,
  threshold: number,
  { layersOf, without }: Rung,
): Set<number> {
  const tables = readers.map(({ valid }) => valid);
  const withheld = protectAll(solver, tables, threshold, { also: [...pattern, ...without] });
  for (const counts of readers) hideIn(solver, counts, layersOf(counts), withheld, threshold);
  return withheld;
}

const tolerance = 1e-6;

/**
 * Withholds besides until of no small node anything can be told from the layers: not that anybody of it gave an answer, nor, by adding up how many can
 * have given each, that it is small. METHODS.md 3.3, step 5, lets a sum tell of one and more as long as it is not half the group; but then
 * the group is known to have so many, which step 2 forbids. So nothing is told.
 */
function hideIn(
  solver: Solver,
  { valid, units }: ItemCounts,
  layers: readonly Lattice[],
  withheld: Set<number>,
  threshold: number,
): void {
  const small = primaryNodes(valid, threshold);
  if (small.length === 0) return;
  const opened = layers.map((layer) => openLayer(solver, layer, withheld, valid));
  const withhold = (places: readonly number[]) => {
    for (const place of places) {
      withheld.add(place);
      for (const layer of opened) layer.withhold(place);
    }
  };
  const unit = (place: number) => units?.[place] ?? 1;
  try {
    for (const layer of opened) {
      for (const place of layer.notKnownEmpty(small, unit)) {
        while (layer.least(place) / unit(place) >= 1 - tolerance) {
          withhold(layer.flowsTo(place, 0) ?? cheapestAbove(valid, place, withheld));
        }
      }
    }
    for (const place of small) {
      const room = () => opened.map((layer) => layer.most(place, threshold * unit(place)) / unit(place));
      for (let most = room(); sumOf(most) < threshold - tolerance; most = room()) {
        // Where it has the most room already it takes the least to give it more.
        const widest = opened[most.indexOf(Math.max(...most))]!;
        const wanted = widest.count(place) + (threshold - sumOf(most)) * unit(place);
        const more = widest.flowsTo(place, Math.max(wanted, Math.max(...most) * unit(place) + 1));
        withhold(more ?? cheapestAbove(valid, place, withheld));
      }
    }
  } finally {
    for (const layer of opened) layer.close();
  }
}

/** One layer of answers, and the tables found of it that could be: each speaks for all nodes. */
function openLayer(solver: Solver, layer: Lattice, withheld: Pattern, valid: Lattice) {
  const counts = openCounts(solver, layer, withheld, 0);
  let flows: ReturnType<typeof openFlows> | null = null;
  const most = new Map<number, number>();
  const note = (values: readonly number[]) => {
    for (const place of withheld) most.set(place, Math.max(most.get(place) ?? 0, values[place]!));
  };
  return {
    count: (place: number) => layer.nodes[place]!.count,
    /** Those of the nodes that are not empty in a table that could be, in which as many as can be are. */
    notKnownEmpty(places: readonly number[], unit: (place: number) => number) {
      const { values } = counts.best('least', places);
      note(values);
      return places.filter((place) => values[place]! / unit(place) >= 1 - tolerance);
    },
    least(place: number) {
      const { value, values } = counts.best('least', [place]);
      note(values);
      return value;
    },
    /** How many can be in a node; no more than `enough` is asked for. */
    most(place: number, enough: number) {
      const known = most.get(place) ?? 0;
      if (known >= enough) return known;
      const { values } = counts.best('most', [place]);
      note(values);
      return most.get(place)!;
    },
    /** What must be withheld so that a node can hold so many; null where nothing helps. */
    flowsTo(place: number, size: number): number[] | null {
      flows ??= openFlows(solver, layer, withheld, {
        least: 0,
        mayBeMore: (_, node) => valid.nodes[node]!.count > 0,
      });
      return flows.around(place, [size]);
    },
    withhold(place: number) {
      counts.withhold(place);
      flows?.withhold(place);
    },
    close() {
      counts.close();
      flows?.close();
    },
  };
}

/** Where no other group can take its answers, the sums that give a group away go themselves: the smallest shown one it is a part of. */
function cheapestAbove({ nodes }: Lattice, place: number, withheld: Pattern): number[] {
  const { key } = nodes[place]!;
  const isAbove = (node: LatticeNode) =>
    node.key.every((category, axis) => category === null || category === key[axis]);
  const above = nodes.flatMap((node, other) =>
    other !== place && !withheld.has(other) && isAbove(node) ? [other] : [],
  );
  const [found] = above.sort((one, other) => worthOf(nodes[one]!) - worthOf(nodes[other]!));
  if (found === undefined) throw new Error('A group is given away by nothing that is shown');
  return [found];
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
