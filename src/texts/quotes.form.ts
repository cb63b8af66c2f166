import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import { isQuoteOf, longestQuote } from './quote';

type Body = Readonly<Record<string, unknown>>;

/** The ways a quote's group may be named: not at all, by one dimension, or by all of them. */
export function labelChoices(dimensions: readonly string[]): string[][] {
  const single = dimensions.map((dimension) => [dimension]);
  return [[], ...single, ...(dimensions.length > 1 ? [[...dimensions]] : [])];
}

/** A label as a form's field holds it. */
export function labelText(label: readonly string[]): string {
  return label.length === 0 ? 'none' : label.join(' ');
}

export function readQuote(
  body: Body,
  redacted: string,
  dimensions: readonly string[],
): FormResult<{ words: string; label: string[] }> {
  const labels = new Map(labelChoices(dimensions).map((label) => [labelText(label), label]));
  const error = 'Select whether its group may be named';
  const read = readForm(
    z.object({
      words: z
        .string({ error: 'Enter the words to quote' })
        .transform((words) => words.replace(/\s+/g, ' ').trim())
        .refine((words) => /\p{L}/u.test(words), { error: 'Enter the words to quote' })
        .refine((words) => words.length <= longestQuote, {
          error: `Enter ${longestQuote} characters or fewer`,
        })
        .refine((words) => isQuoteOf(words, redacted), {
          error: 'Quote the words as they stand in the text. Put … where you leave some out',
        }),
      label: z
        .string({ error })
        .transform((typed) => labels.get(typed))
        .refine((label) => label !== undefined, { error }),
    }),
    body,
  );
  if (read.errors) return read;
  return { value: { words: read.value.words, label: read.value.label! } };
}
