import { isoDay } from '../platform/dates';
import type { FormResult } from '../platform/form';
import { closesAtMidnight, lastDayOf, longestReason } from './closing';
import { closingOf } from './settings';
import { readEnd } from './settings.form';
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

/** Reads another end and why; it must lie ahead, on the calendar, and not be the one there is. */
export function readClosing(
  body: Body,
  survey: Pick<Survey, 'opensAt' | 'closesAt'>,
  now: Date,
): FormResult<{ closesAfter: Date; reason: string }> {
  const reason = readReason(body);
  const end = readEnd(body);
  const fault = 'error' in end ? end : endFault(closingOf(end.typed), survey, now);
  if (reason.errors || fault) {
    return { errors: { ...reason.errors, ...(fault ? { [fault.field]: fault.error } : {}) } };
  }
  return { value: { closesAfter: closingOf((end as { typed: string }).typed), reason: reason.value } };
}

function endFault(
  end: Date,
  { opensAt, closesAt }: Pick<Survey, 'opensAt' | 'closesAt'>,
  now: Date,
): { field: string; error: string } | undefined {
  const field = 'last-day';
  if (lastDayOf({ closesAt: end }) < isoDay(now))
    return { field, error: 'The last day must be today or later' };
  if (end <= now)
    return {
      field: 'last-time',
      error: 'The time must lie ahead. To close the survey now, go back and press “Close the survey”',
    };
  if (end <= opensAt) return { field, error: 'The last day must not be before the survey opens' };
  if (end.getTime() !== closesAt.getTime()) return undefined;
  return closesAtMidnight({ closesAt })
    ? { field, error: 'The survey closes at the end of this day already' }
    : { field: 'last-time', error: 'The survey closes at this time already' };
}
