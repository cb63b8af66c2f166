import { formatDateTime } from '../platform/dates';
import { dayParts, formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { closesAtMidnight, lastDayOf } from './closing';
import { graceMinutes, type Survey, surveyState } from './survey';

/** What was typed, where it could not be taken. */
export interface Retry {
  body: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
}

export interface ClosurePage extends Page {
  sentence: string;
  reason: string;
  action: string;
  cancel: string;
}

/** Asks before closing, and why. */
export function closurePage(project: Project, survey: Survey, retry?: Retry): ClosurePage {
  return {
    title: 'Are you sure you want to close this survey?',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    ...(retry ? { errors: retry.errors } : {}),
    sentence: `Nobody can begin after that. People in the middle of the survey can finish for ${graceMinutes} more minutes. Answers already sent are kept.`,
    reason: textIn(retry, 'reason'),
    action: `/surveys/${survey.id}/closure`,
    cancel: `/surveys/${survey.id}`,
  };
}

export interface ClosingPage extends Page {
  sentence: string;
  lastDay: { name: string; id: string; label: string; value: string }[];
  reason: string;
  /** The end that the form was made from. */
  seen: string;
  button: string;
  action: string;
  cancel: string;
}

/** Asks for another last day, and why. */
export function closingPage(project: Project, survey: Survey, now: Date, retry?: Retry): ClosingPage {
  const isClosed = surveyState(survey, now) === 'closed';
  const day = formatDay(lastDayOf(survey));
  const end = closesAtMidnight(survey) ? `the end of ${day}` : formatDateTime(survey.closesAt);
  const known = dayParts(isClosed ? null : lastDayOf(survey), 'last');
  return {
    title: isClosed ? 'Re-open this survey' : 'Change the last day to answer',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    ...(retry ? { errors: retry.errors } : {}),
    sentence: isClosed
      ? `It closed on ${day}. Open again, it takes answers with the same link and the same promise.`
      : `People can answer until ${end}. Who opens the survey from now on reads the new day.`,
    lastDay: (['day', 'month', 'year'] as const).map((part) => ({
      name: `last-${part}`,
      id: `last-${part}`,
      label: `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
      value: retry ? textIn(retry, `last-${part}`) : known[`last-${part}`]!,
    })),
    reason: textIn(retry, 'reason'),
    seen: survey.closesAt.toISOString(),
    button: isClosed ? 'Re-open the survey' : 'Change the last day',
    action: `/surveys/${survey.id}/closing`,
    cancel: `/surveys/${survey.id}`,
  };
}

/** Said to whom a colleague was ahead of. */
export function movedMeanwhile(survey: Survey): string {
  return `Somebody else has moved it meanwhile: the last day is now ${formatDay(lastDayOf(survey))}. Look again, then save`;
}

function textIn(retry: Retry | undefined, field: string): string {
  const value = retry?.body[field];
  return typeof value === 'string' ? value : '';
}

function crumbsTo(project: Project, survey: Survey) {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}
