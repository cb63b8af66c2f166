import { dayAfter, formatDate, formatDateTime, isoDay, startOfDay } from '../../src/platform/dates';

test.each([
  ['2026-03-29T00:30:00Z', '29 March 2026 at 12:30am', '2026-03-29'],
  ['2026-03-29T01:30:00Z', '29 March 2026 at 2:30am', '2026-03-29'],
  ['2026-10-25T00:30:00Z', '25 October 2026 at 1:30am', '2026-10-25'],
  ['2026-10-25T01:30:00Z', '25 October 2026 at 1:30am', '2026-10-25'],
  ['2026-06-30T23:30:00Z', '1 July 2026 at 12:30am', '2026-07-01'],
  ['2026-12-31T23:30:00Z', '31 December 2026 at 11:30pm', '2026-12-31'],
])('%s is %s in London', (instant, words, day) => {
  expect(formatDateTime(new Date(instant))).toBe(words);
  expect(formatDate(new Date(instant))).toBe(words.split(' at ')[0]);
  expect(isoDay(new Date(instant))).toBe(day);
});

test.each([
  ['2026-01-15', '2026-01-15T00:00:00.000Z'],
  ['2026-03-29', '2026-03-29T00:00:00.000Z'],
  ['2026-03-30', '2026-03-29T23:00:00.000Z'],
  ['2026-07-01', '2026-06-30T23:00:00.000Z'],
  ['2026-10-25', '2026-10-24T23:00:00.000Z'],
  ['2026-10-26', '2026-10-26T00:00:00.000Z'],
])('%s begins in London at %s', (day, instant) => {
  expect(startOfDay(day).toISOString()).toBe(instant);
});

test.each([
  ['2026-02-28', '2026-03-01'],
  ['2028-02-28', '2028-02-29'],
  ['2026-12-31', '2027-01-01'],
])('the day after %s is %s', (day, next) => {
  expect(dayAfter(day)).toBe(next);
});
