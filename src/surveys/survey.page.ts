import { formatDateTime } from '../platform/dates';
import { formatDay } from '../platform/days';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { type ClosingChange, closesAtMidnight, lastDayOf } from './closing';
import { type Survey, surveyState } from './survey';

export interface SurveyPage extends Page {
  simulated: boolean;
  state: { text: string; classes: string };
  rows: Record<string, unknown>[];
  /** Where to close it, for those who may and while it is open. */
  closeAction: string | null;
  /** Where to move its end, for those who may. */
  closing: { href: string; text: string } | null;
  /** How its end was moved, the newest first. */
  changes: { what: string; when: string; by: string; reason: string }[];
  workingReport: string | null;
  /** How it goes, for those who see its figures or coordinate an organisation. */
  progress: { href: string; text: string } | null;
  corrections: string;
  /** Its link as QR code, poster and cards. */
  share: string;
  /** Further links, for whoever runs the survey. */
  links: string | null;
  quotas: string | null;
  /** Answers collected elsewhere, for whoever runs the survey. */
  batches: string | null;
  /** Invitations, reminders and thanks, for whoever runs the survey. */
  mailings: string | null;
  notice: string;
  /** Who is invited, for whoever runs the survey; their own people, for a coordinator. */
  contacts: { href: string; text: string } | null;
}

const stateClasses = {
  open: 'nhsuk-tag--green',
  closed: 'nhsuk-tag--grey',
  'not open yet': 'nhsuk-tag--yellow',
  'being prepared': 'nhsuk-tag--blue',
};

/** A survey: its link, its dates, what it promises, and the way to its working report. */
export function surveyPage(
  project: Project,
  survey: Survey,
  baseUrl: string,
  now: Date,
  may: { run: boolean; seeFigures: boolean; coordinate: boolean },
  changes: readonly ClosingChange[],
  told: string,
): SurveyPage {
  const state = surveyState(survey, now);
  const link = `${baseUrl}/s/${survey.code}`;
  const row = (key: string, value: Record<string, unknown>) => ({ key: { text: key }, value });
  return {
    title: survey.name,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    simulated: survey.simulated,
    state: { text: state.charAt(0).toUpperCase() + state.slice(1), classes: stateClasses[state] },
    rows: [
      row('Open link', { html: `<a href="/s/${survey.code}">${link}</a>` }),
      row('Opened', { text: formatDateTime(survey.opensAt) }),
      row(state === 'closed' ? 'Closed' : 'Closes', { text: endInWords(survey) }),
      row('Promise to respondents', { text: survey.promise === 'anonymous' ? 'Anonymous' : 'Confidential' }),
      row('Smallest group ever shown', { text: `${survey.threshold} people` }),
      row('Report broken down by', {
        text: survey.dimensions.map((dimension) => facetNames[dimension] ?? dimension).join(', '),
      }),
      row('Privacy notice', { text: told }),
    ],
    closeAction: may.run && state === 'open' ? `/surveys/${survey.id}/closure` : null,
    closing: may.run
      ? {
          href: `/surveys/${survey.id}/closing`,
          text: state === 'closed' ? 'Re-open the survey' : 'Change the last day',
        }
      : null,
    changes: changes.map(({ kind, closedBefore, closesAfter, reason, madeAt, by }) => ({
      what: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${formatDateTime(closedBefore)} → ${formatDateTime(closesAfter)}`,
      when: formatDateTime(madeAt),
      by: by ?? 'The command line',
      reason,
    })),
    workingReport: may.seeFigures ? `/surveys/${survey.id}/working-report` : null,
    progress: progressLink(survey, may),
    corrections: `/surveys/${survey.id}/corrections`,
    share: `/surveys/${survey.id}/share`,
    links: may.run ? `/surveys/${survey.id}/links` : null,
    quotas: may.run ? `/surveys/${survey.id}/quotas` : null,
    batches: may.run ? `/surveys/${survey.id}/batches` : null,
    mailings: may.run ? `/surveys/${survey.id}/mailings` : null,
    notice: `/surveys/${survey.id}/notice`,
    contacts: contactsLink(survey, may),
  };
}

function progressLink(
  { id }: Survey,
  may: { seeFigures: boolean; coordinate: boolean },
): SurveyPage['progress'] {
  if (may.seeFigures) return { href: `/surveys/${id}/progress`, text: 'Progress: who has answered so far' };
  if (may.coordinate) return { href: `/surveys/${id}/own-progress`, text: 'Progress of your organisation' };
  return null;
}

function contactsLink({ id }: Survey, may: { run: boolean; coordinate: boolean }): SurveyPage['contacts'] {
  if (may.run) return { href: `/surveys/${id}/contacts`, text: 'People invited' };
  if (may.coordinate)
    return { href: `/surveys/${id}/contacts/imports`, text: 'Invite people of your organisation' };
  return null;
}

/** "At the end of 10 April 2026" where it closes at midnight, or the moment it was closed. */
function endInWords(survey: Survey): string {
  return closesAtMidnight(survey)
    ? `At the end of ${formatDay(lastDayOf(survey))}`
    : formatDateTime(survey.closesAt);
}
