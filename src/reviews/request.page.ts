import { roleNames } from '../accounts/account';
import { type ApprovalRule, isOpen, type ReviewRequest } from '../discussions/approval';
import { discussionLimits as limits } from '../discussions/subject';
import { formatDate } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import type { Project } from '../projects/project';
import type { Member } from '../projects/projects.queries';
import type { Questionnaire } from '../questionnaires/questionnaire';
import type { Page } from '../web/layout';
import { frame } from './review.page';

/** Where a page about a review stands. */
export interface ReviewPlace {
  project: Project;
  questionnaire: Questionnaire;
}

/** What was typed, as the form sent it. */
type Typed = Readonly<Record<string, unknown>>;

interface ReviewFormPage extends Page {
  action: string;
  cancel: string;
}

function formFrame({ project, questionnaire }: ReviewPlace, action: string) {
  const review = `/questionnaires/${questionnaire.id}/review`;
  const { breadcrumbs, ...where } = frame(project, questionnaire);
  return {
    ...where,
    breadcrumbs: [...breadcrumbs, { href: review, text: 'Review' }],
    action: `${review}/${action}`,
    cancel: review,
  };
}

export interface RequestPage extends ReviewFormPage {
  people: object[];
  note: string;
  longestNote: number;
  due: object[];
}

/** Asks whom to ask for a review: the expert advisory group first. */
export function requestPage(
  place: ReviewPlace,
  members: readonly Member[],
  requests: readonly ReviewRequest[],
  typed: Typed,
  errors?: FieldErrors,
): RequestPage {
  const open = new Map(requests.filter(isOpen).map((request) => [request.accountId, request]));
  return {
    ...formFrame(place, 'requests'),
    title: 'Ask for a review',
    people: [...members].sort(expertsFirst).map((member) => {
      const asked = open.get(member.accountId);
      const hint = asked ? `. Asked on ${formatDate(asked.askedAt)}, not answered yet` : '';
      return { ...personItem(member, hint), checked: listed(typed.person).includes(member.accountId) };
    }),
    note: String(typed.note ?? ''),
    longestNote: limits.note,
    due: dayItems(typed),
    ...(errors ? { errors } : {}),
  };
}

function expertsFirst(one: Member, other: Member): number {
  const rank = ({ role }: Member) => (role === 'eag_member' ? 0 : 1);
  return rank(one) - rank(other);
}

function personItem({ accountId, email, role }: Member, more = ''): object {
  return { value: accountId, text: email, hint: { text: `${roleNames[role]}${more}` } };
}

function listed(value: unknown): unknown[] {
  return value === undefined ? [] : [value].flat();
}

function dayItems(typed: Typed): object[] {
  return ['day', 'month', 'year'].map((part) => ({
    id: `due-${part}`,
    name: `due-${part}`,
    label: part[0]!.toUpperCase() + part.slice(1),
    width: part === 'year' ? 4 : 2,
    value: String(typed[`due-${part}`] ?? ''),
  }));
}

export interface AnswerPage extends ReviewFormPage {
  asked: string;
  note: string;
  /** Said where the questionnaire was changed between looking and answering. */
  meanwhile: string;
  answer: string;
  reason: string;
  longest: number;
  revision: string;
}

/** Asks somebody for the answer to the request they have. */
export function answerPage(
  place: ReviewPlace,
  request: ReviewRequest,
  { revision, changed }: { revision: string; changed: boolean },
  typed: Typed,
  errors?: FieldErrors,
): AnswerPage {
  const until = request.dueOn ? `, and for your answer by ${formatDay(request.dueOn)}` : '';
  return {
    ...formFrame(place, 'answer'),
    title: 'Your answer',
    asked: `${request.askedBy} asks for your review of “${place.questionnaire.title}”${until}.`,
    note: request.note,
    meanwhile: changed
      ? 'The questionnaire has been changed since you looked at it. Nothing has been stored. Look at what has changed, then answer.'
      : '',
    answer: String(typed.answer ?? ''),
    reason: String(typed.reason ?? ''),
    longest: limits.comment,
    revision,
    ...(errors ? { errors } : {}),
  };
}

export interface ApprovalsPage extends ReviewFormPage {
  needed: string;
  most: number;
  people: object[];
}

/** Asks how many approvals are needed, and whose among them. */
export function approvalsPage(
  place: ReviewPlace,
  members: readonly Member[],
  rule: ApprovalRule,
  typed: Typed | undefined,
  errors?: FieldErrors,
): ApprovalsPage {
  const ticked = typed ? listed(typed.person) : rule.people.map(({ accountId }) => accountId);
  return {
    ...formFrame(place, 'approvals'),
    title: 'Approvals needed before publishing',
    needed: String(typed ? (typed.needed ?? '') : rule.needed),
    most: limits.approvals,
    people: [...members]
      .sort(expertsFirst)
      .map((member) => ({ ...personItem(member), checked: ticked.includes(member.accountId) })),
    ...(errors ? { errors } : {}),
  };
}
