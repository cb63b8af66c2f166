/** An answer that enough people have given, and what happens to those who come after them. */
export interface FullQuota {
  facet: string;
  value: string;
  action: 'close links' | 'turn away';
}

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
  /** When its preparation ended: nobody answers before, and its promise stays as it was then. */
  launchedAt: Date | null;
  /** The survey that this one tries out; null for one that counts. */
  trialOf: string | null;
  /** The surveys that it repeats or that repeat it are of the same series; empty where it stands alone. */
  series: string;
  /** Its place in the series, from 1; null where it stands alone. */
  wave: number | null;
  /** Whom it is meant for: codes by facet. A facet that is not named is meant as a whole. */
  audience: Record<string, string[]>;
  /** The headcounts of the staff it is meant for. */
  populationId: string | null;
  /** How often somebody who has not answered is reminded, at most. */
  reminders: number;
  /** The least days between two e-mails to the same person. */
  reminderDays: number;
  /** Of whom enough have answered. */
  fullQuotas: FullQuota[];
  /** Whom to tell of danger or harm, as nobody can act on what is written here; where it is not said, the usual sentence stands in its place. */
  whereToTurn?: string;
}

/** What tells whether a survey can be answered. */
export type SurveyTimes = Pick<Survey, 'launchedAt' | 'opensAt' | 'closesAt'>;

export type SurveyState = 'being prepared' | 'not open yet' | 'open' | 'closed';

/** Worked out from the dates, never set by hand. */
export function surveyState(survey: SurveyTimes, now: Date): SurveyState {
  if (survey.launchedAt === null) return 'being prepared';
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
export function mayStillSend(survey: SurveyTimes, now: Date): boolean {
  if (survey.launchedAt === null) return false;
  return now >= survey.opensAt && now.getTime() < survey.closesAt.getTime() + graceMinutes * 60_000;
}

/** Can nothing be sent any more, not even by those who began in time? */
export function isOver(survey: SurveyTimes, now: Date): boolean {
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
