import { formatDate } from './dates';

// Plain days as people type and read them: "2026-11-21" in the code, three boxes in a form.

/** "21 November 2026" from "2026-11-21". */
export function formatDay(day: string): string {
  return formatDate(noonOf(day));
}

/** An instant that is on this day in London. */
export function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** The three boxes of a day, as the form names them. */
export function dayParts(day: string | null, name: string): Record<string, string> {
  const [year = '', month = '', date = ''] = (day ?? '').split('-');
  return {
    [`${name}-day`]: date.replace(/^0/, ''),
    [`${name}-month`]: month.replace(/^0/, ''),
    [`${name}-year`]: year,
  };
}

/**
 * The day typed in the boxes `name-day`, `name-month` and `name-year`: null where all are empty, undefined where they
 * hold no day of the calendar between 1900 and 2199.
 */
export function readDay(body: Readonly<Record<string, unknown>>, name: string): string | null | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) =>
    String(body[`${name}-${part}`] ?? '').trim(),
  ) as [string, string, string];
  if (`${day}${month}${year}` === '') return null;
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^(19|20|21)\d\d$/.test(year)) return undefined;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}
