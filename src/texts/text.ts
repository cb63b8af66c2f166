import type { Plan, PlanQuestion } from '../questionnaires/plan';

/** Waiting: nobody but a redactor sees it. Released: its redacted words go on to coders. Withheld: they go nowhere. */
export type TextState = 'waiting' | 'released' | 'withheld';

/** Why a text goes nowhere. */
export const withholdings = ['identifying', 'safeguarding', 'other'] as const;
export type Withholding = (typeof withholdings)[number];

/** A text as it is put with the others, apart from the response it was part of (METHODS.md 3.7). */
export interface NewText {
  question: string;
  /** The Monday of the week it was sent in. */
  week: string;
  /** The person's codes of the dimensions that the report speaks of. */
  groups: Record<string, string>;
  /** The same for the texts of one person in this survey, and found nowhere else. */
  person: Buffer;
  /** Brought in from a file: it goes with it. */
  batchId: string | null;
  original: string;
  masked: string;
  found: string[];
}

/** The questions that are answered in somebody's own words, in the order they are asked. */
export function writtenQuestions({ pages }: Pick<Plan, 'pages'>): PlanQuestion[] {
  return pages.flatMap(({ questions }) => questions).filter(({ kind, facet }) => kind === 'text' && !facet);
}

/** The Monday of the week that a day is in. */
export function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** How far the texts of one question are. */
export interface TextCounts {
  question: string;
  texts: number;
  /** Detectors found something in them, or somebody wants them looked at: each by itself. */
  flagged: number;
  /** Nothing was found in them: in lists. */
  unflagged: number;
  released: number;
  withheld: number;
  coded: number;
}

/** A text as a redactor first sees it: masked. */
export interface MaskedText {
  id: string;
  question: string;
  masked: string;
  found: string[];
  revision: number;
}

/** A text as it was written. For named redactors only, and on record. */
export interface OriginalText extends MaskedText {
  original: string;
  state: TextState;
  redacted: string | null;
  reason: Withholding | '';
}

/** A text as coders see it: its redacted words, and nothing of who wrote them. */
export interface RedactedText {
  id: string;
  redacted: string;
  themes: string[];
  coded: boolean;
  revision: number;
}

/** How many texts there are in a redactor's list. */
export const redactionList = 20;
/** How many texts there are in a coder's list. */
export const codingList = 10;
