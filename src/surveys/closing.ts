import { dayAfter, isoDay, startOfDay } from '../platform/dates';
import { formatDay } from '../platform/days';
import { inLondonTime } from '../platform/london-time';
import { lastMoment, type Survey, type SurveyTimes, surveyState } from './survey';

export type ClosingKind = 'closed' | 'shortened' | 'extended' | 're-opened';

/** A move of a survey's closing time: on record with who, when and why. */
export interface ClosingChange {
  kind: ClosingKind;
  closedBefore: Date;
  closesAfter: Date;
  reason: string;
  madeAt: Date;
  /** The e-mail address of who moved it; null at the command line. */
  by: string | null;
}

/** How long a survey is open where nothing is said. */
export const defaultDays = 28;

/** The end of the last day of a survey that opens now, where nothing is said. */
export function usualEnd(now: Date): Date {
  return endOf(isoDay(new Date(now.getTime() + (defaultDays - 1) * 86_400_000)));
}

/** The longest reason, in characters. */
export const longestReason = 300;

/** The last day on which people can answer, in London: the day that ends, or is under way, when the survey closes. */
export function lastDayOf(survey: Pick<Survey, 'closesAt'>): string {
  return isoDay(lastMoment(survey));
}

/** When a survey closes whose last day this is: at midnight in London, whatever the clocks do. */
export function endOf(lastDay: string): Date {
  return startOfDay(dayAfter(lastDay));
}

/** Does it close at the end of its last day, and not in the middle of it? */
export function closesAtMidnight(survey: Pick<Survey, 'closesAt'>): boolean {
  return endOf(lastDayOf(survey)).getTime() === survey.closesAt.getTime();
}

/** For staff: "At the end of 10 April 2026 (London time)", or the moment. */
export function endInWords(survey: Pick<Survey, 'closesAt'>): string {
  return closesAtMidnight(survey)
    ? `At the end of ${formatDay(lastDayOf(survey))} (London time)`
    : inLondonTime(survey.closesAt);
}

/** For staff, within a sentence: "the end of 10 April 2026", or the moment. */
export function untilInWords(survey: Pick<Survey, 'closesAt'>): string {
  return closesAtMidnight(survey)
    ? `the end of ${formatDay(lastDayOf(survey))}`
    : inLondonTime(survey.closesAt);
}

/** What moving the closing time to another instant is called. */
export function kindOfMove(survey: SurveyTimes, closesAfter: Date, now: Date): ClosingKind {
  if (surveyState(survey, now) === 'closed') return 're-opened';
  if (closesAfter <= now) return 'closed';
  return closesAfter > survey.closesAt ? 'extended' : 'shortened';
}
