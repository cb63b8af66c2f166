import type { ItemCounts } from '../disclosure/item-protector';
import { type Lattice, type LatticeCell, latticesOf } from '../disclosure/lattice';
import type { Pattern } from '../disclosure/protector';
import { type Dimension, placesOf } from '../estimates/dimension';
import type { Plan } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';

/**
 * The tables that disclosure control works on, from tallies: of people, and of what they answered, as a reader has them to work out. The first
 * reader knows nobody's answers. Each other one knows those of one organisation, its own, and has only the rest to work out.
 */
export interface Readers {
  sizes: readonly number[];
  strata: readonly Stratum[];
  /** For each reader the strata that are known to them; of the first none. */
  known: readonly ReadonlySet<Stratum>[];
  /** By reader and cell: nobody there is unknown, for the cell is of that organisation only. */
  ownCells: readonly ReadonlySet<string>[];
}

export interface Stratum {
  tally: Tally;
  /** Its category of each dimension. */
  place: readonly number[];
  /** What one of its people weighs. */
  weight: number;
}

const organisationFacet = 'organisation';

/** Who reads a report, and what each may know already (scenario of many organisations in one survey). */
export function readersOf(
  plan: Plan,
  tallies: readonly Tally[],
  dimensions: readonly Dimension[],
  weights: readonly number[] | null,
): Readers {
  const place = placesOf(plan, dimensions);
  const strata = tallies.map((tally, index): Stratum => {
    return { tally, place: place(tally), weight: weights?.[index] ?? 1 };
  });
  const facet = plan.facets.indexOf(organisationFacet);
  const organisations =
    facet < 0 ? [] : [...new Set(strata.map(({ tally }) => tally.stratum[facet]!).filter(Boolean))].sort();
  const ofOrganisation = (code: string) =>
    new Set(strata.filter(({ tally }) => tally.respondents > 0 && tally.stratum[facet] === code));
  const known = organisations.map(ofOrganisation).filter((own) => own.size > 0);
  // One organisation alone has everything: what is shown tells it nothing.
  const several = known.length > 1 ? known : [];
  const axis = dimensions.findIndex(({ key }) => key === organisationFacet);
  const isAlone = (category: number) => dimensions[axis]!.categories[category]!.codes.length === 1;
  return {
    sizes: dimensions.map(({ categories }) => categories.length),
    strata,
    known: [new Set(), ...several],
    ownCells: [
      new Set(),
      ...several.map(
        (own) =>
          new Set(
            axis < 0 ? [] : [...own].filter((of) => isAlone(of.place[axis]!)).map((of) => of.place.join(' ')),
          ),
      ),
    ],
  };
}

/** How many people are in each node, for each reader. */
export function peopleTables(readers: Readers): Lattice[] {
  return readers.known.map((known, reader) => {
    const cells = cellsFor(readers, reader, known, ({ tally }) => [tally.respondents], 1);
    return latticesOf(readers.sizes, cells)[0]!;
  });
}

/** What one question, or one method that takes several together, counts of a stratum. */
export interface Layered {
  layers: number;
  /** People by layer; null where nobody there can count, which is no secret: nothing is required of them. */
  countsOf(stratum: Stratum): readonly number[] | null;
  /** The layers that its people could be in: from a requirement of one nobody can be three below it. */
  possible?(stratum: Stratum, layer: number): boolean;
  /** How layers are put together in two classes; left out where they are not. */
  classOf?(layer: number): 0 | 1;
}

/**
 * The tables of one question for each reader. Nobody is assumed to be where nobody can be; and of what is shown of people a reader takes
 * that no more of them answered.
 */
export function answerTables(
  readers: Readers,
  { layers, countsOf, possible, classOf }: Layered,
  { people, pattern, weighted }: { people: readonly Lattice[]; pattern: Pattern; weighted: boolean },
): ItemCounts[] {
  const mean = weighted ? meanWeight(readers) : 1;
  return readers.known.map((known, reader) => {
    const tableOf = (
      size: number,
      of: (stratum: Stratum) => readonly number[] | null,
      can?: (stratum: Stratum, layer: number) => boolean,
    ) => latticesOf(readers.sizes, cellsFor(readers, reader, known, of, size, can));
    const valid = tableOf(1, (stratum) => {
      const counts = countsOf(stratum);
      return counts && [sum(counts)];
    })[0]!;
    const weigh = (stratum: Stratum, counts: readonly number[] | null) =>
      weighted ? (counts?.map((count) => (count * stratum.weight) / mean) ?? null) : counts;
    const levels = tableOf(layers, (stratum) => weigh(stratum, countsOf(stratum)), possible);
    const classes = classOf
      ? tableOf(
          2,
          (stratum) => weigh(stratum, inClasses(countsOf(stratum), classOf)),
          (stratum, side) =>
            eachOf(layers).some((l) => classOf(l) === side && (possible?.(stratum, l) ?? true)),
        )
      : [];
    const units = weighted ? unitsOf(valid, levels) : undefined;
    const largest = units ? Math.max(...readers.strata.map(({ weight }) => weight)) / mean : 1;
    limit([valid], people[reader]!, pattern, 1);
    limit([...levels, ...classes], people[reader]!, pattern, largest);
    return { valid, levels, classes, ...(units ? { units } : {}) };
  });
}

/** For each layer its cells: those of the strata that this reader does not know. */
function cellsFor(
  { strata, ownCells }: Readers,
  reader: number,
  known: ReadonlySet<Stratum>,
  countsOf: (stratum: Stratum) => readonly number[] | null,
  layers: number,
  possible: (stratum: Stratum, layer: number) => boolean = () => true,
): LatticeCell[][] {
  const cells = new Map<string, { place: readonly number[]; counts: number[]; can: boolean[] }>();
  for (const stratum of strata) {
    if (stratum.tally.respondents === 0) continue;
    const key = stratum.place.join(' ');
    let cell = cells.get(key);
    if (!cell) {
      cell = { place: stratum.place, counts: new Array(layers).fill(0), can: new Array(layers).fill(false) };
      cells.set(key, cell);
    }
    const counts = countsOf(stratum);
    if (!counts) continue;
    for (let layer = 0; layer < layers; layer += 1) {
      if (possible(stratum, layer)) cell.can[layer] = true;
      if (!known.has(stratum)) cell.counts[layer]! += counts[layer]!;
    }
  }
  const own = ownCells[reader]!;
  return eachOf(layers).map((layer) =>
    [...cells].map(([key, { place, counts, can }]) => {
      const isNone = own.has(key) || !can[layer];
      return isNone ? { place, count: 0, most: 0 } : { place, count: counts[layer]! };
    }),
  );
}

/** Where the number of people is shown, no more of them can have answered. */
function limit(tables: readonly Lattice[], people: Lattice, pattern: Pattern, factor: number): void {
  for (const { nodes } of tables) {
    for (const [place, node] of nodes.entries()) {
      if (pattern.has(place)) continue;
      const most = people.nodes[place]!.count * factor;
      node.most = Math.min(node.most ?? Number.POSITIVE_INFINITY, most);
    }
  }
}

function unitsOf(valid: Lattice, levels: readonly Lattice[]): number[] {
  return valid.nodes.map(({ count }, place) =>
    count === 0 ? 1 : sum(levels.map(({ nodes }) => nodes[place]!.count)) / count,
  );
}

function meanWeight({ strata }: Readers): number {
  const people = sum(strata.map(({ tally }) => tally.respondents));
  return sum(strata.map(({ tally, weight }) => tally.respondents * weight)) / people;
}

function inClasses(counts: readonly number[] | null, classOf: (layer: number) => 0 | 1): number[] | null {
  if (!counts) return null;
  const classes = [0, 0];
  for (const [layer, count] of counts.entries()) classes[classOf(layer)]! += count;
  return classes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function eachOf(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
