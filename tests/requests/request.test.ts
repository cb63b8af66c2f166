import fc from 'fast-check';
import { daysLeft, doingFor, dueDay, extendedDay, referenceOf, stepsOn } from '../../src/requests/request';
import { readNewRequest, readStep } from '../../src/requests/request.form';

test.each([
  ['access', '2026-09-03', '2026-10-03'],
  ['erasure', '2026-01-31', '2026-02-28'],
  ['erasure', '2028-01-31', '2028-02-29'],
  ['access', '2026-03-31', '2026-04-30'],
  ['withdrawal', '2026-12-31', '2027-01-31'],
  ['objection', '2026-12-15', '2027-01-15'],
  ['complaint', '2026-09-01', '2026-09-30'],
  ['complaint', '2026-01-31', '2026-03-01'],
  ['complaint', '2026-12-20', '2027-01-18'],
] as const)('%s of %s is due on %s', (kind, cameOn, dueOn) => {
  expect(dueDay(kind, cameOn)).toBe(dueOn);
});

test.each([
  ['2026-11-30', '2027-02-28'],
  ['2027-11-30', '2028-02-29'],
  ['2026-09-03', '2026-12-03'],
])('extended, one of %s is due on %s', (cameOn, dueOn) => {
  expect(extendedDay(cameOn)).toBe(dueOn);
});

const anyDay = fc
  .date({
    min: new Date('2018-05-25T00:00:00Z'),
    max: new Date('2150-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10));
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

test('a right is always due in the next month, never later in it than it came in its own', () => {
  fc.assert(
    fc.property(anyDay, (cameOn) => {
      const dueOn = dueDay('access', cameOn);
      const monthsOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
      const days = dayNumber(dueOn) - dayNumber(cameOn);
      expect(monthsOf(dueOn) - monthsOf(cameOn)).toBe(1);
      expect(Number(dueOn.slice(8))).toBeLessThanOrEqual(Number(cameOn.slice(8)));
      expect(days).toBeGreaterThanOrEqual(28);
      expect(days).toBeLessThanOrEqual(31);
      expect(monthsOf(extendedDay(cameOn)) - monthsOf(cameOn)).toBe(3);
    }),
  );
});

test('a complaint has thirty days, that on which it came among them, in every month', () => {
  fc.assert(
    fc.property(anyDay, (cameOn) => {
      expect(dayNumber(dueDay('complaint', cameOn)) - dayNumber(cameOn) + 1).toBe(30);
    }),
  );
});

test('what came later is never due earlier', () => {
  fc.assert(
    fc.property(
      anyDay,
      anyDay,
      fc.constantFrom('access' as const, 'complaint' as const),
      (one, other, kind) => {
        const [first, second] = [one, other].sort() as [string, string];
        expect(dueDay(kind, first) <= dueDay(kind, second)).toBe(true);
      },
    ),
  );
});

const asked = { kind: 'access', state: 'open', dueOn: '2026-04-10', extended: false } as const;

test('the clock stops once it is finished, and a complaint’s once it is acknowledged', () => {
  expect(daysLeft(asked, '2026-04-01')).toBe(9);
  expect(daysLeft(asked, '2026-04-12')).toBe(-2);
  expect(daysLeft({ ...asked, state: 'acknowledged' }, '2026-04-01')).toBe(9);
  expect(daysLeft({ ...asked, kind: 'complaint', state: 'acknowledged' }, '2026-04-01')).toBeNull();
  expect(daysLeft({ ...asked, state: 'refused' }, '2026-04-12')).toBeNull();
});

test('the time is extended once, while the first month runs, and never a complaint’s', () => {
  expect(stepsOn(asked, '2026-04-10')).toContain('extended');
  expect(stepsOn(asked, '2026-04-11')).not.toContain('extended');
  expect(stepsOn({ ...asked, extended: true }, '2026-04-01')).not.toContain('extended');
  expect(stepsOn({ ...asked, kind: 'complaint' }, '2026-04-01')).not.toContain('extended');
  expect(stepsOn({ ...asked, state: 'answered' }, '2026-04-01')).toEqual(['reopened']);
});

test('answers are deleted only for those who want them gone, and handed over only to those who want a copy', () => {
  const of = (kind: Parameters<typeof doingFor>[0]['kind']) => doingFor({ kind, state: 'open' });
  expect([of('withdrawal'), of('erasure'), of('objection')]).toEqual(['take out', 'take out', 'take out']);
  expect([of('access'), of('rectification'), of('complaint')]).toEqual(['hand over', 'nothing', 'nothing']);
  expect(doingFor({ kind: 'erasure', state: 'answered' })).toBe('nothing');
});

test('a reference is four digits long at least', () => {
  expect([7, 12345].map((number) => referenceOf({ year: 2026, number }))).toEqual([
    'R-2026-0007',
    'R-2026-12345',
  ]);
});

describe('what is typed', () => {
  const body = {
    ...{ kind: 'access', way: 'letter', note: '' },
    ...{ 'came-day': '3', 'came-month': '9', 'came-year': '2026' },
  };

  test.each([
    ['nothing', {}, ['kind', 'way', 'came-day']],
    ['a day to come', { ...body, 'came-day': '23' }, ['came-day']],
    ['a day that is none', { ...body, 'came-day': '31' }, ['came-day']],
    ['an unknown kind', { ...body, kind: 'revenge' }, ['kind']],
    ['an address in the note', { ...body, note: 'It is nurse@example.org' }, ['note']],
    ['a reference in the note', { ...body, note: 'They have (K7QM-2XPA-94TD).' }, ['note']],
    ['too long a note', { ...body, note: 'a'.repeat(1001) }, ['note']],
  ])('%s is refused', (_what, typed, fields) => {
    expect(Object.keys(readNewRequest(typed, '2026-09-20').errors ?? {}).sort()).toEqual(fields.sort());
  });

  test('a request is understood', () => {
    expect(readNewRequest(body, '2026-09-20').value).toEqual({
      ...{ kind: 'access', way: 'letter', cameOn: '2026-09-03', note: '' },
    });
  });

  test('more time, a refusal and an end without an answer need a reason', () => {
    for (const step of ['extended', 'refused', 'closed', 'reopened']) {
      expect(readStep({ step, note: ' ' }).errors).toEqual({ note: 'Enter the reason' });
    }
    expect(readStep({ step: 'answered', note: '' }).value).toEqual({ step: 'answered', note: '' });
    expect(readStep({}).errors).toEqual({ step: 'Select what has happened' });
  });
});
