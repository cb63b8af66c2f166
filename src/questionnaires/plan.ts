import type { Measure } from './definition';

/**
 * A published version, compiled for the hot path: what pages show, what a body may hold, where each rating
 * goes. Stored with the version and frozen with it, so a change of this shape needs a new `format`.
 */
export interface Plan {
  format: 1;
  title: string;
  introduction: string[];
  thanks: string;
  scale: { level: number; label: string; descriptor: string }[];
  /** The facets asked, in the order a response's `facets` and a tally's `stratum` hold them. */
  facets: string[];
  pages: PlanPage[];
  /** What is counted, in the order of a response's `ratings`, one byte each. */
  items: PlanItem[];
}

export interface PlanPage {
  name: string;
  title: string;
  description: string;
  visibleIf: string | null;
  questions: PlanQuestion[];
}

export interface PlanQuestion {
  kind: 'one' | 'many' | 'text';
  name: string;
  title: string;
  hint: string;
  required: boolean;
  /** Said when a required answer is missing. */
  requiredMessage: string;
  visibleIf: string | null;
  choices: PlanChoice[];
  /** Longest text, in characters; 0 where the kind is not text. */
  maxLength: number;
  facet: string | null;
  measure: Measure | null;
}

export interface PlanChoice {
  value: string | number;
  text: string;
  hint: string;
  exclusive: boolean;
}

/** One thing counted. */
export interface PlanItem {
  /** The question's name. */
  name: string;
  measure: Measure;
  competency: string | null;
  domain: string | null;
  /**
   * The values counted apart, in the order of their codes. Of a question with several ticks every
   * combination is one value, as the ticks in binary, so that joint counts are kept.
   */
  values: number[];
  /** Of a question with several ticks, or of words: the choices' codes, the first being bit (or value) 0. */
  choices: string[];
}

/** An answer as a draft keeps it: one value, several, or a text. Absent means not answered. */
export type Answer = string | number | string[];
export type Answers = Record<string, Answer>;
