import type { Merge } from '../estimates/dimension';

/** The longest reason for another release, in characters. */
export const longestReason = 1000;

/** Are the same categories put together, whatever the order? */
export function sameMerges(one: readonly Merge[], other: readonly Merge[]): boolean {
  return written(one) === written(other);
}

function written(merges: readonly Merge[]): string {
  return JSON.stringify(merges.map(({ dimension, codes }) => [dimension, ...[...codes].sort()]).sort());
}

/** Why categories cannot be put together so, as a sentence. */
export function mergeFault(
  merges: readonly Merge[],
  dimensions: readonly string[],
  offeredIn: (dimension: string) => readonly string[],
): string | undefined {
  const taken = new Set<string>();
  for (const { dimension, code, label, codes } of merges) {
    if (!dimensions.includes(dimension)) return `The report is not broken down by ${dimension}.`;
    const offered = offeredIn(dimension);
    const unknown = codes.find((one) => !offered.includes(one));
    if (unknown !== undefined) return `The questionnaire offers no ${unknown}.`;
    if (new Set(codes).size < 2) return `${label} must be of two groups or more.`;
    const again = codes.find((one) => taken.has(`${dimension} ${one}`));
    if (again !== undefined) return `${again} can be put together with others once only.`;
    for (const one of codes) taken.add(`${dimension} ${one}`);
    if (offered.includes(code) && !codes.includes(code))
      return `${label} needs a code that no other group has.`;
    if (taken.has(`as ${dimension} ${code}`)) return `Two groups cannot both be called ${code}.`;
    taken.add(`as ${dimension} ${code}`);
  }
  return undefined;
}

/** A category that two of them would put together with different others: its dimension and code. */
export function clashOf(merges: readonly Merge[]): { dimension: string; code: string } | undefined {
  const taken = new Set<string>();
  for (const { dimension, codes } of merges) {
    for (const code of codes) {
      if (taken.has(`${dimension} ${code}`)) return { dimension, code };
      taken.add(`${dimension} ${code}`);
    }
  }
  return undefined;
}

/**
 * What was put together already, and more. Where one of two that share a category holds all of the other, the larger one takes its place; two that
 * only overlap stay, for whoever asked to be told.
 */
export function joined(known: readonly Merge[], more: readonly Merge[]): Merge[] {
  const all = [...known, ...more];
  const isWithin = (one: Merge, other: Merge) =>
    one.dimension === other.dimension && one.codes.every((code) => other.codes.includes(code));
  return all.filter(
    (one, place) =>
      !all.some((other, at) => at !== place && isWithin(one, other) && (!isWithin(other, one) || at < place)),
  );
}
