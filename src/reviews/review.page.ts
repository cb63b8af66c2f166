import type { ApprovalRule, ReviewRequest } from '../discussions/approval';
import { missingApprovals } from '../discussions/approval';
import type { LastLook } from '../discussions/looks.commands';
import { type RequestRow, requestRows, reviewInWords } from '../discussions/request.page';
import { discussionLimits } from '../discussions/subject';
import { mayResolve, type Thread } from '../discussions/thread';
import { type ThreadView, threadView } from '../discussions/thread.page';
import type { DifferenceGroup } from '../frameworks/versions.page';
import { formatDateTime, isoDay } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { checksumOf } from '../questionnaires/checksum';
import type { Definition } from '../questionnaires/definition';
import { differenceOf } from '../questionnaires/difference';
import { countInWords, differenceGroups } from '../questionnaires/difference.page';
import { anchorOf, type Place, placesOf } from '../questionnaires/place';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { textIn } from '../questionnaires/text';
import type { Page } from '../web/layout';
import { groupsOf, type ThreadGroup, wholeQuestionnaire } from './review';

/** What a review page is made from. */
export interface ReviewFacts {
  project: Project;
  questionnaire: Questionnaire;
  threads: Thread[];
  requests: ReviewRequest[];
  rule: ApprovalRule;
  /** What the person saw when they last looked. */
  look: LastLook;
  accountId: string;
  now: Date;
  may: { ask: boolean; setApprovals: boolean };
}

/** What the address or the form sent back asks for. */
export interface ReviewWish {
  openOnly: boolean;
  place: string;
  text: string;
  errors?: FieldErrors;
}

export interface ReviewPage extends Page {
  state: string[];
  /** What keeps it from being published. */
  missing: string[];
  asked: { text: string; note: string; href: string; read: string } | null;
  requests: { now: RequestRow[]; earlier: RequestRow[] };
  ask: string | null;
  approvals: string | null;
  changes: { summary: string; groups: DifferenceGroup[] };
  filter: { text: string; href: string; current: boolean }[];
  groups: { heading: string; threads: PlacedThread[] }[];
  empty: string;
  comment: { action: string; places: object[]; place: string; text: string; longest: number };
}

interface PlacedThread extends ThreadView {
  /** What it is about, and where that stands. */
  about: string;
  href: string | null;
  /** Where to reply and, if this is who may, to resolve. */
  address: string;
  act: string;
  /** How many comments after the first are left out here; the thread's own page has them. */
  leftOut: number;
}

/** The discussion of a questionnaire: where it stands, what changed, and what was said. */
export function reviewPage(facts: ReviewFacts, wish: ReviewWish): ReviewPage {
  const { project, questionnaire, requests, rule, may } = facts;
  const address = `/questionnaires/${questionnaire.id}/review`;
  const revision = checksumOf(questionnaire.definition);
  const places = placesOf(questionnaire.definition);
  const mine = requests.find((request) => request.accountId === facts.accountId && !request.answeredAt);
  return {
    ...frame(project, questionnaire),
    title: 'Comments, reviews and approvals',
    state: reviewInWords(requests, rule, revision),
    missing: missingApprovals(rule, requests, revision),
    asked: mine ? askedInWords(mine, questionnaire.id, `${address}/answer?revision=${revision}`) : null,
    requests: requestRows(requests, {
      ...{ revision, address, today: isoDay(facts.now) },
      mayWithdraw: may.ask,
    }),
    ask: may.ask ? `${address}/requests/new` : null,
    approvals: may.setApprovals ? `${address}/approvals` : null,
    changes: changesSince(facts),
    ...threadList(facts, places, wish.openOnly),
    comment: {
      action: `${address}/threads`,
      places: placeItems(places),
      place: wish.place,
      text: wish.text,
      longest: discussionLimits.comment,
    },
    ...(wish.errors ? { errors: wish.errors } : {}),
  };
}

/** What every page about a review says of where it is. */
export function frame(
  project: Project,
  { id, title }: Pick<Questionnaire, 'id' | 'title'>,
): Pick<Page, 'section' | 'audience'> & { breadcrumbs: { href: string; text: string }[] } {
  return {
    section: title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: `/questionnaires/${id}`, text: title }),
  };
}

function askedInWords(
  { askedBy, dueOn, note }: ReviewRequest,
  questionnaireId: string,
  href: string,
): NonNullable<ReviewPage['asked']> {
  const until = dueOn ? ` by ${formatDay(dueOn)}` : '';
  const text = `${askedBy} asks you to review this questionnaire${until}.`;
  return { text, note, href, read: `/questionnaires/${questionnaireId}` };
}

function changesSince({ look, questionnaire }: ReviewFacts): ReviewPage['changes'] {
  const changes = differenceOf(look.content as Definition, questionnaire.definition);
  return {
    summary: look.isFirst
      ? 'You are here for the first time. When you come back, you will see what has changed meanwhile.'
      : `${countInWords(changes)} since ${formatDateTime(look.lookedAt)}.`,
    groups: differenceGroups(changes, questionnaire.definition),
  };
}

function threadList(
  { questionnaire, threads, accountId, may }: ReviewFacts,
  places: readonly Place[],
  openOnly: boolean,
): Pick<ReviewPage, 'filter' | 'groups' | 'empty'> {
  const address = `/questionnaires/${questionnaire.id}/review`;
  const open = threads.filter(({ resolvedAt }) => !resolvedAt);
  return {
    filter: [
      { text: `All (${threads.length})`, href: address, current: !openOnly },
      { text: `Open only (${open.length})`, href: `${address}?show=open`, current: openOnly },
    ],
    groups: groupsOf(openOnly ? open : threads, places).map((group) => ({
      heading: headingOf(group, questionnaire.definition),
      threads: group.threads.map(({ thread, place }) => ({
        ...inShort(threadView(thread, `${address}/threads/${thread.id}`, accountId)),
        ...aboutThread(questionnaire, thread, place),
        address: `${address}/threads/${thread.id}`,
        act: thread.resolvedAt
          ? 'Reply or reopen'
          : mayResolve(thread, accountId, may.ask)
            ? 'Reply or resolve'
            : 'Reply',
      })),
    })),
    empty:
      threads.length === 0
        ? 'Nobody has commented yet.'
        : 'No comment is open: everything that was said is resolved.',
  };
}

const mostCommentsShown = 10;

/** The first comment and the last ones of a long thread. */
function inShort(view: ThreadView): ThreadView & { leftOut: number } {
  const leftOut = Math.max(0, view.comments.length - mostCommentsShown);
  const comments = view.comments.filter((_comment, index) => index === 0 || index > leftOut);
  return { ...view, comments, leftOut };
}

/** What a thread is about, and the way there. A place that is gone keeps the title it had. */
export function aboutThread(
  { id }: Pick<Questionnaire, 'id'>,
  thread: Thread,
  place: Place | null,
): { about: string; href: string | null } {
  if (thread.place === wholeQuestionnaire.name) {
    return { about: wholeQuestionnaire.title, href: `/questionnaires/${id}` };
  }
  if (!place) return { about: thread.placeTitle, href: null };
  const renamed = place.title === thread.placeTitle ? '' : ` (then “${thread.placeTitle}”)`;
  const what = place.part === 'page' ? `The page “${place.title}”` : place.title;
  return {
    about: `${what}${renamed}`,
    href: `/questionnaires/${id}#${encodeURIComponent(anchorOf(place))}`,
  };
}

function headingOf({ page }: ThreadGroup, { pages }: Definition): string {
  if (page === 0) return 'The questionnaire as a whole';
  if (page === null) return 'No longer in the questionnaire';
  const { title, name } = pages[page - 1]!;
  return `Page ${page}. ${textIn(title) || name}`;
}

const longestChoice = 80;

function placeItems(places: readonly Place[]): object[] {
  return [
    { value: wholeQuestionnaire.name, text: wholeQuestionnaire.title },
    ...places.map(({ part, name, title, page }) => ({
      value: name,
      text:
        part === 'page' ? `Page ${page}: ${shortened(title)}` : `Page ${page}, question: ${shortened(title)}`,
    })),
  ];
}

function shortened(title: string): string {
  return title.length > longestChoice ? `${title.slice(0, longestChoice - 1)}…` : title;
}

export interface ChangesPage extends Page {
  summary: string;
  groups: DifferenceGroup[];
  back: { href: string; text: string };
}

/** What has changed since somebody answered. */
export function changesPage(
  project: Project,
  questionnaire: Questionnaire,
  request: ReviewRequest & { answeredAt: Date },
  seen: Definition,
): ChangesPage {
  const changes = differenceOf(seen, questionnaire.definition);
  return {
    ...frame(project, questionnaire),
    title: 'What has changed since the answer',
    back: { href: `/questionnaires/${questionnaire.id}/review`, text: 'Back to the review' },
    summary: `${countInWords(changes)} since ${request.email} answered, on ${formatDateTime(request.answeredAt)}.`,
    groups: differenceGroups(changes, questionnaire.definition),
  };
}
