import type { ChoiceDefinition, Definition, Measure } from '../questionnaires/definition';
import { measureSets } from '../questionnaires/measures';
import { textIn } from '../questionnaires/text';
import { numberedSteps } from './question-kind';

/** A scale that can be taken as it is. */
export interface ReadyScale {
  key: string;
  text: string;
  steps: ChoiceDefinition[];
}

const named: Partial<Record<Measure, string>> = {
  importance: 'Importance, 1 to 5',
  performance: 'Performance, 1 to 5',
  confidence: 'Confidence, 1 to 5',
  frequency: 'Frequency, never to daily',
};

const agreement: ChoiceDefinition[] = [
  { value: 1, text: 'Strongly disagree' },
  { value: 2, text: 'Disagree' },
  { value: 3, text: 'Neither agree nor disagree' },
  { value: 4, text: 'Agree' },
  { value: 5, text: 'Strongly agree' },
];

/** Numbers of which only the ends have words, which the lead writes. */
export const numberScales: Readonly<Record<string, { text: string; from: number; to: number }>> = {
  '1-5': { text: 'Numbers 1 to 5, with words at the ends', from: 1, to: 5 },
  '1-7': { text: 'Numbers 1 to 7, with words at the ends', from: 1, to: 7 },
  '0-10': { text: 'Numbers 0 to 10, with words at the ends', from: 0, to: 10 },
};

/** The scales a rating can be given on without writing one. */
export function readyScales({ scale = [] }: Pick<Definition, 'scale'>): ReadyScale[] {
  const ratings = measureSets
    .filter(({ key }) => key !== 'four-rating')
    .flatMap((set) => set.ratings)
    .filter(({ scale: steps }) => steps !== undefined);
  return [
    ...(scale.length > 0
      ? [
          {
            key: 'own',
            text: 'The levels of this questionnaire',
            steps: scale.map(({ level, label }) => ({ value: level, text: textIn(label) })),
          },
        ]
      : []),
    ...ratings.map(({ measure, scale: steps }) => ({
      key: measure,
      text: named[measure] ?? measure,
      steps: [...steps!],
    })),
    { key: 'agreement', text: 'Agreement, 1 to 5', steps: agreement },
  ];
}

/** The steps of the scale of this key, the ends of a numbered one with these words; nothing where there is none. */
export function stepsOfScale(
  definition: Pick<Definition, 'scale'>,
  key: string,
  ends: { lowest: string; highest: string },
): ChoiceDefinition[] | undefined {
  const numbers = Object.hasOwn(numberScales, key) ? numberScales[key] : undefined;
  if (numbers) return [...numberedSteps(numbers.from, numbers.to, ends.lowest, ends.highest)];
  return readyScales(definition).find((scale) => scale.key === key)?.steps;
}
