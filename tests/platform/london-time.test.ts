import fc from 'fast-check';
import { formatClock, isoDay } from '../../src/platform/dates';
import { inLondonTime, instantsAt, readClock } from '../../src/platform/london-time';

const iso = (instants: Date[]) => instants.map((instant) => instant.toISOString());

test.each([
  ['2027-03-01', '09:00', ['2027-03-01T09:00:00.000Z']],
  ['2027-07-01', '09:00', ['2027-07-01T08:00:00.000Z']],
  ['2027-07-01', '00:00', ['2027-06-30T23:00:00.000Z']],
  // The clocks go forward: an hour is left out.
  ['2026-03-29', '00:59', ['2026-03-29T00:59:00.000Z']],
  ['2026-03-29', '01:00', []],
  ['2027-03-28', '01:30', []],
  ['2027-03-28', '01:59', []],
  ['2027-03-28', '02:00', ['2027-03-28T01:00:00.000Z']],
  // And back: an hour comes twice.
  ['2026-10-25', '00:59', ['2026-10-24T23:59:00.000Z']],
  ['2026-10-25', '01:30', ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']],
  ['2027-10-31', '01:00', ['2027-10-31T00:00:00.000Z', '2027-10-31T01:00:00.000Z']],
  ['2027-10-31', '02:00', ['2027-10-31T02:00:00.000Z']],
])('on %s clocks in London show %s at %j', (day, clock, instants) => {
  expect(iso(instantsAt(day, clock))).toEqual(instants);
});

test('every minute there is stands on the clock of its day', () => {
  const minute = fc.date({ min: new Date('2000-01-01'), max: new Date('2150-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(minute, (instant) => {
      instant.setUTCSeconds(0, 0);
      expect(iso(instantsAt(isoDay(instant), formatClock(instant)))).toContain(instant.toISOString());
    }),
  );
});

test.each([
  ['17:00', '17:00'],
  ['5pm', '17:00'],
  ['5.30 PM', '17:30'],
  [' 9 ', '09:00'],
  ['0900', '09:00'],
  ['930', '09:30'],
  ['12am', '00:00'],
  ['12:15pm', '12:15'],
  ['noon', '12:00'],
  ['midnight', '00:00'],
  ['24:00', undefined],
  ['13pm', undefined],
  ['0am', undefined],
  ['9:60', undefined],
  ['nine', undefined],
  ['9:0', undefined],
  ['', undefined],
])('the time typed as "%s" is %s', (typed, clock) => {
  expect(readClock(typed)).toBe(clock);
});

test.each([
  ['2027-03-01T09:00:00Z', '1 March 2027 at 9:00am (London time)'],
  ['2027-07-01T08:00:00Z', '1 July 2027 at 9:00am (London time)'],
  ['2026-10-25T00:30:00Z', '25 October 2026 at 1:30am (London time, before the clocks go back)'],
  ['2026-10-25T01:30:30Z', '25 October 2026 at 1:30am (London time, after the clocks have gone back)'],
])('%s is shown as %s', (instant, words) => {
  expect(inLondonTime(new Date(instant))).toBe(words);
});
