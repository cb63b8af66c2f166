import { z } from 'zod';
import { ratingsOf } from '../questionnaires/measures';
import { formToken, limits, reservedNames } from '../questionnaires/shape';
import { holdsBraces } from './lines';

const most = { title: 500, text: 5000, sentence: 500 };

/** A text of the questionnaire or of a page. */
function said(name: string, longest: number) {
  return z
    .string()
    .default('')
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .refine((text) => text.length <= longest, {
      error: `${name} can be ${longest.toLocaleString('en-GB')} characters long at most`,
    })
    .refine((text) => !holdsBraces(text), {
      error: `${name} cannot show an earlier answer in { } yet: leave out the { }`,
    })
    .refine((text) => !/\0|\p{Surrogate}/u.test(text), {
      error: `${name} holds a character that cannot be kept: type it again`,
    });
}

/** The title and description of a page. */
export const pageForm = z.object({
  title: said('The title', most.title).refine((text) => text !== '', { error: 'Enter a title' }),
  description: said('The description', most.text),
});

/** The title of something new. */
export const titleForm = z.object({ title: said('The title', most.title) });

/** What a questionnaire says around its pages. */
export const settingsForm = z.object({
  title: said('The title', 120).refine((text) => text !== '', {
    error: 'Enter a title: respondents see it first',
  }),
  introduction: said('The introduction', most.text),
  participation: said('The sentence', most.sentence),
  thanks: said('The thank-you', most.sentence),
  seed: z
    .string()
    .default('')
    .transform((text) => text.trim())
    .refine((text) => /^\d{0,9}$/.test(text), {
      error: 'Enter a whole number of 9 digits at most, or nothing',
    }),
});

/** A question's code. */
export const nameForm = z.object({
  name: z
    .string({ error: 'Enter a code' })
    .trim()
    .min(1, { error: 'Enter a code' })
    .max(limits.name, { error: `The code can be ${limits.name} characters long at most` })
    .refine((name) => !/[{}[\]'"\\\0]|\p{Surrogate}/u.test(name), {
      error: 'The code cannot hold brackets, quotes or backslashes',
    })
    .refine((name) => name !== formToken && !reservedNames.has(name), {
      error: 'This code is reserved: enter another',
    }),
});

const many = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));

/** Which competencies are to be rated, how, and whether each by itself. */
export const competenciesForm = z.object({
  competency: many.refine((codes) => codes.length > 0, { error: 'Tick what to rate' }),
  measure: z
    .string({ error: 'Select how to rate' })
    .refine((key) => ratingsOf([key]).length > 0, { error: 'Select how to rate' }),
  layout: z.enum(['questions', 'tables'], { error: 'Select how to ask' }),
});

/** The words at the ends of a numbered scale. */
export const scaleForm = z.object({
  scale: z.string({ error: 'Select a scale' }).min(1, { error: 'Select a scale' }),
  lowest: said('The words', 100),
  highest: said('The words', 100),
});
