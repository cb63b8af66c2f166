import { createHash } from 'node:crypto';
import type { ThreadRecord } from '../discussions/thread';
import type { RecommendationRecord } from '../recommendations/recommendation';
import type { FrozenRelease } from '../releases/release';
import type { Signature, Signoff } from './signoff';

/** Everything that is signed, read from the database. */
export interface SignedParts {
  frozen: FrozenRelease;
  /** What was frozen with the release besides its figures, by name. */
  parts: Record<string, unknown>;
  recommendations: readonly RecommendationRecord[];
  threads: readonly ThreadRecord[];
  /** The accounts that have to sign. */
  required: readonly string[];
  signatures: readonly Signature[];
}

/**
 * JSON that is the same, byte for byte, whenever the content is: no spaces, the names of every object in the order of their
 * UTF-16 units, instants as ISO 8601 in UTC.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort((one, other) => (one < other ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, inOrder((value as Record<string, unknown>)[name])]));
}

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export function checksumOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function releaseOf({ frozen: { release, nodes, figures }, parts }: Pick<SignedParts, 'frozen' | 'parts'>) {
  const { id, number, reason, publishedAt, document } = release;
  return { ...{ id, number, reason, publishedAt, document }, nodes, figures, parts };
}

/** The checksum of a release: its document, its groups, their figures and what was frozen with them. */
export function releaseChecksum(parts: Pick<SignedParts, 'frozen' | 'parts'>): string {
  return checksumOf(canonicalJson(releaseOf(parts)));
}

/** The checksum of what a member signs: the release and the recommendations. Comments go on without touching it. */
export function stateOf(parts: Pick<SignedParts, 'frozen' | 'parts' | 'recommendations'>): string {
  return checksumOf(
    canonicalJson({ release: releaseChecksum(parts), recommendations: parts.recommendations }),
  );
}

/**
 * What is signed for good, as a file: `signed.json`, whose own SHA-256 is the report's checksum, so that anybody can work it out with
 * `sha256sum`. It is canonical JSON of
 * - `format`: "signed report v1";
 * - `report`: id, number, reason, publishedAt, document, nodes, figures and parts of the release;
 * - `recommendations`: each with all versions, steps and opinions; `comments`: each thread with its comments;
 * - `signOff`: the round, the accounts required, all signatures, and who completed it when;
 * - `people`: the address of every account named, as it was on that day.
 */
export function signedJson(
  parts: SignedParts,
  { round, signedAt, signedBy, people }: Pick<Signoff, 'round' | 'signedAt' | 'signedBy' | 'people'>,
): string {
  return canonicalJson({
    format: 'signed report v1',
    report: releaseOf(parts),
    recommendations: parts.recommendations,
    comments: parts.threads,
    signOff: {
      round,
      required: [...parts.required].sort(),
      signatures: parts.signatures.map(({ email: _email, ...signature }) => signature),
      completed: { at: signedAt, by: signedBy },
    },
    people,
  });
}

/** Every account that what is signed names. */
export function accountsIn({ recommendations, threads, required, signatures }: SignedParts): string[] {
  return [
    ...new Set([
      ...required,
      ...signatures.map(({ accountId }) => accountId),
      ...threads.flatMap((thread) => [
        thread.startedBy,
        ...(thread.resolvedBy ? [thread.resolvedBy] : []),
        ...thread.comments.map(({ author }) => author),
      ]),
      ...recommendations.flatMap(({ versions, steps, opinions }) => [
        ...versions.map(({ madeBy }) => madeBy),
        ...steps.map(({ setBy }) => setBy),
        ...opinions.map(({ accountId }) => accountId),
      ]),
    ]),
  ].sort();
}
