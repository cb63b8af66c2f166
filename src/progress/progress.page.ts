import { formatDateTime } from '../platform/dates';
import { formatDay } from '../platform/days';
import { inThousands } from '../populations/population';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { type Survey, surveyState } from '../surveys/survey';
import { facetNames } from '../vocabularies/vocabulary';
import { dayBars } from '../web/day-bars';
import type { Page } from '../web/layout';
import type { Stretch } from './days';
import { countInWords, type GroupsPage, groupsPage, notEnough, percentOf } from './groups.page';
import type { Progress, ShownInvited } from './progress';

export interface ProgressPage extends Page {
  simulated: boolean;
  /** Why there is nothing to watch; null where there is. */
  nothing: string | null;
  figures: FiguresPage | null;
  refresh: string;
  events: string;
}

/** The part of the page that is brought up to date while it is open. */
export interface FiguresPage {
  /** What a screen reader is told when it changes. */
  summary: string;
  at: string;
  isEmpty: boolean;
  share: string;
  big: { figure: string; name: string; note: string }[];
  chart: string;
  days: { day: string; delivered: string; started: string; submitted: string; sent: string }[];
  byWeek: boolean;
  groups: GroupsPage;
  further: GroupsPage[];
  ways: { name: string; started: string; submitted: string }[][];
  stopped: { page: string; count: string }[];
  stoppedNote: string;
  representation: RepresentationPage[];
  invited: {
    rows: { name: string; count: string }[];
    rates: { name: string; how: string; rate: string }[];
  } | null;
  method: string[];
}

interface RepresentationPage {
  heading: string;
  caption: string;
  rows: { name: string; sample: string; workforce: string; index: string; flag: string }[];
  sentences: string[];
}

/** How a survey goes: figures, or why there are none yet. */
export function progressPage(
  project: Project,
  survey: Survey,
  progress: Progress | null,
  now: Date,
): ProgressPage {
  const address = `/surveys/${survey.id}`;
  return {
    title: 'Progress',
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, { href: address, text: survey.name }),
    simulated: survey.simulated,
    nothing: nothingYet(survey, now),
    figures: progress && figuresPage(survey, progress, now),
    refresh: `${address}/progress`,
    events: `${address}/progress/events`,
  };
}

function nothingYet(survey: Survey, now: Date): string | null {
  return surveyState(survey, now) === 'being prepared'
    ? 'This survey is still being prepared. There is nothing to watch before it is launched.'
    : null;
}

/** The figures in words. Nothing here is exact, and what may not be shown is gone already. */
export function figuresPage(survey: Survey, progress: Progress, now: Date): FiguresPage {
  const { stretches } = progress;
  const byWeek = stretches.some(({ from, to }) => from !== to);
  return {
    summary: summaryOf(progress),
    at: `As it was on ${formatDateTime(now)}`,
    isEmpty: progress.started === 0 && progress.submitted === 0 && progress.imported === 0,
    share: `/surveys/${survey.id}/share`,
    big: bigFigures(progress),
    chart: chartOf(stretches, byWeek),
    days: [...stretches].reverse().map((stretch) => ({
      ...{ day: stretchInWords(stretch), sent: stretch.sent.join(', ') },
      delivered: inThousands(stretch.delivered),
      ...{ started: inThousands(stretch.started), submitted: inThousands(stretch.submitted) },
    })),
    byWeek,
    groups: groupsPage(progress.groups),
    further: progress.further.map((table) => furtherPage(table, progress.groups)),
    ways: progress.ways.map((ways) =>
      ways.map(({ name, delivered, started, submitted }) => ({
        ...{ name, started: countInWords(started), submitted: countInWords(submitted) },
        delivered: delivered === null ? null : inThousands(delivered),
      })),
    ),
    stopped: progress.stopped
      .filter(({ count }) => count !== null)
      .map(({ page, count }) => ({ page, count: countInWords(count) })),
    stoppedNote: `${about(progress.stoppedInAll)} began and have stopped: they have not come back for a day or more, or the survey closed before they submitted. Pages at which fewer than ${survey.threshold} stopped are not named.`,
    representation: progress.representation.map((margin) => representationPage(margin)),
    invited: progress.invited && invitedPage(progress.invited),
    method: methodOf(survey, progress),
  };
}

/** A further table; what stands above the first one already is not said again. */
function furtherPage(table: Progress['groups'], first: Progress['groups']): GroupsPage {
  const page = groupsPage(table);
  return { ...page, note: table.kind === first.kind ? '' : page.note };
}

function summaryOf({ submitted, started }: Progress): string {
  return `${about(submitted)} have submitted their answers; ${about(started).toLowerCase()} have started.`;
}

/** "About 25 people", and of none to two "Hardly anybody": the nearest five of them is none. */
function about(count: number): string {
  return count === 0 ? 'No more than two people' : `About ${inThousands(count)} people`;
}

function bigFigures({ submitted, started, completion, medianMinutes, invited, reached, imported }: Progress) {
  const figures = [
    { figure: inThousands(submitted), name: 'submitted', note: `of ${inThousands(started)} who started` },
  ];
  if (invited) {
    const { rr2, answered, invited: of } = invited.rates;
    figures.push({
      figure: percentOf(rr2.estimate === null ? null : 100 * rr2.estimate),
      name: 'response rate of people invited',
      note: `${inThousands(answered)} of ${inThousands(of)}`,
    });
  }
  if (reached) {
    figures.push({
      figure: percentOf((100 * reached.answered) / reached.of),
      name: invited ? 'share of the workforce reached by other ways' : 'share of the workforce reached',
      note: `${inThousands(reached.answered)} of ${inThousands(reached.of)} staff`,
    });
  }
  figures.push({
    figure: medianMinutes === null ? '–' : `${medianMinutes} min`,
    name: 'median time to answer',
    note: medianMinutes === null ? notEnough : 'half took less, half took longer',
  });
  if (completion !== null) {
    figures.push({ figure: `${completion}%`, name: 'completed', note: 'submitted, of those who started' });
  }
  if (imported > 0) {
    figures.push({
      figure: inThousands(imported),
      name: 'collected elsewhere',
      note: 'brought in from files',
    });
  }
  return figures;
}

function chartOf(stretches: readonly Stretch[], byWeek: boolean): string {
  const most = Math.max(0, ...stretches.map(({ submitted }) => submitted));
  return dayBars({
    idPrefix: 'days',
    title: byWeek ? 'Answers submitted by week' : 'Answers submitted by day',
    description: `The most in one ${byWeek ? 'week' : 'day'}: about ${most}. The table below has every figure.`,
    markName: 'E-mails sent',
    bars: stretches.map((stretch) => ({
      ...{ label: stretchInWords(stretch), count: stretch.submitted, isMarked: stretch.sent.length > 0 },
    })),
  });
}

function stretchInWords({ from, to }: Stretch): string {
  return from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`;
}

function representationPage({
  facet,
  shown,
  withheld,
}: Progress['representation'][number]): RepresentationPage {
  const labels = new Map(facet.choices.map(({ code, label }) => [code, label]));
  const name = facetNames[facet.facet] ?? facet.facet;
  const share = (figure: { estimate: number | null }) =>
    figure.estimate === null ? '–' : `${Math.round(100 * figure.estimate)}%`;
  const rows = shown.categories.map(({ code, sampleShare, workforceShare, index, flags }) => ({
    name: labels.get(code) ?? code,
    sample: share(sampleShare),
    workforce: share(workforceShare),
    index: index.estimate === null ? '–' : String(Math.round(index.estimate)),
    flag: flagInWords(flags.length > 0, index.estimate),
  }));
  const { dissimilarity, isDissimilar } = shown;
  return {
    heading: `Does it look like the workforce? ${name}`,
    caption: `Share of answers beside share of the workforce, by ${name.toLowerCase()}`,
    rows,
    sentences: [
      ...(dissimilarity.estimate === null
        ? []
        : [
            `${Math.round(100 * dissimilarity.estimate)}% of those who answered would have to be in another group for the answers to look like the workforce. ${isDissimilar ? 'That is more than 20%: read the figures as those of the people who answered, and remind the groups that are missing.' : 'Up to 20% is usual.'}`,
          ]),
      ...(withheld.length > 0
        ? [
            `Left out, for there are not yet enough answers: ${new Intl.ListFormat('en-GB').format(withheld)}. A group of which nobody answers cannot be made up for by weighting.`,
          ]
        : []),
    ],
  };
}

function flagInWords(isFlagged: boolean, index: number | null): string {
  if (!isFlagged || index === null) return '';
  return index < 50 ? 'Under half its share' : 'Over twice its share';
}

function invitedPage({ dispositions, rates, messages }: ShownInvited): FiguresPage['invited'] {
  const row = (name: string, count: number) => ({ name, count: inThousands(count) });
  const rate = (name: string, how: string, figure: { estimate: number | null }) => ({
    ...{ name, how, rate: percentOf(figure.estimate === null ? null : 100 * figure.estimate) },
  });
  return {
    rows: [
      row('Invitations delivered', messages.delivered),
      row('Bounced', messages.bounced),
      row('Waiting to be sent', messages.waiting),
      row('Could not be sent', messages.failed),
      row('Submitted (I)', dispositions.complete),
      row('Asked for no more e-mails, or began and stopped (R)', dispositions.refused),
      row('Reached, and nothing submitted so far (NC)', dispositions.notContacted),
      row('Bounced or not sent, so not known to be reached (U)', dispositions.unknown),
      row('Withdrawn (NE)', dispositions.notEligible),
    ],
    rates: [
      rate('RR1 and RR2', 'Submitted, of everybody invited but those withdrawn', rates.rr2),
      rate(
        'RR3 and RR4',
        'The same, counting of those not known to be reached only the likely part',
        rates.rr4,
      ),
      rate('RR5 and RR6', 'Submitted, of those known to be reached', rates.rr6),
    ],
  };
}

function methodOf({ threshold, promise }: Survey, { invited, imported }: Progress): string[] {
  return [
    'Every number is rounded to the nearest five: 0 stands for up to two people, 5 for three to seven. Rates are worked out from the rounded numbers. Rounded numbers need not add up.',
    `Of a group of fewer than ${threshold} people no number is shown, not even whether there is anybody in it. Some larger groups and totals have none either where adding and subtracting would give a smaller one away.`,
    'It stays so when the survey is closed: exact totals would tell of the last few people.',
    ...(promise === 'anonymous' ? ['Nobody can see here who has answered and who has not.'] : []),
    ...(invited
      ? [
          'A submitted answer counts as complete: it passed every page, and with them every question that had to be answered. Answers that were begun and not submitted count as refusals, for nobody has agreed to their being used.',
          'Who has answered, and who asked for no more e-mails or was withdrawn, is counted apart, so that changing the list tells nothing of anybody’s answer: somebody who did both is in both numbers. No number of answers is rounded up past the number of people who could give one.',
          ...(invited.isMixed
            ? [
                'People answer by invitation and by the open link. Answers do not tell which, so the table by group compares all of them with the workforce.',
              ]
            : []),
        ]
      : [
          'People come by links that anybody may use. Nobody knows who saw them, so there is no response rate.',
        ]),
    'How many only looked at the start page is not counted.',
    ...(imported > 0
      ? [
          'Answers collected elsewhere are in the table by group, and in none of the numbers of people who started or submitted here.',
        ]
      : []),
  ];
}
