import { formatDate, formatDateTime } from '../platform/dates';
import { formatDay } from '../platform/days';
import {
  type ApprovalRule,
  approvalsGiven,
  approversOf,
  isOpen,
  lastAnswers,
  type ReviewRequest,
  type Standing,
  standingOf,
} from './approval';

/** A line of the table of who was asked. */
export interface RequestRow {
  email: string;
  tag: { text: string; classes: string };
  asked: string;
  due: string;
  note: string;
  /** "Approved on …", or nothing. */
  answered: string;
  reason: string;
  /** Where the state they answered for is compared with this one. */
  changes: string | null;
  withdraw: string | null;
}

const tags: Record<Standing, { text: string; classes: string }> = {
  asked: { text: 'Asked', classes: 'nhsuk-tag--blue' },
  overdue: { text: 'Overdue', classes: 'nhsuk-tag--red' },
  approved: { text: 'Approved', classes: 'nhsuk-tag--green' },
  'approved an earlier state': { text: 'Approved an earlier state', classes: 'nhsuk-tag--yellow' },
  'changes asked': { text: 'Changes asked for', classes: 'nhsuk-tag--orange' },
};

/** Who was asked and where that stands: those who have not answered first, then the last answer of each, then what came before. */
export function requestRows(
  requests: readonly ReviewRequest[],
  { revision, today, address, mayWithdraw }: RequestPlace,
): { now: RequestRow[]; earlier: RequestRow[] } {
  const last = new Set(lastAnswers(requests));
  const row = (request: ReviewRequest): RequestRow => ({
    email: request.email,
    tag: tags[standingOf(request, revision, today)],
    asked: `${formatDate(request.askedAt)} by ${request.askedBy}`,
    due: request.dueOn ? formatDay(request.dueOn) : 'No day set',
    note: request.note,
    answered: request.answeredAt ? formatDateTime(request.answeredAt) : '',
    reason: request.reason,
    changes:
      request.revision && request.revision !== revision ? `${address}/changes?request=${request.id}` : null,
    withdraw: mayWithdraw && isOpen(request) ? `${address}/requests/${request.id}/withdrawal` : null,
  });
  return {
    now: [...requests.filter(isOpen).map(row), ...requests.filter((request) => last.has(request)).map(row)],
    earlier: requests.filter((request) => !isOpen(request) && !last.has(request)).map(row),
  };
}

interface RequestPlace {
  revision: string;
  today: string;
  address: string;
  mayWithdraw: boolean;
}

/** "2 people were asked for a review; 1 has still to answer. 1 of 2 approved." */
export function reviewInWords(
  requests: readonly ReviewRequest[],
  rule: ApprovalRule,
  revision: string,
): string[] {
  const people = new Set(requests.map(({ accountId }) => accountId)).size;
  const waiting = requests.filter(isOpen).length;
  const approved = approversOf(requests, revision).size;
  const asked =
    people === 0
      ? 'Nobody has been asked for a review yet.'
      : `${people === 1 ? '1 person was' : `${people} people were`} asked for a review; ${waitingInWords(waiting)}.`;
  if (rule.needed === 0 && rule.people.length === 0) {
    const given =
      people === 0 ? [] : [`${approved === 1 ? '1 has' : `${approved} have`} approved what it says now.`];
    return [asked, ...given, 'No approval is needed before it is published.'];
  }
  const { given, needed } = approvalsGiven(rule, requests, revision);
  return [asked, `${given} of ${needed} approved.`];
}

function waitingInWords(waiting: number): string {
  if (waiting === 0) return 'all have answered';
  return waiting === 1 ? '1 has still to answer' : `${waiting} have still to answer`;
}
