import { isDeepStrictEqual } from 'node:util';
import type { FullQuota } from '../surveys/survey';

/** How many are to give an answer at most, and what happens to those who come after them. */
export interface Quota extends FullQuota {
  id: string;
  surveyId: string;
  most: number;
}

export type QuotaAction = FullQuota['action'];

/** What a lead settles of a quota. */
export type QuotaTerms = Pick<Quota, 'most' | 'action'>;
export type NewQuota = Omit<Quota, 'id' | 'surveyId'>;

/** How many quotas a survey has at most. */
export const mostQuotas = 100;
/** What a quota can be at most. */
export const largestQuota = 100_000;
/** Quotas go by fives, as counts are shown: which ones are full tells no more than those. */
export const quotaStep = 5;

/**
 * The least a quota can be where groups under `threshold` people are never shown: a full one tells that there are as many.
 */
export function leastQuota(threshold: number): number {
  return quotaStep * Math.ceil(threshold / quotaStep);
}

/** As many fill a quota. The threshold may have been raised since the quota was set, and then that is the least. */
export function enoughFor({ most }: Pick<Quota, 'most'>, threshold: number): number {
  return Math.max(most, leastQuota(threshold));
}

/** The quotas that another survey has and this one could have too and has not, held to its threshold. */
export function quotasAsIn(
  other: readonly Quota[],
  quotas: readonly Quota[],
  isOffered: (quota: Quota) => boolean,
  threshold: number,
): NewQuota[] {
  const isThere = ({ facet, value }: Quota) =>
    quotas.some((quota) => quota.facet === facet && quota.value === value);
  return other
    .filter((quota) => isOffered(quota) && !isThere(quota))
    .map(({ facet, value, most, action }) => ({
      ...{ facet, value, action },
      most: enoughFor({ most }, threshold),
    }));
}

/** People counted, by what they say of their work in the order of the plan's facets. */
export interface Counted {
  stratum: string[];
  respondents: number;
}

/** How many of those counted gave an answer. None where the survey does not ask. */
export function countOf(
  counted: readonly Counted[],
  facets: readonly string[],
  { facet, value }: Pick<Quota, 'facet' | 'value'>,
): number {
  const place = facets.indexOf(facet);
  if (place < 0) return 0;
  return counted.reduce(
    (count, { stratum, respondents }) => (stratum[place] === value ? count + respondents : count),
    0,
  );
}

/** The quotas that as many have filled, as their survey keeps them: always in the same order. */
export function fullOf(
  quotas: readonly Quota[],
  counted: readonly Counted[],
  facets: readonly string[],
  threshold: number,
): FullQuota[] {
  return quotas
    .filter((quota) => countOf(counted, facets, quota) >= enoughFor(quota, threshold))
    .map(({ facet, value, action }) => ({ facet, value, action }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Do two surveys' worth of full quotas say the same? Both in the order of `fullOf`. */
export function sameQuotas(one: readonly FullQuota[], other: readonly FullQuota[]): boolean {
  return isDeepStrictEqual(one, other);
}

export function isFull(
  { facet, value }: Pick<Quota, 'facet' | 'value'>,
  full: readonly FullQuota[],
): boolean {
  return full.some((one) => one.facet === facet && one.value === value);
}

function keyOf({ facet, value }: FullQuota): string {
  return JSON.stringify([facet, value]);
}
