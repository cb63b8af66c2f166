import { createHash } from 'node:crypto';

/** An entry as it is sealed: every column as PostgreSQL writes it. */
export interface SealedText {
  entryId: number;
  text: string;
}

/** A link of the chain as it is kept. */
export interface Seal {
  place: number;
  entryId: number;
  hash: Buffer;
}

/** What the first link holds in place of the one before it. */
export const beginning = Buffer.alloc(32);

/** The hash of a link: SHA-256 over the 32 bytes of the link before it, then the entry as text. */
export function sealOf(before: Buffer, text: string): Buffer {
  return createHash('sha256').update(before).update(text).digest();
}

/** Seals entries in this order, after a link. */
export function sealed(last: Pick<Seal, 'place' | 'hash'>, entries: readonly SealedText[]): Seal[] {
  let { place, hash } = last;
  return entries.map(({ entryId, text }) => {
    place += 1;
    hash = sealOf(hash, text);
    return { place, entryId, hash };
  });
}

/** Where a chain is broken, and how. */
export interface BrokenLink {
  place: number;
  entryId: number | null;
  fault: 'a link is missing' | 'its entry is gone' | 'its entry was changed, or the link';
}

/**
 * Walks a part of the chain from a link on; `text` is null where a link's entry is gone. Gives the first broken link, or the last one walked.
 */
export function walkChain(
  from: Pick<Seal, 'place' | 'hash'>,
  links: readonly (Seal & { text: string | null })[],
): { broken: BrokenLink } | { broken: null; last: Pick<Seal, 'place' | 'hash'> } {
  let last = from;
  for (const { place, entryId, hash, text } of links) {
    const fault = (what: BrokenLink['fault']) => ({ broken: { place, entryId, fault: what } });
    if (place !== last.place + 1) {
      return { broken: { place: last.place + 1, entryId: null, fault: 'a link is missing' } };
    }
    if (text === null) return fault('its entry is gone');
    if (!sealOf(last.hash, text).equals(hash)) return fault('its entry was changed, or the link');
    last = { place, hash };
  }
  return { broken: null, last };
}
