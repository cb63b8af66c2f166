import { limitPerMinute } from '../../src/platform/minute-limit';

const start = new Date('2026-05-01T10:00:00Z').getTime();

function limited(most: number) {
  let now = start;
  const count = limitPerMinute({ now: () => new Date(now) }, most);
  return { count, at: (seconds: number) => (now = start + seconds * 1000) };
}

test('so many are let through, and those after are told how long to wait', () => {
  const { count, at } = limited(2);
  expect([count('a'), count('a'), count('a')]).toEqual([0, 0, 60]);
  at(45);
  expect(count('a')).toBe(15);
});

test('each key is counted by itself', () => {
  const { count } = limited(1);
  expect([count('a'), count('b'), count('a'), count('b')]).toEqual([0, 0, 60, 60]);
});

test('the next minute begins anew', () => {
  const { count, at } = limited(1);
  count('a');
  at(59.5);
  expect(count('a')).toBe(1);
  at(60);
  expect(count('a')).toBe(0);
});

test('a clock that is set back shuts nobody out for long', () => {
  const { count, at } = limited(1);
  at(86_400);
  expect([count('a'), count('a')]).toEqual([0, 60]);
  at(0);
  expect(count('a')).toBe(0);
});
