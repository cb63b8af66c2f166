import { isOver, type Survey, surveyState } from '../surveys/survey';

/** What becomes of writing to somebody: only who is 'active' is written to. */
export type ContactState = 'active' | 'withdrawn' | 'refused' | 'bounced' | 'complained';

/** Somebody on the list of those to invite to a survey. */
export interface Contact {
  id: string;
  surveyId: string;
  email: string;
  name: string;
  language: string;
  state: ContactState;
}

/** Somebody to put on the list, and what the file says of their work: that is counted, and kept of nobody. */
export interface NewContact {
  email: string;
  name: string;
  language: string;
  facets: Record<string, string>;
}

export const contactLimits = { rows: 50_000, contacts: 200_000, bytes: 10 * 1024 * 1024 };

/** Why nobody can be put on a survey's list, if so. */
export function listRefusal(survey: Survey, now: Date): string | null {
  if (survey.trialOf !== null) return 'A trial run invites nobody. Give its link to those who are to try it.';
  if (surveyState(survey, now) === 'closed') {
    return 'The survey is closed. Open it again before you invite more people.';
  }
  return null;
}

/** Why a survey's list cannot be deleted yet, if so: people still need their links. */
export function deletionRefusal(survey: Survey, now: Date): string | null {
  if (isOver(survey, now)) return null;
  return 'The list can be deleted once the survey is closed and nothing can be sent any more: half an hour after its end.';
}

/** What people of a file have in common, as counts are kept by: the facets in the order of their names. */
export function facetsKey(facets: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(facets).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
}
