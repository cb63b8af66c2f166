import { z } from 'zod';
import { isoDay } from '../platform/dates';
import { readDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { isCode, readCode } from './survey';

const thresholds = { least: 8, most: 30 };

/** What a lead settles when a survey opens. */
const openingForm = z.object({
  name: z
    .string({ error: 'Enter a name for the survey' })
    .trim()
    .min(1, { error: 'Enter a name for the survey' })
    .max(120, { error: 'The name must be 120 characters or fewer' }),
  code: z
    .string({ error: 'Enter a code' })
    .transform(readCode)
    .refine(isCode, { error: 'Enter a code of 4 to 20 letters A to Z and digits' }),
  promise: z.enum(['anonymous', 'confidential'], { error: 'Select what respondents are promised' }),
  dimension: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => (value === undefined ? [] : [value].flat()))
    .refine((values) => values.length > 0, { error: 'Select what the report is broken down by' }),
  threshold: z
    .string({ error: 'Enter the smallest group that is ever shown' })
    .trim()
    .regex(/^\d{1,3}$/, { error: 'Enter a whole number' })
    .transform(Number)
    .refine((number) => number >= thresholds.least && number <= thresholds.most, {
      error: `The smallest group must be ${thresholds.least} to ${thresholds.most} people`,
    }),
});

export type OpeningForm = z.infer<typeof openingForm> & { lastDay: string };

/** Reads the form; `now` tells whether the last day lies ahead. */
export function readOpening(
  body: Readonly<Record<string, unknown>>,
  now: Date,
): { value: OpeningForm; errors?: undefined } | { value?: undefined; errors: FieldErrors } {
  const read = openingForm.safeParse(body);
  const errors: FieldErrors = {};
  for (const issue of read.error?.issues ?? []) errors[String(issue.path[0])] ??= issue.message;
  const lastDay = readDay(body, 'last');
  if (lastDay === null) errors['last-day'] = 'Enter the last day people can answer';
  else if (lastDay === undefined)
    errors['last-day'] = 'Enter a day that is in the calendar, such as 27 3 2027';
  else if (lastDay < isoDay(now)) errors['last-day'] = 'The last day must be today or later';
  if (read.success && lastDay && Object.keys(errors).length === 0)
    return { value: { ...read.data, lastDay } };
  return { errors };
}
