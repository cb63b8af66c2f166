/** One run of one questionnaire version. */
export interface Survey {
  id: string;
  projectId: string;
  versionId: string;
  code: string;
  name: string;
  promise: 'anonymous' | 'confidential';
  /** Groups of fewer respondents are never shown. */
  threshold: number;
  /** The facets the report breaks its figures down by. */
  dimensions: string[];
  opensAt: Date;
  closesAt: Date;
  /** Holds made-up responses: every page that shows its figures says so. */
  simulated: boolean;
}

export type SurveyState = 'not open yet' | 'open' | 'closed';

/** Worked out from the dates, never set by hand. */
export function surveyState(survey: Pick<Survey, 'opensAt' | 'closesAt'>, now: Date): SurveyState {
  if (now < survey.opensAt) return 'not open yet';
  return now < survey.closesAt ? 'open' : 'closed';
}

/** The last moment at which a survey takes answers: on the day that people are told, for it closes at the midnight after it. */
export function lastMoment({ closesAt }: Pick<Survey, 'closesAt'>): Date {
  return new Date(closesAt.getTime() - 1);
}

/** Whoever began before a survey closed may still send for so long. */
export const graceMinutes = 30;

/** Can answers begun before the survey closed still be sent? True while it is open, and for a while after. */
export function mayStillSend(survey: Pick<Survey, 'opensAt' | 'closesAt'>, now: Date): boolean {
  return now >= survey.opensAt && now.getTime() < survey.closesAt.getTime() + graceMinutes * 60_000;
}

/** Can nothing be sent any more, not even by those who began in time? */
export function isOver(survey: Pick<Survey, 'opensAt' | 'closesAt'>, now: Date): boolean {
  return surveyState(survey, now) === 'closed' && !mayStillSend(survey, now);
}

/** A survey's code as people may type it: any case, with spaces or hyphens. */
export function readCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase();
}

/** What a code may be: 4 to 20 letters and digits. */
export function isCode(code: string): boolean {
  return /^[A-Z0-9]{4,20}$/.test(code);
}
