import type { Measure } from './definition';

/** A scale a rating is given on, the lowest first. */
export type RatingScale = readonly { value: number; text: string }[];

/** One way of rating a competency. */
export interface Rating {
  measure: Measure;
  /** Behind the competency's words where it is rated in more than one way. */
  aspect: string;
  /** Its own scale; none where the framework's is used. */
  scale?: RatingScale;
}

/** A choice a lead makes: the ratings it stands for, asked together. */
export interface MeasureSet {
  key: string;
  text: string;
  hint: string;
  ratings: readonly Rating[];
}

const importance = [
  { value: 1, text: 'Not important' },
  { value: 2, text: 'Slightly important' },
  { value: 3, text: 'Fairly important' },
  { value: 4, text: 'Important' },
  { value: 5, text: 'Very important' },
];

const performance = [
  { value: 1, text: 'Very poorly' },
  { value: 2, text: 'Poorly' },
  { value: 3, text: 'Fairly well' },
  { value: 4, text: 'Well' },
  { value: 5, text: 'Very well' },
];

const confidence = [
  { value: 1, text: 'Not confident' },
  { value: 2, text: 'Slightly confident' },
  { value: 3, text: 'Fairly confident' },
  { value: 4, text: 'Confident' },
  { value: 5, text: 'Very confident' },
];

/** The codes of METHODS.md 1(f): from never to daily. */
const frequency = [
  { value: 0, text: 'Never' },
  { value: 1, text: 'About once a year' },
  { value: 2, text: 'About once a month' },
  { value: 3, text: 'About once a week' },
  { value: 4, text: 'Daily or nearly so' },
];

/** Seven steps of which only the ends have words. */
function sevenSteps(lowest: string, highest: string): RatingScale {
  return [1, 2, 3, 4, 5, 6, 7].map((value) => ({
    value,
    text: value === 1 ? `1: ${lowest}` : value === 7 ? `7: ${highest}` : String(value),
  }));
}

/** What can be asked of each competency. METHODS.md 1 says what each gives. */
export const measureSets: readonly MeasureSet[] = [
  {
    key: 'level',
    text: 'Level now',
    hint: 'On the framework’s scale. Compared with the level required',
    ratings: [{ measure: 'level', aspect: 'how skilled you are now' }],
  },
  {
    key: 'level-needed',
    text: 'Level now and level needed',
    hint: 'Two ratings on the framework’s scale, where no required levels are agreed',
    ratings: [
      { measure: 'level', aspect: 'how skilled you are now' },
      { measure: 'needed', aspect: 'how skilled your work needs you to be' },
    ],
  },
  {
    key: 'importance-performance',
    text: 'Importance and performance',
    hint: 'Two ratings from 1 to 5, for ranking training needs',
    ratings: [
      { measure: 'importance', aspect: 'how important it is in your work', scale: importance },
      { measure: 'performance', aspect: 'how well you do it now', scale: performance },
    ],
  },
  {
    key: 'confidence',
    text: 'Confidence',
    hint: 'One rating from 1 to 5',
    ratings: [{ measure: 'confidence', aspect: 'how confident you are', scale: confidence }],
  },
  {
    key: 'frequency',
    text: 'Frequency of use',
    hint: 'From never to daily. With confidence it shows skills at risk and skills that lie idle',
    ratings: [{ measure: 'frequency', aspect: 'how often you do it', scale: frequency }],
  },
  {
    key: 'four-rating',
    text: 'Four ratings of training needs',
    hint: 'Importance, performance, and how far a change at work or training would help, from 1 to 7',
    ratings: [
      {
        measure: 'importance',
        aspect: 'how important it is in your work',
        scale: sevenSteps('not at all', 'very'),
      },
      {
        measure: 'performance',
        aspect: 'how well you do it now',
        scale: sevenSteps('not well', 'very well'),
      },
      {
        measure: 'organisation',
        aspect: 'how far a change in how work is organised would help you do it better',
        scale: sevenSteps('not at all', 'very much'),
      },
      {
        measure: 'training',
        aspect: 'how far training would help you do it better',
        scale: sevenSteps('not at all', 'very much'),
      },
    ],
  },
];

/** Measures that are one number on a scale. */
export const ratingMeasures: ReadonlySet<Measure> = new Set(
  measureSets.flatMap(({ ratings }) => ratings.map(({ measure }) => measure)),
);

/** What the question of a rating is called: the competency's code, and the measure unless it is its level now. */
export function itemName(code: string, measure: Measure): string {
  return measure === 'level' ? code : `${code}__${measure}`;
}

/** The ratings of the chosen sets, each measure once, where it comes first. */
export function ratingsOf(keys: readonly string[]): Rating[] {
  const found = new Map<Measure, Rating>();
  for (const { key, ratings } of measureSets) {
    if (!keys.includes(key)) continue;
    for (const rating of ratings) if (!found.has(rating.measure)) found.set(rating.measure, rating);
  }
  return [...found.values()];
}
