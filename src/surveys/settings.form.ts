import { z } from 'zod';
import { readDay } from '../platform/days';
import { type FieldErrors, type FormResult, readForm } from '../platform/form';
import { instantsAt, readClock } from '../platform/london-time';
import type { OfferedFacet } from './audience';
import {
  audienceField,
  settingsLimits as limits,
  openingOf,
  type SettingsFields,
  timeFaults,
  timesOf,
} from './settings';
import { isCode, readCode } from './survey';

type Body = Readonly<Record<string, unknown>>;

const oneLine = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

export const surveyName = z
  .string({ error: 'Enter a name for the survey' })
  .transform(oneLine)
  .pipe(
    z
      .string()
      .min(1, { error: 'Enter a name for the survey' })
      .max(limits.name, { error: `The name must be ${limits.name} characters or fewer` }),
  );
export const surveyCode = z
  .string({ error: 'Enter a code' })
  .transform(readCode)
  .refine(isCode, { error: 'Enter a code of 4 to 20 letters A to Z and digits' });
export const surveyPromise = z.enum(['anonymous', 'confidential'], {
  error: 'Select what respondents are promised',
});

/** A whole number from one to another. */
function wholeNumber(missing: string, { least, most }: { least: number; most: number }, outside: string) {
  return z
    .string({ error: missing })
    .trim()
    .min(1, { error: missing })
    .regex(/^\d{1,4}$/, { error: 'Enter a whole number' })
    .refine((text) => Number(text) >= least && Number(text) <= most, { error: outside })
    .transform((text) => String(Number(text)));
}

const ticked = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));

const waveFault = `The wave must be a whole number from 1 to ${limits.waves}`;

/** What stays open to change after the opening. */
const later = {
  name: surveyName,
  series: z
    .string({ error: 'Enter the series as one text' })
    .default('')
    .transform(oneLine)
    .pipe(
      z.string().max(limits.series, { error: `The series must be ${limits.series} characters or fewer` }),
    ),
  wave: z
    .string({ error: waveFault })
    .default('')
    .transform((text) => text.trim())
    .refine((text) => text === '' || (/^\d{1,4}$/.test(text) && +text >= 1 && +text <= limits.waves), {
      error: waveFault,
    })
    .transform((text) => (text === '' ? '' : String(Number(text)))),
  reminders: wholeNumber(
    'Enter the most reminders anybody gets',
    { least: 0, most: limits.reminders },
    `There can be 0 to ${limits.reminders} reminders`,
  ),
  reminderDays: wholeNumber(
    'Enter the least days between two e-mails',
    limits.reminderDays,
    `There must be ${limits.reminderDays.least} to ${limits.reminderDays.most} days between two e-mails`,
  ),
};

/** What a survey's settings can be chosen from. */
export interface Offer {
  facets: readonly OfferedFacet[];
  /** Headcounts of the project: their ids. */
  populations: readonly string[];
}

/** Reads what can be changed after a survey has been opened. */
export function readLaterSettings(body: Body, offer: Offer): FormResult<SettingsFields> {
  const form = readForm(z.object({ ...later, population: populationIn(offer) }), body);
  if (form.errors) return form;
  const errors = seriesFaults(form.value);
  return Object.keys(errors).length > 0 ? { errors } : form;
}

/** Reads what can be changed until a survey opens that is not open yet: also when it does. */
export function readSettingsBefore(
  body: Body,
  offer: Offer,
  { closesAt, now }: { closesAt: Date; now: Date },
): FormResult<SettingsFields> {
  const later = readLaterSettings(body, offer);
  const opens = readOpening(body);
  const errors: FieldErrors = {
    ...later.errors,
    ...('error' in opens ? { [opens.field]: opens.error } : openingFaults(opens.typed, closesAt, now)),
  };
  if (!later.value || 'error' in opens || Object.keys(errors).length > 0) return { errors };
  return { value: { ...later.value, opens: opens.typed } };
}

/** Reads all the settings of a survey that is being prepared. */
export function readSettings(body: Body, offer: Offer, now: Date): FormResult<SettingsFields> {
  const { least, most } = limits.threshold;
  const schema = z.object({
    ...later,
    population: populationIn(offer),
    code: surveyCode,
    promise: surveyPromise,
    threshold: wholeNumber(
      'Enter the smallest group that is ever shown',
      limits.threshold,
      `The smallest group must be ${least} to ${most} people`,
    ),
    dimension: ticked
      .transform((given) => offer.facets.map(({ facet }) => facet).filter((facet) => given.includes(facet)))
      .refine((facets) => facets.length > 0, { error: 'Select what the report is broken down by' })
      .transform((facets) => facets.join(',')),
    ...Object.fromEntries(offer.facets.map((facet) => [audienceField(facet.facet), audienceOf(facet)])),
  });
  const form = readForm(schema, body);
  const times = readTimes(body);
  const errors: FieldErrors = {
    ...form.errors,
    ...(form.value && seriesFaults(form.value)),
    ...times.errors,
    ...(times.value && timeFaults(timesOf(times.value), now)),
  };
  if (!form.value || !times.value || Object.keys(errors).length > 0) return { errors };
  return { value: { ...form.value, ...times.value } };
}

function openingFaults(opens: string, closesAt: Date, now: Date): FieldErrors {
  const fault = Object.values(
    timeFaults({ opensAt: opens === '' ? null : openingOf(opens), closesAt }, now),
  )[0];
  return fault ? { 'opens-day': fault } : {};
}

function populationIn({ populations }: Offer) {
  return z
    .string({ error: 'Select headcounts of this project, or none' })
    .default('')
    .refine((id) => id === '' || populations.includes(id), {
      error: 'Select headcounts of this project, or none',
    });
}

function audienceOf({ name, choices }: OfferedFacet) {
  return ticked
    .transform((given) => choices.map(({ value }) => value).filter((value) => given.includes(value)))
    .refine((meant) => meant.length > 0, {
      error: `Select whom the survey is for. With nothing selected under ${name} it would be for nobody`,
    })
    .transform((meant) => (meant.length === choices.length ? '*' : meant.join(',')));
}

function seriesFaults({ series, wave }: { series: string; wave: string }): FieldErrors {
  return series === '' && wave !== ''
    ? { series: `Enter the series of which this is wave ${wave}, or leave the wave empty` }
    : {};
}

/** Reads when a survey opens and closes, each on its own; times are those of London. */
function readTimes(body: Body): FormResult<{ opens: string; closes: string }> {
  const opens = readOpening(body);
  const closes = readEnd(body);
  if ('error' in opens || 'error' in closes) {
    return {
      errors: {
        ...('error' in opens ? { [opens.field]: opens.error } : {}),
        ...('error' in closes ? { [closes.field]: closes.error } : {}),
      },
    };
  }
  return { value: { opens: opens.typed, closes: closes.typed } };
}

type Typed = { typed: string } | { field: string; error: string };

function readOpening(body: Body): Typed {
  if (body.opens === 'at once') return { typed: '' };
  if (body.opens !== 'later') return { field: 'opens', error: 'Select when the survey opens' };
  const day = readDay(body, 'opens');
  if (day === null) return { field: 'opens-day', error: 'Enter the day on which the survey opens' };
  if (day === undefined) return { field: 'opens-day', error: notInCalendar };
  return readTime(body, 'opens', day, '00:00');
}

/** Reads the last day people can answer and, where one is given, the time at which the survey closes on it. */
export function readEnd(body: Body): Typed {
  const day = readDay(body, 'last');
  if (day === null) return { field: 'last-day', error: 'Enter the last day people can answer' };
  if (day === undefined) return { field: 'last-day', error: notInCalendar };
  const time = readTime(body, 'last', day, '');
  if ('typed' in time && time.typed.endsWith('T00:00')) {
    return {
      field: 'last-time',
      error:
        'Leave the time empty to close at midnight at the end of the day, or enter a time after midnight',
    };
  }
  return time;
}

const notInCalendar = 'Enter a day that is in the calendar, such as 27 3 2027';

function readTime(body: Body, name: string, day: string, unsaid: string): Typed {
  const field = `${name}-time`;
  const text = typeof body[field] === 'string' ? body[field] : '';
  if (text.trim() === '' && unsaid === '') return { typed: day };
  const clock = text.trim() === '' ? unsaid : readClock(text);
  if (clock === undefined) {
    const error = namesAZone(text)
      ? 'Times are those of London: enter the time without a time zone, such as 9am or 17:00'
      : 'Enter a time, such as 9am or 17:00';
    return { field, error };
  }
  if (instantsAt(day, clock).length === 0) {
    return {
      field,
      error:
        'There is no such time on that day: the clocks go forward from 1am to 2am. Enter an earlier or a later time',
    };
  }
  return { typed: `${day}T${clock}` };
}

/** "9am GMT", "09:00Z", "17:00 +01:00" */
function namesAZone(text: string): boolean {
  return /\d\s*([ap]m)?\s*(z|utc|gmt|[a-z]{2,4}t|[a-z]+\/[a-z_]+|[+-]\d{1,2}(:?\d\d)?)$/i.test(text.trim());
}
