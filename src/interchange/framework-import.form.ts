import { z } from 'zod';
import { frameworkLimits as limits } from '../frameworks/framework';
import { scaleRange, scaleSentence } from './scale-range';

const longestList = 500_000;

const list = z
  .string()
  .max(longestList, { error: `The list must be ${longestList.toLocaleString('en-GB')} characters or fewer` })
  .default('');

/** What is sent with a file or a list that changes a draft. */
export const draftImportForm = z.object({
  list,
  missing: z.enum(['keep', 'remove'], {
    error: 'Select what becomes of those that are not in the file or list',
  }),
});

/** What is sent with a file or a list that becomes a new framework. */
export const newImportForm = z.object({
  list,
  title: z
    .string()
    .trim()
    .max(limits.title, { error: `The title must be ${limits.title} characters or fewer` })
    .default(''),
  scale: z
    .string()
    .trim()
    .default('')
    .refine((text) => text === '' || scaleRange(text) !== null, { error: scaleSentence })
    .transform((text) => scaleRange(text)),
});
