import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { type Meanwhile, mergeEdits } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import type { Services } from '../services';
import {
  type ChangeKind,
  insertChange,
  isNewest,
  listOfferChanges,
  listOfferChangesSince,
  lockChange,
  markUndone,
} from './changes.queries';
import {
  fieldsThatDiffer,
  type Offer,
  type OfferDetails,
  type OfferState,
  offerLimits,
  stateOf,
  textsOf,
} from './offer';
import {
  copyOffersOf,
  countOffers,
  deleteOffers,
  insertOffers,
  listLevels,
  lockOffers,
  updateOffers,
  type WrittenLevel,
  writeCoverage,
} from './training.queries';

/** An offer as it is to be: a new one has no `existing`. Of its levels only those that change are named. */
export interface OfferWrite {
  id: string;
  existing: Offer | null;
  state: OfferState;
  levels: LevelWrite[];
}

/** `competency` is a lineage; null is no level. */
export interface LevelWrite {
  competency: string;
  before: number | null;
  after: number | null;
}

/**
 * Writes offers and what they teach, in the caller's transaction that has locked those that exist, and keeps what was
 * there before. Gives the change's id, or nothing where nothing changes.
 */
export async function writeOffers(
  trx: Database,
  actor: Actor,
  change: { projectId: string; kind: ChangeKind; now: Date; importId?: string },
  wished: readonly OfferWrite[],
): Promise<string | undefined> {
  const writes = wished.filter(
    ({ existing, state, levels }) =>
      !existing || levels.length > 0 || fieldsThatDiffer(stateOf(existing), state).length > 0,
  );
  if (writes.length === 0) return undefined;
  const rows = (some: OfferWrite[]) => some.map(({ id, state }) => ({ ...state, id }));
  await insertOffers(trx, change.projectId, rows(writes.filter(({ existing }) => !existing)), change.now);
  await updateOffers(trx, rows(writes.filter(({ existing }) => existing)), change.now);
  await writeCoverage(
    trx,
    writes.flatMap(({ id, levels }) =>
      levels.map(({ competency, after }): WrittenLevel => ({ offerId: id, competency, level: after })),
    ),
  );
  await refuseTooMany(trx, change.projectId);
  return insertChange(
    trx,
    {
      projectId: change.projectId,
      kind: change.kind,
      accountId: actor.kind === 'account' ? actor.accountId : null,
      madeAt: change.now,
      importId: change.importId ?? null,
    },
    writes.map(({ id, existing, levels }) => ({
      offerId: id,
      revision: (existing?.revision ?? 0) + 1,
      before: existing && stateOf(existing),
      levels: Object.fromEntries(levels.map(({ competency, before }) => [competency, before])),
    })),
  );
}

async function refuseTooMany(trx: Database, projectId: string): Promise<void> {
  if ((await countOffers(trx, projectId)) <= offerLimits.offers) return;
  throw conflict(
    'There are too many training offers',
    `A project can have ${offerLimits.offers.toLocaleString('en-GB')} offers at most. Archive some that are no longer needed, then try again.`,
  );
}

/** Adds an offer to a project. Gives its id. */
export async function createOffer(
  { db, clock }: Services,
  actor: Actor,
  projectId: string,
  details: OfferDetails,
): Promise<string> {
  return db.transaction(async (trx) => {
    const id = randomUUID();
    const state = { ...details, archived: false };
    await writeOffers(trx, actor, { projectId, kind: 'details', now: clock.now() }, [
      { id, existing: null, state, levels: [] },
    ]);
    await appendAuditEntry(trx, actor, {
      action: 'training offer created',
      subject: 'training offer',
      subjectId: id,
      detail: { projectId },
    });
    return id;
  });
}

/** What somebody else saved while one was typing: the offer now, the form's texts brought together, and what changed. */
export interface OfferConflict {
  now: Offer;
  fields: Record<string, string>;
  changes: Meanwhile[];
}

/**
 * Changes an offer's details as typed at a revision. Where somebody else has changed details since, nothing is written
 * and the conflict given back; what they changed of the training map is no conflict.
 */
export async function changeOffer(
  { db, clock }: Services,
  actor: Actor,
  offerId: string,
  revision: number,
  details: OfferDetails,
): Promise<OfferConflict | undefined> {
  return db.transaction(async (trx) => {
    const now = await lockOffer(trx, offerId);
    const was = await stateAt(trx, now, revision);
    const { fields, changes } = mergeEdits(textsOf(was), textsOf(details), textsOf(now));
    if (changes.length > 0) return { now, fields, changes };
    const state = { ...details, archived: now.archived };
    const change = { projectId: now.projectId, kind: 'details' as const, now: clock.now() };
    const written = await writeOffers(trx, actor, change, [
      { id: offerId, existing: now, state, levels: [] },
    ]);
    if (!written) return undefined;
    await appendAuditEntry(trx, actor, {
      action: 'training offer changed',
      subject: 'training offer',
      subjectId: offerId,
      detail: { fields: fieldsThatDiffer(stateOf(now), state) },
    });
    return undefined;
  });
}

/** Puts an offer away or brings it back. Nothing is deleted; done twice it changes nothing. */
export async function archiveOffer(
  { db, clock }: Services,
  actor: Actor,
  offerId: string,
  archived: boolean,
): Promise<void> {
  await db.transaction(async (trx) => {
    const offer = await lockOffer(trx, offerId);
    const change = { projectId: offer.projectId, kind: 'archive' as const, now: clock.now() };
    const written = await writeOffers(trx, actor, change, [
      { id: offerId, existing: offer, state: { ...stateOf(offer), archived }, levels: [] },
    ]);
    if (!written) return;
    await appendAuditEntry(trx, actor, {
      action: archived ? 'training offer archived' : 'training offer restored',
      subject: 'training offer',
      subjectId: offerId,
    });
  });
}

/** A level somebody else changed meanwhile. `competency` is a lineage. */
export interface LevelConflict {
  revision: number;
  levels: LevelWrite[];
}

/**
 * Sets levels an offer teaches, as typed at a revision; competencies that are not named stay. Where somebody else has
 * changed levels of those named since, nothing is written and what they changed given back. Otherwise gives the
 * change's id, or nothing where nothing changed.
 */
export async function setLevels(
  { db, clock }: Services,
  actor: Actor,
  offerId: string,
  revision: number,
  typed: ReadonlyMap<string, number | null>,
): Promise<{ conflict: LevelConflict } | { changeId: string | undefined }> {
  return db.transaction(async (trx) => {
    const offer = await lockOffer(trx, offerId);
    const now = await levelsOf(trx, offerId);
    const was = new Map<string, number | null>(now);
    for (const change of (await listOfferChangesSince(trx, offerId, revision)).reverse()) {
      for (const [competency, level] of Object.entries(change.levels)) was.set(competency, level);
    }
    const before = (levels: ReadonlyMap<string, number | null>, competency: string) =>
      levels.get(competency) ?? null;
    const writes = [...typed]
      .filter(([competency, level]) => level !== before(was, competency) && level !== before(now, competency))
      .map(([competency, after]) => ({ competency, before: before(now, competency), after }));
    const theirs = [...typed.keys()]
      .filter((competency) => before(was, competency) !== before(now, competency))
      .map((competency) => ({
        competency,
        before: before(was, competency),
        after: before(now, competency),
      }));
    if (writes.length > 0 && theirs.length > 0) {
      return { conflict: { revision: offer.revision, levels: theirs } };
    }
    const change = { projectId: offer.projectId, kind: 'teaches' as const, now: clock.now() };
    const changeId = await writeOffers(trx, actor, change, [
      { id: offerId, existing: offer, state: stateOf(offer), levels: writes },
    ]);
    if (changeId) {
      await appendAuditEntry(trx, actor, {
        action: 'training map changed',
        subject: 'training offer',
        subjectId: offerId,
        detail: { levels: writes.length },
      });
    }
    return { changeId };
  });
}

/**
 * Takes a change back: offers it made are deleted, the others are as they were. Refused, in words, where one of them
 * has been changed since. Undone twice it changes nothing. Gives the offers that are as they were.
 */
export async function undoChange({ db, clock }: Services, actor: Actor, changeId: string): Promise<string[]> {
  return db.transaction(async (trx) => {
    const change = await lockChange(trx, changeId);
    const done = await listOfferChanges(trx, changeId);
    const kept = done.filter(({ before }) => before).map(({ offerId }) => offerId);
    if (change.undoneAt) return kept;
    const offers = new Map(
      (
        await lockOffers(
          trx,
          done.map(({ offerId }) => offerId),
        )
      ).map((offer) => [offer.id, offer]),
    );
    if (!(await isNewest(trx, changeId))) {
      throw conflict(
        'This can no longer be undone',
        'Something else has been changed in one of these offers since. Change them by hand.',
      );
    }
    const now = clock.now();
    await markUndone(trx, changeId, now);
    const levels = await listLevels(trx, [...offers.keys()]);
    const current = new Map(levels.map((cell) => [`${cell.offerId} ${cell.competency}`, cell.level]));
    await writeOffers(
      trx,
      actor,
      { projectId: change.projectId, kind: 'undo', now },
      done.flatMap(({ offerId, before, levels }) => {
        const existing = offers.get(offerId);
        if (!before || !existing) return [];
        const writes = Object.entries(levels).map(([competency, level]) => ({
          competency,
          before: current.get(`${offerId} ${competency}`) ?? null,
          after: level,
        }));
        return [{ id: offerId, existing, state: before, levels: writes }];
      }),
    );
    await deleteOffers(
      trx,
      done.filter(({ before }) => !before).map(({ offerId }) => offerId),
    );
    await appendAuditEntry(trx, actor, {
      action: 'training change undone',
      subject: 'project',
      subjectId: change.projectId,
      detail: { change: changeId, offers: done.length },
    });
    return kept;
  });
}

/** Copies a project's offers and what they teach into another, in the caller's transaction. */
export async function copyOffers(
  trx: Database,
  actor: Actor,
  projectId: string,
  copyId: string,
): Promise<void> {
  const offers = await copyOffersOf(trx, projectId, copyId);
  if (offers === 0) return;
  await appendAuditEntry(trx, actor, {
    action: 'training offers copied',
    subject: 'project',
    subjectId: copyId,
    detail: { offers },
  });
}

async function lockOffer(trx: Database, offerId: string): Promise<Offer> {
  const [offer] = await lockOffers(trx, [offerId]);
  if (!offer) throw notFound('Training offer');
  return offer;
}

async function levelsOf(trx: Database, offerId: string): Promise<Map<string, number>> {
  const levels = await listLevels(trx, [offerId]);
  return new Map(levels.map(({ competency, level }) => [competency, level]));
}

/** The offer as it stood at a revision: what the next change found. */
async function stateAt(trx: Database, offer: Offer, revision: number): Promise<OfferState> {
  const [next] = await listOfferChangesSince(trx, offer.id, revision);
  return next?.before ?? stateOf(offer);
}
