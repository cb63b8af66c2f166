import { inThousands } from '../populations/population';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { type Survey, surveyState } from '../surveys/survey';
import type { Page } from '../web/layout';
import { countInWords, type GroupsPage, groupsPage, notEnough, percentOf } from './groups.page';
import type { OwnProgress } from './own-progress';

export interface OwnProgressPage extends Page {
  simulated: boolean;
  /** Why there are no figures; null where there are. */
  nothing: string | null;
  big: { figure: string; name: string; note: string }[];
  groups: GroupsPage | null;
  links: { href: string; text: string }[];
  method: string[];
}

export const totalWithheld =
  'The total is not shown: with your own figures it would tell another organisation’s.';

/** How a survey goes in a coordinator's own organisation. */
export function ownProgressPage(
  project: Project,
  survey: Survey,
  organisation: { label: string } | null,
  progress: OwnProgress | null,
  now: Date,
): OwnProgressPage {
  const address = `/surveys/${survey.id}`;
  return {
    title: organisation ? `Progress of ${organisation.label}` : 'Progress of your organisation',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: survey.name }),
    simulated: survey.simulated,
    nothing: nothingOf(survey, organisation, progress, now),
    big: progress ? bigFigures(progress) : [],
    groups: progress?.groups ? groupsPage(progress.groups) : null,
    links: organisation
      ? [
          { href: `${address}/own-headcounts`, text: 'Headcounts of your organisation' },
          { href: `${address}/contacts/imports`, text: 'Bring in people of your organisation to invite' },
        ]
      : [],
    method: [
      `Every number is rounded to the nearest five. Of fewer than ${survey.threshold} people no number is shown, not even whether there is anybody.`,
      'You see your own organisation and no other. The total of all is shown where at least two other organisations have answered, each with enough people that the total gives neither away.',
      'How many of your people were sent an invitation and have not answered is told to nobody.',
    ],
  };
}

function nothingOf(
  survey: Survey,
  organisation: { label: string } | null,
  progress: OwnProgress | null,
  now: Date,
): string | null {
  if (!organisation) {
    return 'You do not coordinate an organisation of this project yet. Ask the project lead to name the one that you coordinate.';
  }
  if (surveyState(survey, now) === 'being prepared') {
    return 'This survey is still being prepared. There is nothing to watch before it is launched.';
  }
  return progress
    ? null
    : 'This survey does not ask which organisation people work for, so nobody can tell which answers are from yours.';
}

function bigFigures({ submitted, startedByLink, invited, rate, total }: OwnProgress): OwnProgressPage['big'] {
  return [
    {
      figure: submitted === null ? '–' : inThousands(submitted),
      name: 'submitted in your organisation',
      note: submitted === null ? notEnough : 'to the nearest five',
    },
    ...(rate && submitted !== null && rate.of > 0
      ? [
          {
            figure: percentOf((100 * submitted) / rate.of),
            name: rate.kind === 'response rate' ? 'response rate' : 'share of your staff reached',
            note: `${inThousands(submitted)} of ${inThousands(rate.of)}`,
          },
        ]
      : []),
    ...(startedByLink === 'no link'
      ? []
      : [
          {
            figure: startedByLink === null ? '–' : inThousands(startedByLink),
            name: 'started by your organisation’s link',
            note: startedByLink === null ? countInWords(null) : 'to the nearest five',
          },
        ]),
    ...(invited === null
      ? []
      : [
          {
            figure: inThousands(invited),
            name: 'invited by name',
            note: 'as your lists told, to the nearest five',
          },
        ]),
    {
      figure: total === null ? '–' : inThousands(total),
      name: 'submitted in all organisations',
      note: total === null ? totalWithheld : 'to the nearest five',
    },
  ];
}
