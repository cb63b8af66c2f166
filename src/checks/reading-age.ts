import type { Definition } from '../questionnaires/definition';
import { textIn } from '../questionnaires/text';
import { type Asked, askedIn, quoted, statementsOf } from './asked';
import { type CheckFinding, ofQuestion, wholeQuestionnaire } from './check-finding';
import { countsOf, sentencesIn } from './syllables';

/** Texts for everybody are written for this age. */
export const oldestReader = 14;
const hardestNamed = 10;
const mostQuestions = 5;
const questionTooHard = { age: 22, words: 12 };
/** Of fewer words the formula says nothing. */
const fewestWords = 100;
/** Children begin school at five, so that the first grade is read at six. */
const ageBeforeSchool = 5;

/**
 * The school grade a text is written for: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne,
 * Rogers and Chissom 1975, Derivation of new readability formulas for Navy enlisted personnel, Research Branch Report 8-75).
 */
export function gradeOf({ words, sentences, syllables }: ReturnType<typeof countsOf>): number {
  if (words === 0 || sentences === 0) return 0;
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}

/** The age at which a text is understood, in years. */
export function readingAge(text: string): number {
  return gradeOf(countsOf(text)) + ageBeforeSchool;
}

/** What respondents read in the questionnaire's own language, which is English: introduction, titles and help texts. */
export function respondentText(definition: Definition): string {
  const { title, introduction, participation, thanks, pages } = definition;
  const asked = askedIn(definition);
  const seen = new Set<string>();
  return [
    ...[title, introduction, participation, thanks].map((text) => textIn(text)),
    ...pages.flatMap((page) => [textIn(page.title), textIn(page.description)]),
    ...asked.flatMap((one) => [...statementsOf(one), one.hint, textIn(one.question.html)]),
  ]
    .flatMap((text) => text.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !seen.has(line) && seen.add(line))
    .join('\n');
}

/** Texts that are too hard to read: all together, and the questions that stand out. */
export function readingFindings(definition: Definition): CheckFinding[] {
  return [...hardTexts(respondentText(definition)), ...hardQuestions(askedIn(definition))];
}

function hardTexts(text: string): CheckFinding[] {
  const counts = countsOf(text);
  const age = Math.round(gradeOf(counts) + ageBeforeSchool);
  if (counts.words < fewestWords || age <= oldestReader) return [];
  const hardest = sentencesIn(text)
    .map((sentence) => ({ sentence, counts: countsOf(sentence), age: readingAge(sentence) }))
    .filter((one) => one.age > oldestReader && one.counts.words >= 4)
    .sort((one, other) => other.age - one.age)
    .slice(0, hardestNamed);
  return [
    {
      rule: 'reading age',
      severity: 'warning',
      place: wholeQuestionnaire,
      sentence: `The texts are written for people of about ${age}. For everybody to understand them, ${oldestReader} is the aim: shorter sentences, shorter words. The hardest:`,
      details: hardest.map(({ sentence, counts: { words } }) => `${quoted(sentence, 160)} (${words} words)`),
      judged: text,
    },
  ];
}

/** The few questions that are far harder than the rest may be. */
function hardQuestions(asked: Asked[]): CheckFinding[] {
  const seen = new Set<string>();
  return asked
    .flatMap((one) =>
      statementsOf(one).map((words) => ({ one, words, counts: countsOf(words), age: readingAge(words) })),
    )
    .filter(({ counts, age }) => counts.words >= questionTooHard.words && age > questionTooHard.age)
    .filter(({ words }) => !seen.has(words) && seen.add(words))
    .sort((first, second) => second.age - first.age)
    .filter(({ one }, index, all) => all.findIndex((other) => other.one === one) === index)
    .slice(0, mostQuestions)
    .map(({ one, words, counts }) => ({
      rule: 'reading age' as const,
      severity: 'hint' as const,
      place: ofQuestion(one.question.name),
      sentence: `${quoted(words)} is hard to read: ${counts.words} words, ${(counts.syllables / counts.words).toFixed(1)} syllables each. Use plainer words, or two sentences.`,
      judged: words,
    }));
}
