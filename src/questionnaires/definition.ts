/**
 * A questionnaire's definition is SurveyJS JSON. These types name the part of it the product understands;
 * `authority.ts` registers our own properties (marked "ours") on survey-core, so that they survive a round trip.
 */
export interface Definition extends Keeping {
  title?: string;
  /** Ours: the start page's paragraphs, one a line. */
  introduction?: string;
  /** Ours: one sentence on the receipt. */
  thanks?: string;
  /** Ours: the proficiency scale, shown as "What do the levels mean?". */
  scale?: { level: number; label: string; descriptor: string }[];
  pages: PageDefinition[];
}

export interface PageDefinition extends Keeping {
  name: string;
  title?: string;
  description?: string;
  visibleIf?: string;
  elements: ElementDefinition[];
}

export interface ElementDefinition extends Keeping {
  type: string;
  name: string;
  title?: string;
  description?: string;
  isRequired?: boolean;
  requiredErrorText?: string;
  visibleIf?: string;
  choices?: (string | number | ChoiceDefinition)[];
  maxLength?: number;
  /** Ours: which of the respondent's facets this question asks. */
  facet?: string;
  /** Ours: the code of the competency asked about. */
  competency?: string;
  /** Ours: the code of the domain asked about. */
  domain?: string;
  /** Ours: the way it is asked. */
  measure?: Measure;
}

export interface ChoiceDefinition extends Keeping {
  value: string | number;
  text?: string;
  /** SurveyJS: choosing it clears the others. */
  isExclusive?: boolean;
  /** Ours: one line under the choice. */
  hint?: string;
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
