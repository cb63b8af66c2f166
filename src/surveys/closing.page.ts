import { formatClock } from '../platform/dates';
import { dayParts, formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { closesAtMidnight, lastDayOf, untilInWords } from './closing';
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
  lastDay: { name: string; id: string; label: string; value: string; width: number }[];
  lastTime: string;
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
  const known = knownEnd(survey, isClosed);
  return {
    title: isClosed ? 'Re-open this survey' : 'Change when the survey closes',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    ...(retry ? { errors: retry.errors } : {}),
    sentence: isClosed
      ? `It closed on ${day}. Open again, it takes answers with the same link and the same promise.`
      : `People can answer until ${untilInWords(survey)}. Who opens the survey from now on reads the new end.`,
    lastDay: (['day', 'month', 'year'] as const).map((part) => ({
      name: `last-${part}`,
      id: `last-${part}`,
      label: `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
      value: retry ? textIn(retry, `last-${part}`) : known[`last-${part}`]!,
      width: part === 'year' ? 4 : 2,
    })),
    lastTime: retry ? textIn(retry, 'last-time') : known['last-time']!,
    reason: textIn(retry, 'reason'),
    seen: survey.closesAt.toISOString(),
    button: isClosed ? 'Re-open the survey' : 'Change when it closes',
    action: `/surveys/${survey.id}/closing`,
    cancel: `/surveys/${survey.id}`,
  };
}

/** The end there is, as the form's boxes hold it; of a survey that has closed, nothing. */
function knownEnd(survey: Survey, isClosed: boolean): Record<string, string> {
  const day = dayParts(isClosed ? null : lastDayOf(survey), 'last');
  return { ...day, 'last-time': isClosed || closesAtMidnight(survey) ? '' : formatClock(survey.closesAt) };
}

/** Said to whom a colleague was ahead of. */
export function movedMeanwhile(survey: Survey): string {
  return `Somebody else has moved it meanwhile: people can now answer until ${untilInWords(survey)}. Look again, then save`;
}

function textIn(retry: Retry | undefined, field: string): string {
  const value = retry?.body[field];
  return typeof value === 'string' ? value : '';
}

function crumbsTo(project: Project, survey: Survey) {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}
