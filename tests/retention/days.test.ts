import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromRoot } from '../../src/platform/paths';
import {
  daysAfter,
  dueRules,
  retentionDays,
  rules,
  warningOf,
  yearsAfter,
} from '../../src/retention/retention';
import { goesByAge, goesWithRule, stays } from '../../src/retention/tables';
import { endOf } from '../../src/surveys/closing';

const usual = { contactsKeptDays: 30, draftsKeptDays: 30 };

/** A survey whose last day this was. */
const closedOn = (lastDay: string, ...toldDays: string[]) => ({
  launchedAt: new Date('2020-01-01T00:00:00Z'),
  opensAt: new Date('2020-01-01T00:00:00Z'),
  closesAt: endOf(lastDay),
  toldDays,
});

test.each([
  ['no day told', closedOn('2026-03-31'), '2026-05-01', '2026-05-01', '2031-03-31'],
  ['a day told', closedOn('2026-03-31', '2027-01-15'), '2026-05-01', '2026-05-01', '2027-01-15'],
  ['an early day takes all', closedOn('2026-03-31', '2026-04-10'), '2026-04-10', '2026-04-10', '2026-04-10'],
  [
    'of several the earliest',
    closedOn('2026-03-31', '2030-01-01', '2027-01-15'),
    '2026-05-01',
    '2026-05-01',
    '2027-01-15',
  ],
  [
    'prolonged beyond its day',
    closedOn('2026-03-31', '2026-02-01'),
    '2026-04-01',
    '2026-04-01',
    '2026-04-01',
  ],
  ['closed on a leap day', closedOn('2028-02-29'), '2028-03-31', '2028-03-31', '2033-02-28'],
])('%s: what goes when', (_name, survey, invitations, drafts, answers) => {
  expect(retentionDays(survey, usual)).toMatchObject({ invitations, drafts, answers });
});

test('a list never outlives the drafts that its counts are made from', () => {
  const survey = closedOn('2026-03-31');
  expect(retentionDays(survey, { contactsKeptDays: 90, draftsKeptDays: 10 }).invitations).toBe('2026-04-11');
  expect(retentionDays(survey, { contactsKeptDays: 10, draftsKeptDays: 90 }).drafts).toBe('2026-06-30');
});

test('what was begun is there for as many whole days after closing as are set, to the moment', () => {
  const survey = { ...closedOn('2026-03-31'), closesAt: new Date('2026-03-31T14:00:00Z') };
  expect(dueRules(survey, usual, new Date('2026-04-30T14:00:00Z'))).toEqual([]);
  expect(dueRules(survey, usual, new Date('2026-05-01T00:01:00Z'))).toEqual(['invitations', 'drafts']);
});

test('a survey that was not opened loses nothing, and one that takes answers neither', () => {
  const late = new Date('2090-01-01T12:00:00Z');
  expect(dueRules({ ...closedOn('2026-03-31'), launchedAt: null }, usual, late)).toEqual([]);
  const prolonged = closedOn('2026-03-31', '2026-02-01');
  expect(dueRules(prolonged, usual, new Date('2026-03-15T12:00:00Z'))).toEqual([]);
  expect(dueRules(prolonged, usual, new Date('2026-03-31T23:10:00Z'))).toEqual([]);
  expect(dueRules(prolonged, usual, new Date('2026-04-01T12:00:00Z'))).toEqual([...rules]);
});

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => daysAfter('2020-01-01', days));
const kept = fc.record({
  contactsKeptDays: fc.integer({ min: 1, max: 365 }),
  draftsKeptDays: fc.integer({ min: 1, max: 365 }),
});

test('nothing outlives the answers, no answers outlive a day that was told, and what is due stays due', () => {
  fc.assert(
    fc.property(
      day,
      fc.array(day, { maxLength: 4 }),
      kept,
      day,
      fc.nat(5_000),
      (lastDay, told, days, today, later) => {
        const survey = closedOn(lastDay, ...told);
        const goes = retentionDays(survey, days);
        for (const rule of rules) {
          expect(goes[rule] > lastDay).toBe(true);
          expect(goes[rule] <= goes.answers).toBe(true);
        }
        expect(goes.invitations <= goes.drafts).toBe(true);
        const after = told.filter((one) => one > lastDay);
        for (const one of after) expect(goes.answers <= one).toBe(true);
        const noon = (of: string) => new Date(`${of}T12:00:00Z`);
        const due = dueRules(survey, days, noon(today));
        expect(due.every((rule) => goes[rule] <= today)).toBe(true);
        expect(dueRules(survey, days, noon(daysAfter(today, later)))).toEqual(expect.arrayContaining(due));
      },
    ),
  );
});

test('a lead is warned in the 30 days before, and not on the day itself', () => {
  const answers = '2027-03-31';
  expect(warningOf({ answers }, '2027-02-28')).toBeNull();
  expect(warningOf({ answers }, '2027-03-01')).toMatch(
    /^All answers to this survey are deleted on 31 March 2027\./,
  );
  expect(warningOf({ answers }, '2027-03-30')).not.toBeNull();
  expect(warningOf({ answers }, '2027-03-31')).toBeNull();
});

test('years are counted as a calendar does', () => {
  expect(yearsAfter('2024-02-29', 5)).toBe('2029-02-28');
  expect(yearsAfter('2024-02-29', 4)).toBe('2028-02-29');
  expect(yearsAfter('2026-12-31', 5)).toBe('2031-12-31');
});

test('of every table of the database it is settled, once, whether it stays or when it goes', () => {
  const schema = readFileSync(fromRoot('migrations/schema.txt'), 'utf8');
  const tables = schema
    .split('\n\n')
    .flatMap((block) => /^[a-z_]+$/m.exec(block.trim().split('\n')[0]!) ?? []);
  const settled = [...Object.values(goesWithRule).flat(), ...Object.keys(goesByAge), ...Object.keys(stays)];
  expect(settled.sort()).toEqual(tables.sort());
});
