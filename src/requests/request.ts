export const requestKinds = [
  'withdrawal',
  'erasure',
  'access',
  'rectification',
  'objection',
  'complaint',
] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestWays = ['e-mail', 'telephone', 'letter', 'in person'] as const;
export type RequestWay = (typeof requestWays)[number];

export type RequestState = 'open' | 'acknowledged' | 'answered' | 'refused' | 'closed';

/** What somebody asked about their own data. Who that is, nobody is told here. */
export interface DataRequest {
  id: string;
  surveyId: string;
  year: number;
  number: number;
  kind: RequestKind;
  way: RequestWay;
  /** The day it came, "2026-11-21". */
  cameOn: string;
  dueOn: string;
  extended: boolean;
  state: RequestState;
}

/** What whoever answers it can say has happened. */
export const requestSteps = [
  'acknowledged',
  'extended',
  'answered',
  'refused',
  'closed',
  'reopened',
] as const;
export type RequestStep = (typeof requestSteps)[number];

/** Steps that need a reason for those who look at the register later. */
export const reasonedSteps: readonly RequestStep[] = ['extended', 'refused', 'closed', 'reopened'];

/** "R-2026-0007": what the desk notes beside the person in its own files. */
export function referenceOf({ year, number }: Pick<DataRequest, 'year' | 'number'>): string {
  return `R-${year}-${String(number).padStart(4, '0')}`;
}

const complaintDays = 30;
const furtherMonths = 2;
/** From so many days before it is due, a request stands out. */
export const soonDays = 7;

/**
 * By when the law wants something done. A right is answered within one month (UK GDPR, article 12): by the same day of the next
 * month, or its last where it has no such day. A complaint is acknowledged within 30 days beginning when it is received (Data
 * Protection Act 2018, section 164A): of the two ways of counting them the one that ends first, with the day it came as the first.
 */
export function dueDay(kind: RequestKind, cameOn: string): string {
  return kind === 'complaint' ? daysLater(cameOn, complaintDays - 1) : monthsLater(cameOn, 1);
}

/** By when, once the time to answer has been extended by two further months. */
export function extendedDay(cameOn: string): string {
  return monthsLater(cameOn, 1 + furtherMonths);
}

function daysLater(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function monthsLater(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  lastOfMonth.setUTCDate(Math.min(date, lastOfMonth.getUTCDate()));
  return lastOfMonth.toISOString().slice(0, 10);
}

export function isFinished({ state }: Pick<DataRequest, 'state'>): boolean {
  return state === 'answered' || state === 'refused' || state === 'closed';
}

/** How many days are left; below 0 where it is overdue, null where no clock runs. */
export function daysLeft(
  { kind, state, dueOn }: Pick<DataRequest, 'kind' | 'state' | 'dueOn'>,
  today: string,
): number | null {
  if (isFinished({ state }) || (kind === 'complaint' && state === 'acknowledged')) return null;
  return Math.round((Date.parse(`${dueOn}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
}

/** What can happen next. The time is extended once, while the first month runs, and never a complaint's. */
export function stepsOn(
  request: Pick<DataRequest, 'kind' | 'state' | 'dueOn' | 'extended'>,
  today: string,
): RequestStep[] {
  if (isFinished(request)) return ['reopened'];
  const mayExtend = request.kind !== 'complaint' && !request.extended && today <= request.dueOn;
  return [
    ...(request.state === 'open' ? (['acknowledged'] as const) : []),
    ...(mayExtend ? (['extended'] as const) : []),
    ...(['answered', 'refused', 'closed'] as const),
  ];
}

/** What can be done about somebody's answers and address, by what they ask. */
export type Doing = 'take out' | 'hand over' | 'nothing';

export function doingFor(request: Pick<DataRequest, 'kind' | 'state'>): Doing {
  if (isFinished(request)) return 'nothing';
  if (request.kind === 'access') return 'hand over';
  return ['withdrawal', 'erasure', 'objection'].includes(request.kind) ? 'take out' : 'nothing';
}
