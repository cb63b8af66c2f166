import { discussionLimits } from '../discussions/subject';
import { mayResolve, type Thread } from '../discussions/thread';
import { type ThreadView, threadView } from '../discussions/thread.page';
import type { FieldErrors } from '../platform/form';
import type { ReportPerson } from '../readers/readers.queries';
import type { Release } from '../releases/release';
import { type NavLink, reportNav } from '../reports/report-nav';
import type { ReportPlace } from '../reports/report-place';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import type { Page } from '../web/layout';
import { filtered, statusOf, type ThreadFilter, type ThreadStatus } from './comment-status';

const perPage = 25;
const commentsShown = 4;

const tags: Record<ThreadStatus, { text: string; classes: string }> = {
  open: { text: 'Open', classes: 'nhsuk-tag--blue' },
  answered: { text: 'Answered', classes: 'nhsuk-tag--purple' },
  resolved: { text: 'Resolved', classes: 'nhsuk-tag--grey' },
};

/** A report that is discussed, and who looks. */
export interface Discussing {
  release: Release;
  at: AtReport;
  accountId: string;
  /** Why nothing can be said now, or ever; null where it can. */
  closed: string | null;
}

export interface CommentsPage extends Page {
  nav: NavLink[];
  closed: string | null;
  start: { href: string; text: string } | null;
  settings: string;
  filter: { text: string; href: string; current: boolean }[];
  about: { text: string; all: string } | null;
  threads: ListedThread[];
  empty: string;
  pages: { previous: string | null; next: string | null; text: string } | null;
}

interface ListedThread extends ThreadView {
  about: string;
  address: string;
  act: string;
  leftOut: number;
}

/** Where one is, on every page about comments. */
export function commentsFrame(
  { id, document }: Release,
  at: AtReport,
  { isBelow }: { isBelow: boolean },
): Omit<Page, 'title'> {
  const title = document!.survey.name;
  const comments = { href: `/reports/${id}/comments`, text: 'Comments' };
  return {
    section: title,
    audience: 'staff',
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${id}`, text: title }, ...(isBelow ? [comments] : [])),
  };
}

/** What has been said about a report, as far as it is asked for. */
export function commentsPage(
  discussing: Discussing,
  threads: readonly Thread[],
  wish: ThreadFilter & { page: number },
  facts: { place: ReportPlace | null; toldOf: ReadonlySet<string> },
): CommentsPage {
  const { release, at, accountId, closed } = discussing;
  const address = `/reports/${release.id}/comments`;
  const asked = filtered(threads, wish, { accountId, toldOf: facts.toldOf });
  const last = Math.max(1, Math.ceil(asked.length / perPage));
  const page = Math.min(wish.page, last);
  const shown = asked.slice((page - 1) * perPage, page * perPage);
  const place = facts.place;
  return {
    ...commentsFrame(release, at, { isBelow: false }),
    title: 'Comments',
    nav: reportNav(release.id, 'comments', at),
    closed,
    start: closed ? null : startAt(address, place),
    settings: `/reports/${release.id}/notifications`,
    filter: filterLinks(discussing, threads, wish, facts.toldOf),
    about: place ? { text: place.title, all: addressOf(address, { ...wish, place: null }) } : null,
    threads: shown.map((thread) => listed(thread, `${address}/${thread.id}`, discussing)),
    empty:
      threads.length === 0
        ? 'Nobody has commented yet. Comments are for those who work on this report; people who only read it do not see them.'
        : 'There are no such comments.',
    pages:
      last === 1
        ? null
        : {
            previous: page > 1 ? addressOf(address, { ...wish, page: page - 1 }) : null,
            next: page < last ? addressOf(address, { ...wish, page: page + 1 }) : null,
            text: `Page ${page} of ${last}`,
          },
  };
}

function startAt(address: string, place: ReportPlace | null): { href: string; text: string } {
  return place && place.name !== ''
    ? { href: `${address}/new?place=${encodeURIComponent(place.name)}`, text: `Comment on ${place.title}` }
    : { href: `${address}/new?place=`, text: 'Comment on the whole report' };
}

/** The links above the list: each with how many it leads to. */
function filterLinks(
  { release, accountId }: Discussing,
  threads: readonly Thread[],
  wish: ThreadFilter,
  toldOf: ReadonlySet<string>,
): CommentsPage['filter'] {
  const address = `/reports/${release.id}/comments`;
  const linkTo = (words: (count: number) => string, change: Partial<ThreadFilter>) => {
    const filter = { ...wish, ...change };
    const count = filtered(threads, filter, { accountId, toldOf }).length;
    const isCurrent = filter.status === wish.status && filter.mine === wish.mine;
    return { text: words(count), href: addressOf(address, filter), current: isCurrent };
  };
  return [
    linkTo((count) => `All (${count})`, { status: null, mine: false }),
    linkTo((count) => `${count} unresolved`, { status: 'unresolved', mine: false }),
    linkTo((count) => `Open (${count})`, { status: 'open', mine: false }),
    linkTo((count) => `Answered (${count})`, { status: 'answered', mine: false }),
    linkTo((count) => `Resolved (${count})`, { status: 'resolved', mine: false }),
    linkTo((count) => `Mine (${count})`, { status: null, mine: true }),
  ];
}

function addressOf(
  address: string,
  { status, place, mine, page = 1 }: ThreadFilter & { page?: number },
): string {
  const query = new URLSearchParams();
  if (status) query.set('status', status);
  if (place !== null) query.set('place', place);
  if (mine) query.set('mine', '');
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? address : `${address}?${text}`;
}

function listed(thread: Thread, address: string, { accountId, at, closed }: Discussing): ListedThread {
  const view = inShort(viewOf(thread, address, accountId));
  const resolves = !thread.resolvedAt && mayResolve(thread, accountId, at.may('ask for review'));
  return {
    ...view,
    ...{ about: thread.placeTitle, address },
    act: closed ? 'Read' : thread.resolvedAt ? 'Reply or reopen' : resolves ? 'Reply or resolve' : 'Reply',
  };
}

function viewOf(thread: Thread, address: string, accountId: string): ThreadView {
  return { ...threadView(thread, address, accountId), tag: tags[statusOf(thread)] };
}

/** The first comment and the last ones of a long thread. */
function inShort(view: ThreadView): ThreadView & { leftOut: number } {
  const leftOut = Math.max(0, view.comments.length - commentsShown);
  const comments = view.comments.filter((_comment, index) => index === 0 || index > leftOut);
  return { ...view, comments, leftOut };
}

/** What was typed, when it comes back. */
export interface TypedComment {
  text: string;
  ticked: readonly string[];
  errors?: FieldErrors;
}

interface CommentForm {
  action: string;
  label: string;
  submit: string;
  text: string;
  longest: number;
  people: { value: string; text: string; checked: boolean }[];
}

function formOf(
  form: Pick<CommentForm, 'action' | 'label' | 'submit'>,
  people: readonly ReportPerson[],
  typed: TypedComment,
): CommentForm {
  return {
    ...form,
    text: typed.text,
    longest: discussionLimits.comment,
    people: people.map(({ accountId, email }) => ({
      ...{ value: accountId, text: email },
      checked: typed.ticked.includes(accountId),
    })),
  };
}

export interface NewThreadPage extends Page {
  nav: NavLink[];
  about: string;
  href: string;
  sentences: string[];
  place: string;
  others: { href: string; text: string } | null;
  form: CommentForm;
}

/** The form that begins a thread at a place, beside what the report says there. */
export function newThreadPage(
  { release, at }: Discussing,
  place: ReportPlace,
  facts: { sentences: string[]; people: readonly ReportPerson[]; threads: number },
  typed: TypedComment = { text: '', ticked: [] },
): NewThreadPage {
  const address = `/reports/${release.id}/comments`;
  return {
    ...commentsFrame(release, at, { isBelow: true }),
    title: 'Add a comment',
    nav: reportNav(release.id, 'comments', at),
    about: place.title,
    href: place.href,
    sentences: facts.sentences,
    place: place.name,
    others:
      facts.threads === 0
        ? null
        : {
            href: `${address}?place=${encodeURIComponent(place.name)}`,
            text:
              facts.threads === 1
                ? 'There is a thread about this already'
                : `There are ${facts.threads} threads about this already`,
          },
    form: formOf({ action: address, label: 'Your comment', submit: 'Add the comment' }, facts.people, typed),
    ...(typed.errors ? { errors: typed.errors } : {}),
  };
}

export interface ThreadPage extends Page {
  nav: NavLink[];
  thread: ThreadView;
  place: string;
  sentences: string[];
  closed: string | null;
  form: CommentForm | null;
  resolve: string | null;
  reopen: string | null;
}

/** One thread, and what can be done in it. */
export function threadPage(
  { release, at, accountId, closed }: Discussing,
  thread: Thread,
  facts: { place: string; sentences: string[]; people: readonly ReportPerson[] },
  typed: TypedComment = { text: '', ticked: [] },
): ThreadPage {
  const address = `/reports/${release.id}/comments/${thread.id}`;
  const view = viewOf(thread, address, accountId);
  const submit = thread.resolvedAt ? 'Reply and reopen' : 'Reply';
  const mayEnd = mayResolve(thread, accountId, at.may('ask for review'));
  return {
    ...commentsFrame(release, at, { isBelow: true }),
    title: `Comments: ${thread.placeTitle}`,
    nav: reportNav(release.id, 'comments', at),
    thread: closed
      ? { ...view, comments: view.comments.map((comment) => ({ ...comment, withdraw: null })) }
      : view,
    place: facts.place,
    sentences: facts.sentences,
    closed,
    form: closed
      ? null
      : formOf({ action: `${address}/comments`, label: 'Your reply', submit }, facts.people, typed),
    resolve: !closed && !thread.resolvedAt && mayEnd ? `${address}/resolution` : null,
    reopen: !closed && thread.resolvedAt ? `${address}/reopening` : null,
    ...(typed.errors ? { errors: typed.errors } : {}),
  };
}
