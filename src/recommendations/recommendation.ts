/** What the advisory group recommends about a report: what it says, where it stands, and who agrees. */
export interface Recommendation extends RecommendationContent {
  id: string;
  releaseId: string;
  /** 1 for a report's first. */
  number: number;
  /** The recommendation of an earlier report that it was copied from. */
  copiedFrom: string | null;
  /** How many versions there are: this is the last. */
  revision: number;
  /** Who wrote this version, by their address, and when. */
  madeBy: string;
  madeAt: Date;
  status: Status;
  statusBy: string;
  statusAt: Date;
  statusReason: string;
}

/** What can be edited. */
export interface RecommendationContent {
  text: string;
  /** Places of the report: items in groups, as report-place.ts names them. */
  gaps: string[];
  route: Route;
  priority: Priority;
  /** A role or an organisation, in words. */
  owner: string;
  /** A calendar day, or none. */
  dueOn: string | null;
}

export const routes = ['pre-registration', 'workplace', 'commissioning', 'role design'] as const;
export type Route = (typeof routes)[number];

/** The most pressing first. */
export const priorities = ['high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const statuses = ['draft', 'under discussion', 'agreed', 'done', 'rejected', 'withdrawn'] as const;
export type Status = (typeof statuses)[number];

/** A version of a recommendation, as it was written. */
export interface Version extends RecommendationContent {
  revision: number;
  /** The version it brought back, where it did. */
  restoredFrom: number | null;
  madeBy: string;
  madeAt: Date;
}

/** A step of its status. */
export interface Step {
  place: number;
  status: Status;
  /** The version that stood then. */
  revision: number;
  reason: string;
  setBy: string;
  setAt: Date;
}

/** What somebody holds of it. */
export interface Opinion {
  recommendationId: string;
  place: number;
  accountId: string;
  email: string;
  /** The version it is about. */
  revision: number;
  answer: 'agree' | 'disagree';
  reason: string;
  answeredAt: Date;
}

export const recommendationLimits = {
  text: 5000,
  gaps: 20,
  owner: 200,
  reason: 1000,
  opinion: 2000,
  recommendations: 100,
  versions: 200,
  /** Steps, and answers, of one recommendation. */
  steps: 200,
} as const;

/** Who may take it from where to where. Those who decide are the lead and the chair; the rest is open to everybody who advises. */
const steps: Record<Status, readonly { to: Status; isDecision: boolean }[]> = {
  draft: [
    { to: 'under discussion', isDecision: false },
    { to: 'withdrawn', isDecision: false },
  ],
  'under discussion': [
    { to: 'draft', isDecision: false },
    { to: 'agreed', isDecision: true },
    { to: 'rejected', isDecision: true },
  ],
  agreed: [
    { to: 'done', isDecision: true },
    { to: 'under discussion', isDecision: true },
  ],
  done: [{ to: 'agreed', isDecision: true }],
  rejected: [{ to: 'under discussion', isDecision: true }],
  withdrawn: [{ to: 'draft', isDecision: false }],
};

/** Where somebody may take a recommendation from here. */
export function stepsFrom(status: Status, mayDecide: boolean): Status[] {
  return steps[status].filter(({ isDecision }) => mayDecide || !isDecision).map(({ to }) => to);
}

/** What is settled is opened again before it is edited; an agreed one is discussed afresh once its words change. */
export function isEditable(status: Status): boolean {
  return status === 'draft' || status === 'under discussion' || status === 'agreed';
}

/** Only what lies before the group can be agreed or disagreed with. */
export function isOpenToOpinions(status: Status): boolean {
  return status === 'under discussion' || status === 'agreed';
}

/** The last opinion of each person: an earlier one no longer stands. */
export function lastOpinions(opinions: readonly Opinion[]): Opinion[] {
  const last = new Map<string, Opinion>();
  for (const opinion of opinions) {
    const known = last.get(opinion.accountId);
    if (!known || known.place < opinion.place) last.set(opinion.accountId, opinion);
  }
  return [...last.values()].sort((one, other) => one.place - other.place);
}

/** How many hold what of a version; what was said of an earlier one is counted apart. */
export function opinionsOn(
  opinions: readonly Opinion[],
  revision: number,
): { agree: number; disagree: number; earlier: number } {
  const last = lastOpinions(opinions);
  const now = last.filter((opinion) => opinion.revision === revision);
  return {
    agree: now.filter(({ answer }) => answer === 'agree').length,
    disagree: now.filter(({ answer }) => answer === 'disagree').length,
    earlier: last.length - now.length,
  };
}

/** The most pressing first, then in the order they were made. */
export function byPriority<R extends Pick<Recommendation, 'priority' | 'number'>>(all: readonly R[]): R[] {
  const rank = ({ priority }: R) => priorities.indexOf(priority);
  return [...all].sort((one, other) => rank(one) - rank(other) || one.number - other.number);
}

/** Those that a reader sees: what was agreed, and what of it is done. */
export function isAgreed({ status }: Pick<Recommendation, 'status'>): boolean {
  return status === 'agreed' || status === 'done';
}

export function contentOf(of: RecommendationContent): RecommendationContent {
  const { text, gaps, route, priority, owner, dueOn } = of;
  return { text, gaps, route, priority, owner, dueOn };
}

export function isSameContent(one: RecommendationContent, other: RecommendationContent): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));
}

/** "Recommendation 3". */
export function nameOf({ number }: Pick<Recommendation, 'number'>): string {
  return `Recommendation ${number}`;
}

/** A recommendation with all of its history, people by their accounts: as it is signed. */
export interface RecommendationRecord {
  id: string;
  number: number;
  copiedFrom: string | null;
  versions: Recorded<Version, 'madeAt'>[];
  steps: Recorded<Step, 'setAt'>[];
  opinions: Recorded<Omit<Opinion, 'recommendationId' | 'email'>, 'answeredAt'>[];
}

/** The same with its instant as text, to the microsecond. */
type Recorded<T, Instant extends keyof T> = Omit<T, Instant> & Record<Instant, string>;
