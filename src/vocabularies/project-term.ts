import type { Term } from './vocabulary';

/** A term as a project sees it: the platform's, perhaps under a name of the project's, or one of its own. */
export interface ProjectTerm extends Term {
  /** What it stands under in lists: a profession's staff group, a board's region, a setting's usual sector. */
  group: string | null;
  /** The code of that region or sector. */
  parent: string | null;
  /** Made by the project; its code begins with `own_`. */
  own: boolean;
  /** Plain days, both included; null for no limit. */
  validFrom: string | null;
  validTo: string | null;
  /** The codes of the terms that took its place. */
  successors: string[];
  /** Of a platform's term: whether the project uses it. */
  picked: boolean;
  /** Of an own term: the day since which it is no longer offered. */
  archivedOn: string | null;
  /** What the platform calls it; null for an own term. */
  platformLabel: string | null;
  /** Counts the changes of what the project says about it; 0 where it says nothing. */
  revision: number;
}

/** Is the day within the dates? Both ends are included. */
export function isValidOn(
  { validFrom, validTo }: Pick<ProjectTerm, 'validFrom' | 'validTo'>,
  day: string,
): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}

/** Does the project offer the term in what it makes on this day? */
export function isOffered(term: ProjectTerm, day: string): boolean {
  return term.own ? term.archivedOn === null : term.picked && isValidOn(term, day);
}

/** Can a project tick the term? One of the platform's that is valid or will be. */
export function mayBeTicked({ own, validTo }: Pick<ProjectTerm, 'own' | 'validTo'>, day: string): boolean {
  return !own && (validTo === null || day <= validTo);
}

/**
 * One vocabulary's terms in the order they are offered: the platform's order, each own term behind the last of its
 * group, and the others at the end, but before "other".
 */
export function inOfferedOrder<T extends Pick<ProjectTerm, 'code' | 'own' | 'group'>>(
  terms: readonly T[],
): T[] {
  const ordered = terms.filter(({ own }) => !own);
  for (const term of terms.filter(({ own }) => own)) {
    const last = term.group === null ? -1 : ordered.findLastIndex(({ group }) => group === term.group);
    const other = ordered.findIndex(({ code }) => code === 'other');
    const end = other === -1 ? ordered.length : other;
    ordered.splice(last === -1 ? end : last + 1, 0, term);
  }
  return ordered;
}
