import type { NoticeContent } from '../../src/notices/notice';
import { isReady, type ReadinessFacts, readinessOf } from '../../src/readiness/readiness';
import type { OfferedFacet } from '../../src/surveys/audience';
import type { Survey } from '../../src/surveys/survey';
import { standingAlone } from '../../src/surveys/surveys.commands';

const now = new Date('2026-03-02T12:00:00Z');
const survey: Survey = {
  ...{ id: 's', projectId: 'p', versionId: 'v', code: 'CODE', name: 'Spring', promise: 'anonymous' },
  ...{
    threshold: 11,
    dimensions: ['profession', 'setting'],
    simulated: false,
    launchedAt: null,
    fullQuotas: [],
  },
  ...standingAlone,
  opensAt: now,
  closesAt: new Date('2026-03-29T23:00:00Z'),
};
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `c${index}`, text: `Choice ${index}` }));
const offered: OfferedFacet[] = [
  { facet: 'profession', name: 'Professions', choices: choices(3) },
  { facet: 'setting', name: 'Settings', choices: choices(4) },
];
const notice: NoticeContent = {
  ...{ controller: 'Vale Trust', purpose: 'To plan', contactName: 'The team', contactEmail: 'a@example.org' },
  ...{
    contactPhone: '',
    complaintsName: '',
    complaintsEmail: '',
    complaintsPhone: '',
    retention: '',
    more: '',
  },
  ...{ lawfulBasis: 'public task', deletedOn: '2031-03-31' },
};
const facts: ReadinessFacts = {
  ...{ survey, offered, notice, languages: [], version: { own: 1, newest: 1 } },
  population: { title: 'Staff', countedOn: '2026-01-01', retiredAt: null, total: 1160 },
  trials: [{ survey: { ...survey, id: 't', trialOf: 's' }, answers: 2 }],
};

test('with everything there, every line is ready', () => {
  const lines = readinessOf(facts, now);
  expect(lines.filter(({ state }) => state !== 'ready')).toEqual([]);
  expect(isReady(lines)).toBe(true);
  expect(lines.map(({ title }) => title)).toEqual([
    ...['Questionnaire', 'Dates', 'Whom it is for', 'What respondents are told', 'Trial run', 'Languages'],
    ...['Headcounts', 'Groups in the report'],
  ]);
});

const trialOf = (change: Partial<Survey>, answers = 1) => [{ survey: { ...survey, ...change }, answers }];

test.each<[string, 'missing' | 'worth a look', Partial<ReadinessFacts>, string]>([
  ['Questionnaire', 'worth a look', { version: { own: 1, newest: 2 } }, 'Version 2 has been published since'],
  ['Dates', 'missing', { survey: { ...survey, closesAt: now } }, 'The survey must close in the future'],
  [
    'Dates',
    'missing',
    { survey: { ...survey, opensAt: new Date('2026-04-01'), closesAt: new Date('2026-03-20') } },
    'The survey must close after it opens',
  ],
  [
    'Whom it is for',
    'missing',
    { survey: { ...survey, audience: { profession: ['gone'] } } },
    'no longer offers what was selected under Professions: the survey would be for nobody',
  ],
  [
    'What respondents are told',
    'missing',
    { notice: { ...notice, controller: '' } },
    'the name of the organisation',
  ],
  [
    'What respondents are told',
    'missing',
    { notice: { ...notice, contactEmail: '' } },
    'an email address or telephone',
  ],
  [
    'What respondents are told',
    'missing',
    { notice: { ...notice, purpose: '' } },
    'what the answers are used for',
  ],
  ['What respondents are told', 'missing', { notice: { ...notice, contactName: '' } }, 'whom people can ask'],
  [
    'What respondents are told',
    'missing',
    { notice: { ...notice, deletedOn: '2026-03-29' } },
    'answers are deleted by 29 March 2026, before the survey closes',
  ],
  ['Trial run', 'missing', { trials: [] }, 'Nobody has tried the survey out'],
  ['Trial run', 'missing', { trials: trialOf({}, 0) }, 'No test answer has been sent yet'],
  [
    'Trial run',
    'missing',
    { trials: trialOf({ promise: 'confidential' }) },
    'Changed since the trial run: the promise.',
  ],
  [
    'Trial run',
    'missing',
    { trials: trialOf({ versionId: 'w', threshold: 12 }) },
    'the version of the questionnaire and the smallest group',
  ],
  [
    'Trial run',
    'missing',
    { trials: trialOf({ dimensions: ['setting'] }) },
    'what the report is broken down by',
  ],
  ['Languages', 'worth a look', { languages: ['cy'] }, 'The notice is not whole in Welsh'],
  ['Headcounts', 'worth a look', { population: null }, 'no response rate can be given'],
  [
    'Headcounts',
    'worth a look',
    { population: { ...facts.population!, retiredAt: now } },
    'They have been retired',
  ],
  [
    'Groups in the report',
    'worth a look',
    { population: { ...facts.population!, total: 131 } },
    'at least 132 must answer',
  ],
  [
    'Groups in the report',
    'worth a look',
    { population: null, offered: [offered[0]!, { ...offered[1]!, choices: choices(21) }] },
    '63 groups',
  ],
])('%s: %s', (title, state, change, hint) => {
  const lines = readinessOf({ ...facts, ...change }, now);
  const line = lines.find((one) => one.title === title)!;
  expect(line).toMatchObject({ state, hint: expect.stringContaining(hint) });
  expect(line.href).toMatch(/^\/surveys\/s\/(settings#[a-z]+|notice|trial)$/);
  expect(isReady(lines)).toBe(state !== 'missing');
});

test('dimensions in another order are the same trial, and fewer people meant make fewer groups', () => {
  const turned = readinessOf({ ...facts, trials: trialOf({ dimensions: ['setting', 'profession'] }) }, now);
  expect(turned.find(({ title }) => title === 'Trial run')!.state).toBe('ready');
  const few = { ...survey, audience: { profession: ['c1'], setting: ['c0', 'c2'] } };
  const lines = readinessOf({ ...facts, survey: few, trials: trialOf(few) }, now);
  expect(lines.at(-1)!.hint).toMatch(/^2 groups/);
  expect(lines.find(({ title }) => title === 'Whom it is for')!.hint).toBe(
    'Professions: Choice 1. Settings: Choice 0, Choice 2.',
  );
});
