import type { ReleaseDocument } from '../../src/releases/release';
import { answeredInWords, sentencesOf } from '../../src/reports/headline';
import { largestGaps } from '../../src/reports/largest-gaps';
import { reportIndex } from '../../src/reports/report-index';
import { sampleRelease } from './make';

const survey = { id: 'a survey', code: 'GAPS26', name: 'A survey of gaps' };

function reportOf(document: Partial<ReleaseDocument>) {
  const frozen = sampleRelease(survey, { document });
  const nodes = frozen.nodes.map((node, place) => (place === 0 ? { ...node, respondents: 90 } : node));
  return reportIndex({ ...frozen, nodes });
}

const response = { submitted: 90, completion: 80, medianMinutes: 7, invited: null };
const workforce = { title: 'Staff', countedOn: '2026-01-01', total: 300, staff: [] };
const invited = { answered: 90, people: 200, rate: 45, isMixed: false };

test.each<[string, Partial<ReleaseDocument>, string]>([
  ['of before it was kept', {}, 'About 90 people answered'],
  [
    'by invitation',
    { response: { ...response, invited }, workforce },
    'About 90 people answered: 45% of the 200 who were invited; 80% of those who began finished',
  ],
  [
    'by invitation and an open link',
    { response: { ...response, invited: { answered: 50, people: 200, rate: 25, isMixed: true } } },
    'About 90 people answered: about 50 of the 200 invited by name (25%), the rest through an open link; 80% of those who began finished',
  ],
  [
    'by an open link, of staff that were counted',
    { response, workforce },
    'About 90 people answered, through an open link: about 30% of the 300 staff; 80% of those who began finished',
  ],
  [
    'by an open link only',
    { response: { ...response, completion: null } },
    'About 90 people answered, through an open link, so how many were reached is not known',
  ],
])('who answered is one sentence: %s', (_, document, words) => {
  expect(answeredInWords(reportOf(document))).toBe(words);
});

test('three sentences: the furthest group, everybody, and how sure and what is hidden', () => {
  const report = reportOf({ groups: { shown: 6, withheld: 1, empty: 0 } });
  const sentences = sentencesOf(report, largestGaps(report));
  expect(sentences).toHaveLength(3);
  expect(sentences[0]).toMatch(
    /^Furthest from the level required, of what can be shown: Label of .+, in C\d .+\. On average people are \d/,
  );
  expect(sentences[1]).toMatch(/^Over everybody the largest gap that can be shown is C\d .+ \(95% interval /);
  expect(sentences[2]).toContain(
    'Figures of 6 of 7 groups are shown; 1 is withheld, because fewer than 11 people answered there',
  );
  expect(sentences.join(' ')).not.toContain('0.0 levels');
});

test('single figures that are withheld in groups that are shown are told of', () => {
  const report = reportOf({ groups: { shown: 6, withheld: 0, empty: 0 } });
  const statuses = report.nodes
    .filter(({ status }) => status === 'published')
    .flatMap((node) => report.document.items.map((_, item) => report.figureAt(node, item).status));
  const withheld = statuses.filter((status) => status === 'withheld').length;
  expect(withheld).toBeGreaterThan(0);
  const sure = sentencesOf(report, largestGaps(report))[2]!;
  expect(sure).toContain(`of their ${statuses.length} figures ${withheld} `);
  expect(sure).not.toContain('nothing is withheld');
});

test('a report without levels has no gaps to speak of, but the need that ratings show', () => {
  const frozen = sampleRelease(survey, {});
  const statistics = [
    { borich: { score: 2, importance: 4, ability: 3.5 } },
    { borich: { score: 5.1, importance: 4.2, ability: 3 } },
    {},
  ];
  const document = {
    ...frozen.release.document!,
    items: frozen.release.document!.items.map((item) => ({ ...item, measure: 'importance' as const })),
  };
  const figures = frozen.figures.map((figure) => ({
    ...figure,
    figures: figure.figures && {
      ...{ ...figure.figures, meanShortfall: null, percentMeeting: null, percentMeetingBound: null },
      statistics: figure.node === 0 ? statistics[figure.item]! : {},
    },
  }));
  const report = reportIndex({ ...frozen, release: { ...frozen.release, document }, figures });
  const [first, second] = sentencesOf(report, largestGaps(report));
  expect(first).toContain('nothing is compared with a level required');
  expect(second).toBe(
    'Over everybody the greatest need is C2 Competency number 2: mean importance 4.2, mean performance 3.0.',
  );
});
