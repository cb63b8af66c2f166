import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Plan } from '../questionnaires/plan';
import type { GivenOut } from '../surveys/share.page';
import { type Survey, type SurveyState, surveyState } from '../surveys/survey';
import type { Page } from '../web/layout';
import {
  type Closure,
  closureOf,
  facetInWords,
  fillableQuestions,
  type Link,
  linksAsIn,
  linksForEach,
  mostLinks,
  prefillInWords,
  valueInWords,
} from './link';
import { prefillField, prefillsOf } from './link.form';

/** How many came by a link, as it may be shown: null where they are too few. Told by the room that watches a survey. */
export interface Came {
  linkId: string;
  started: number | null;
  submitted: number | null;
}

/** The wave before in the survey's series, and its links. */
export interface Before {
  name: string;
  links: readonly Link[];
}

/** What was typed, where it could not be taken. */
export interface Retry {
  body: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
}

const tooFew = 'Too few to show';

const stateTags: Record<Closure | SurveyState, { text: string; classes: string }> = {
  open: { text: 'Open', classes: 'nhsuk-tag--green' },
  closed: { text: 'Closed', classes: 'nhsuk-tag--grey' },
  'not open yet': { text: 'Not open yet', classes: 'nhsuk-tag--yellow' },
  'being prepared': { text: 'Not open yet', classes: 'nhsuk-tag--yellow' },
  full: { text: 'Closed: quota full', classes: 'nhsuk-tag--grey' },
};

export interface LinksPage extends Page {
  links: {
    name: string;
    address: string;
    answers: string;
    state: { text: string; classes: string };
    started: string;
    submitted: string;
    share: string;
    edit: string;
  }[];
  count: string;
  /** Where links are added; nowhere once there are as many as can be. */
  add: { one: string; several: string } | null;
  /** One link for each answer of a question, in one press. */
  each: { facet: string; button: string }[];
  eachAction: string;
  /** The links that the wave before had, in one press. */
  again: { action: string; button: string } | null;
}

/** The further links of a survey. */
export function linksPage(
  project: Project,
  survey: Survey,
  plan: Plan,
  links: readonly Link[],
  came: readonly Came[],
  before: Before | undefined,
  { baseUrl, now }: { baseUrl: string; now: Date },
): LinksPage {
  const address = `/surveys/${survey.id}/links`;
  const isFull = links.length >= mostLinks;
  const ofLink = new Map(came.map((one) => [one.linkId, one]));
  const inWords = (count: number | null = null) => (count === null ? tooFew : count.toLocaleString('en-GB'));
  return {
    title: 'Links for organisations, sites and channels',
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsTo(project, survey),
    links: links.map((link) => ({
      name: link.name,
      address: `${baseUrl.replace(/^https?:\/\//, '')}/s/${link.code}`,
      answers: answerOf(plan, link),
      state: stateTags[closureOf(link, survey.fullQuotas) ?? surveyState(survey, now)],
      started: inWords(ofLink.get(link.id)?.started),
      submitted: inWords(ofLink.get(link.id)?.submitted),
      share: `${address}/${link.id}/share`,
      edit: `${address}/${link.id}/edit`,
    })),
    count: links.length === 1 ? '1 link' : `${links.length} links`,
    add: isFull ? null : { one: `${address}/new`, several: `${address}/several` },
    each: isFull
      ? []
      : fillableQuestions(plan).flatMap((question) => {
          const missing = linksForEach(question, links).length;
          if (missing === 0 || links.length + missing > mostLinks) return [];
          const name = facetInWords(question.facet!);
          const what = missing === question.choices.length ? 'each' : 'each further';
          const button = `Make one link for ${what} ${name.charAt(0).toLowerCase()}${name.slice(1)} (${missing})`;
          return [{ facet: question.facet!, button }];
        }),
    eachAction: `${address}/each`,
    again: againOf(address, links, before),
  };
}

function againOf(address: string, links: readonly Link[], before: Before | undefined): LinksPage['again'] {
  const missing = before ? linksAsIn(before.links, links).length : 0;
  if (!before || missing === 0 || links.length + missing > mostLinks) return null;
  const what = missing === 1 ? 'the link' : `the ${missing} links`;
  return { action: `${address}/again`, button: `Make ${what} that “${before.name}” had, with new codes` };
}

/** A question may have gone with another version of the questionnaire. */
function answerOf(plan: Plan, link: Link): string {
  const isGone = link.facet !== '' && valueInWords(plan, link) === '';
  return `${prefillInWords(plan, link)}${isGone ? ' (not offered by the questionnaire)' : ''}`;
}

interface Option {
  value?: string;
  text?: string;
  divider?: string;
}

export interface LinkFormPage extends Page {
  action: string;
  values: { name: string; code: string; answer: string };
  answers: Option[];
  cancel: string;
}

/** Where one link is added. */
export function newLinkPage(
  project: Project,
  survey: Survey,
  plan: Plan,
  proposedCode: string,
  retry?: Retry,
): LinkFormPage {
  const address = `/surveys/${survey.id}/links`;
  return {
    title: 'Add a link',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsToLinks(project, survey),
    ...(retry ? { errors: retry.errors } : {}),
    action: address,
    values: {
      name: textIn(retry, 'name'),
      code: retry ? textIn(retry, 'code') : proposedCode,
      answer: textIn(retry, 'answer'),
    },
    answers: [
      { value: '', text: 'Nothing' },
      ...prefillsOf(plan).map((prefill) => ({
        value: prefillField(prefill),
        text: prefillInWords(plan, prefill),
      })),
    ],
    cancel: address,
  };
}

export interface SeveralPage extends Page {
  action: string;
  values: { list: string; facet: string };
  questions: Option[];
  cancel: string;
}

/** Where several links are added at once, from a list. */
export function severalLinksPage(project: Project, survey: Survey, plan: Plan, retry?: Retry): SeveralPage {
  const address = `/surveys/${survey.id}/links`;
  return {
    title: 'Add several links',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsToLinks(project, survey),
    ...(retry ? { errors: retry.errors } : {}),
    action: `${address}/several`,
    values: { list: textIn(retry, 'list'), facet: textIn(retry, 'facet') },
    questions: [
      { value: '', text: 'None of them' },
      ...fillableQuestions(plan).map(({ facet, title }) => ({
        value: facet!,
        text: `${facetInWords(facet!)}: ${title}`,
      })),
    ],
    cancel: address,
  };
}

export interface LinkEditPage extends Page {
  action: string;
  name: string;
  /** The name the form was made from. */
  seen: string;
  rows: Record<string, unknown>[];
  state: { sentence: string; button: string; action: string };
  cancel: string;
}

/** Where a link is renamed, closed and opened again. */
export function editLinkPage(
  project: Project,
  survey: Survey,
  plan: Plan,
  link: Link,
  retry?: Retry,
): LinkEditPage {
  const address = `/surveys/${survey.id}/links`;
  const closure = closureOf(link, survey.fullQuotas);
  const answers = prefillInWords(plan, link);
  return {
    title: link.name,
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsToLinks(project, survey),
    ...(retry ? { errors: retry.errors } : {}),
    action: `${address}/${link.id}/edit`,
    name: retry ? textIn(retry, 'name') : link.name,
    seen: retry ? textIn(retry, 'seen') : link.name,
    rows: [
      { key: { text: 'Code' }, value: { text: link.code } },
      { key: { text: 'Answered beforehand' }, value: { text: answers || 'Nothing' } },
      { key: { text: 'State' }, value: { text: stateTags[closure ?? 'open'].text } },
    ],
    state: link.closedAt
      ? {
          sentence: 'Nobody new can come by this link. Open again, it works as before.',
          button: 'Open the link again',
          action: `${address}/${link.id}/reopening`,
        }
      : {
          sentence:
            'Closed, the link tells people that it is closed and whom to ask. Those who have begun by it can finish. Other links are not concerned.',
          button: 'Close the link',
          action: `${address}/${link.id}/closure`,
        },
    cancel: address,
  };
}

/** A link as it is given out. */
export function givenLink(survey: Survey, plan: Plan, link: Link): GivenOut {
  const address = `/surveys/${survey.id}/links`;
  const answers = prefillInWords(plan, link);
  const closure = closureOf(link, survey.fullQuotas);
  return {
    code: link.code,
    address: `${address}/${link.id}/share`,
    title: `Give out: ${link.name}`,
    crumbs: [linksCrumb(survey)],
    isClosed: closure !== undefined,
    notes: [
      ...(answers ? [`It answers beforehand: ${answers}. People can change that.`] : []),
      ...(closure === 'closed' ? ['This link is closed: nobody new can come by it.'] : []),
      ...(closure === 'full' ? ['This link is closed, because enough such people have answered.'] : []),
    ],
  };
}

function linksCrumb(survey: Survey): Crumb {
  return { href: `/surveys/${survey.id}/links`, text: 'Links' };
}

function crumbsTo(project: Project, survey: Survey): Crumb[] {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}

function crumbsToLinks(project: Project, survey: Survey): Crumb[] {
  return [...crumbsTo(project, survey), linksCrumb(survey)];
}

function textIn(retry: Retry | undefined, field: string): string {
  const value = retry?.body[field];
  return typeof value === 'string' ? value : '';
}
