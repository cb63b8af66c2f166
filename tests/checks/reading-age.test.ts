import { gradeOf, readingAge, readingFindings, respondentText } from '../../src/checks/reading-age';
import { countsOf, sentencesIn, syllablesIn } from '../../src/checks/syllables';
import { definitionOf, demoDefinition, radios } from '../questionnaires/definitions';

const syllables: Record<number, string> = {
  1: 'a the cat care nurse work asked helped name times young used taught health strength scale goes loved clothes',
  2: 'patient people level training person table needed wanted service carer children feeling trauma client quiet changes houses nurses being able little hopeless makeup science',
  3: 'safeguarding competent medicine carefully family different important assessment recognise area idea created however possible hospital violence wellbeing reacting musical',
  4: 'information anxiety priority education competency reality diagnosis society comfortable',
  5: 'organisation university communication opportunity vocabulary',
  7: 'confidentiality',
};
const cases = Object.entries(syllables).flatMap(([count, words]) =>
  words.split(' ').map((word) => [word, Number(count)] as const),
);

test.each(cases)('%s has %i syllables', (word, count) => {
  expect(syllablesIn(word)).toBe(count);
});

test('a text is counted in words, sentences and syllables, without codes', () => {
  expect(countsOf('A1 We ask how you are. It takes a minute.\nThank you')).toEqual({
    words: 11,
    sentences: 3,
    syllables: 12,
  });
});

test('a sentence ends with its line or its stop, not within a number', () => {
  expect(sentencesIn('We ask 2.5 times. Then, e.g. later, again.\nDone')).toEqual([
    'We ask 2.5 times.',
    'Then, e.g. later, again.',
    'Done',
  ]);
});

test('the grade is the published formula', () => {
  expect(gradeOf({ words: 100, sentences: 10, syllables: 150 })).toBeCloseTo(
    0.39 * 10 + 11.8 * 1.5 - 15.59,
    10,
  );
  expect(gradeOf({ words: 0, sentences: 0, syllables: 0 })).toBe(0);
});

test('longer words and sentences are for older readers', () => {
  expect(readingAge('We ask how you are. It is quick.')).toBeLessThan(8);
  expect(
    readingAge(
      'Multidisciplinary organisational communication necessitates considerable interprofessional collaboration.',
    ),
  ).toBeGreaterThan(20);
});

describe('findings', () => {
  const hard =
    'Demonstrating comprehensive understanding of multidisciplinary communication necessitates considerable interprofessional collaboration between organisations.';
  const easy = 'We ask how you are. You can stop when you like. It takes five minutes.';

  test('hard texts as a whole, the ten hardest sentences named', () => {
    const introduction = Array.from(
      { length: 12 },
      (_, index) => `${hard} Part ${'abcdefghijkl'[index]}.`,
    ).join('\n');
    const [found] = readingFindings({
      ...definitionOf({ name: 'p', elements: [radios('q', { title: 'Well?' })] }),
      introduction,
    });
    expect(found).toMatchObject({
      rule: 'reading age',
      severity: 'warning',
      place: { part: 'questionnaire' },
    });
    expect(found!.details).toHaveLength(10);
  });

  test('nothing about plain texts, or about too few words to tell', () => {
    const plain = {
      ...definitionOf({ name: 'p', elements: [radios('q', { title: 'Well?' })] }),
      introduction: Array(12).fill(easy).join('\n'),
    };
    expect(readingFindings(plain)).toEqual([]);
    expect(
      readingFindings({ ...plain, introduction: 'Organisational interdependencies notwithstanding.' }),
    ).toEqual([]);
  });

  test('five questions at most that are far too hard', () => {
    const questions = Array.from({ length: 8 }, (_, index) =>
      radios(`q${index}`, { title: `${hard} ${index}` }),
    );
    const found = readingFindings(definitionOf({ name: 'p', elements: questions }));
    expect(found.filter(({ severity }) => severity === 'hint')).toHaveLength(5);
  });

  test('the demo is for people of 14', () => {
    expect(readingAge(respondentText(demoDefinition()))).toBeLessThan(14);
    expect(readingFindings(demoDefinition())).toEqual([]);
  });
});
