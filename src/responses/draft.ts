import type { Progress } from '../questionnaires/journey';

/** Answers not yet submitted, known by a token that only the respondent's browser holds. */
export interface Draft extends Progress {
  /** Grows with every page kept, so that a submission freezes what it has read and nothing else. */
  revision: number;
  submitted: boolean;
}
