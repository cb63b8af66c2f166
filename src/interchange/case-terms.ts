import { createHash } from 'node:crypto';
import type { MatrixColumn } from '../frameworks/framework';

// The terms of CASE 1.1 (1EdTech Competencies and Academic Standards Exchange) that reading and writing share.

export const caseVersion = '1.1';
export const isChildOf = 'isChildOf';
export const domainType = 'Domain';
export const competencyType = 'Competency';

/** What CASE has no field for travels in `extensions`, under names of our own. */
export const ours = {
  words: 'skills-gap-survey:words',
  columns: 'skills-gap-survey:columns',
  requiredLevels: 'skills-gap-survey:requiredLevels',
  hint: 'skills-gap-survey:hint',
  optional: 'skills-gap-survey:optional',
  description: 'skills-gap-survey:description',
  scale: 'skills-gap-survey:scale',
} as const;

/** CASE wants a creator; a framework need not have a source. */
export const noCreator = 'Not stated';

export function uriOf(identifier: string): string {
  return `urn:uuid:${identifier}`;
}

/** A UUID that follows from another and a name, so that the same thing is exported with the same one (RFC 9562, version 5). */
export function derivedIdentifier(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name);
  const hash = bytes.digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const tierMark = 'tier:';

/** "rn_adult|gp_practice", "tier:3|*": whom a column is for, in one text. */
export function columnText({ profession, tier, setting }: MatrixColumn): string {
  const whom = tier === null ? (profession ?? '*') : `${tierMark}${tier}`;
  return `${whom}|${setting ?? '*'}`;
}

/** The column behind such a text, or nothing where it is none. */
export function columnFromText(text: string): MatrixColumn | undefined {
  const [whom, setting, ...rest] = text.split('|');
  if (!whom || !setting || whom === tierMark || rest.length > 0) return undefined;
  const tier = whom.startsWith(tierMark) ? whom.slice(tierMark.length) : null;
  return {
    profession: tier !== null || whom === '*' ? null : whom,
    tier,
    setting: setting === '*' ? null : setting,
  };
}
