import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { applyContent, lockDraft } from '../frameworks/changes.commands';
import { getFrameworkContent } from '../frameworks/content.queries';
import { findCompetency } from '../frameworks/editing';
import type { Competency, FrameworkContent } from '../frameworks/framework';
import { getFramework } from '../frameworks/frameworks.queries';
import type { Database } from '../platform/database';
import { conflict, notFound } from '../platform/problem';
import type { Services } from '../services';
import {
  type Crosswalk,
  type LinkKind,
  notPlaced,
  type Placement,
  placementInWords,
  placementKey,
  placementsOf,
} from './crosswalk';
import {
  endDecisions,
  endSource,
  getCrosswalk,
  insertLinks,
  insertOmission,
  insertSource,
  listSources,
  type Making,
} from './crosswalks.queries';
import { digestOf, levelMap, type Picked, type TakeOver, takeOver } from './take-over';

/** Which source is worked on, into which master. */
export interface Merge {
  masterId: string;
  sourceId: string;
}

/** A competency of the source, and where it had gone when somebody looked at it, as `placementKey` says it. */
export interface Sight {
  lineageId: string;
  seen: string;
}

/** Chooses frameworks to merge into a draft. Those chosen already stay; gives how many are new. */
export async function addSources(
  { db, clock }: Services,
  actor: Actor,
  masterId: string,
  sourceIds: readonly string[],
): Promise<number> {
  return db.transaction(async (trx) => {
    const master = await lockDraft(trx, masterId);
    const chosen = new Set((await listSources(trx, master)).map(({ id }) => id));
    const wished = [...new Set(sourceIds)].filter((id) => !chosen.has(id));
    for (const sourceId of wished) {
      const source = await getFramework(trx, sourceId);
      if (source.lineageId === master.lineageId) {
        throw conflict(
          'A framework cannot be merged into itself',
          'Choose other frameworks than its own versions.',
        );
      }
      await insertSource(trx, makingOf(actor, masterId, clock.now()), sourceId);
      await audit(trx, actor, 'crosswalk source added', { masterId, sourceId });
    }
    return wished.length;
  });
}

/** Takes a source off the list again, as long as nothing of it has been placed. */
export async function removeSource(
  { db }: Services,
  actor: Actor,
  { masterId, sourceId }: Merge,
): Promise<void> {
  await db.transaction(async (trx) => {
    const { placements } = await openMerge(trx, { masterId, sourceId });
    if ([...placements.values()].some(({ state }) => state !== 'not placed')) {
      throw conflict(
        'Something of it has been placed',
        'Put back what has been linked, taken over or left out first. Nothing was changed.',
      );
    }
    await endSource(trx, masterId, sourceId);
    await audit(trx, actor, 'crosswalk source removed', { masterId, sourceId });
  });
}

/** Says that a competency of the source answers to one of the master. Said again with another kind, it is of that kind. */
export async function linkCompetency(
  { db, clock }: Services,
  actor: Actor,
  merge: Merge,
  sight: Sight,
  link: { competency: string; kind: LinkKind },
): Promise<{ to: Competency }> {
  return db.transaction(async (trx) => {
    const state = await openMerge(trx, merge);
    const { competency, placement } = asSeen(state, sight);
    const to = findCompetency(state.master.domains, link.competency)?.competency;
    if (!to) {
      throw conflict(
        'That competency is no longer there',
        'Somebody has removed it from the master since you opened this page. Nothing was changed. Go back and choose another.',
      );
    }
    const earlier = placement.links.find(({ competencyLineageId }) => competencyLineageId === to.lineageId);
    if (earlier?.kind === link.kind) return { to };
    await clearStale(trx, merge, state, [sight.lineageId], earlier?.id);
    if (placement.omission) {
      await endDecisions(trx, 'crosswalk_omissions', merge.masterId, [placement.omission.id]);
    }
    const row = linkRow(merge, competency, to, link.kind, earlier?.takenOver ?? false);
    await insertLinks(trx, makingOf(actor, merge.masterId, clock.now()), [row]);
    await audit(trx, actor, 'crosswalk link made', { ...merge, kind: link.kind });
    return { to };
  });
}

/** Takes back a link. What was taken over stays in the master. */
export async function unlinkCompetency(
  { db }: Services,
  actor: Actor,
  merge: Merge,
  { lineageId, linkId }: { lineageId: string; linkId: string },
): Promise<void> {
  await db.transaction(async (trx) => {
    const { placements } = await openMerge(trx, merge);
    const link = placements.get(lineageId)?.links.find(({ id }) => id === linkId);
    if (!link) {
      throw conflict(
        'This link is no longer there',
        'Somebody has removed it already. Nothing was changed. Go back to see how things are now.',
      );
    }
    await endDecisions(trx, 'crosswalk_links', merge.masterId, [linkId]);
    await audit(trx, actor, 'crosswalk link removed', { ...merge, kind: link.kind });
  });
}

/** Leaves a competency of the source out of the master, with a reason. */
export async function leaveOut(
  { db, clock }: Services,
  actor: Actor,
  merge: Merge,
  sight: Sight,
  reason: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const state = await openMerge(trx, merge);
    asSeen(state, sight);
    await clearStale(trx, merge, state, [sight.lineageId]);
    await insertOmission(trx, makingOf(actor, merge.masterId, clock.now()), {
      sourceId: merge.sourceId,
      sourceLineageId: sight.lineageId,
      reason,
    });
    await audit(trx, actor, 'crosswalk competency left out', { ...merge });
  });
}

/** Takes back that a competency is left out. */
export async function putBack({ db }: Services, actor: Actor, merge: Merge, sight: Sight): Promise<void> {
  await db.transaction(async (trx) => {
    const { placement } = asSeen(await openMerge(trx, merge), sight);
    if (!placement.omission) return;
    await endDecisions(trx, 'crosswalk_omissions', merge.masterId, [placement.omission.id]);
    await audit(trx, actor, 'crosswalk competency put back', { ...merge });
  });
}

/** Copies one competency of the source into the master; it can be undone. */
export async function takeOverOne(
  services: Services,
  actor: Actor,
  merge: Merge,
  sight: Sight,
  wish: { domain: string | null; levels: boolean },
): Promise<TakeOver> {
  return services.db.transaction(async (trx) => {
    const state = await openMerge(trx, merge);
    const { competency } = asSeen(state, sight);
    if (wish.domain && !state.master.domains.some(({ lineageId }) => lineageId === wish.domain)) {
      throw conflict(
        'That domain is no longer there',
        'Somebody has removed it from the master since you opened this page. Nothing was changed. Go back and choose another.',
      );
    }
    const plan = planOf(state, [{ lineageId: sight.lineageId, domain: wish.domain }], wish.levels);
    const summary = `${competency.code} ${competency.title} taken over from ${state.source.framework.title}`;
    await carryOut(trx, services, actor, merge, state, plan, summary);
    return plan;
  });
}

/** Copies everything not yet placed into the master, if it is what was looked at; it can be undone. */
export async function takeOverAll(
  services: Services,
  actor: Actor,
  merge: Merge,
  wish: { levels: boolean; seen: string },
): Promise<TakeOver> {
  return services.db.transaction(async (trx) => {
    const state = await openMerge(trx, merge);
    if (digestOf(planForAll(state, false)) !== wish.seen) {
      throw conflict(
        'Something has changed meanwhile',
        'What would be added is no longer what you looked at. Nothing was changed. Go back and look at it once more.',
      );
    }
    const plan = planForAll(state, wish.levels);
    const count = plan.taken.length;
    const summary = `${count} ${count === 1 ? 'competency' : 'competencies'} taken over from ${state.source.framework.title}`;
    await carryOut(trx, services, actor, merge, state, plan, summary);
    return plan;
  });
}

/** A master, one of its sources, and what has been decided about the two. */
export interface MergeState {
  master: FrameworkContent;
  source: FrameworkContent;
  crosswalk: Crosswalk;
  placements: Map<string, Placement>;
}

/** Everything about one source of a master. A source that was not chosen is not found. */
export async function readMerge(db: Database, { masterId, sourceId }: Merge): Promise<MergeState> {
  const master = await getFrameworkContent(db, masterId);
  const sources = await listSources(db, master.framework);
  if (!sources.some(({ id }) => id === sourceId)) throw notFound('Source');
  const source = await getFrameworkContent(db, sourceId);
  const crosswalk = await getCrosswalk(db, master.framework);
  return {
    master,
    source,
    crosswalk,
    placements: placementsOf(sourceId, source.domains, crosswalk, master.domains),
  };
}

/** What taking over everything not yet placed would add. */
export function planForAll(state: MergeState, levels: boolean): TakeOver {
  const open = notPlaced(state.source.domains, state.placements);
  const picks = open.map(({ lineageId }) => ({ lineageId, domain: null }));
  return planOf(state, picks, levels);
}

function planOf({ master, source }: MergeState, picks: Picked[], levels: boolean): TakeOver {
  const [theirs, ours] = [source.framework.scale, master.framework.scale];
  if (levels && !levelMap(theirs, ours)) {
    throw conflict(
      'The required levels cannot be taken along',
      `The scale of ${source.framework.title} has ${theirs.length} levels and yours has ${ours.length}. Levels go over by their place on the scale, so both need the same number. Take it over without its levels. Nothing was changed.`,
    );
  }
  return takeOver(master, source, picks, levels, randomUUID);
}

/** The merge, with the draft locked: whoever comes second sees what the first has done. */
async function openMerge(trx: Database, merge: Merge): Promise<MergeState> {
  await lockDraft(trx, merge.masterId);
  return readMerge(trx, merge);
}

/** The competency and where it has gone, if that is still what somebody saw. */
function asSeen(
  { source, master, placements }: MergeState,
  { lineageId, seen }: Sight,
): { competency: Competency; placement: Placement } {
  const competency = findCompetency(source.domains, lineageId)?.competency;
  if (!competency) throw notFound('Competency');
  const placement = placements.get(lineageId)!;
  if (placementKey(placement) !== seen) {
    throw conflict(
      'This has been decided meanwhile',
      `${competency.code} ${competency.title} is not as it was when you opened the page. Now: ${placementInWords(placement, master.domains)}. Nothing was changed. Go back to see how things are now.`,
    );
  }
  return { competency, placement };
}

/** Ends links of these competencies to what the master no longer holds, and one that is to be replaced. */
async function clearStale(
  trx: Database,
  { masterId, sourceId }: Merge,
  { crosswalk, placements }: MergeState,
  lineageIds: readonly string[],
  replaced?: string,
): Promise<void> {
  const placed = new Set(lineageIds);
  const live = new Set(
    lineageIds.flatMap((lineageId) => placements.get(lineageId)!.links.map(({ id }) => id)),
  );
  const stale = crosswalk.links.filter(
    (link) => link.sourceId === sourceId && placed.has(link.sourceLineageId) && !live.has(link.id),
  );
  const ids = [...stale.map(({ id }) => id), ...(replaced ? [replaced] : [])];
  if (ids.length > 0) await endDecisions(trx, 'crosswalk_links', masterId, ids);
}

async function carryOut(
  trx: Database,
  { clock }: Services,
  actor: Actor,
  merge: Merge,
  state: MergeState,
  plan: TakeOver,
  summary: string,
): Promise<void> {
  if (plan.taken.length === 0) return;
  const lineageIds = plan.taken.map(({ from }) => from.lineageId);
  await clearStale(trx, merge, state, lineageIds);
  await applyContent(trx, actor, merge.masterId, plan.content, summary, clock.now());
  const links = plan.taken.map(({ from, as }) => linkRow(merge, from, as, 'exact', true));
  await insertLinks(trx, makingOf(actor, merge.masterId, clock.now()), links);
  await audit(trx, actor, 'crosswalk competencies taken over', {
    ...merge,
    competencies: plan.taken.length,
    levels: plan.taken.reduce((sum, { levels }) => sum + levels, 0),
  });
}

function linkRow(
  { sourceId }: Merge,
  from: Competency,
  to: Pick<Competency, 'lineageId'>,
  kind: LinkKind,
  takenOver: boolean,
) {
  return {
    ...{ sourceId, kind, takenOver },
    sourceLineageId: from.lineageId,
    sourceCode: from.code,
    sourceTitle: from.title,
    competencyLineageId: to.lineageId,
  };
}

function makingOf(actor: Actor, masterId: string, at: Date): Making {
  return { masterId, at, accountId: actor.kind === 'account' ? actor.accountId : null };
}

async function audit(
  trx: Database,
  actor: Actor,
  action: string,
  { masterId, ...detail }: { masterId: string } & Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(trx, actor, { action, subject: 'framework', subjectId: masterId, detail });
}
