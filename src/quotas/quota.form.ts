import { z } from 'zod';
import { prefillField, prefillsOf } from '../links/link.form';
import { type FormResult, readForm } from '../platform/form';
import type { Plan } from '../questionnaires/plan';
import { largestQuota, leastQuota, type NewQuota, type QuotaTerms, quotaStep } from './quota';

type Body = Readonly<Record<string, unknown>>;

/** Reads how many are to answer so, and what happens then. */
export function readTerms(body: Body, threshold: number): FormResult<QuotaTerms> {
  return readForm(z.object(terms(threshold)), body);
}

/** Reads a quota: of which answer, how many, and what happens then. */
export function readQuota(body: Body, plan: Pick<Plan, 'pages'>, threshold: number): FormResult<NewQuota> {
  const known = new Map(prefillsOf(plan).map((prefill) => [prefillField(prefill), prefill]));
  const error = 'Select the answer that enough people can give';
  const answer = z
    .string({ error })
    .transform((typed) => known.get(typed))
    .refine((found) => found !== undefined, { error });
  const read = readForm(z.object({ answer, ...terms(threshold) }), body);
  if (read.errors) return read;
  const { answer: prefill, ...settled } = read.value;
  return { value: { ...prefill!, ...settled } };
}

function terms(threshold: number) {
  const least = leastQuota(threshold);
  return {
    most: z
      .string({ error: 'Enter how many answers are enough' })
      .trim()
      .min(1, { error: 'Enter how many answers are enough' })
      .regex(/^\d{1,6}$/, { error: 'Enter a whole number, such as 50' })
      .transform(Number)
      .refine((number) => number >= least, {
        error: `Enter ${least} or more: a full quota tells that so many have answered, and groups under ${threshold} people are never shown`,
      })
      .refine((number) => number <= largestQuota, {
        error: `Enter ${largestQuota.toLocaleString('en-GB')} or less`,
      })
      .refine((number) => number % quotaStep === 0, {
        error: 'Enter a number that ends in 0 or 5: quotas go by fives, as figures are shown',
      }),
    action: z.enum(['close links', 'turn away'], { error: 'Select what happens when enough have answered' }),
  };
}
