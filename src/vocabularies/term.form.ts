import { z } from 'zod';
import { readDay } from '../platform/days';
import { type FieldErrors, type FormResult, readForm } from '../platform/form';
import { longestCode, type TermDetails } from './platform-term';

const longestLabel = 120;

const label = z
  .string({ error: 'Enter a name for the term' })
  .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, { error: 'Enter a name for the term' })
      .max(longestLabel, { error: `The name must be ${longestLabel} characters or fewer` })
      .regex(/^[^{}\p{Cc}]*$/u, { error: 'The name must not hold curly brackets' }),
  );
const typedCode = z.string({ error: 'Enter one code' }).trim().toLowerCase();
const code = z
  .string()
  .max(longestCode, { error: `The code must be ${longestCode} characters or fewer` })
  .regex(/^[a-z0-9_]*$/, { error: 'The code must be made of the letters a to z, digits and underscores' });
const choice = z
  .string()
  .trim()
  .default('')
  .transform((typed) => typed || null);
const staffGroup = z
  .string()
  .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim() || null)
  .pipe(z.string().max(60, { error: 'The staff group must be 60 characters or fewer' }).nullable())
  .default(null);
/** Boxes ticked come as nothing, one text, or several. */
const ticked = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((codes) => [...new Set([codes].flat())]);
/** What the page showed, to notice that somebody else has been there since. */
const revision = z.coerce.number().int().min(0).catch(0);

const platformFields = z.object({
  label,
  code: typedCode
    .pipe(code)
    .refine((typed) => !typed.startsWith('own_'), {
      error: 'Codes that begin with own_ are left to projects. Enter another one',
    })
    .default(''),
  tier: choice,
  staffGroup,
  parent: choice,
  successors: ticked,
  revision,
});

export type PlatformTermForm = TermDetails & { code: string; revision: number };

/** A term of the platform. An empty code is to be made from the label. */
export function readPlatformTerm(body: Record<string, unknown>): FormResult<PlatformTermForm> {
  const fields = readForm(platformFields, body);
  const validFrom = readDay(body, 'validFrom');
  const validTo = readDay(body, 'validTo');
  const errors: FieldErrors = {
    ...fields.errors,
    ...(validFrom === undefined ? { 'validFrom-day': sentenceFor('first') } : {}),
    ...(validTo === undefined ? { 'validTo-day': sentenceFor('last') } : {}),
  };
  if (!fields.value || validFrom === undefined || validTo === undefined) return { errors };
  return { value: { ...fields.value, validFrom, validTo } };
}

function sentenceFor(which: 'first' | 'last'): string {
  return `Enter the ${which} day as a day, a month and a year, such as 31 3 2027`;
}

export type Removal = { how: 'deletion' } | { how: 'end'; lastDay: string };

/** How a term is to go: deleted, or ended on a day. */
export function readRemoval(body: Record<string, unknown>): FormResult<Removal> {
  if (body.how === 'deletion') return { value: { how: 'deletion' } };
  const lastDay = readDay(body, 'lastDay');
  if (!lastDay) return { errors: { 'lastDay-day': sentenceFor('last') } };
  return { value: { how: 'end', lastDay } };
}

/** Which term to move, and where to: "up rn_adult". */
export const moveForm = z.object({
  move: z
    .string()
    .regex(/^(up|down) \w{1,40}$/)
    .transform((typed) => {
      const [direction, code] = typed.split(' ') as ['up' | 'down', string];
      return { direction, code };
    }),
});

/** A project's name for a term of the platform; empty for the platform's own. */
export const renameForm = z.object({
  label: z
    .string()
    .default('')
    .transform((typed) => typed.trim())
    .pipe(z.union([z.literal('').transform(() => null), label])),
  revision,
});

/** A project's own term. An empty code is to be made from the label; one without `own_` gets it. */
export const ownTermForm = z.object({
  label,
  code: typedCode
    .transform((typed) => (typed === '' || typed.startsWith('own_') ? typed : `own_${typed}`))
    .pipe(code)
    .refine((typed) => typed !== 'own_', { error: 'Enter letters or digits after own_' })
    .default(''),
  tier: choice,
  staffGroup,
  parent: choice,
  revision,
});

export type OwnTermForm = z.infer<typeof ownTermForm>;

/** Which of the platform's terms a project uses. */
export const choiceForm = z.object({
  terms: ticked,
  revision,
  /** The button "Select all" or "Clear all" that was pressed instead of "Save". */
  mark: z.string().default(''),
});

export const undoForm = z.object({ revision });
