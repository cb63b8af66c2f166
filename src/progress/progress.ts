import type { Representativeness } from '../gaps/representativeness';
import { type Dispositions, type ResponseRates, responseRates } from '../gaps/response-rates';
import { toNearestFive, toNearestFiveOf } from '../platform/rounding';
import { type HeadcountTable, totalOf } from '../populations/headcount';
import type { Plan } from '../questionnaires/plan';
import { type DayCount, type Stretch, stretchesOf } from './days';
import {
  type AskedFacet,
  type Denominators,
  facetsWatched,
  furtherFacets,
  type GroupTable,
  groupTable,
  isCountedBy,
  organisationFacet,
  representation,
  type Stratum,
} from './groups';
import { type MinutesCount, medianMinutes } from './median';
import { type Most, mostEverywhere, type ShownCount, shownList } from './withholding';

/** What is counted of a survey, exactly: never shown as it is. */
export interface ProgressCounts {
  /** How many began, and on which days as far as these are known. */
  started: number;
  begun: DayCount[];
  submitted: DayCount[];
  /** Answers that were collected elsewhere and brought in. */
  imported: number;
  minutes: MinutesCount[];
  /** The pages passed by those who stopped. */
  stopped: { passed: string[]; count: number }[];
  links: { name: string; started: number; submitted: number }[];
  /** Null where nobody was invited by name. */
  invited: InvitedCounts | null;
  strata: Stratum[];
}

/** People invited by name, and what became of them so far. What lists say of people and who answered are counted apart. */
export interface InvitedCounts {
  people: number;
  /** Who could have answered. */
  reached: number;
  answered: number;
  /** Those who have begun, the submitted among them. */
  started: number;
  /** Who began and stopped. */
  brokeOff: number;
  /** Who asked for no more e-mails, or complained. */
  refused: number;
  withdrawn: number;
  unknown: number;
  messages: { delivered: number; bounced: number; waiting: number; failed: number };
  /** Invitations that went out and did not come back, by the day they went. */
  deliveredOn: DayCount[];
  /** How many were invited of each group, as far as the lists said. */
  groups: HeadcountTable | null;
}

/** What the figures are about besides what was counted. */
export interface ProgressFacts {
  plan: Plan;
  dimensions: string[];
  threshold: number;
  /** The staff the survey is meant for. */
  workforce: HeadcountTable | null;
  /** Those that organisations have counted for themselves. */
  ownStaff: HeadcountTable | null;
  opened: string;
  /** Today, or the day it closed. */
  until: string;
  sent: { day: string; what: string }[];
}

/** Everything that may be shown of how a survey goes. */
export interface Progress {
  submitted: number;
  started: number;
  imported: number;
  /** Of 100 who began, how many answered; null while too few began. */
  completion: number | null;
  medianMinutes: number | null;
  invited: ShownInvited | null;
  /** Those who came by no invitation, beside the workforce. */
  reached: { answered: number; of: number } | null;
  stretches: Stretch[];
  /** Lists of ways in; each holds everybody. */
  ways: Way[][];
  stopped: { page: string; count: ShownCount }[];
  stoppedInAll: number;
  groups: GroupTable;
  /** By each further facet that people are told apart by, organisations first. */
  further: GroupTable[];
  representation: { facet: AskedFacet; shown: Representativeness; withheld: string[] }[];
}

/** A way in, with how many came by it. */
export interface Way {
  name: string;
  /** Invitations that went out and did not come back; null where nobody is invited by this way. */
  delivered: number | null;
  started: ShownCount;
  submitted: ShownCount;
}

export interface ShownInvited {
  dispositions: Dispositions;
  rates: ResponseRates;
  messages: InvitedCounts['messages'];
  /** Do others answer by a link too? Then groups have no response rate, for answers do not tell who was invited. */
  isMixed: boolean;
}

/**
 * How a survey goes, as it may be shown while it goes on and after (METHODS.md 2.1, 2.2): every count to the nearest five, every
 * rate from such counts, no number of a group under the threshold. It stays so when the survey is closed, for exact totals would
 * tell small groups by subtraction.
 *
 * What people invited by name are counted as. I: they submitted; every page was passed then, so every required question that
 * applied to them was answered. P: nobody, for an answer that was begun and not submitted is no answer here: nobody has agreed
 * to its being used. R: they asked for no more e-mails, complained of one, or began and stopped. NC: a message went to them and
 * they have not begun, or not stopped: whoever is left of the rounded numbers, since only
 * these may be taken from one another. O: nobody, for nothing tells of it. U: their message bounced or was never sent. NE: they
 * were withdrawn.
 */
export function progressOf(counts: ProgressCounts, facts: ProgressFacts): Progress {
  const { plan, threshold } = facts;
  const submitted = sumOf(counts.submitted);
  const answered = counts.invited?.answered ?? 0;
  const invited = counts.invited && shownInvited(counts.invited, isMixed(submitted, answered));
  // Where only people invited answer, nobody is to learn that every one of them has.
  const most = counts.invited && !invited!.isMixed ? counts.invited.reached : Number.POSITIVE_INFINITY;
  const watched = facetsWatched(plan, facts.dimensions);
  const denominators = denominatorsOf(counts, facts, invited);
  const groups = groupTable(plan, counts.strata, watched, threshold, denominators, most);
  const [shownStarted, shownSubmitted] = [counts.started, submitted].map((count) =>
    toNearestFiveOf(count, most),
  ) as [number, number];
  const stopped = stoppedByPage(plan, counts.stopped);
  const shownStops = shownList(
    stopped.map(({ count }) => count),
    threshold,
  );
  return {
    submitted: shownSubmitted,
    started: shownStarted,
    imported: toNearestFive(counts.imported),
    completion:
      shownStarted < threshold ? null : Math.min(100, Math.round((100 * shownSubmitted) / shownStarted)),
    medianMinutes: medianMinutes(counts.minutes, threshold),
    invited,
    reached: reachedOf(submitted - answered + counts.imported, facts.workforce),
    stretches: stretchesOf(
      { ...counts, delivered: counts.invited?.deliveredOn ?? [], sent: facts.sent },
      { ...facts, most },
    ),
    ways: waysOf(counts, submitted, threshold, most),
    stopped: stopped.map(({ page }, at) => ({ page, count: shownStops.counts[at]! })),
    stoppedInAll: shownStops.total,
    groups,
    further: furtherFacets(plan, facts.dimensions, watched).map((facet) => {
      const known =
        denominators && isCountedBy(denominators, facet.facet) ? denominators : ownStaffOf(facts, facet);
      return groupTable(plan, counts.strata, [facet], threshold, known, most);
    }),
    representation: representation(groups, facts.workforce),
  };
}

/** Do others answer too than people invited by name? Said from the nearest five, so that no single answer is seen. */
export function isMixed(submitted: number, byInvitation: number): boolean {
  return toNearestFive(Math.max(0, submitted - byInvitation)) > 0;
}

function shownInvited(invited: InvitedCounts, mixed: boolean): ShownInvited {
  const { people, reached } = invited;
  const complete = toNearestFiveOf(invited.answered, reached);
  const brokeOff = toNearestFive(invited.brokeOff);
  const refused = toNearestFive(invited.refused) + brokeOff;
  const unknown = toNearestFive(invited.unknown);
  const notEligible = toNearestFive(invited.withdrawn);
  const notContacted = Math.max(0, toNearestFive(people) - complete - refused - unknown - notEligible);
  const dispositions = { complete, partial: 0, refused, notContacted, other: 0, unknown, notEligible };
  const { delivered, bounced, waiting, failed } = invited.messages;
  return {
    dispositions,
    rates: responseRates(dispositions, brokeOff),
    messages: {
      ...{ delivered: toNearestFive(delivered), bounced: toNearestFive(bounced) },
      ...{ waiting: toNearestFive(waiting), failed: toNearestFive(failed) },
    },
    isMixed: mixed,
  };
}

/** People invited, where everybody answers by invitation; else the workforce. */
function denominatorsOf(
  { invited }: ProgressCounts,
  { workforce }: ProgressFacts,
  shown: ShownInvited | null,
): Denominators | null {
  if (invited?.groups && shown && !shown.isMixed) return { kind: 'response rate', table: invited.groups };
  return workforce && { kind: 'share reached', table: workforce };
}

/** Of the organisations, where only these have counted their staff, each for itself. */
function ownStaffOf({ ownStaff }: ProgressFacts, { facet }: AskedFacet): Denominators | null {
  return ownStaff && facet === organisationFacet ? { kind: 'share reached', table: ownStaff } : null;
}

function reachedOf(answered: number, workforce: HeadcountTable | null): Progress['reached'] {
  const of = workforce ? totalOf(workforce) : 0;
  return of === 0 ? null : { answered: toNearestFive(Math.max(0, answered)), of };
}

/**
 * By invitation or not, and by which link: each for itself, for people are invited by a link too, and which of them came so is
 * forgotten when they answer.
 */
function waysOf(
  { links, invited, started }: ProgressCounts,
  submitted: number,
  threshold: number,
  most: number,
): Way[][] {
  const all = { started, submitted };
  const byInvitation = invited && {
    ...{ name: 'Personal invitations', started: invited.started, submitted: invited.answered },
  };
  const reached = invited?.reached ?? 0;
  const within = { ...mostEverywhere(most), row: (at: number) => (at === 0 ? reached : most) };
  return [
    ...(byInvitation
      ? [waysByInvitation(byInvitation, all, invited.messages.delivered, threshold, within)]
      : []),
    ...(links.length > 0
      ? [partsOf(links, all, 'By none of these links', threshold, mostEverywhere(most))]
      : []),
  ];
}

function waysByInvitation(
  byInvitation: { name: string; started: number; submitted: number },
  all: { started: number; submitted: number },
  delivered: number,
  threshold: number,
  most: Most,
): Way[] {
  const [own, others] = partsOf([byInvitation], all, 'Without an invitation', threshold, most) as [Way, Way];
  return [{ ...own, delivered: toNearestFive(delivered) }, others];
}

/** Some ways in and all the others, as they may be shown. */
function partsOf(
  named: readonly { name: string; started: number; submitted: number }[],
  all: { started: number; submitted: number },
  others: string,
  threshold: number,
  most: Most,
): Way[] {
  const shown = (of: 'started' | 'submitted') => {
    const counts = named.map((way) => way[of]);
    const rest = all[of] - counts.reduce((sum, count) => sum + count, 0);
    return shownList([...counts, Math.max(0, rest)], threshold, most).counts;
  };
  const [started, submitted] = [shown('started'), shown('submitted')];
  const names = [...named.map(({ name }) => name), others];
  return names.map((name, at) => ({
    ...{ name, delivered: null },
    ...{ started: started[at]!, submitted: submitted[at]! },
  }));
}

/** Every page, and how many stopped there: pages nobody stopped at too, for leaving them out would tell. */
function stoppedByPage(plan: Plan, stopped: ProgressCounts['stopped']): { page: string; count: number }[] {
  const ends = [...plan.pages.map(({ title }) => title), 'Check your answers'];
  const counts = ends.map(() => 0);
  for (const { passed, count } of stopped) {
    const last = plan.pages.findLastIndex(({ name }) => passed.includes(name));
    counts[last + 1]! += count;
  }
  return ends.map((page, at) => ({ page, count: counts[at]! }));
}

function sumOf(days: readonly DayCount[]): number {
  return days.reduce((sum, { count }) => sum + count, 0);
}
