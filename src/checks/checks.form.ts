import { z } from 'zod';
import { isRule, type RuleName } from './rule';
import { usualRate } from './small-groups';

export const longestReason = 500;

const plainLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Why a finding is set aside. */
export const reasonForm = z.object({
  reason: z
    .string({ error: 'Enter why it can stay as it is' })
    .transform(plainLine)
    .refine((reason) => reason !== '', { error: 'Enter why it can stay as it is' })
    .refine((reason) => reason.length <= longestReason, {
      error: `The reason can be ${longestReason} characters long at most`,
    }),
});

const asked = 'Enter how many of 100 staff you expect to answer, from 1 to 100';

/** The share of staff expected to answer, typed in per cent; what is usual where nothing was typed. */
export const rateForm = z.object({
  rate: z
    .string({ error: asked })
    .default(String(usualRate * 100))
    .transform((typed) => Number(typed.replace('%', '').trim() || Number.NaN))
    .refine((rate) => Number.isInteger(rate) && rate >= 1 && rate <= 100, { error: asked })
    .transform((rate) => rate / 100),
});

/** What a "Fix" button means: one finding, or all of a rule. */
export type Wanted = { key: string } | { rule: RuleName };

/** Nothing where the form cannot be one of ours. */
export function readWanted(body: Readonly<Record<string, unknown>>): Wanted | undefined {
  if (isRule(body.rule)) return { rule: body.rule };
  return isKey(body.key) ? { key: body.key } : undefined;
}

export function isKey(key: unknown): key is string {
  return typeof key === 'string' && /^[A-Za-z0-9_-]{32}$/.test(key);
}
