import { createHash } from 'node:crypto';
import type { Definition } from './definition';

/**
 * A value as the one text that every spelling of it shares: keys in order, and a text in the questionnaire's own
 * language alone, or a choice that is no more than its value, as the plain one it is.
 */
export function canonical(value: unknown): string | undefined {
  return JSON.stringify(settled(value));
}

/** The text that tells the states of a definition apart: the same only where it says the same. */
export function checksumOf(definition: Definition): string {
  return createHash('sha256').update(canonical(definition)!).digest('hex');
}

function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  const [first] = entries;
  if (entries.length === 1 && isPlain(first![0], first![1])) return first![1];
  return Object.fromEntries(entries.map(([key, one]) => [key, settled(one)]));
}

function isPlain(key: string, value: unknown): boolean {
  if (key === 'default') return typeof value === 'string';
  return key === 'value' && (typeof value === 'string' || typeof value === 'number');
}
