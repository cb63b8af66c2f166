const zone = 'Europe/London';
const longDate = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const clockTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h12',
});
const isoDate = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** "21 November 2026", as the day is in London. */
export function formatDate(instant: Date): string {
  return longDate.format(instant);
}

/** "5:30pm", London time. */
export function formatTime(instant: Date): string {
  return clockTime.format(instant).replace(/\s/g, '').toLowerCase();
}

/** "21 November 2026 at 5:30pm", London time. */
export function formatDateTime(instant: Date): string {
  return `${longDate.format(instant)} at ${formatTime(instant)}`;
}

const shortTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** "17:30", London time, the same in every language. */
export function formatClock(instant: Date): string {
  return shortTime.format(instant);
}

const hour = 3_600_000;
let known = { hour: Number.NaN, day: '' };

/** "2026-11-21", the calendar day in London. Every request asks, and within an hour of UTC it does not change. */
export function isoDay(instant: Date): string {
  const asked = Math.floor(instant.getTime() / hour);
  if (known.hour !== asked) known = { hour: asked, day: isoDate.format(instant) };
  return known.day;
}

/** The first instant of a calendar day in London: an hour earlier in UTC while summer time holds. */
export function startOfDay(day: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`);
  const summer = new Date(midnight.getTime() - 3_600_000);
  return isoDay(summer) === day ? summer : midnight;
}

/** The day after, as a calendar counts. */
export function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

/** The day before, as a calendar counts. */
export function dayBefore(day: string): string {
  const last = new Date(`${day}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() - 1);
  return last.toISOString().slice(0, 10);
}
