import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Coverage, Offer, OfferState, TaughtOffer } from './offer';

const columns = {
  id: 'o.id',
  projectId: 'o.project_id',
  title: 'o.title',
  provider: 'o.provider',
  kind: 'o.kind',
  mode: 'o.mode',
  status: 'o.status',
  hours: 'o.hours',
  cost: 'o.cost_pounds',
  places: 'o.places',
  url: 'o.url',
  professions: 'o.professions',
  regions: 'o.regions',
  revision: 'o.revision',
  archivedAt: 'o.archived_at',
};

/** A row as it comes: the driver gives exact numbers as text. */
type OfferRow = Omit<Offer, 'hours' | 'cost' | 'archived'> & {
  hours: string | null;
  cost: string | null;
  archivedAt: Date | null;
};

function asOffer({ archivedAt, hours, cost, ...row }: OfferRow): Offer {
  return {
    ...row,
    hours: hours === null ? null : Number(hours),
    cost: cost === null ? null : Number(cost),
    archived: archivedAt !== null,
  };
}

/** A project's offers, archived ones too, by title and provider. */
export async function listOffers(db: Database, projectId: string): Promise<Offer[]> {
  const rows: OfferRow[] = await db({ o: 'training_offers' })
    .where('o.project_id', projectId)
    .select(columns)
    .orderByRaw('lower(o.title), lower(o.provider), o.id');
  return rows.map(asOffer);
}

export async function getOffer(db: Database, offerId: string): Promise<Offer> {
  const row = await db({ o: 'training_offers' }).where('o.id', offerId).first(columns);
  if (!row) throw notFound('Training offer');
  return asOffer(row);
}

/** Some offers, locked until the transaction ends, in the order of their ids so that two changes cannot wait for each other. */
export async function lockOffers(trx: Database, offerIds: readonly string[]): Promise<Offer[]> {
  const rows: OfferRow[] = await trx({ o: 'training_offers' })
    .whereIn('o.id', offerIds)
    .select(columns)
    .orderBy('o.id')
    .forUpdate();
  return rows.map(asOffer);
}

/** All offers of a project, locked until the transaction ends. */
export async function lockOffersOf(trx: Database, projectId: string): Promise<Offer[]> {
  const rows: OfferRow[] = await trx({ o: 'training_offers' })
    .where('o.project_id', projectId)
    .select(columns)
    .orderBy('o.id')
    .forUpdate();
  return rows.map(asOffer);
}

/** How many offers of a project are not archived. */
export async function countOffers(db: Database, projectId: string): Promise<number> {
  const [row] = await db('training_offers')
    .where({ project_id: projectId })
    .whereNull('archived_at')
    .count({ count: '*' });
  return Number(row!.count);
}

const rowType =
  'id uuid, title text, provider text, kind text, mode text, status text, hours numeric, cost numeric, ' +
  'places integer, url text, professions jsonb, regions jsonb, archived boolean';

export async function insertOffers(
  trx: Database,
  projectId: string,
  offers: readonly (OfferState & { id: string })[],
  now: Date,
): Promise<void> {
  await trx.raw(
    `
    insert into training_offers
      (id, project_id, title, provider, kind, mode, status, hours, cost_pounds, places, url, professions, regions,
       created_at, archived_at)
    select n.id, :projectId, n.title, n.provider, n.kind, n.mode, n.status, n.hours, n.cost, n.places, n.url,
           array(select jsonb_array_elements_text(n.professions)),
           array(select jsonb_array_elements_text(n.regions)),
           :now, case when n.archived then :now::timestamptz end
    from jsonb_to_recordset(:rows) as n(${rowType})`,
    { projectId, now, rows: JSON.stringify(offers) },
  );
}

/** Writes offers' states and counts a change of each, also of those whose state stays as it was. */
export async function updateOffers(
  trx: Database,
  offers: readonly (OfferState & { id: string })[],
  now: Date,
): Promise<void> {
  await trx.raw(
    `
    update training_offers o
    set title = n.title, provider = n.provider, kind = n.kind, mode = n.mode, status = n.status, hours = n.hours,
        cost_pounds = n.cost, places = n.places, url = n.url,
        professions = array(select jsonb_array_elements_text(n.professions)),
        regions = array(select jsonb_array_elements_text(n.regions)),
        archived_at = case when n.archived then coalesce(o.archived_at, :now) end,
        revision = o.revision + 1
    from jsonb_to_recordset(:rows) as n(${rowType})
    where o.id = n.id`,
    { now, rows: JSON.stringify(offers) },
  );
}

/** Takes offers away for good: for those that an undone change had made. */
export async function deleteOffers(trx: Database, offerIds: readonly string[]): Promise<void> {
  await trx('training_offers').whereIn('id', offerIds).delete();
}

/** Everything some offers teach. */
export async function listLevels(db: Database, offerIds: readonly string[]): Promise<Coverage[]> {
  return db('training_coverage')
    .whereIn('offer_id', offerIds)
    .select('level', { offerId: 'offer_id', competency: 'lineage_id' });
}

/** The offers of a framework's project, archived ones too, each with what it teaches of the framework. */
export async function listTaughtOffers(
  db: Database,
  framework: { id: string; projectId: string },
): Promise<TaughtOffer[]> {
  const offers = await listOffers(db, framework.projectId);
  const levels = new Map(offers.map(({ id }) => [id, new Map<string, number>()]));
  for (const { offerId, competency, level } of await listCoverage(db, framework.id)) {
    levels.get(offerId)?.set(competency, level);
  }
  return offers.map((offer) => ({ ...offer, levels: levels.get(offer.id)! }));
}

async function listCoverage(db: Database, frameworkId: string): Promise<Coverage[]> {
  const { rows } = await db.raw<{ rows: Coverage[] }>(
    `
    select t.offer_id as "offerId", t.lineage_id as competency, t.level
    from frameworks f
    join competencies c on c.framework_id = f.id
    join training_coverage t on t.lineage_id = c.lineage_id
    join training_offers o on o.id = t.offer_id and o.project_id = f.project_id
    where f.id = :frameworkId`,
    { frameworkId },
  );
  return rows;
}

/** How many offers that are not archived teach each competency of a framework, by lineage. Those without one are left out. */
export async function countOffersByCompetency(
  db: Database,
  frameworkId: string,
): Promise<Map<string, number>> {
  const { rows } = await db.raw<{ rows: { competency: string; count: number }[] }>(
    `
    select c.lineage_id as competency, count(*) as count
    from frameworks f
    join competencies c on c.framework_id = f.id
    join training_coverage t on t.lineage_id = c.lineage_id
    join training_offers o on o.id = t.offer_id and o.project_id = f.project_id
    where f.id = :frameworkId
      and o.archived_at is null
    group by c.lineage_id`,
    { frameworkId },
  );
  return new Map(rows.map(({ competency, count }) => [competency, Number(count)]));
}

/** How many competencies each offer of a project teaches, each once however many versions hold it. */
export async function countCompetenciesByOffer(
  db: Database,
  projectId: string,
): Promise<Map<string, number>> {
  const { rows } = await db.raw<{ rows: { offerId: string; count: number }[] }>(
    `
    with lineages as (
      select distinct c.lineage_id
      from frameworks f
      join competencies c on c.framework_id = f.id
      where f.project_id = :projectId
    )
    select t.offer_id as "offerId", count(*) as count
    from training_offers o
    join training_coverage t on t.offer_id = o.id
    join lineages l on l.lineage_id = t.lineage_id
    where o.project_id = :projectId
    group by t.offer_id`,
    { projectId },
  );
  return new Map(rows.map(({ offerId, count }) => [offerId, Number(count)]));
}

/** A cell of the map as it is to be; null takes the competency from the offer. */
export interface WrittenLevel {
  offerId: string;
  competency: string;
  level: number | null;
}

/**
 * Writes cells of the map. A level is left out where no framework of the project has the competency and the level any
 * more: an undo can meet that.
 */
export async function writeCoverage(trx: Database, levels: readonly WrittenLevel[]): Promise<void> {
  if (levels.length === 0) return;
  const rows = JSON.stringify(levels);
  await trx.raw(
    `
    delete from training_coverage t
    using jsonb_to_recordset(:rows) as n("offerId" uuid, competency uuid, level smallint)
    where t.offer_id = n."offerId"
      and t.lineage_id = n.competency
      and n.level is null`,
    { rows },
  );
  await trx.raw(
    `
    insert into training_coverage (offer_id, lineage_id, level)
    select n."offerId", n.competency, n.level
    from jsonb_to_recordset(:rows) as n("offerId" uuid, competency uuid, level smallint)
    join training_offers o on o.id = n."offerId"
    where n.level is not null
      and exists (
        select 1
        from competencies c
        join frameworks f on f.id = c.framework_id
        where c.lineage_id = n.competency
          and f.project_id = o.project_id
          and f.scale @> jsonb_build_array(jsonb_build_object('level', n.level))
      )
    on conflict (offer_id, lineage_id) do update set level = excluded.level`,
    { rows },
  );
}

/** Copies the offers that are not archived, with what they teach, into another project. Gives how many. */
export async function copyOffersOf(trx: Database, projectId: string, copyId: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: { id: string; copy: string }[] }>(
    `
    select id, gen_random_uuid() as copy
    from training_offers
    where project_id = :projectId
      and archived_at is null`,
    { projectId },
  );
  const pairs = JSON.stringify(rows);
  await trx.raw(
    `
    insert into training_offers
      (id, project_id, title, provider, kind, mode, status, hours, cost_pounds, places, url, professions, regions)
    select p.copy, :copyId, o.title, o.provider, o.kind, o.mode, o.status, o.hours, o.cost_pounds, o.places, o.url,
           o.professions, o.regions
    from jsonb_to_recordset(:pairs) as p(id uuid, copy uuid)
    join training_offers o on o.id = p.id`,
    { copyId, pairs },
  );
  await trx.raw(
    `
    insert into training_coverage (offer_id, lineage_id, level)
    select p.copy, t.lineage_id, t.level
    from jsonb_to_recordset(:pairs) as p(id uuid, copy uuid)
    join training_coverage t on t.offer_id = p.id
    where exists (
      select 1
      from competencies c
      join frameworks f on f.id = c.framework_id
      where c.lineage_id = t.lineage_id
        and f.project_id = :copyId
        and f.scale @> jsonb_build_array(jsonb_build_object('level', t.level))
    )`,
    { copyId, pairs },
  );
  return rows.length;
}
