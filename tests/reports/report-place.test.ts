import { reportIndex } from '../../src/reports/report-index';
import { figurePlace, groupPlace, readPlace } from '../../src/reports/report-place';
import { sampleRelease } from './make';

const report = reportIndex(sampleRelease({ id: 's', code: 'AUTUMN26', name: 'Autumn' }));
const address = `/reports/${report.id}`;

test.each([
  ['', 'The whole report', ''],
  ['part:method', 'How we worked it out', '#method'],
  ['part:weights', 'Weights', '#weights'],
  ['part:weights-1', 'Weights, paragraph 1', '#weights-1'],
  ['item:1', expect.any(String), '/items/1'],
  ['group:profession=rn_adult', 'Label of rn_adult', '/groups?profession=rn_adult'],
  ['figure:2:', expect.stringContaining('Everybody'), '/items/2'],
  [
    'figure:2:profession=rn_adult&setting=gp_practice',
    expect.stringContaining('Label of rn_adult'),
    '/items/2?profession=rn_adult&setting=gp_practice',
  ],
  [
    'recommendation:6b2fe1d8-0d51-4f0a-93c4-6f6d5a1c1b11',
    'A recommendation',
    '/recommendations/6b2fe1d8-0d51-4f0a-93c4-6f6d5a1c1b11',
  ],
])('%s is a place', (name, title, href) => {
  expect(readPlace(report, name)).toMatchObject({ name, title, href: address + href });
});

test.each([
  'item:0',
  'item:999',
  'item:1:1',
  'group:profession=nobody',
  'group:band=5',
  'group:setting=gp_practice&profession=rn_adult',
  'group:profession=rn_adult&profession=rn_child',
  'group:profession=rn_adult&',
  'figure:1',
  'figure:x:profession=rn_adult',
  'part:<script>',
  'part:zzz',
  'part:everybody-is-to-sign-today',
  'part:weights-99',
  'part:constructor',
  'recommendation:1',
  `recommendation:${'-'.repeat(36)}`,
  'elsewhere',
])('%s is none', (name) => {
  expect(readPlace(report, name)).toBeUndefined();
});

test('every group and figure has one name, which leads back to it', () => {
  for (const { key } of report.nodes) {
    expect(readPlace(report, groupPlace(report, key))).toMatchObject({ key, item: null });
    report.document.items.forEach((_, item) => {
      expect(readPlace(report, figurePlace(report, item, key))).toMatchObject({ key, item });
    });
  }
});
