import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import type { NodeKey, ReleaseDocument } from '../releases/release';
import { readGroup } from '../reports/group.form';

/** A group of the report and what else an address asks for, as it was typed. */
export interface Asked {
  key: NodeKey;
  budget: string;
}

/** Reads an address: a group of the report, each dimension once, empty for all of it. Undefined for whatever is not in the report. */
export function readAsked(
  document: Pick<ReleaseDocument, 'dimensions'>,
  query: Readonly<Record<string, unknown>>,
): Asked | undefined {
  const { budget = '', ...rest } = query;
  if (typeof budget !== 'string') return undefined;
  const chosen = Object.fromEntries(Object.entries(rest).filter(([, code]) => code !== ''));
  const key = readGroup({ document: document as ReleaseDocument }, chosen);
  const known = Object.keys(rest).every((name) =>
    document.dimensions.some((dimension) => dimension.key === name),
  );
  return key && known ? { key, budget } : undefined;
}

const most = 100_000_000;
const sentence = 'Enter the budget in whole pounds up to 100,000,000, such as 50000';

const budgetForm = z.object({
  budget: z
    .string()
    .transform((text) => text.replace(/^\s*£/, '').replace(/,(?=\d{3}(\D|$))|\s/g, ''))
    .refine((text) => text === '' || (/^\d{1,9}$/.test(text) && Number(text) <= most), { error: sentence })
    .transform((text) => (text === '' ? null : Number(text))),
});

/** A budget in pounds; null where none is asked for. */
export function readBudget(text: string): FormResult<{ budget: number | null }> {
  return readForm(budgetForm, { budget: text });
}
