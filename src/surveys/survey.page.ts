import { formatDateTime } from '../platform/dates';
import { inLondonTime } from '../platform/london-time';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { audienceInWords, type OfferedFacet } from './audience';
import { type ClosingChange, endInWords, untilInWords } from './closing';
import { type Survey, type SurveyState, surveyState } from './survey';

export interface SurveyPage extends Page {
  simulated: boolean;
  /** That its answers go soon. */
  warning: string | null;
  state: { text: string; classes: string };
  /** What is still to be done before it can open; null once it has been opened. */
  preparation: { sentence: string; readiness: string } | null;
  rows: Record<string, unknown>[];
  /** The ways on, by what one wants to do; a heading without any is not shown. */
  ways: { heading: string; links: Way[] }[];
  /** How its end was moved, the newest first. */
  changes: { what: string; when: string; by: string; reason: string }[];
}

interface Way {
  href: string;
  text: string;
}

/** What the page tells besides the survey itself. */
export interface SurveyFacts {
  baseUrl: string;
  now: Date;
  may: {
    run: boolean;
    seeFigures: boolean;
    coordinate: boolean;
    takeAnswers: boolean;
    answerPeople: boolean;
    seeRecords: boolean;
  };
  changes: readonly ClosingChange[];
  /** The notice in a line. */
  told: string;
  offered: readonly OfferedFacet[];
  /** That its answers go soon. */
  warning: string | null;
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
    warning: facts.warning,
    state: { text: state.charAt(0).toUpperCase() + state.slice(1), classes: stateClasses[state] },
    preparation: isPrepared
      ? {
          sentence: 'Nobody can answer it yet. Try it out, see to what is missing, then open it.',
          readiness: `${address}/readiness`,
        }
      : null,
    rows: rowsOf(survey, state, facts),
    ways: waysOn(survey, state, may),
    changes: changes.map(({ kind, closedBefore, closesAfter, reason, madeAt, by }) => ({
      what: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${untilInWords({ closesAt: closedBefore })} → ${untilInWords({ closesAt: closesAfter })}`,
      when: formatDateTime(madeAt),
      by: by ?? 'The command line',
      reason,
    })),
  };
}

function waysOn(survey: Survey, state: SurveyState, may: SurveyFacts['may']): SurveyPage['ways'] {
  const address = `/surveys/${survey.id}`;
  const isPrepared = state === 'being prepared';
  const way = (when: boolean, at: string, text: string): Way[] =>
    when ? [{ href: `${address}/${at}`, text }] : [];
  const progress = {
    heading: 'How it goes',
    links: [
      ...(isPrepared ? [] : progressLink(survey, may)),
      ...way(may.seeFigures && !isPrepared, 'working-report', 'Working gap report'),
      ...way(may.seeFigures && !isPrepared, 'texts', 'What people wrote in their own words'),
      ...way(!isPrepared, 'releases', 'Reports: prepared, looked over, published'),
      ...way(may.takeAnswers && !isPrepared, 'answers', 'Answers of each respondent'),
      ...way(may.run, 'quotas', 'Quotas: when enough people have answered'),
      ...way(may.run && !isPrepared, 'batches', 'Answers collected elsewhere'),
    ],
  };
  const giving = {
    heading: 'Give it out',
    links: [
      ...way(true, 'share', 'Give the link out: QR code, poster, cards'),
      ...way(may.run, 'links', 'Links for organisations, sites and channels'),
      ...contactsLink(survey, may),
      ...way(may.run, 'mailings', 'Write to people: invitations, reminders, thanks'),
    ],
  };
  const setting = {
    heading: 'What is asked and said',
    links: [
      ...way(may.run, 'settings', 'Settings: dates, audience, series, reminders'),
      ...way(true, 'notice', 'What respondents are told'),
      ...way(!isPrepared, 'retention', 'What is deleted and when'),
      ...way(may.seeRecords, 'privacy-record', 'Record of processing and impact assessment'),
      ...way(isPrepared, 'trial', 'Trial run'),
      ...way(true, 'corrections', 'Correct typing errors'),
      ...way(may.answerPeople && !isPrepared, 'requests', 'What people ask about their own data'),
    ],
  };
  const isClosed = state === 'closed';
  const ending = {
    heading: isClosed ? 'What comes next' : 'When it ends',
    links: [
      ...way(may.run && !isPrepared, 'closing', isClosed ? 'Re-open the survey' : 'Change when it closes'),
      ...way(may.run && isClosed, 'repeats/new', 'Repeat this survey'),
      ...way(may.run && state === 'open', 'closure', 'Close the survey'),
    ],
  };
  // In the order of the work: what is settled first, and later what comes in.
  const groups = isPrepared ? [setting, giving, progress] : [progress, giving, setting, ending];
  return groups.filter(({ links }) => links.length > 0);
}

function progressLink({ id }: Survey, may: SurveyFacts['may']): Way[] {
  if (may.seeFigures) {
    return [{ href: `/surveys/${id}/progress`, text: 'Progress: how many have answered so far' }];
  }
  if (!may.coordinate) return [];
  return [{ href: `/surveys/${id}/own-progress`, text: 'Progress of your organisation' }];
}

function contactsLink({ id }: Survey, may: SurveyFacts['may']): Way[] {
  if (may.run) return [{ href: `/surveys/${id}/contacts`, text: 'People invited' }];
  if (!may.coordinate) return [];
  return [{ href: `/surveys/${id}/contacts/imports`, text: 'Invite people of your organisation' }];
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
