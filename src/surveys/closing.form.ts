import { isoDay } from '../platform/dates';
import { readDay } from '../platform/days';
import type { FieldErrors, FormResult } from '../platform/form';
import { endOf, longestReason } from './closing';
import type { Survey } from './survey';

type Body = Readonly<Record<string, unknown>>;

/** Reads why a survey is closed, or moved. */
export function readReason(body: Body): FormResult<string> {
  const reason = typeof body.reason === 'string' ? body.reason.replace(/\s+/g, ' ').trim() : '';
  if (reason === '') return { errors: { reason: 'Enter why' } };
  if (reason.length > longestReason) {
    return { errors: { reason: `The reason must be ${longestReason} characters or fewer` } };
  }
  return { value: reason };
}

/** Reads another last day and why; the day must lie ahead, on the calendar, and not be the one there is. */
export function readClosing(
  body: Body,
  survey: Pick<Survey, 'opensAt' | 'closesAt'>,
  now: Date,
): FormResult<{ closesAfter: Date; reason: string }> {
  const day = readDay(body, 'last');
  const reason = readReason(body);
  const errors: FieldErrors = { ...reason.errors };
  const sentence = dayFault(day, survey, now);
  if (sentence) errors['last-day'] = sentence;
  if (!day || reason.errors || sentence) return { errors };
  return { value: { closesAfter: endOf(day), reason: reason.value } };
}

function dayFault(
  day: string | null | undefined,
  { opensAt, closesAt }: Pick<Survey, 'opensAt' | 'closesAt'>,
  now: Date,
): string | undefined {
  if (day === null) return 'Enter the last day people can answer';
  if (day === undefined) return 'Enter a day that is in the calendar, such as 27 3 2027';
  if (day < isoDay(now)) return 'The last day must be today or later';
  if (endOf(day) <= opensAt) return 'The last day must not be before the survey opens';
  return endOf(day).getTime() === closesAt.getTime()
    ? 'The survey closes at the end of this day already'
    : undefined;
}
