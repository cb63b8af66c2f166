import type { Measure } from './definition';

/**
 * A published version, compiled for the hot path: what pages show, what a body may hold, where each rating
 * goes. Stored with the version and frozen with it, so a change of this shape needs a new `format`, and
 * `plan-formats.ts` brings older ones up to it.
 */
export interface Plan {
  format: 2;
  title: string;
  introduction: string[];
  /** What is ticked before the first page; empty where nothing is. */
  participation: string;
  thanks: string;
  scale: { level: number; label: string; descriptor: string }[];
  /** The facets asked, in the order a response's `facets` and a tally's `stratum` hold them. */
  facets: string[];
  pages: PlanPage[];
  /** What random orders are drawn from, with the respondent's own draw. */
  seed: number;
  /** The languages the texts can be had in besides the questionnaire's own. */
  languages: string[];
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
  kind: 'one' | 'many' | 'text' | 'number' | 'date' | 'ranking' | 'information';
  /** Of a row of a matrix: `matrix.row`. */
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
  /** Lines of room for a text; 0 where the kind is not text. */
  lines: number;
  /** The least and the most of a number, or the first and last day; null where there is no limit. */
  min: number | string | null;
  max: number | string | null;
  /** Decimal places of a number. */
  decimals: number;
  /** Are the choices shown in an order of each respondent's own? */
  shuffled: boolean;
  /** Of what it is a row. Null for a question that stands by itself. */
  row: PlanRow | null;
  facet: string | null;
  measure: Measure | null;
}

/** The matrix a question is one row of; its rows stand next to each other. */
export interface PlanRow {
  matrix: string;
  title: string;
  hint: string;
  /** The row's value: the same in the matrix it is paired with. */
  value: string;
  /** Are the rows shown in an order of each respondent's own? */
  shuffled: boolean;
  /** The matrix before it that rates the same rows; they are shown row by row. */
  pairedWith: string | null;
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
  /** The code of the domain asked about; of a competency, of where the framework had it when this was published. */
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
