import { z } from 'zod';
import { readDay } from '../platform/days';
import { type FieldErrors, type FormResult, readForm } from '../platform/form';
import type { HeadcountKind } from './headcount';
import { populationLimits as limits, type PopulationDetails } from './population';

const words = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();

const title = z
  .string({ error: 'Enter a title' })
  .transform(words)
  .pipe(
    z
      .string()
      .min(1, { error: 'Enter a title' })
      .max(limits.title, { error: `The title must be ${limits.title} characters or fewer` }),
  );
const whereFrom = 'Enter where the headcounts come from';
const source = z
  .string({ error: whereFrom })
  .transform(words)
  .pipe(
    z
      .string()
      .min(1, { error: whereFrom })
      .max(limits.source, { error: `The source must be ${limits.source} characters or fewer` }),
  );

/** The day headcounts are true of: a day of the calendar, and not one to come. */
function readCountedOn(body: Record<string, unknown>, today: string): { day: string } | { error: string } {
  const day = readDay(body, 'countedOn');
  if (day === undefined) return { error: 'Enter the day as a day, a month and a year, such as 31 3 2026' };
  if (day === null) return { error: 'Enter the day on which the staff were counted' };
  return day > today
    ? { error: 'The day on which the staff were counted must not be in the future' }
    : { day };
}

/** Title, source and date, as typed. */
export function readDetails(body: Record<string, unknown>, today: string): FormResult<PopulationDetails> {
  return detailsWith(z.object({ title, source }), body, today);
}

/** The same with a file, whose name may give the title. */
export function readImportDetails(
  body: Record<string, unknown>,
  today: string,
): FormResult<PopulationDetails> {
  const optional = z
    .string()
    .transform(words)
    .pipe(z.string().max(limits.title, { error: `The title must be ${limits.title} characters or fewer` }))
    .default('');
  return detailsWith(z.object({ title: optional, source }), body, today);
}

function detailsWith(
  schema: z.ZodType<Omit<PopulationDetails, 'countedOn'>>,
  body: Record<string, unknown>,
  today: string,
): FormResult<PopulationDetails> {
  const form = readForm(schema, body);
  const countedOn = readCountedOn(body, today);
  if (form.value && 'day' in countedOn) return { value: { ...form.value, countedOn: countedOn.day } };
  const errors: FieldErrors = { ...form.errors };
  if ('error' in countedOn) errors['countedOn-day'] = countedOn.error;
  return { errors };
}

export interface NewPopulation {
  details: PopulationDetails;
  kind: HeadcountKind;
  facets: string[];
}

/** A population to be typed: what it is, and by what its staff are counted. */
export function readNewPopulation(
  body: Record<string, unknown>,
  today: string,
  known: readonly string[],
): FormResult<NewPopulation> {
  const details = readDetails(body, today);
  const ticked = [body.facets ?? []].flat().map(String);
  const facets = known.filter((facet) => ticked.includes(facet));
  const kind = (['joint', 'margins'] as const).find((one) => one === body.kind);
  const errors: FieldErrors = { ...details.errors };
  if (facets.length === 0) errors.facets = 'Select what the staff are counted by';
  if (!kind) errors.kind = 'Select how the staff are counted';
  if (!details.value || !kind || facets.length === 0) return { errors };
  return { value: { details: details.value, kind, facets } };
}

/** The revision a form was filled in for. A form without one is taken for the oldest there can be. */
export function readRevision(body: Record<string, unknown>): number {
  const revision = Number(body.revision);
  return Number.isInteger(revision) && revision > 0 && revision < 2 ** 31 ? revision : 0;
}

/** The details as texts, to be filled in. */
export function typedDetails(body: Record<string, unknown>): Record<string, string> {
  const text = (field: string) => (typeof body[field] === 'string' ? body[field] : '');
  const fields = ['title', 'source', 'countedOn-day', 'countedOn-month', 'countedOn-year', 'kind'];
  return Object.fromEntries(fields.map((field) => [field, text(field)]));
}
