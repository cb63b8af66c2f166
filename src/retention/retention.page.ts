import type { FoundEntry } from '../audit/audit.queries';
import { formatDateTime, isoDay } from '../platform/dates';
import { formatDay } from '../platform/days';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import {
  type KeptDays,
  type KeptSurvey,
  type RetentionDays,
  type RuleName,
  retentionDays,
  ruleNames,
  rules,
  warningOf,
} from './retention';
import type { Going } from './retention.commands';
import { goesByAge } from './tables';

const short: Record<RuleName, string> = {
  invitations: 'Invitations and addresses',
  drafts: 'Unfinished answers',
  answers: 'Answers',
};

interface GoingRow {
  survey: string;
  href: string;
  project: string;
  what: string;
  count: string;
  day: string;
}

export interface RetentionPage extends Page {
  lastRun: string;
  now: GoingRow[];
  soon: GoingRow[];
  rules: { what: string; when: string }[];
  byAge: string[];
  lately: { when: string; what: string; survey: string | null; detail: string }[];
}

/** For the platform's administrators: what goes, what will go, and what went. */
export function retentionPage(
  plan: { now: readonly Going[]; soon: readonly Going[] },
  { lastRun, lately, kept }: { lastRun: Date | null; lately: readonly FoundEntry[]; kept: KeptDays },
): RetentionPage {
  return {
    title: 'Retention',
    audience: 'staff',
    wide: true,
    lastRun: lastRun
      ? `It runs by itself once a day. It was last finished on ${formatDateTime(lastRun)}.`
      : 'It runs by itself once a day. It has not run yet.',
    now: plan.now.map(rowOf),
    soon: plan.soon.map(rowOf),
    rules: rules.map((rule) => ({ what: ruleNames[rule].what, when: whenOf(rule, kept) })),
    byAge: ageSentences(),
    lately: lately.map(({ at, action, subjectId, detail }) => ({
      when: formatDateTime(at),
      what: `${action.charAt(0).toUpperCase()}${action.slice(1)}`,
      survey: subjectId && `/surveys/${subjectId}/retention`,
      detail: Object.entries(detail)
        .filter(([, count]) => count !== 0)
        .map(([name, count]) => `${name} ${String(count)}`)
        .join(', '),
    })),
  };
}

export interface RetentionRunPage extends Page {
  now: GoingRow[];
}

export function retentionRunPage(now: readonly Going[]): RetentionRunPage {
  return {
    title: 'Destroy what is past its day',
    audience: 'staff',
    back: { href: '/admin/retention', text: 'Back to retention' },
    now: now.map(rowOf),
  };
}

/** "3 went": what the banner says after a run. */
export function goneInWords(count: number): string {
  if (count === 0) return 'Nothing was past its day';
  return count === 1 ? '1 thing past its day is destroyed' : `${count} things past their day are destroyed`;
}

function rowOf({ survey, rule, day, count }: Going): GoingRow {
  return {
    survey: survey.isTrial ? `${survey.name} (trial run)` : survey.name,
    href: `/surveys/${survey.id}/retention`,
    project: survey.project,
    what: short[rule],
    count: count === null ? 'Not counted while it is open' : String(count),
    day: formatDay(day),
  };
}

function whenOf(rule: RuleName, { contactsKeptDays, draftsKeptDays }: KeptDays): string {
  const days = { invitations: Math.min(contactsKeptDays, draftsKeptDays), drafts: draftsKeptDays };
  if (rule === 'answers') return ruleNames.answers.when;
  return ruleNames[rule].when.replace('a number of days', days[rule] === 1 ? '1 day' : `${days[rule]} days`);
}

const ageNames: Record<string, string> = {
  sessions: 'Sessions of people who signed in',
  outbox: 'E-mails that could not leave, on the outbox page',
  report_letters: 'E-mails about reports',
  report_invitations: 'Invitations to reports that nobody took up',
  made_files: 'Files that were made to be downloaded',
  staged_imports: 'Files that were read in',
};

function ageSentences(): string[] {
  return Object.entries(ageNames).map(([table, name]) => `${name}: ${goesByAge[table]}`);
}

export interface SurveyRetentionPage extends Page {
  sentences: string[];
  rows: { what: string; day: string; when: string }[];
  notice: string;
}

/** For the people of a project: what of a survey goes when, and why then. */
export function surveyRetentionPage(
  project: Project,
  survey: KeptSurvey & { id: string; name: string },
  kept: KeptDays,
  now: Date,
): SurveyRetentionPage {
  const days = retentionDays(survey, kept);
  const today = isoDay(now);
  const warning = warningOf(days, today);
  return {
    title: 'What is deleted and when',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    sentences: [
      ...(warning ? [warning] : []),
      ...dayReasons(survey, days),
      'This happens by itself, and cannot be undone. Reports that were published stay, with the figures in them: people are told so.',
    ],
    rows: rules.map((rule) => ({
      what: ruleNames[rule].what,
      day:
        days[rule] <= today && now >= survey.closesAt
          ? `Deleted since ${formatDay(days[rule])}`
          : formatDay(days[rule]),
      when: sentenceOf(whenOf(rule, kept)),
    })),
    notice: `/surveys/${survey.id}/notice`,
  };
}

function dayReasons({ toldDays }: KeptSurvey, { told }: RetentionDays): string[] {
  if (!told) {
    return [
      'The privacy notice names no day. The answers go 5 years after the survey closes: longer than that the usual notice promises to nobody.',
    ];
  }
  if (new Set(toldDays).size === 1)
    return ['The day of the answers is the one that the privacy notice names.'];
  return [
    'Versions of the privacy notice name several days. Of those that stand in the version in force or in one under which somebody has answered, the earliest holds: what people were told is kept.',
  ];
}

function sentenceOf(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
