import { formatDate } from '../platform/dates';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import { surveyState } from '../surveys/survey';
import type { Page } from '../web/layout';
import type { Release, ReleaseDocument, ReleaseState } from './release';

export interface ReleasesPage extends Page {
  simulated: boolean;
  /** What there is to say where nothing is published. */
  nothing: string | null;
  published: { href: string; text: string; day: string; kind: string; shown: string }[];
  inHand: { href: string; text: string; state: { text: string; classes: string } } | null;
  prepare: string | null;
}

const stateTags: Record<ReleaseState, { text: string; classes: string }> = {
  waiting: { text: 'Waiting', classes: 'nhsuk-tag--blue' },
  working: { text: 'Being worked out', classes: 'nhsuk-tag--blue' },
  ready: { text: 'Ready to look over', classes: 'nhsuk-tag--yellow' },
  refused: { text: 'Refused', classes: 'nhsuk-tag--red' },
  failed: { text: 'Not worked out', classes: 'nhsuk-tag--red' },
  published: { text: 'Published', classes: 'nhsuk-tag--green' },
};

export function stateTag(state: ReleaseState): { text: string; classes: string } {
  return stateTags[state];
}

/** The reports of a survey: those that are published, and the one in hand for whoever may see it. */
export function releasesPage(
  project: Project,
  survey: Survey,
  releases: readonly Release[],
  { now, may }: { now: Date; may: { release: boolean; seeFigures: boolean } },
): ReleasesPage {
  const address = `/surveys/${survey.id}/releases`;
  const inHand = releases.find(({ state }) => state !== 'published');
  const published = releases.filter(({ state }) => state === 'published');
  const state = surveyState(survey, now);
  const isAnswered = state === 'open' || state === 'closed';
  return {
    title: 'Reports of this survey',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    simulated: survey.simulated,
    nothing: published.length > 0 ? null : nothingYet(isAnswered, may.release),
    published: published.map(({ id, number, publishedAt, document }) => ({
      href: `/reports/${id}`,
      text: `Report ${number}`,
      day: formatDate(publishedAt!),
      kind: document!.period.wasOpen
        ? 'Interim: more answers could still come'
        : 'Final: the survey had closed',
      shown: shownInWords(document!.groups),
    })),
    inHand:
      inHand && may.seeFigures
        ? {
            href: `${address}/${inHand.number}`,
            text: `Report ${inHand.number}`,
            state: stateTag(inHand.state),
          }
        : null,
    prepare: may.release && isAnswered && !inHand ? `${address}/new` : null,
  };
}

function shownInWords({ shown, withheld, empty }: ReleaseDocument['groups']): string {
  return `${shown} of ${shown + withheld + empty}`;
}

function nothingYet(isAnswered: boolean, mayRelease: boolean): string {
  if (!isAnswered) return 'There is no report yet. One can be prepared once the survey has opened.';
  return mayRelease
    ? 'There is no report yet. Prepare one: it is worked out, checked that nobody can be found in it, and shown to you before anybody else reads it.'
    : 'There is no report yet. The project lead prepares and publishes it.';
}
