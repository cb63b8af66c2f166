import type { FieldErrors } from '../platform/form';
import { isValidOn } from './project-term';
import type { Term } from './vocabulary';

/** A term as the platform administrator keeps it. */
export interface PlatformTerm extends Term {
  position: number;
  staffGroup: string | null;
  /** The code of the region or sector it lies in. */
  parent: string | null;
  /** Plain days, both included; null for no limit. */
  validFrom: string | null;
  validTo: string | null;
  /** The codes of the terms that took its place. */
  successors: string[];
  /** Counts its edits; 0 as it was shipped. */
  revision: number;
}

/** What may be edited of a term: everything but its code and its place. */
export type TermDetails = Pick<
  PlatformTerm,
  'label' | 'tier' | 'staffGroup' | 'parent' | 'validFrom' | 'validTo' | 'successors'
>;

export const longestCode = 40;

/** A code made of a label's letters and digits: "Nursery nurse" gives "nursery_nurse". */
export function codeFrom(label: string): string {
  const plain = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
  return plain.slice(0, longestCode).replace(/^_+|_+$/g, '') || 'term';
}

/** The wished code, or that with a number behind it where it is taken; never longer than a code may be. */
export function freeCode(wished: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `_${number}`;
    const code = `${wished.slice(0, longestCode - ending.length)}${ending}`;
    if (!taken.has(code)) return code;
  }
}

/** Do two labels read alike? Case and spacing make no difference. */
export function readAlike(one: string, other: string): boolean {
  return plainLabel(one) === plainLabel(other);
}

function plainLabel(label: string): string {
  return label.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** What is wrong with a term among the others of its vocabulary, a sentence per field. */
export function faultsOfTerm(
  code: string,
  details: TermDetails,
  others: readonly PlatformTerm[],
): FieldErrors {
  const errors: FieldErrors = {};
  const namesake = others.find((other) => readAlike(other.label, details.label));
  if (namesake) errors.label = `There is a term called ${namesake.label} already. Enter another name`;
  if (details.validFrom && details.validTo && details.validTo < details.validFrom) {
    errors['validTo-day'] = 'The last day must not be before the first day';
  }
  const successors = faultOfSuccessors(code, details.successors, others);
  if (successors) errors.successors = successors;
  return errors;
}

function faultOfSuccessors(
  code: string,
  successors: readonly string[],
  others: readonly PlatformTerm[],
): string | undefined {
  if (successors.includes(code)) return 'A term cannot be its own successor';
  const known = new Map(others.map((other) => [other.code, other]));
  const unknown = successors.filter((successor) => !known.has(successor));
  if (unknown.length > 0) return `There is no term with the code ${unknown.join(', ')}`;
  const circular = successors.find((successor) => leadsTo(successor, code, known));
  return (
    circular && `${known.get(circular)!.label} is itself succeeded by this term, perhaps by way of others`
  );
}

function leadsTo(from: string, to: string, terms: ReadonlyMap<string, { successors: string[] }>): boolean {
  const passed = new Set<string>();
  const ahead = [from];
  for (let code = ahead.pop(); code !== undefined; code = ahead.pop()) {
    if (code === to) return true;
    if (passed.has(code)) continue;
    passed.add(code);
    ahead.push(...(terms.get(code)?.successors ?? []));
  }
  return false;
}

type Succeeded = Pick<PlatformTerm, 'code' | 'successors' | 'validFrom' | 'validTo'>;

/**
 * The terms that stand for an ended one on a day: its successors, or theirs where those have ended as well. In order,
 * each once; none where nothing took its place.
 */
export function successorsOn<T extends Succeeded>(code: string, terms: readonly T[], day: string): T[] {
  const known = new Map(terms.map((term) => [term.code, term]));
  const found = new Map<string, T>();
  const passed = new Set<string>();
  const follow = (from: string): void => {
    if (passed.has(from)) return;
    passed.add(from);
    for (const successor of known.get(from)?.successors ?? []) {
      const term = known.get(successor);
      if (!term) continue;
      if (isValidOn(term, day) || term.successors.length === 0) found.set(successor, term);
      else follow(successor);
    }
  };
  follow(code);
  return [...found.values()];
}

/** Where a term stands in time. */
export type Validity = 'valid' | 'ended' | 'to come';

export function validityOn(term: Pick<PlatformTerm, 'validFrom' | 'validTo'>, day: string): Validity {
  if (isValidOn(term, day)) return 'valid';
  return term.validTo !== null && term.validTo < day ? 'ended' : 'to come';
}
