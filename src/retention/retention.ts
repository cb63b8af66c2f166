import { isoDay } from '../platform/dates';
import { formatDay } from '../platform/days';
import { lastDayOf } from '../surveys/closing';
import { isOver, type SurveyTimes } from '../surveys/survey';

/** What goes at a day of its own. */
export type RuleName = 'invitations' | 'drafts' | 'answers';

/** Which rule takes what, in words: pages, the record of processing and the command line say it so. */
export const ruleNames: Record<RuleName, { what: string; when: string }> = {
  invitations: {
    what: 'Invitations: names, e-mail addresses, personal links, and what was sent to each person',
    when: 'a number of days after the survey closes, and with the answers at the latest',
  },
  drafts: {
    what: 'Unfinished answers that were never submitted, and the codes that lead back to them',
    when: 'a number of days after the survey closes, and with the answers at the latest',
  },
  answers: {
    what: 'Answers, texts as they were written, receipts, working figures and reports that were not published',
    when: 'on the day that the privacy notice names, or 5 years after the survey closes where it names none',
  },
};
export const rules = Object.keys(ruleNames) as RuleName[];

/** What the installation has set, in days after a survey closes. */
export interface KeptDays {
  contactsKeptDays: number;
  draftsKeptDays: number;
}

/** Where no notice names a day: what the usual notice promises at most. */
export const usualYears = 5;

/** What the days of a survey follow from. */
export interface KeptSurvey extends SurveyTimes {
  /** The days that were told: of the notice in force, and of every version under which somebody has answered. */
  toldDays: readonly string[];
}

/** On which day each thing goes; `told` where a notice names the day of the answers. */
export type RetentionDays = Record<RuleName, string> & { told: boolean };

/**
 * On which days what belongs to a survey goes. A day that somebody was told when they answered stands, whatever a later version of the notice says: of
 * several days the earliest. Nothing stays longer than the answers do; and people must be able to come back to what they have begun until the survey
 * closes, so that no draft goes before.
 */
export function retentionDays(
  { closesAt, toldDays }: Pick<KeptSurvey, 'closesAt' | 'toldDays'>,
  { contactsKeptDays, draftsKeptDays }: KeptDays,
): RetentionDays {
  const lastDay = lastDayOf({ closesAt });
  const [told] = [...toldDays].sort();
  // A survey that was prolonged beyond the day it told keeps its answers until it is over, and no day longer.
  const first = daysAfter(lastDay, 1);
  const answers = [told ?? yearsAfter(lastDay, usualYears), first].sort().at(-1)!;
  const earlier = (day: string) => (day < answers ? day : answers);
  // Whole days since it closed: a code to come back holds as long, to the moment, and what it leads to is still there then.
  const drafts = daysAfter(first, draftsKeptDays);
  const invitations = daysAfter(first, contactsKeptDays);
  return {
    answers,
    drafts: earlier(drafts),
    // What became of whoever was invited is counted from their drafts before the list goes.
    invitations: earlier(invitations < drafts ? invitations : drafts),
    told: told !== undefined,
  };
}

/** What has to go by now. While anything can be sent nothing goes, even where a survey was prolonged beyond its day. */
export function dueRules(survey: KeptSurvey, kept: KeptDays, now: Date): RuleName[] {
  if (!isOver(survey, now)) return [];
  const days = retentionDays(survey, kept);
  const today = isoDay(now);
  return rules.filter((rule) => days[rule] <= today);
}

/** How many days ahead a page warns of what goes. */
export const warningDays = 30;

/** What to tell whoever runs a survey while its answers go soon. */
export function warningOf({ answers }: Pick<RetentionDays, 'answers'>, today: string): string | null {
  if (answers <= today || answers > daysAfter(today, warningDays)) return null;
  return `All answers to this survey are deleted on ${formatDay(answers)}. Publish the report before: afterwards none can be worked out.`;
}

export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same day of a later year; 28 February where that year has no 29th. */
export function yearsAfter(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  const rest = day.slice(4);
  const isLeap = new Date(`${year}-02-29T00:00:00Z`).toISOString().startsWith(`${year}-02-29`);
  return `${year}${rest === '-02-29' && !isLeap ? '-02-28' : rest}`;
}
