import { type ItemCounts, type ItemPattern, waysToShow } from '../disclosure/item-protector';
import type { Lattice } from '../disclosure/lattice';
import { allOrders, type Pattern, protectAll } from '../disclosure/protector';
import { renewable, type ShownNode, type Since } from '../disclosure/renewal';
import { toNearestFive } from '../disclosure/threshold';
import { tooFewChanges } from '../disclosure/time-rule';
import { type Counting, countingOf } from '../estimates/counting';
import type { Dimension } from '../estimates/dimension';
import { nodesOver } from '../estimates/nodes';
import { scaleReliabilities } from '../estimates/scales';
import { type StatisticFamily, statisticFamilies } from '../estimates/statistics';
import type { Weights } from '../estimates/weights';
import type { RequiredLevel } from '../frameworks/framework';
import { skillsMatrix } from '../frameworks/required-level';
import { method as estimate } from '../gaps/estimate';
import { method as flags } from '../gaps/reliability-flags';
import { method as requiredLevel } from '../gaps/required-level-estimates';
import type { Solver } from '../platform/solver';
import type { Plan } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';
import { answerTables, peopleTables, type Readers, readersOf } from './answer-tables';
import { type FamilyPattern, figuresIn } from './figure-rows';
import { type GroupedTerm, type MergeOffer, mergeOffers } from './merge-offers';
import { questionsOf } from './questions';
import type {
  ItemDetail,
  NodeKey,
  NodeStatus,
  ReleaseCertificate,
  ReleasedFigure,
  ReleasedNode,
  ReleaseProblem,
  SmallChanges,
} from './release';
import { auditGroups, auditItem, type ItemAudit } from './release-audit';
import { releasedScales, type WorkedScale } from './released-scales';
import { changesSince, type StratumCount } from './time';

/** All that a release is worked out from: plain data, for it is done in a thread of its own. */
export interface WorkInput {
  plan: Plan;
  tallies: Tally[];
  requiredLevels: RequiredLevel[];
  /** The staff tier of each profession that has one. */
  tiers: [profession: string, tier: string][];
  /** With what is put together already. */
  dimensions: Dimension[];
  weights: Weights | null;
  threshold: number;
  smallChanges: SmallChanges;
  /** The terms of the dimensions, by whose groups more could be put together. */
  terms: GroupedTerm[];
  /** The survey's published releases, the oldest first. */
  earlier: EarlierRelease[];
}

export interface EarlierRelease {
  number: number;
  /** What it showed: `shown` of its certificate. */
  shown: EarlierNode[];
  counts: StratumCount[];
}

/** A node that a release showed, with how many people the figures of each reported item rested on. Kept with its certificate; no reader gets it. */
export interface EarlierNode extends ShownNode {
  key: NodeKey;
}

export interface Worked {
  problem: null;
  /** A node that keeps the figures of an earlier release has none of its own here. */
  nodes: ReleasedNode[];
  figures: ReleasedFigure[];
  certificate: ReleaseCertificate;
  /** For each reported item, in the order of `reportedItems`. */
  details: ItemDetail[];
  /** Of everybody, where everybody is shown anew. */
  scales: WorkedScale[];
  methods: string[];
  groups: { shown: number; withheld: number; empty: number };
  offers: MergeOffer[];
}

export type WorkResult = { problem: ReleaseProblem } | Worked;

export interface WorkProgress {
  stage:
    | 'protecting groups'
    | 'protecting answers'
    | 'working out figures'
    | 'checking'
    | 'looking for merges';
  done: number;
  of: number;
}

/**
 * Works out what a release of a survey may show and shows it: the pattern of groups (METHODS.md 3.3, steps 1 to 3), of each item's answers (4 and 5),
 * the rule of time (9), the figures as they are displayed (6 to 8), and the auditor's word on the rows that come of it (10). The same input gives the
 * same rows.
 */
export function workOut(
  solver: Solver,
  input: WorkInput,
  tell: (progress: WorkProgress) => void,
): WorkResult {
  const { plan, tallies, dimensions, weights, threshold } = input;
  const readers = readersOf(plan, tallies, dimensions, ofStrata(tallies, weights));
  const people = peopleTables(readers);
  const { nodes } = people[0]!;
  if (nodes[0]!.count === 0) return { problem: { code: 'nobody answered' } };

  tell({ stage: 'protecting groups', done: 0, of: 1 });
  const pattern = protectAll(solver, people, threshold, { orders: allOrders });
  const ownStatuses = nodes.map(({ count }, place): NodeStatus => {
    if (pattern.has(place)) return 'suppressed';
    return count === 0 ? 'empty' : 'published';
  });

  const counting = countingFor(input);
  const questions = questionsOf(counting);
  const shared = { people, pattern, weighted: weights !== null };
  const audits: ItemAudit[] = [];
  const ownPatterns: ItemPattern[] = [];
  const valid: number[][] = [];
  for (const [done, { item, layered }] of questions.entries()) {
    tell({ stage: 'protecting answers', done, of: questions.length });
    const table = answerTables(readers, layered, shared);
    // Of where gaps come from only statistics are told, and they of one dimension at a time.
    const from = item.measure === 'where' ? 'margins' : 'levels';
    const found = firstThatHolds(solver, table, { people, pattern, statuses: ownStatuses, threshold }, from);
    ownPatterns.push(found.pattern);
    audits.push(found.audit);
    valid.push(table[0]!.valid.nodes.map(({ count }) => count));
  }

  tell({ stage: 'checking', done: 0, of: 1 });
  const groups = auditGroups(solver, people, ownStatuses, threshold);
  const keyOf = keysFor(dimensions);
  const failed = [...groups.failed, ...audits.flatMap((audit) => audit.failed)];
  if (failed.length > 0) return { problem: { code: 'audit failed', nodes: failed.map(keyOf) } };

  const ownFamilies = familyPatterns(solver, counting, readers, {
    people,
    pattern,
    statuses: ownStatuses,
    threshold,
    weighted: shared.weighted,
  });
  const members = nodesOver(plan, dimensions, tallies);
  // Of statistics, as of items, a later release tells where enough of those they rest on have come.
  const beside = besideEarlier(input, readers, people[0]!, {
    statuses: ownStatuses,
    patterns: [
      ...ownPatterns,
      ...ownFamilies.map(({ withheld }) => ({ detail: 'margins' as const, withheld: new Set(withheld) })),
    ],
    valid: [
      ...valid,
      ...ownFamilies.map(({ family }) => members.map((node) => peopleOf(family, node.members))),
    ],
  });
  if ('problem' in beside) return beside;
  const { statuses, patterns, carried, inPart } = beside;

  tell({ stage: 'working out figures', done: 0, of: 1 });
  const families = ownFamilies.map(({ family }, place) => ({
    family,
    withheld: patterns[questions.length + place]!.withheld,
  }));
  const figures = figuresIn({ input, counting, nodes, statuses, questions, patterns, families, inPart });

  tell({ stage: 'looking for merges', done: 0, of: 1 });
  return {
    problem: null,
    nodes: nodes.map(({ key, count }, place): ReleasedNode => {
      const status = carried.has(place) ? 'published' : statuses[place]!;
      const respondents = statuses[place] === 'suppressed' ? null : toNearestFive(count);
      return { place, key: keyOf(key), status, respondents, carriedFrom: carried.get(place) ?? null };
    }),
    figures,
    certificate: {
      passed: true,
      detail: {
        ...{ solver: solver.name, threshold, sizes: people[0]!.sizes, readers: people.length },
        ...{ nodes: groups.nodes, items: audits },
        shown: shownNow(
          { statuses, carried, patterns, valid: beside.valid },
          nodes.map(({ key }) => keyOf(key)),
        ),
      },
    },
    details: ownPatterns.map(({ detail }) => detail),
    scales: releasedScales(statuses[0] === 'published' ? scaleReliabilities(counting) : [], threshold),
    methods: methodsOf(families.map(({ family }) => family)),
    groups: {
      shown: statuses.filter((status, place) => status === 'published' || carried.has(place)).length,
      withheld: statuses.filter((status, place) => status === 'suppressed' && !carried.has(place)).length,
      empty: statuses.filter((status) => status === 'empty').length,
    },
    offers: input.earlier.length > 0 ? [] : offersFor(solver, input),
  };
}

function ofStrata(tallies: readonly Tally[], weights: Weights | null): number[] | null {
  return weights && tallies.map((tally) => weights.ofTally.get(tally) ?? 1);
}

interface Shown {
  people: readonly Lattice[];
  pattern: Pattern;
  statuses: readonly NodeStatus[];
  threshold: number;
}

/** The most that can be shown of one item's answers and that the auditor cannot take apart. Nothing at all always holds. */
function firstThatHolds(
  solver: Solver,
  tables: readonly ItemCounts[],
  { people, pattern, statuses, threshold }: Shown,
  from: 'levels' | 'margins',
): { pattern: ItemPattern; audit: ItemAudit } {
  let last: { pattern: ItemPattern; audit: ItemAudit } | null = null;
  for (const way of waysToShow(solver, tables, pattern, threshold, from)) {
    last = { pattern: way, audit: auditItem(solver, tables, people, { statuses, pattern: way, threshold }) };
    if (last.audit.failed.length === 0) break;
  }
  return last!;
}

/** What a release shows by itself, or beside those before it. */
interface Showing {
  statuses: readonly NodeStatus[];
  patterns: readonly ItemPattern[];
  /** By item and node how many people its figures rest on. */
  valid: readonly (readonly number[])[];
}

interface Beside extends Showing {
  /** Nodes that keep the figures of an earlier release, by its number. */
  carried: ReadonlyMap<number, number>;
  /** Nodes of which less is told than of the others. */
  inPart: ReadonlySet<number>;
}

/** What of a release stays when it is read beside those before it; or why there is none (METHODS.md 3.3, step 9). */
function besideEarlier(
  { dimensions, earlier, smallChanges, threshold, weights }: WorkInput,
  readers: Readers,
  lattice: Lattice,
  own: Showing,
): Beside | { problem: ReleaseProblem } {
  const since: Since[] = [];
  const { nodes } = lattice;
  const keyOf = keysFor(dimensions);
  const places = new Map(nodes.map(({ key }, place) => [JSON.stringify(keyOf(key)), place]));
  for (const { number, shown, counts } of earlier) {
    const changes = changesSince(readers, counts);
    if (!changes) return { problem: { code: 'other groups than before', release: number } };
    const byPlace = shown.flatMap((node) => {
      const place = places.get(JSON.stringify(inOrder(node.key, dimensions)));
      return place === undefined ? [] : [[place, node] as const];
    });
    since.push({ number, changes, shown: new Map(byPlace) });
  }
  if (since.length === 0) return { ...own, carried: new Map(), inPart: new Set() };
  const renewal = renewable(
    lattice,
    {
      shown: own.statuses.map((status) => status !== 'suppressed'),
      items: own.patterns.map(({ withheld }) => nodes.map((_, place) => !withheld.has(place))),
      valid: own.valid,
    },
    since,
    { threshold, weighted: weights !== null },
  );
  const carried = new Map<number, number>();
  for (const place of nodes.keys()) {
    const last = since.findLast(({ shown }) => {
      const was = shown.get(place);
      return was?.isNew && was.status === 'published';
    });
    if (last && !renewal.nodes.has(place)) carried.set(place, last.number);
  }
  if (smallChanges === 'refuse' && carried.size > 0) {
    return {
      problem: forbidding(since, [...carried.keys()], threshold, (place) => keyOf(nodes[place]!.key)),
    };
  }
  return {
    statuses: own.statuses.map((status, place) => (renewal.nodes.has(place) ? status : 'suppressed')),
    patterns: own.patterns.map(({ detail }, item) => ({
      detail,
      withheld: new Set([...nodes.keys()].filter((place) => !renewal.items[item]!.has(place))),
    })),
    valid: own.valid,
    carried,
    inPart: renewal.inPart,
  };
}

/** The groups that forbid a release: those in which too few came or went, or where each by itself may be shown those that follow from others. */
function forbidding(
  since: readonly Since[],
  kept: readonly number[],
  threshold: number,
  keyOf: (place: number) => NodeKey,
): ReleaseProblem {
  for (const { number, changes, shown } of since) {
    const before = kept.filter((place) => !shown.get(place)?.isNew);
    const [everybody] = changes;
    const rule = { before: new Set(before), after: new Set(everybody!.nodes.keys()), threshold };
    for (const place of kept) rule.after.delete(place);
    const few = tooFewChanges(everybody!, rule);
    if (few.length > 0) return { code: 'too few changes', release: number, nodes: few.map(keyOf) };
  }
  return { code: 'too few changes', release: since.at(-1)!.number, nodes: kept.map(keyOf) };
}

/** What the next release has to know of this one. */
function shownNow(
  { statuses, carried, patterns, valid }: Omit<Beside, 'inPart'>,
  keys: readonly NodeKey[],
): EarlierNode[] {
  return keys.flatMap((key, place): EarlierNode[] => {
    if (carried.has(place)) return [{ key, status: 'published', isNew: false, items: [] }];
    const status = statuses[place]!;
    if (status === 'suppressed') return [];
    const items = patterns.map(({ withheld }, item) => (withheld.has(place) ? null : valid[item]![place]!));
    return [{ key, status, isNew: true, items: status === 'empty' ? [] : items }];
  });
}

function countingFor({ plan, tallies, requiredLevels, tiers, threshold, weights }: WorkInput): Counting {
  const tierByProfession = new Map(tiers);
  return countingOf({
    ...{ plan, tallies, threshold, weights },
    matrix: skillsMatrix(requiredLevels),
    tierOf: (profession) => tierByProfession.get(profession) ?? null,
  });
}

function peopleOf({ layersOf }: StatisticFamily, members: readonly Tally[]): number {
  return members.reduce((sum, tally) => sum + layersOf(tally).reduce((all, count) => all + count, 0), 0);
}

/** Statistics of several ratings are told of one dimension at a time: their sums over the cells would be a family for each pair of answers. */
function familyPatterns(
  solver: Solver,
  counting: Counting,
  readers: Readers,
  shared: Shown & { weighted: boolean },
): FamilyPattern[] {
  const known = new Map<StatisticFamily['layersOf'], Pattern>();
  return statisticFamilies(counting).map((family) => {
    const { layersOf } = family;
    const layers = layersOf(counting.tallies[0]!).length;
    const table = () => answerTables(readers, { layers, countsOf: ({ tally }) => layersOf(tally) }, shared);
    const withheld =
      known.get(layersOf) ?? firstThatHolds(solver, table(), shared, 'margins').pattern.withheld;
    known.set(layersOf, withheld);
    return { family, withheld };
  });
}

function keysFor(dimensions: readonly Dimension[]): (key: readonly (number | null)[]) => NodeKey {
  return (key) =>
    Object.fromEntries(
      dimensions.map((dimension, axis) => {
        const category = key[axis] ?? null;
        return [dimension.key, category === null ? null : dimension.categories[category]!.code];
      }),
    );
}

/** The same key, its dimensions in their own order. */
function inOrder(key: NodeKey, dimensions: readonly Dimension[]): NodeKey {
  return Object.fromEntries(dimensions.map((dimension) => [dimension.key, key[dimension.key] ?? null]));
}

function methodsOf(families: readonly StatisticFamily[]): string[] {
  const methods = [requiredLevel, estimate, flags, ...families.map(({ method }) => method)];
  return [...new Set(methods.map(({ name, version }) => `${name} v${version}`))];
}

function offersFor(
  solver: Solver,
  { plan, tallies, dimensions, weights, terms, threshold }: WorkInput,
): MergeOffer[] {
  return mergeOffers(solver, {
    ...{ dimensions, terms, threshold },
    readersFor: (merged) => readersOf(plan, tallies, merged, ofStrata(tallies, weights)),
  });
}
