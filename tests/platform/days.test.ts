import fc from 'fast-check';
import { dayParts, formatDay, readDay } from '../../src/platform/days';

test.each([
  ['21', '11', '2026', '2026-11-21'],
  [' 1 ', '4', '2026', '2026-04-01'],
  ['29', '2', '2028', '2028-02-29'],
  ['', '', '', null],
  ['29', '2', '2027', undefined],
  ['31', '4', '2026', undefined],
  ['0', '4', '2026', undefined],
  ['1', '13', '2026', undefined],
  ['1', '4', '26', undefined],
  ['1', '', '2026', undefined],
  ['1', 'April', '2026', undefined],
  ['1', '4', '1899', undefined],
])('the boxes "%s" "%s" "%s" are read as %s', (day, month, year, expected) => {
  expect(readDay({ 'd-day': day, 'd-month': month, 'd-year': year }, 'd')).toBe(expected);
});

test('what is no text is no day', () => {
  expect(readDay({}, 'd')).toBeNull();
  expect(readDay({ 'd-day': ['1', '2'], 'd-month': '4', 'd-year': '2026' }, 'd')).toBeUndefined();
});

test('every day comes back from the boxes it was put into', () => {
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(readDay(dayParts(day, 'x'), 'x')).toBe(day);
    }),
  );
});

test('a day is written out as it is, summer and winter', () => {
  expect(['2026-06-30', '2026-12-31'].map(formatDay)).toEqual(['30 June 2026', '31 December 2026']);
});
