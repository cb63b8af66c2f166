import { z } from 'zod';
import { isId } from '../web/params';
import { entryLimits as limits } from './entry';

/** What cannot be seen goes; line ends stay where there may be several lines. */
const line = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
const lines = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();

/** What people say of an entry. */
export const detailsForm = z.object({
  title: z
    .string({ error: 'Enter a title' })
    .transform(line)
    .pipe(
      z
        .string()
        .min(1, { error: 'Enter a title, so that others find it' })
        .max(limits.title, { error: `The title must be ${limits.title} characters or fewer` }),
    ),
  note: z
    .string()
    .default('')
    .transform(lines)
    .pipe(
      z.string().max(limits.note, {
        error: `The note must be ${limits.note.toLocaleString('en-GB')} characters or fewer`,
      }),
    ),
  tags: z
    .string()
    .default('')
    .transform(tagsIn)
    .refine((tags) => tags.length <= limits.tags, { error: `Enter ${limits.tags} tags or fewer` })
    .refine((tags) => tags.every((tag) => tag.length <= limits.tag), {
      error: `Each tag must be ${limits.tag} characters or fewer. Separate tags with commas`,
    }),
});

export const keepingForm = detailsForm.extend({
  scope: z.enum(['project', 'organisation'], { error: 'Select who can use it' }).default('project'),
});

export const sharingForm = z.object({
  scope: z.enum(['project', 'organisation'], { error: 'Select who can use it' }),
});

const mostInserted = 50;

/** Which entries go into a questionnaire, and how. */
export const insertionForm = z.object({
  how: z.enum(['into', 'pages'], { error: 'Select where the questions go' }).default('into'),
  entry: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => [...new Set(value === undefined ? [] : [value].flat())])
    .refine((ids) => ids.every(isId), { error: 'Select entries from the list' })
    .refine((ids) => ids.length > 0, { error: 'Select at least one entry' })
    .refine((ids) => ids.length <= mostInserted, {
      error: `Select ${mostInserted} entries or fewer at a time`,
    }),
});

export type KeepingForm = z.infer<typeof keepingForm>;

/** "consent, About you" -> the tags, each once. */
function tagsIn(text: string): string[] {
  const tags = new Map<string, string>();
  for (const tag of text.split(',').map(line)) {
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}

/** The search in an address, as it was typed. */
export interface TypedSearch {
  q: string;
  tag: string;
  retired: boolean;
}

/** What cannot be searched for is as if it were not there. */
export function readSearch(query: Record<string, unknown>): TypedSearch {
  const typed = (value: unknown, longest: number) =>
    typeof value === 'string' ? line(value).slice(0, longest) : '';
  return {
    q: typed(query.q, limits.search),
    tag: typed(query.tag, limits.tag),
    retired: query.show === 'retired',
  };
}

/** A place in a list, from 0, as an address names it; the end where it names none. */
export function readPlace(at: unknown): number {
  return typeof at === 'string' && /^\d{1,4}$/.test(at) ? Number(at) : Number.MAX_SAFE_INTEGER;
}

/** One thing named in an address, or nothing. */
export function readName(name: unknown): string | undefined {
  return typeof name === 'string' && name !== '' ? name : undefined;
}
