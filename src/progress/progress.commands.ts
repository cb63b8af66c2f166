import { listLinks } from '../links/links.queries';
import { dayBefore, isoDay } from '../platform/dates';
import type { HeadcountTable } from '../populations/headcount';
import { findOwnPopulation, listOwnTotals } from '../populations/own-populations.queries';
import { tableOf } from '../populations/population';
import { getPopulation } from '../populations/populations.queries';
import type { Plan } from '../questionnaires/plan';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { countAnswers } from '../responses/progress-counts.queries';
import { countByLink } from '../responses/ways.queries';
import type { Services } from '../services';
import { lastDayOf } from '../surveys/closing';
import { isOver, type Survey } from '../surveys/survey';
import { readRespondents } from '../tallies/tallies.queries';
import { organisationFacet } from './groups';
import {
  countDeliveredByDay,
  countInvited,
  type InvitedTotals,
  listInvitedGroups,
  listMailings,
} from './invited.queries';
import { type OwnProgress, ownProgressOf } from './own-progress';
import { type InvitedCounts, isMixed, type Progress, progressOf } from './progress';
import type { ShownCount } from './withholding';

/** How a survey goes, as it may be shown. */
export async function readProgress(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  survey: Survey,
): Promise<Progress> {
  const now = clock.now();
  const idle = idleAt(survey, now);
  const plan = await getPlan(db, survey.versionId);
  const answers = await countAnswers(db, survey.id, idle);
  const links = await listLinks(db, survey.id);
  const byLink = await countByLink(db, survey.id);
  const totals = await countInvited(db, survey.id, idle);
  const mailings = await listMailings(db, survey.id);
  const counts = {
    ...answers,
    links: links.map(({ id, name }) => {
      const found = byLink.find(({ linkId }) => linkId === id);
      return { name, started: found?.started ?? 0, submitted: found?.submitted ?? 0 };
    }),
    invited:
      totals.invited === 0
        ? null
        : {
            ...invitedCounts(totals, await invitedGroups(db, survey.id, plan)),
            deliveredOn: await countDeliveredByDay(db, survey.id),
          },
    strata: await readRespondents(db, survey.id),
  };
  const closed = lastDayOf(survey);
  const today = isoDay(now);
  return progressOf(counts, {
    plan,
    dimensions: survey.dimensions,
    threshold: survey.threshold,
    workforce: survey.populationId ? tableOf(await getPopulation(db, survey.populationId)) : null,
    ownStaff: await ownStaffOf(db, survey.id),
    opened: isoDay(survey.opensAt),
    until: closed < today ? closed : today,
    sent: mailings.map(({ kind, round, madeAt }) => ({
      day: isoDay(madeAt),
      what: mailingInWords(kind, round),
    })),
  });
}

/** How many came by each link, as it may be shown: the same wherever it is, or two pages would tell what neither does. */
export async function readWays(
  services: Pick<Services, 'db' | 'clock'>,
  survey: Survey,
): Promise<{ linkId: string; started: ShownCount; submitted: ShownCount }[]> {
  const links = await listLinks(services.db, survey.id);
  if (links.length === 0) return [];
  const { ways } = await readProgress(services, survey);
  const byLink = ways.at(-1)!;
  return links.flatMap(({ id, name }) => {
    const way = byLink.find((one) => one.name === name);
    return way ? [{ linkId: id, started: way.started, submitted: way.submitted }] : [];
  });
}

/** How a survey goes in one organisation; null where the survey does not ask which organisation people work for. */
export async function readOwnProgress(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  survey: Survey,
  organisation: string,
): Promise<OwnProgress | null> {
  const plan = await getPlan(db, survey.versionId);
  if (!plan.facets.includes(organisationFacet)) return null;
  const idle = idleAt(survey, clock.now());
  const { submitted } = await countAnswers(db, survey.id, idle);
  const byLink = await countByLink(db, survey.id);
  const { answered } = await countInvited(db, survey.id, idle);
  const links = await listLinks(db, survey.id);
  const own = links.filter(({ facet, value }) => facet === organisationFacet && value === organisation);
  const started = byLink.filter(({ linkId }) => own.some(({ id }) => id === linkId));
  const headcounts = await findOwnPopulation(db, survey.id, organisation);
  const counts = {
    organisation,
    strata: await readRespondents(db, survey.id),
    startedByLink: own.length === 0 ? null : started.reduce((sum, link) => sum + link.started, 0),
    invited: await invitedGroups(db, survey.id, plan, organisation),
    isMixed: isMixed(
      submitted.reduce((sum, { count }) => sum + count, 0),
      answered,
    ),
    workforce: headcounts && !headcounts.retiredAt ? tableOf(await getPopulation(db, headcounts.id)) : null,
  };
  const { dimensions, threshold } = survey;
  return ownProgressOf(counts, { plan, dimensions, threshold });
}

/** The staff of each organisation that has counted its own; null where none has. */
async function ownStaffOf(db: Services['db'], surveyId: string): Promise<HeadcountTable | null> {
  const totals = await listOwnTotals(db, surveyId);
  if (totals.length === 0) return null;
  return {
    kind: 'joint',
    facets: [organisationFacet],
    rows: totals.map(({ organisation, headcount }) => ({ facet: '', codes: [organisation], headcount })),
  };
}

function idleAt(survey: Survey, now: Date): { idleBefore: string; isOver: boolean } {
  return { idleBefore: dayBefore(isoDay(now)), isOver: isOver(survey, now) };
}

function invitedCounts(
  totals: InvitedTotals,
  groups: HeadcountTable | null,
): Omit<InvitedCounts, 'deliveredOn'> {
  const { invited, delivered, bounced, waiting, failed, ...others } = totals;
  return { ...others, people: invited, messages: { delivered, bounced, waiting, failed }, groups };
}

/** People invited by the facets that every list gave of them; null where lists told nothing that is asked. */
async function invitedGroups(
  db: Services['db'],
  surveyId: string,
  plan: Plan,
  organisation?: string,
): Promise<HeadcountTable | null> {
  const all = await listInvitedGroups(db, surveyId);
  const listed =
    organisation === undefined ? all : all.filter(({ group }) => group[organisationFacet] === organisation);
  const facets = plan.facets.filter((facet) => listed.every(({ group }) => group[facet]));
  if (listed.length === 0 || facets.length === 0) return null;
  return {
    kind: 'joint',
    facets,
    rows: listed.map(({ group, count }) => ({
      ...{ facet: '', codes: facets.map((facet) => group[facet]!), headcount: count },
    })),
  };
}

function mailingInWords(kind: string, round: number): string {
  if (kind === 'reminder') return `Reminder ${round}`;
  return kind === 'thanks' ? 'Thanks' : 'Invitation';
}
