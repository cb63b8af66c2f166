import { contentOf } from '../../src/frameworks/content';
import { domainParts, newestVersions, requirementsOf } from '../../src/training/required-training';
import { smallFramework } from '../support/make';

let made = 0;
const content = contentOf(
  smallFramework({
    requiredLevels: [
      { competency: 'A1', level: 1 },
      { competency: 'A1', tier: '3', level: 2 },
      { competency: 'A1', profession: 'rn_adult', setting: 'acute_ward', level: 3 },
      { competency: 'A2', profession: 'midwife', level: 0 },
      { competency: 'A2', setting: 'gp_practice', level: 4 },
    ],
  }),
  () => `lineage-${++made}`,
);
const codes = new Map(
  domainParts(content).flatMap(({ competencies }) => competencies.map((c) => [c.lineageId, c.code])),
);
const inWords = (role: Parameters<typeof requirementsOf>[1]) =>
  requirementsOf(content, role).map(({ competency, level }) => `${codes.get(competency)} ${level}`);

test.each([
  ['everybody', null, ['A1 1', 'A1 2', 'A1 3', 'A2 4']],
  ['a profession, in any setting', { profession: 'rn_adult', tier: '3' }, ['A1 2', 'A1 3', 'A2 4']],
  ['a profession of no tier, asked nothing of in general', { profession: 'midwife', tier: null }, ['A1 1']],
  ['a staff tier', { profession: null, tier: '3' }, ['A1 2', 'A2 4']],
  ['a tier without levels of its own', { profession: null, tier: '1' }, ['A1 1', 'A2 4']],
])('what is required of %s', (_whom, role, expected) => {
  expect(inWords(role)).toEqual(expected);
});

test('of several versions the newest counts', () => {
  const versions = [
    { lineageId: 'a', version: 3 },
    { lineageId: 'a', version: 2 },
    { lineageId: 'b', version: 1 },
  ];
  expect(newestVersions(versions)).toEqual([versions[0], versions[2]]);
});
