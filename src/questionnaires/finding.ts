import type { ILintFix } from 'survey-core/linter';

/** Something wrong with a definition: where, and a sentence. */
export interface Finding {
  severity: 'error' | 'warning';
  /** The name of the question or page, or the whole. */
  place: string;
  sentence: string;
  /** Which of survey-core's rules found it, and what it would do about it; nothing where we did. */
  lint?: { rule: string; fix?: ILintFix };
}

export const everywhere = 'the whole questionnaire';

/** A finding that keeps a questionnaire from being published. */
export function refusal(place: string, sentence: string): Finding {
  return { severity: 'error', place, sentence };
}
