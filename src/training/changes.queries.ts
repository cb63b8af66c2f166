import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { OfferState } from './offer';

export type ChangeKind = 'details' | 'archive' | 'teaches' | 'import' | 'undo';

/** Something that was done to one offer or to many at once. */
export interface TrainingChange {
  id: string;
  projectId: string;
  kind: ChangeKind;
  madeAt: Date;
  undoneAt: Date | null;
}

/** What a change did to one offer. */
export interface OfferChange {
  offerId: string;
  /** The revision the change led to. */
  revision: number;
  /** The offer before; null where the change made it. */
  before: OfferState | null;
  /** The level before, null for none, of each competency whose level changed; by lineage. */
  levels: Record<string, number | null>;
}

const columns = {
  id: 'id',
  projectId: 'project_id',
  kind: 'kind',
  madeAt: 'made_at',
  undoneAt: 'undone_at',
};

export async function insertChange(
  trx: Database,
  change: {
    projectId: string;
    kind: ChangeKind;
    accountId: string | null;
    madeAt: Date;
    importId: string | null;
  },
  offers: readonly OfferChange[],
): Promise<string> {
  const [{ id }] = await trx('training_changes')
    .insert({
      project_id: change.projectId,
      kind: change.kind,
      account_id: change.accountId,
      made_at: change.madeAt,
      import_id: change.importId,
    })
    .returning('id');
  await trx.raw(
    `
    insert into training_offer_changes (change_id, offer_id, revision, before, levels)
    select :id, n."offerId", n.revision, nullif(n.before, 'null'), n.levels
    from jsonb_to_recordset(:rows) as n("offerId" uuid, revision integer, before jsonb, levels jsonb)`,
    { id, rows: JSON.stringify(offers) },
  );
  return id;
}

export async function getChange(db: Database, changeId: string): Promise<TrainingChange> {
  const change = await findChange(db, changeId);
  if (!change) throw notFound('Change');
  return change;
}

export async function findChange(db: Database, changeId: string): Promise<TrainingChange | undefined> {
  return db('training_changes').where({ id: changeId }).first(columns);
}

/** The change, locked until the transaction ends. */
export async function lockChange(trx: Database, changeId: string): Promise<TrainingChange> {
  const change = await trx('training_changes').where({ id: changeId }).forUpdate().first(columns);
  if (!change) throw notFound('Change');
  return change;
}

const offerColumns = { offerId: 'offer_id', revision: 'revision', before: 'before', levels: 'levels' };

export async function listOfferChanges(db: Database, changeId: string): Promise<OfferChange[]> {
  return db('training_offer_changes').where({ change_id: changeId }).select(offerColumns).orderBy('offer_id');
}

/** What was done to an offer after it stood at a revision, the earliest first. */
export async function listOfferChangesSince(
  db: Database,
  offerId: string,
  revision: number,
): Promise<OfferChange[]> {
  return db('training_offer_changes')
    .where({ offer_id: offerId })
    .where('revision', '>', revision)
    .select(offerColumns)
    .orderBy('revision');
}

/** Whether nothing else has been done to the offers of a change since, so that undoing it takes nothing else along. */
export async function isNewest(db: Database, changeId: string): Promise<boolean> {
  const later = await db({ m: 'training_offer_changes' })
    .join({ o: 'training_offers' }, 'o.id', 'm.offer_id')
    .where('m.change_id', changeId)
    .whereRaw('o.revision <> m.revision')
    .first('o.id');
  return later === undefined;
}

export async function markUndone(trx: Database, changeId: string, at: Date): Promise<void> {
  await trx('training_changes').where({ id: changeId }).update({ undone_at: at });
}

/** A change that can still be taken back: of this project, not undone, and nothing done to its offers since. */
export async function findUndoable(
  db: Database,
  projectId: string,
  changeId: string,
): Promise<TrainingChange | undefined> {
  const change = await db('training_changes')
    .where({ id: changeId, project_id: projectId, undone_at: null })
    .first(columns);
  return change && (await isNewest(db, changeId)) ? change : undefined;
}

/** The change an import made, where it can still be taken back. */
export async function findUndoableImport(
  db: Database,
  projectId: string,
  importId: string,
): Promise<TrainingChange | undefined> {
  const change = await db('training_changes').where({ import_id: importId }).first('id');
  return change && findUndoable(db, projectId, change.id);
}
