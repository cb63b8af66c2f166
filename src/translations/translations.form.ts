import { z } from 'zod';
import { readSeen } from '../platform/form';
import { isEnglish, readLanguage } from './languages';
import type { Sent } from './sent';

/** A language to add: one of the list, or any by its code. What was typed comes before what the list stood at. */
export const languageForm = z
  .object({
    language: z.string().default(''),
    code: z.string().trim().max(40, { error: 'A language code is 40 characters long at most' }).default(''),
  })
  .transform(({ language, code }, context) => {
    const field = code === '' ? 'language' : 'code';
    const read = readLanguage(code || language);
    const fault =
      code === '' && language === ''
        ? 'Select a language, or enter its code'
        : !read
          ? `We know no language “${code || language}”. Enter a code such as so or pt-BR`
          : isEnglish(read)
            ? 'The questionnaire is in English already. Select another language'
            : undefined;
    if (fault === undefined) return read!;
    context.addIssue({ code: 'custom', path: [field], message: fault });
    return z.NEVER;
  });

/** What is shown of a language's table. */
export interface TableFilter {
  show: 'all' | 'missing' | 'changed';
  /** One page, or what belongs to none; empty for everything. */
  part: string;
  each: boolean;
}

export function readTableFilter({ show, part, each }: Record<string, unknown>): TableFilter {
  return {
    show: show === 'missing' || show === 'changed' ? show : 'all',
    part: typeof part === 'string' ? part : '',
    each: each === 'yes',
  };
}

/** The filter as it stands in an address; empty where everything is shown. */
export function queryOf({ show, part, each }: TableFilter): string {
  const query = new URLSearchParams();
  if (show !== 'all') query.set('show', show);
  if (part !== '') query.set('part', part);
  if (each) query.set('each', 'yes');
  return query.toString();
}

/** The form of a table: a field for each row, and what the rows said when the page was made. */
export function readSent(body: Readonly<Record<string, unknown>>): Sent {
  const seen = readSeen(body.seen);
  const fits = new Set([body.fits].flat());
  const fields = Object.keys(seen).filter((field) => /^t-[\w-]{16}$/.test(field));
  return {
    each: body.each === 'yes',
    texts: fields.map((field) => ({
      field,
      seen: seen[field]!,
      stamp: seen[`${field}.own`] ?? '',
      typed: typeof body[field] === 'string' ? body[field] : seen[field]!,
      fits: fits.has(field),
    })),
  };
}

/** What is pasted instead of a file. */
export const pastedForm = z.object({ text: z.string().default('') });
