import { type AuditedNode, audit, foundOf, type Sighting, toldOf } from '../disclosure/auditor';
import type { Detail, ItemCounts, ItemPattern } from '../disclosure/item-protector';
import type { Lattice } from '../disclosure/lattice';
import type { Solver } from '../platform/solver';
import type { NodeStatus } from './release';

/** What an attack on the groups of a release found, by the reader who knows most of each. */
export interface GroupsAudit {
  /** The nodes of fewer people than the threshold, with what the first reader can tell of them. */
  nodes: AuditedNode[];
  /** Those that some reader can tell the size of. */
  failed: Sighting['key'][];
}

/** What an attack on one item found. */
export interface ItemAudit {
  detail: Detail;
  /** How many small groups were attacked, over all readers. */
  attacked: number;
  /** Whether people were taken as whole ones, which tells the most. */
  inWholes: boolean;
  /** Groups of which something can be told. */
  failed: Sighting['key'][];
}

/**
 * Attacks what is shown of how many people there are, taking every number that is shown as known exactly. It knows how it came about as little as
 * any reader does. `people` are the tables of each reader.
 */
export function auditGroups(
  solver: Solver,
  people: readonly Lattice[],
  statuses: readonly NodeStatus[],
  threshold: number,
): GroupsAudit {
  const found = people.map((lattice) =>
    audit(solver, lattice.sizes, peopleSeen(lattice, statuses), keysOfSmall(lattice, threshold), threshold),
  );
  return {
    nodes: found[0]!.nodes,
    failed: found.flatMap(({ nodes }) => nodes.filter(({ passed }) => !passed).map(({ key }) => key)),
  };
}

function keysOfSmall({ nodes }: Lattice, threshold: number): Sighting['key'][] {
  return nodes.flatMap(({ key, count }) => (count > 0 && count < threshold ? [key] : []));
}

function peopleSeen({ nodes }: Lattice, statuses: readonly NodeStatus[]): Sighting[] {
  return nodes.map(({ key, count, most }, place) => {
    if (statuses[place] !== 'suppressed') return { key, seen: count };
    // That somebody is there is known of everybody's numbers, not of those without one's own.
    return most === 0 ? { key, seen: 0 } : { key, seen: null, evenIfEmpty: count === 0 };
  });
}

/**
 * Attacks what is shown of one item: the people behind it, and all sums that its figures follow from together. `readers` are the item's tables for each reader,
 * `people` everybody's.
 */
export function auditItem(
  solver: Solver,
  readers: readonly ItemCounts[],
  people: readonly Lattice[],
  {
    statuses,
    pattern,
    threshold,
  }: { statuses: readonly NodeStatus[]; pattern: ItemPattern; threshold: number },
): ItemAudit {
  const { detail, withheld } = pattern;
  const audited: ItemAudit = { detail, attacked: 0, inWholes: true, failed: [] };
  for (const [reader, counts] of readers.entries()) {
    const { valid, units } = counts;
    const groups = valid.nodes.flatMap(({ key, count }, place) =>
      count > 0 && count < threshold ? [{ key, people: count, unit: units?.[place] ?? 1 }] : [],
    );
    if (groups.length === 0) continue;
    const seen = (table: Lattice) => answersSeen(table, people[reader]!, statuses, withheld);
    const inValues = detail === 'levels' || counts.classes.length === 0;
    const layers = (inValues ? counts.levels : counts.classes).map(seen);
    const all = seen(valid);
    const { sizes } = valid;
    const found = toldOf(solver, { sizes, layers, all, weighted: units !== undefined }, groups, threshold);
    audited.attacked += groups.length;
    audited.inWholes &&= found.inWholes;
    audited.failed.push(
      ...foundOf(
        solver,
        sizes,
        all,
        groups.map(({ key }) => key),
        threshold,
      ),
      ...found.told.map(({ key }) => key),
    );
  }
  return audited;
}

/** A node shows its sum unless it is withheld of this item, or of all; then it may be known how many people there are. */
function answersSeen(
  { nodes }: Lattice,
  people: Lattice,
  statuses: readonly NodeStatus[],
  withheld: ReadonlySet<number>,
): Sighting[] {
  return nodes.map(({ key, count, most }, place): Sighting => {
    const status = statuses[place];
    if (status === 'empty' || (status === 'published' && !withheld.has(place))) return { key, seen: count };
    if (most === 0) return { key, seen: 0 };
    const hidden = { key, seen: null, evenIfEmpty: true };
    return status === 'suppressed' ? hidden : { ...hidden, atMost: most ?? people.nodes[place]!.count };
  });
}
