import { domainPath } from '../frameworks/content';
import { crumbsTo, type Place } from '../frameworks/editing.page';
import type { Competency, Domain, Framework, FrameworkContent } from '../frameworks/framework';
import { formatDateTime } from '../platform/dates';
import type { Page } from '../web/layout';
import type { Placement, PlacementState } from './crosswalk';

// Words and addresses that the pages of a crosswalk share.

/** A master, one of its sources, and what has been decided about the two. */
export interface Sides {
  master: FrameworkContent;
  source: FrameworkContent;
  placements: ReadonlyMap<string, Placement>;
}

/** The latest change of the draft, where it can be undone. */
export interface LastChange {
  id: string;
  summary: string;
  madeAt: Date;
}

export interface UndoOffer {
  text: string;
  action: string;
  back: string;
}

export function undoOffer(master: Framework, change: LastChange | undefined, back: string): UndoOffer | null {
  if (!change) return null;
  return {
    text: `${change.summary}, ${formatDateTime(change.madeAt)}`,
    action: `/frameworks/${master.id}/changes/${change.id}/undo`,
    back,
  };
}

export function crosswalkAddress(masterId: string): string {
  return `/frameworks/${masterId}/crosswalk`;
}

export function sourceAddress(masterId: string, sourceId: string): string {
  return `${crosswalkAddress(masterId)}/${sourceId}`;
}

export function competencyAddress(masterId: string, sourceId: string, lineageId: string): string {
  return `${sourceAddress(masterId, sourceId)}/competencies/${lineageId}`;
}

export function frozenWords({ publishedAt }: Framework): string | null {
  return publishedAt
    ? 'This version is published. What it was merged from can be read here, and no longer changed.'
    : null;
}

/** The way to the list of sources. */
export function crumbsToCrosswalk({ project, framework }: Place): NonNullable<Page['breadcrumbs']> {
  return [
    ...crumbsTo(project, framework),
    { href: crosswalkAddress(framework.id), text: 'Merge frameworks' },
  ];
}

export const stateTags: Record<PlacementState, { text: string; classes: string }> = {
  'not placed': { text: 'Not placed yet', classes: 'nhsuk-tag--yellow' },
  linked: { text: 'Linked', classes: 'nhsuk-tag--blue' },
  'taken over': { text: 'Taken over', classes: 'nhsuk-tag--green' },
  'left out': { text: 'Left out', classes: 'nhsuk-tag--grey' },
};

export function nameOf({ code, title }: Competency): string {
  return `${code} ${title}`;
}

export function pathOf(domains: readonly Domain[], domain: Domain): string {
  return domainPath(domains, domain).join(' > ');
}

export function levelsBox(checked: boolean, count: number): Record<string, unknown> {
  const text = count === 1 ? 'Take its required level along' : `Take its required levels along (${count})`;
  return { idPrefix: 'levels', name: 'levels', items: [{ value: 'yes', text, checked }] };
}

/** Why neither required levels nor level descriptors can come along. */
export function scaleNote(source: Framework, master: Framework): string {
  return `The scale of ${source.title} has ${source.scale.length} levels and yours has ${master.scale.length}. Level descriptors and required levels stay behind: they go over only between scales of the same length.`;
}
