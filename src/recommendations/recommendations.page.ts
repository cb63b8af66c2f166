import { formatDate } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { Release } from '../releases/release';
import { type NavLink, reportNav } from '../reports/report-nav';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import type { Page } from '../web/layout';
import {
  byPriority,
  isAgreed,
  nameOf,
  type Opinion,
  opinionsOn,
  type Recommendation,
  type Route,
  routes,
  type Status,
  statuses,
} from './recommendation';
import { priorityWords, routeWords } from './recommendation-words';

const statusTags: Record<Status, Tag> = {
  draft: { text: 'Draft', classes: 'nhsuk-tag--grey' },
  'under discussion': { text: 'Under discussion', classes: 'nhsuk-tag--blue' },
  agreed: { text: 'Agreed', classes: 'nhsuk-tag--green' },
  done: { text: 'Done', classes: 'nhsuk-tag--aqua-green' },
  rejected: { text: 'Rejected', classes: 'nhsuk-tag--red' },
  withdrawn: { text: 'Withdrawn', classes: 'nhsuk-tag--white' },
};

export interface Tag {
  text: string;
  classes: string;
}

export function statusTag(status: Status): Tag {
  return statusTags[status];
}

/** A recommendation's page. */
export function addressOf({ releaseId, id }: Pick<Recommendation, 'releaseId' | 'id'>): string {
  return `/reports/${releaseId}/recommendations/${id}`;
}

/** Where somebody is who works on a report's recommendations. */
export interface AtRecommendations {
  release: Pick<Release, 'id' | 'number' | 'document'>;
  visit: AtReport;
  /** Why nothing can be changed, where that is so. */
  closed: string | null;
  /** Is the report signed for good? */
  isSigned: boolean;
}

/** What all pages of recommendations have in common. */
export function frame({ release, visit }: AtRecommendations, ...further: { href: string; text: string }[]) {
  const { name } = release.document!.survey;
  return {
    section: name,
    audience: 'staff' as const,
    breadcrumbs: breadcrumbsFor(visit, { href: `/reports/${release.id}`, text: name }, ...further),
    nav: reportNav(release.id, 'recommendations', visit),
  };
}

export function listCrumb({ release }: AtRecommendations) {
  return { href: `/reports/${release.id}/recommendations`, text: 'Recommendations' };
}

/** Everybody who may speak sees all of them; readers see what was agreed, once the report is signed. */
export function shownTo<R extends Pick<Recommendation, 'status'>>(
  { visit, isSigned }: Pick<AtRecommendations, 'visit' | 'isSigned'>,
  all: readonly R[],
): R[] {
  if (visit.may('comment')) return [...all];
  return isSigned ? all.filter(isAgreed) : [];
}

export interface RecommendationsPage extends Page {
  nav: NavLink[];
  closed: string | null;
  /** Said where there is nothing to list. */
  nothing: string | null;
  filter: { action: string; routes: object[]; statuses: object[] } | null;
  rows: ListedRow[];
  add: string | null;
  copy: { action: string; text: string } | null;
  chair: { action: string; people: object[]; value: string } | null;
  chairIs: string | null;
}

interface ListedRow {
  href: string;
  name: string;
  tag: Tag;
  priority: string;
  text: string;
  facts: string;
}

export interface ListFacts {
  recommendations: readonly Recommendation[];
  opinions: readonly Opinion[];
  filter: { route: Route | null; status: Status | null };
  chair: { accountId: string; email: string } | undefined;
  /** Those who could chair; for the lead only. */
  people: readonly { accountId: string; email: string }[];
  /** An earlier report whose recommendations were not all copied. */
  earlier: { number: number; uncopied: number } | undefined;
}

const longestExcerpt = 300;

/** The recommendations about a report, the most pressing first. */
export function recommendationsPage(at: AtRecommendations, facts: ListFacts): RecommendationsPage {
  const { release, visit, closed } = at;
  const { filter, chair, people, earlier } = facts;
  const address = `/reports/${release.id}/recommendations`;
  const all = shownTo(at, facts.recommendations);
  const listed = byPriority(all).filter(
    ({ route, status }) =>
      (filter.route === null || filter.route === route) && isListed(status, filter.status),
  );
  const mayAdd = visit.may('advise') && closed === null;
  const mayLead = visit.may('release reports') && closed === null;
  return {
    title: 'Recommendations',
    ...frame(at),
    closed,
    nothing: listed.length > 0 ? null : nothingInWords(at, all.length, mayAdd),
    filter:
      all.length === 0
        ? null
        : {
            action: address,
            routes: options(routes, filter.route, (route) => routeWords[route]),
            statuses: options(statuses, filter.status, (status) => statusTag(status).text),
          },
    rows: listed.map((one) => listedRow(one, facts.opinions)),
    add: mayAdd ? `${address}/new` : null,
    copy:
      mayLead && earlier && earlier.uncopied > 0
        ? {
            action: `${address}/copies`,
            text: `Report ${earlier.number} has ${earlier.uncopied === 1 ? '1 recommendation that is' : `${earlier.uncopied} recommendations that are`} not here.`,
          }
        : null,
    chair: mayLead
      ? {
          action: `${address}/chair`,
          people: [
            { value: '', text: 'Nobody: the project lead decides' },
            ...people.map(({ accountId, email }) => ({ value: accountId, text: email })),
          ],
          value: chair?.accountId ?? '',
        }
      : null,
    chairIs: chair && visit.may('comment') ? `${chair.email} chairs the group.` : null,
  };
}

/** Withdrawn drafts are out of the way until they are asked for. */
function isListed(status: Status, wanted: Status | null): boolean {
  return wanted === null ? status !== 'withdrawn' : wanted === status;
}

function options<T extends string>(values: readonly T[], chosen: T | null, words: (value: T) => string) {
  return [
    { value: '', text: 'All', selected: chosen === null },
    ...values.map((value) => ({ value, text: words(value), selected: value === chosen })),
  ];
}

function nothingInWords({ visit, isSigned }: AtRecommendations, all: number, mayAdd: boolean): string {
  if (all > 0) return 'None of them fits what you chose.';
  if (mayAdd)
    return 'There are none yet. Write the first: say what should happen, and which gaps it answers.';
  if (visit.may('comment')) return 'There are none.';
  return isSigned
    ? 'The advisory group agreed on none.'
    : 'The advisory group has not signed this report off yet. What it recommends is shown here once it has.';
}

function listedRow(one: Recommendation, opinions: readonly Opinion[]): ListedRow {
  const { agree, disagree } = opinionsOn(
    opinions.filter(({ recommendationId }) => recommendationId === one.id),
    one.revision,
  );
  return {
    href: addressOf(one),
    name: nameOf(one),
    tag: statusTag(one.status),
    priority: priorityWords[one.priority],
    text: one.text.length > longestExcerpt ? `${one.text.slice(0, longestExcerpt).trimEnd()} …` : one.text,
    facts: [
      routeWords[one.route],
      one.owner === '' ? '' : `for ${one.owner}`,
      one.dueOn ? `due ${formatDay(one.dueOn)}` : '',
      one.gaps.length === 1 ? 'answers 1 gap' : `answers ${one.gaps.length} gaps`,
      one.status === 'under discussion' || isAgreed(one) ? opinionsInWords(agree, disagree) : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  };
}

export function opinionsInWords(agree: number, disagree: number): string {
  const words = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
  return `${words(agree, 'agrees', 'agree')}, ${words(disagree, 'disagrees', 'disagree')}`;
}

/** "Since 21 November 2026, put down by …: reason". */
export function stepInWords(step: { setAt: Date; setBy: string; reason: string }): string {
  return `Since ${formatDate(step.setAt)}, put down by ${step.setBy}${step.reason === '' ? '.' : `: ${step.reason}`}`;
}
