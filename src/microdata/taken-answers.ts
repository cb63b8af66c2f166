import type { Plan } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';

/** The kind of file that holds what each respondent of a survey answered. */
export const answersKind = 'answers';

/** Larger surveys are taken at the server, by the command line. */
export const mostResponses = 100_000;

export const reasonLimits = { fewest: 10, most: 500 };

/** May anybody be given what each respondent answered? An anonymous survey promised that nobody is, whoever asks. */
export function mayBeTaken({ promise }: Pick<Survey, 'promise'>): boolean {
  return promise === 'confidential';
}

/**
 * The questions whose answers are handed out: all but those answered in people's own words. Those may name somebody, so they are read and
 * redacted before anybody else sees them (METHODS.md 3.7).
 */
export function withoutTexts(plan: Plan): Plan {
  return {
    ...plan,
    pages: plan.pages.map((page) => ({
      ...page,
      questions: page.questions.filter(({ kind, facet }) => kind !== 'text' || facet !== null),
    })),
  };
}
