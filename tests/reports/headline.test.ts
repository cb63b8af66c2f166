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
    /^Furthest from the level required: Label of .+, in C\d .+\. On average people are \d/,
  );
  expect(sentences[1]).toMatch(/^Over everybody the largest gap is C\d .+ \(95% interval /);
  expect(sentences[2]).toContain(
    'Figures of 6 of 7 groups are shown; 1 is withheld, because fewer than 11 people answered there',
  );
  expect(sentences.join(' ')).not.toContain('0.0 levels');
});
