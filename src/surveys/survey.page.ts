import { formatDateTime } from '../platform/dates';
import { inLondonTime } from '../platform/london-time';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { audienceInWords, type OfferedFacet } from './audience';
import { type ClosingChange, endInWords } from './closing';
import { type Survey, type SurveyState, surveyState } from './survey';

export interface SurveyPage extends Page {
  simulated: boolean;
  state: { text: string; classes: string };
  /** What is still to be done before it can open; null once it has been opened. */
  preparation: { sentence: string; readiness: string } | null;
  rows: Record<string, unknown>[];
  /** Where to close it, for those who may and while it is open. */
  closeAction: string | null;
  /** Where to move its end, for those who may. */
  closing: { href: string; text: string } | null;
  settings: string | null;
  /** Its trial run, while it is being prepared. */
  trialRun: string | null;
  /** Where a closed one is repeated, for those who may. */
  repeat: string | null;
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

/** What the page tells besides the survey itself. */
export interface SurveyFacts {
  baseUrl: string;
  now: Date;
  may: { run: boolean; seeFigures: boolean; coordinate: boolean };
  changes: readonly ClosingChange[];
  /** The notice in a line. */
  told: string;
  offered: readonly OfferedFacet[];
}

const stateClasses = {
  open: 'nhsuk-tag--green',
  closed: 'nhsuk-tag--grey',
  'not open yet': 'nhsuk-tag--yellow',
  'being prepared': 'nhsuk-tag--blue',
};

/** A survey: its link, its dates, what it promises, and the ways on. */
export function surveyPage(project: Project, survey: Survey, facts: SurveyFacts): SurveyPage {
  const { now, may, changes } = facts;
  const state = surveyState(survey, now);
  const address = `/surveys/${survey.id}`;
  const isPrepared = state === 'being prepared';
  return {
    title: survey.name,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    simulated: survey.simulated,
    state: { text: state.charAt(0).toUpperCase() + state.slice(1), classes: stateClasses[state] },
    preparation: isPrepared
      ? {
          sentence: 'Nobody can answer it yet. Try it out, see to what is missing, then open it.',
          readiness: `${address}/readiness`,
        }
      : null,
    rows: rowsOf(survey, state, facts),
    closeAction: may.run && state === 'open' ? `${address}/closure` : null,
    closing:
      may.run && !isPrepared
        ? {
            href: `${address}/closing`,
            text: state === 'closed' ? 'Re-open the survey' : 'Change when it closes',
          }
        : null,
    settings: may.run ? `${address}/settings` : null,
    trialRun: isPrepared ? `${address}/trial` : null,
    repeat: may.run && state === 'closed' ? `${address}/repeats/new` : null,
    changes: changes.map(({ kind, closedBefore, closesAfter, reason, madeAt, by }) => ({
      what: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${formatDateTime(closedBefore)} → ${formatDateTime(closesAfter)}`,
      when: formatDateTime(madeAt),
      by: by ?? 'The command line',
      reason,
    })),
    workingReport: may.seeFigures && !isPrepared ? `${address}/working-report` : null,
    progress: isPrepared ? null : progressLink(survey, may),
    corrections: `${address}/corrections`,
    share: `${address}/share`,
    links: may.run ? `${address}/links` : null,
    quotas: may.run ? `${address}/quotas` : null,
    batches: may.run && !isPrepared ? `${address}/batches` : null,
    mailings: may.run ? `${address}/mailings` : null,
    notice: `${address}/notice`,
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

function rowsOf(survey: Survey, state: SurveyState, facts: SurveyFacts): Record<string, unknown>[] {
  const row = (key: string, value: Record<string, unknown>) => ({ key: { text: key }, value });
  const link = `${facts.baseUrl}/s/${survey.code}`;
  const { series, wave } = survey;
  return [
    row('Open link', { html: `<a href="/s/${survey.code}">${link}</a>` }),
    ...(series ? [row('Series', { text: `${series}, wave ${wave}` })] : []),
    row(state === 'open' || state === 'closed' ? 'Opened' : 'Opens', {
      text: openingInWords(survey, facts.now),
    }),
    row(state === 'closed' ? 'Closed' : 'Closes', { text: endInWords(survey) }),
    row('Meant for', { text: audienceInWords(survey.audience, facts.offered) }),
    row('Promise to respondents', { text: survey.promise === 'anonymous' ? 'Anonymous' : 'Confidential' }),
    row('Smallest group ever shown', { text: `${survey.threshold} people` }),
    row('Report broken down by', {
      text: survey.dimensions.map((dimension) => facetNames[dimension] ?? dimension).join(', '),
    }),
    row('Reminders', { text: remindersInWords(survey) }),
    row('Privacy notice', { text: facts.told }),
  ];
}

function openingInWords({ opensAt, launchedAt }: Survey, now: Date): string {
  return launchedAt === null && opensAt <= now ? 'As soon as it is opened here' : inLondonTime(opensAt);
}

/** "At most 2, at least 7 days apart". */
function remindersInWords({ reminders, reminderDays }: Survey): string {
  return reminders === 0 ? 'None' : `At most ${reminders}, at least ${reminderDays} days apart`;
}
