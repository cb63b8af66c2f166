/** Somebody asked to review a subject, and what they answered. */
export interface ReviewRequest {
  id: string;
  accountId: string;
  /** The address of who is asked. */
  email: string;
  askedBy: string;
  askedAt: Date;
  note: string;
  /** A calendar day, or none. */
  dueOn: string | null;
  withdrawnAt: Date | null;
  answeredAt: Date | null;
  answer: Answer | null;
  reason: string;
  /** The state they answered for. */
  revision: string | null;
}

export type Answer = 'approved' | 'changes asked';

/** What a project asks for before a subject is published. */
export interface ApprovalRule {
  needed: number;
  /** Those whose approval is asked for by name. */
  people: { accountId: string; email: string }[];
}

export const noRule: ApprovalRule = { needed: 0, people: [] };

/** Where a request stands, seen from a state of the subject. */
export type Standing = 'asked' | 'overdue' | 'approved' | 'approved an earlier state' | 'changes asked';

export function standingOf(request: ReviewRequest, revision: string, today: string): Standing {
  if (!request.answer) return request.dueOn !== null && request.dueOn < today ? 'overdue' : 'asked';
  if (request.answer === 'changes asked') return 'changes asked';
  return request.revision === revision ? 'approved' : 'approved an earlier state';
}

/** Is it still waiting for its answer? */
export function isOpen({ answeredAt, withdrawnAt }: ReviewRequest): boolean {
  return !answeredAt && !withdrawnAt;
}

/** The last answer of each person: an earlier one of theirs no longer stands. */
export function lastAnswers(requests: readonly ReviewRequest[]): ReviewRequest[] {
  const last = new Map<string, ReviewRequest>();
  for (const request of requests) {
    const known = last.get(request.accountId);
    if (request.answeredAt && (!known || known.answeredAt! <= request.answeredAt)) {
      last.set(request.accountId, request);
    }
  }
  return [...last.values()];
}

/** Who has approved just this state, by account. */
export function approversOf(requests: readonly ReviewRequest[], revision: string): Set<string> {
  const approvals = lastAnswers(requests).filter(
    (request) => request.answer === 'approved' && request.revision === revision,
  );
  return new Set(approvals.map(({ accountId }) => accountId));
}

/** How much of what a rule asks for is given: each person named fills a place, anybody else one of those left over. */
export function approvalsGiven(
  rule: ApprovalRule,
  requests: readonly ReviewRequest[],
  revision: string,
): { given: number; needed: number } {
  const approvers = approversOf(requests, revision);
  const named = rule.people.filter(({ accountId }) => approvers.has(accountId)).length;
  const needed = Math.max(rule.needed, rule.people.length);
  const others = Math.min(approvers.size - named, needed - rule.people.length);
  return { given: named + others, needed };
}

/** What is still missing before a state may be published, a sentence each; none where the rule is met. */
export function missingApprovals(
  rule: ApprovalRule,
  requests: readonly ReviewRequest[],
  revision: string,
): string[] {
  const approvers = approversOf(requests, revision);
  const earlier = new Set(
    lastAnswers(requests)
      .filter(({ answer, accountId }) => answer === 'approved' && !approvers.has(accountId))
      .map(({ accountId }) => accountId),
  );
  return [
    ...(approvers.size < rule.needed ? [countInWords(rule.needed, approvers.size, earlier.size)] : []),
    ...rule.people
      .filter(({ accountId }) => !approvers.has(accountId))
      .map(({ accountId, email }) => {
        const isAsked = requests.some((request) => request.accountId === accountId);
        const why = earlier.has(accountId)
          ? ' What they approved has changed since.'
          : isAsked
            ? ''
            : ' They have not been asked yet.';
        return `The approval of ${email} is needed.${why}`;
      }),
  ];
}

/** "2 approvals are needed, 1 is given." */
function countInWords(needed: number, given: number, earlier: number): string {
  const wanted = needed === 1 ? '1 approval is needed' : `${needed} approvals are needed`;
  const there = given === 0 ? 'none is given' : given === 1 ? '1 is given' : `${given} are given`;
  const more = `${earlier}${given > 0 ? ' more' : ''} ${earlier === 1 ? 'was' : 'were'}`;
  const stale = earlier === 0 ? '' : ` ${more} given for an earlier state.`;
  return `${wanted}, ${there}.${stale}`;
}
