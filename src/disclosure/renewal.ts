import { type Lattice, totalsIn } from './lattice';

/** A node as an earlier release showed it. */
export interface ShownNode {
  /** Whether anybody was in it. */
  status: 'published' | 'empty';
  /** Its figures were new then, and not those of a release before it. */
  isNew: boolean;
  /** For each reported item how many people its figures rested on, 0 where there were none; null where it was withheld. */
  items: readonly (number | null)[];
}

/** What an earlier release told, and how much has changed since in each node: for each reader, the responses that came and those that went. */
export interface Since {
  number: number;
  shown: ReadonlyMap<number, ShownNode>;
  changes: readonly Lattice[];
}

/** What one release would show by itself. */
export interface OwnPattern {
  /** By place: may the node be shown? Nodes in which nobody is may be. */
  shown: readonly boolean[];
  /** By item and place: may the item be shown in the node? */
  items: readonly (readonly boolean[])[];
  /** By item and place: how many people its figures rest on. */
  valid: readonly (readonly number[])[];
}

/** What may be shown anew beside what earlier releases told. */
export interface Renewal {
  nodes: ReadonlySet<number>;
  /** By item, the nodes. */
  items: readonly ReadonlySet<number>[];
  /** Nodes shown anew of which not all parts are: of them only sums over classes are, where their people need different levels. */
  inPart: ReadonlySet<number>;
}

/**
 * What a release may show anew of a survey that earlier ones spoke of (METHODS.md 3.3, step 9, "time"). Between two releases a reader has every
 * difference of what both show. So a cell is renewed only where nothing or enough has changed in it; what is a sum of renewed cells follows; and
 * besides only everybody and the groups of the first dimension are, which do not overlap, where what is left of each after its
 * renewed parts has changed not at all or enough. Then each difference that can be made is a union of such groups: nobody, or as many as
 * the threshold. A group that was not shown then is not shown now, for the difference would tell of it. The same holds of each item by the
 * people who answered it. With weights, which change with every answer, only sums of renewed cells are renewed.
 */
export function renewable(
  lattice: Lattice,
  own: OwnPattern,
  earlier: readonly Since[],
  { threshold, weighted }: { threshold: number; weighted: boolean },
): Renewal {
  const { nodes } = lattice;
  const under = partsUnder(lattice);
  const isCell = (place: number) => totalsIn(nodes[place]!) === 0;
  const isEnough = (count: number) => count === 0 || count >= threshold;
  const wasShown = (place: number) => earlier.every(({ shown }) => shown.has(place));
  const newIn = (place: number) => earlier.filter(({ shown }) => shown.get(place)?.isNew);

  /** Is what has changed in a node besides these parts of it nobody, or enough, for each reader and since each time it was told? */
  const changedEnough = (place: number, parts: readonly number[]) =>
    newIn(place).every(({ changes, shown }) =>
      changes.every(({ nodes: changed }) => {
        const known = parts.filter((part) => shown.get(part)?.isNew);
        return isEnough(changed[place]!.count - sumOf(known, (part) => changed[part]!.count));
      }),
    );
  const mayBeNew = (place: number) => own.shown[place]! && wasShown(place);

  /** The same people as when it was told last: the figures tell nothing new. */
  const isUnchanged = (place: number) =>
    !weighted &&
    newIn(place)
      .at(-1)
      ?.changes.every(({ nodes: changed }) => changed[place]!.count === 0) === true;
  const isWhole = (place: number, renewed: ReadonlySet<number>) =>
    under[place]!.cells.every((cell) => renewed.has(cell));

  /** What is renewed where these cells are. */
  const renewedWith = (cells: ReadonlySet<number>) => {
    const found = new Set(cells);
    const inPart = new Set<number>();
    for (const place of broadestLast(lattice)) {
      if (isCell(place) || !mayBeNew(place)) continue;
      if (isWhole(place, cells) || isUnchanged(place)) found.add(place);
      else if (!weighted && isOnAxis(lattice, place) && changedEnough(place, atomsOf(place, under, found))) {
        found.add(place);
        inPart.add(place);
      }
    }
    return { cells, found, inPart };
  };
  const changeIn = (place: number) => earlier.at(-1)!.changes[0]!.nodes[place]!.count;

  let renewal = renewedWith(
    new Set(
      [...nodes.keys()].filter((place) => isCell(place) && mayBeNew(place) && changedEnough(place, [])),
    ),
  );
  // Everybody, or a whole profession, is worth more than one cell: where the few who came to the rest would stand out, they hide among those of a cell that stays.
  for (const place of broadestLast(lattice).filter((node) => isOnAxis(lattice, node) && !isCell(node))) {
    if (weighted || renewal.found.has(place) || !mayBeNew(place)) continue;
    const given = under[place]!.cells.filter((cell) => renewal.cells.has(cell));
    for (const cell of given.sort((one, other) => changeIn(one) - changeIn(other))) {
      const without = renewedWith(new Set([...renewal.cells].filter((other) => other !== cell)));
      const keepsAll = [...renewal.found].every(
        (node) => !isOnAxis(lattice, node) || isCell(node) || without.found.has(node),
      );
      if (!without.found.has(place) || !keepsAll) continue;
      renewal = without;
      break;
    }
  }
  const { cells, found, inPart } = renewal;

  const items = own.items.map((mayShow, item) => {
    const validNow = own.valid[item]!;
    const answeredEnough = (place: number, parts: readonly number[]) =>
      newIn(place).every(({ changes, shown }) => {
        const before = shown.get(place)!.items[item];
        if (before === null || before === undefined) return false;
        const known = parts.filter(
          (part) => shown.get(part)?.isNew && typeof shown.get(part)!.items[item] === 'number',
        );
        const rest = (of: (node: number) => number) => of(place) - sumOf(known, of);
        if (changes.every(({ nodes: changed }) => rest((node) => changed[node]!.count) === 0)) return true;
        return rest((node) => validNow[node]! - shown.get(node)!.items[item]!) >= threshold;
      });
    const may = (place: number) => found.has(place) && (mayShow[place]! || validNow[place] === 0);
    const renewedCells = new Set([...cells].filter((place) => may(place) && answeredEnough(place, [])));
    const renewed = new Set(renewedCells);
    for (const place of broadestLast(lattice)) {
      if (isCell(place) || !may(place)) continue;
      if (isWhole(place, renewedCells)) renewed.add(place);
      else if (isUnchanged(place) && answeredEnough(place, [])) renewed.add(place);
      else if (
        !weighted &&
        isOnAxis(lattice, place) &&
        answeredEnough(place, atomsOf(place, under, renewed))
      ) {
        renewed.add(place);
      }
    }
    return renewed;
  });
  return { nodes: found, items, inPart };
}

/** Everybody, or one category of the first dimension. */
function isOnAxis({ nodes }: Lattice, place: number): boolean {
  return nodes[place]!.key.every((category, axis) => axis === 0 || category === null);
}

/** For each node the cells it is made of, and for everybody the groups of the first dimension. */
function partsUnder(lattice: Lattice): { cells: number[]; groups: number[] }[] {
  const { nodes } = lattice;
  const cells = [...nodes.keys()].filter((place) => totalsIn(nodes[place]!) === 0);
  const groups = [...nodes.keys()].filter((place) => place > 0 && isOnAxis(lattice, place));
  return nodes.map(({ key }, place) => ({
    cells: cells.filter((cell) =>
      key.every((category, axis) => category === null || category === nodes[cell]!.key[axis]),
    ),
    groups: place === 0 ? groups : [],
  }));
}

/** The parts of a node that are shown anew themselves, none of them twice: of everybody whole groups, and else cells. */
function atomsOf(
  place: number,
  under: readonly { cells: readonly number[]; groups: readonly number[] }[],
  renewed: ReadonlySet<number>,
): number[] {
  const groups = under[place]!.groups.filter((group) => renewed.has(group));
  const inGroups = new Set(groups.flatMap((group) => under[group]!.cells));
  return [...groups, ...under[place]!.cells.filter((cell) => renewed.has(cell) && !inGroups.has(cell))];
}

/** The finest nodes first, everybody last. */
function broadestLast({ nodes }: Lattice): number[] {
  return [...nodes.keys()].reverse();
}

function sumOf(places: readonly number[], of: (place: number) => number): number {
  return places.reduce((sum, place) => sum + of(place), 0);
}
