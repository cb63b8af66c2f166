import { largestGaps } from '../../src/reports/largest-gaps';
import { reportIndex } from '../../src/reports/report-index';
import { sampleRelease } from './make';

const survey = { id: 'a survey', code: 'GAPS26', name: 'A survey of gaps' };

test('a figure of which only the share below may be told is in no ranking, and that is counted', () => {
  const frozen = sampleRelease(survey, {
    competencies: 6,
    dimensions: { profession: ['rn_adult', 'rn_child', 'midwife'] },
  });
  const before = largestGaps(reportIndex(frozen));
  const [first] = before.gaps;
  const figures = frozen.figures.map((row) =>
    row.node === first!.node.place && row.item === first!.item
      ? {
          ...row,
          figures: { ...row.figures!, meanShortfall: null, percentMeeting: 40, percentMeetingBound: null },
        }
      : row,
  );
  const after = largestGaps(reportIndex({ ...frozen, figures }));
  expect(after.unranked).toBe(before.unranked + 1);
  const places = after.gaps.map(({ node, item }) => [node.place, item]);
  expect(places).not.toContainEqual([first!.node.place, first!.item]);
});

/** A report with one competency, its mean shortfalls by "profession setting", with the interval about each. */
function ranked(shortfalls: Record<string, number | null>) {
  const dimensions = { profession: ['p', 'q'], setting: ['x', 'y'] };
  const frozen = sampleRelease(survey, { dimensions, competencies: 1 });
  const plain = frozen.figures.find(({ figures }) => figures?.percentMeeting)!.figures!;
  const nodes = frozen.nodes.map((node) => ({ ...node, status: 'published' as const, respondents: 20 }));
  const figures = nodes.flatMap(({ place, key }) => {
    const name = `${key.profession ?? '*'} ${key.setting ?? '*'}`;
    const shortfall = shortfalls[name];
    const own = {
      meanShortfall: shortfall ?? null,
      meanShortfallInterval: shortfall ? ([shortfall - 0.3, shortfall + 0.3] as [number, number]) : null,
    };
    return shortfall === undefined
      ? []
      : [{ node: place, item: 0, status: 'published' as const, figures: { ...plain, ...own } }];
  });
  const report = reportIndex({ ...frozen, nodes, figures });
  return largestGaps(report).gaps.map(({ node }) => `${node.key.profession} ${node.key.setting ?? '*'}`);
}

test.each<[string, Record<string, number | null>, string[]]>([
  ['a group stands for its parts', { 'p *': 1, 'p x': 1.2, 'p y': 0.8, 'q *': 0.5 }, ['p *', 'q *']],
  ['a part that is clearly further stands for it', { 'p *': 1, 'p x': 1.4, 'p y': 0.8 }, ['p x']],
  ['a part whose interval begins at the group’s gap does not', { 'p *': 1, 'p x': 1.3, 'p y': 0.8 }, ['p *']],
  ['of a group that is not told, its parts do', { 'p *': null, 'p x': 0.4, 'p y': 0.9 }, ['p y', 'p x']],
  ['of a group that is withheld, too', { 'p x': 0.4, 'q *': 0.5 }, ['q *', 'p x']],
])('no gap is named twice: %s', (_, shortfalls, expected) => {
  expect(ranked(shortfalls)).toEqual(expected);
});
