import type { WordKey } from '../web/words';
import type { Text } from './text';

/**
 * A questionnaire's definition is SurveyJS JSON. These types name the part of it the product understands;
 * `authority.ts` registers our own properties (marked "ours") on survey-core, so that they survive a round trip.
 */
export interface Definition extends Keeping {
  title?: Text;
  /** Ours: the start page's paragraphs, one a line. */
  introduction?: Text;
  /** Ours: what respondents tick on the start page before they begin; nothing to tick where there is none. */
  participation?: Text;
  /** Ours: one sentence on the receipt. */
  thanks?: Text;
  /** Ours: the proficiency scale, shown as "What do the levels mean?". */
  scale?: { level: number; label: Text; descriptor: Text }[];
  /** Ours: what the random order of choices and rows is drawn from, with the respondent's own draw. */
  seed?: number;
  /** Ours: what the pages say around the questions, in languages the product does not ship. */
  interface?: Partial<Record<WordKey, Text>>;
  pages: PageDefinition[];
}

export interface PageDefinition extends Keeping {
  name: string;
  title?: Text;
  description?: Text;
  visibleIf?: string;
  elements: ElementDefinition[];
}

export interface ElementDefinition extends Keeping {
  type: string;
  name: string;
  title?: Text;
  description?: Text;
  isRequired?: boolean;
  requiredErrorText?: Text;
  visibleIf?: string;
  choices?: (string | number | ChoiceDefinition)[];
  /** Of choices; those that stand apart stay at the end. */
  choicesOrder?: 'random';
  /** Ours: the vocabulary its choices were taken from. */
  vocabulary?: string;
  /** Of a text: a number or a day instead of words. */
  inputType?: 'number' | 'date';
  /** Of a number, or of a day as YYYY-MM-DD. */
  min?: number | string;
  max?: number | string;
  /** Of a number: 1 for whole ones, 0.1 for one decimal place, 0.01 for two. */
  step?: number;
  maxLength?: number;
  /** Of a matrix: what is rated, each with one of the columns. */
  rows?: RowDefinition[];
  columns?: (string | number | ChoiceDefinition)[];
  eachRowRequired?: boolean;
  rowOrder?: 'random';
  /** Ours: of a matrix, the one before it whose rows it rates in a second way. They are shown row by row. */
  pairedWith?: string;
  /** Of information: its paragraphs, one a line. Shown as it is written, never as HTML. */
  html?: Text;
  /** Ours: which of the respondent's facets this question asks. */
  facet?: string;
  /** Ours: the code of the competency asked about. */
  competency?: string;
  /** Ours: the code of the domain asked about. */
  domain?: string;
  /** Ours: the way it is asked, of a matrix the way of every row. */
  measure?: Measure;
}

export interface ChoiceDefinition extends Keeping {
  value: string | number;
  text?: Text;
  /** SurveyJS: choosing it clears the others. */
  isExclusive?: boolean;
  /** Ours: one line under the choice. */
  hint?: Text;
}

/** A row of a matrix: in conditions it is `matrix.row`. */
export interface RowDefinition extends Keeping {
  value: string;
  text?: Text;
  /** Ours: one line under the row. */
  hint?: Text;
  /** Ours: the code of the competency asked about. */
  competency?: string;
  /** Ours: the code of the domain asked about. */
  domain?: string;
}

/** Ours: settings of an imported file that mean nothing here. They stand in their own places when it is exported. */
interface Keeping {
  kept?: Record<string, unknown>;
}

/** How an item is asked. */
export const measures = [
  'level',
  'needed',
  'importance',
  'performance',
  'confidence',
  'frequency',
  'organisation',
  'training',
  'where',
  'where_main',
] as const;

export type Measure = (typeof measures)[number];

/** Choice values with a meaning of their own: distinct answers that never enter a mean. */
export const notMyRole = 'na';
export const dontKnow = 'dk';
