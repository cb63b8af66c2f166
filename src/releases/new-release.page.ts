import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { type Survey, surveyState } from '../surveys/survey';
import type { Page } from '../web/layout';
import { longestReason } from './asking';
import type { Release, SmallChanges, Weighting } from './release';

/** A way of weighting, and why it cannot be used; null where it can. */
export interface WeightingChoice {
  scheme: Weighting;
  refusal: string | null;
}

export interface NewReleasePage extends Page {
  action: string;
  cancel: string;
  warning: { heading: string; text: string } | null;
  /** What there is to say of weights instead of a choice. */
  fixed: string | null;
  weightings: { value: Weighting; text: string; hint: string }[];
  /** Ways that cannot be used, and why. */
  unusable: { name: string; why: string }[];
  again: { smallChanges: { value: SmallChanges; text: string; hint: string }[] } | null;
  longestReason: number;
  values: Record<string, string>;
}

export const weightingNames: Record<Weighting, { text: string; hint: string }> = {
  none: { text: 'Not weighted', hint: 'Everybody who answered counts the same' },
  'post-stratified': {
    text: 'Post-stratified',
    hint: 'Each group of staff counts as much as its headcount: for headcounts of each combination',
  },
  raked: {
    text: 'Raked',
    hint: 'Fits the headcounts of each kind one after the other: for headcounts by one thing at a time',
  },
};

const smallChangesChoices: { value: SmallChanges; text: string; hint: string }[] = [
  {
    value: 'refuse',
    text: 'Do not make the report',
    hint: 'You are told which groups they are, and can wait for more answers',
  },
  {
    value: 'carry',
    text: 'Leave those groups as they were',
    hint: 'They keep the figures of the report before, and the report says so',
  },
];

/** Asks how a report is to be made. */
export function newReleasePage(
  project: Project,
  survey: Survey,
  facts: { releases: readonly Release[]; choices: readonly WeightingChoice[]; now: Date },
  retry?: { body: Readonly<Record<string, unknown>>; errors: FieldErrors },
): NewReleasePage {
  const { releases, choices, now } = facts;
  const address = `/surveys/${survey.id}/releases`;
  const first = releases.findLast(({ state }) => state === 'published');
  const typed = (name: string, usual: string) => {
    const value = retry?.body[name];
    return typeof value === 'string' ? value : usual;
  };
  return {
    title: 'Prepare a report',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [
      ...breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
      { href: address, text: 'Reports' },
    ],
    ...(retry ? { errors: retry.errors } : {}),
    action: address,
    cancel: address,
    warning: warningOf(survey, now),
    fixed: first
      ? `Weighting: ${weightingNames[first.weighting].text.toLowerCase()}, and the same groups put together as in report ${first.number}. Otherwise the difference of the two reports could tell of somebody.`
      : null,
    weightings: first
      ? []
      : choices
          .filter(({ refusal }) => refusal === null)
          .map(({ scheme }) => ({ value: scheme, ...weightingNames[scheme] })),
    unusable: first
      ? []
      : choices.flatMap(({ scheme, refusal }) =>
          refusal === null ? [] : [{ name: weightingNames[scheme].text, why: refusal }],
        ),
    again: first ? { smallChanges: smallChangesChoices } : null,
    longestReason,
    values: {
      weighting: typed('weighting', 'none'),
      reason: typed('reason', ''),
      smallChanges: typed('smallChanges', 'refuse'),
    },
  };
}

function warningOf(survey: Survey, now: Date): NewReleasePage['warning'] {
  if (surveyState(survey, now) !== 'open') return null;
  return {
    heading: 'The survey is still open',
    text: `A report can be made now, and another one later. But in the later one every group that this one shows must have changed by ${survey.threshold} answers or more, or not at all: otherwise the difference would tell of a few people. A group that is too small to show now is not shown later either. If you can, wait until the survey closes.`,
  };
}
