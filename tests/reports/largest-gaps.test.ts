import { largestGaps } from '../../src/reports/largest-gaps';
import { reportIndex } from '../../src/reports/report-index';
import { sampleRelease } from './make';

const survey = { id: 'a survey', code: 'GAPS26', name: 'A survey of gaps' };

test('a figure of which only the share below may be told is in no ranking, and that is counted', () => {
  const frozen = sampleRelease(survey, { competencies: 6 });
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
