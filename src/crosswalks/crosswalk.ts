import { competenciesIn } from '../frameworks/content';
import type { Competency, Domain } from '../frameworks/framework';

/** How a competency of a source answers to one of the master. */
export const linkKinds = ['exact', 'close', 'part of'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** A competency of a source, by lineage, and the one of the master it was linked to or taken over as. */
export interface CrosswalkLink {
  id: string;
  sourceId: string;
  sourceLineageId: string;
  /** As they were when the link was made. */
  sourceCode: string;
  sourceTitle: string;
  /** The lineage of the master's competency. */
  competencyLineageId: string;
  kind: LinkKind;
  takenOver: boolean;
}

/** A competency of a source that is left out of the master on purpose. */
export interface CrosswalkOmission {
  id: string;
  sourceId: string;
  sourceLineageId: string;
  reason: string;
}

/** What has been decided about the competencies of a master's sources. */
export interface Crosswalk {
  links: CrosswalkLink[];
  omissions: CrosswalkOmission[];
}

export type PlacementState = 'not placed' | 'linked' | 'taken over' | 'left out';

/** Where one competency of a source has gone. */
export interface Placement {
  state: PlacementState;
  links: CrosswalkLink[];
  omission: CrosswalkOmission | null;
}

/**
 * Where each competency of one source has gone, by its lineage. Links to what the master no longer holds do not count:
 * taking a take-over back leaves such links behind.
 */
export function placementsOf(
  sourceId: string,
  source: readonly Domain[],
  { links, omissions }: Crosswalk,
  master: readonly Domain[],
): Map<string, Placement> {
  const held = new Set(competenciesIn(master).map(({ lineageId }) => lineageId));
  const live = links.filter((link) => link.sourceId === sourceId && held.has(link.competencyLineageId));
  const linksBy = grouped(live, (link) => link.sourceLineageId);
  const omissionBy = new Map(
    omissions.filter((one) => one.sourceId === sourceId).map((one) => [one.sourceLineageId, one]),
  );
  return new Map(
    competenciesIn(source).map(({ lineageId }) => [
      lineageId,
      placementFrom(linksBy.get(lineageId) ?? [], omissionBy.get(lineageId) ?? null),
    ]),
  );
}

function placementFrom(links: CrosswalkLink[], omission: CrosswalkOmission | null): Placement {
  if (links.length > 0) {
    return { state: links.some(({ takenOver }) => takenOver) ? 'taken over' : 'linked', links, omission };
  }
  return { state: omission ? 'left out' : 'not placed', links, omission };
}

/** How many competencies of a source are in each state. */
export function countStates(placements: ReadonlyMap<string, Placement>): Record<PlacementState, number> {
  const counts = { 'not placed': 0, linked: 0, 'taken over': 0, 'left out': 0 };
  for (const { state } of placements.values()) counts[state] += 1;
  return counts;
}

/** One string for where a competency has gone: what it was on somebody's page is compared with what it is. */
export function placementKey({ links, omission, state }: Placement): string {
  if (state === 'left out') return `left out ${omission!.id}`;
  return links
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

/** "Linked to A1 Hearing (exact)": a placement as a person is told of it. */
export function placementInWords(placement: Placement, master: readonly Domain[]): string {
  const { state } = placement;
  if (state === 'not placed') return 'Not placed yet';
  const start = `${state.charAt(0).toUpperCase()}${state.slice(1)}`;
  return `${start}${state === 'left out' ? ': ' : ' '}${placementDetail(placement, master)}`;
}

/** "to A1 Hearing (exact)": what stands behind the state. */
export function placementDetail({ state, links, omission }: Placement, master: readonly Domain[]): string {
  if (omission && state === 'left out') return omission.reason;
  const names = new Map(
    competenciesIn(master).map(({ lineageId, code, title }) => [lineageId, `${code} ${title}`]),
  );
  const copiesFirst = [...links].sort((one, other) => Number(other.takenOver) - Number(one.takenOver));
  return copiesFirst
    .map(({ competencyLineageId, kind, takenOver }) => {
      const name = names.get(competencyLineageId);
      if (takenOver) return `as ${name}`;
      return `${state === 'taken over' ? 'linked ' : ''}to ${name} (${kind})`;
    })
    .join('; ');
}

/** The competencies of a source that nothing has been decided about, in order. */
export function notPlaced(
  source: readonly Domain[],
  placements: ReadonlyMap<string, Placement>,
): Competency[] {
  return competenciesIn(source).filter(({ lineageId }) => placements.get(lineageId)!.state === 'not placed');
}

/** The items by what `key` says of them, each group in order. */
export function grouped<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
