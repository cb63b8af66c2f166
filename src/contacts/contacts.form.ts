import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';

const longestSearch = 254;

/** What the list is searched for, and which part of it is shown. What cannot be read counts as not said. */
export function readSearch(query: Readonly<Record<string, unknown>>): { search: string; page: number } {
  const search = typeof query.search === 'string' ? query.search.trim().slice(0, longestSearch) : '';
  const page = /^[1-9]\d{0,4}$/.test(String(query.page)) ? Number(query.page) : 1;
  return { search, page };
}

/** Addresses that came back, or whose people complained. */
export interface Returned {
  addresses: string[];
  why: 'bounced' | 'complained';
}

const mostAddresses = 1000;

const returned = z.object({
  list: z
    .string({ error: 'Paste the addresses' })
    .transform((text) => text.split(/[\s,;<>"]+/).filter((word) => word.includes('@')))
    .refine((addresses) => addresses.length > 0, 'Paste the addresses')
    .refine((addresses) => addresses.length <= mostAddresses, 'Paste 1,000 addresses at most at a time'),
  why: z.enum(['bounced', 'complained'], { error: 'Select what happened' }),
});

export function readReturned(body: unknown): FormResult<Returned> {
  const form = readForm(returned, body);
  return form.errors ? form : { value: { addresses: [...new Set(form.value.list)], why: form.value.why } };
}
