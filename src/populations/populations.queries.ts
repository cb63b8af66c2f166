import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Headcount } from './headcount';
import type { CountedPopulation, Population, PopulationDetails } from './population';

const columns = {
  id: 'p.id',
  projectId: 'p.project_id',
  title: 'p.title',
  source: 'p.source',
  countedOn: 'p.counted_on',
  kind: 'p.kind',
  facets: 'p.facets',
  revision: 'p.revision',
  madeAt: 'p.made_at',
  retiredAt: 'p.retired_at',
};

/** A population in a list: with how many headcounts it has. */
export interface ListedPopulation extends Population {
  cells: number;
  /** Everybody counted; of margins by the first facet that anybody is counted by. */
  total: number;
  /** The organisation whose own headcounts they are; null where they are the whole project's. */
  organisation: string | null;
}

/** Populations, of one project or of all: those in use first, and of these the newest counted first. */
export async function listPopulations(db: Database, projectId?: string): Promise<ListedPopulation[]> {
  const { rows } = await db.raw<{ rows: ListedPopulation[] }>(
    `
    with counted as (
      select h.population_id, h.facet, count(*) as cells, sum(h.headcount) as total
      from headcounts h
      join populations p on p.id = h.population_id
      where :projectId::uuid is null or p.project_id = :projectId
      group by h.population_id, h.facet
    )
    select p.id, p.title, p.source, p.kind, p.facets, p.revision,
           p.project_id as "projectId",
           p.counted_on as "countedOn",
           p.made_at    as "madeAt",
           p.retired_at as "retiredAt",
           (select s.organisation from survey_populations s where s.population_id = p.id) as organisation,
           (select coalesce(sum(c.cells), 0)::bigint from counted c where c.population_id = p.id) as cells,
           coalesce((
             select c.total::bigint
             from counted c
             where c.population_id = p.id
             order by array_position(p.facets, c.facet)
             limit 1
           ), 0) as total
    from populations p
    where :projectId::uuid is null or p.project_id = :projectId
    order by p.retired_at is not null, p.counted_on desc, p.made_at desc, p.id`,
    { projectId: projectId ?? null },
  );
  return rows;
}

export async function getPopulation(db: Database, populationId: string): Promise<CountedPopulation> {
  const population = await db({ p: 'populations' }).where('p.id', populationId).first(columns);
  if (!population) throw notFound('Population');
  return { ...population, rows: await listHeadcounts(db, populationId) };
}

/** The population, locked until the transaction ends. */
export async function lockPopulation(trx: Database, populationId: string): Promise<CountedPopulation> {
  const population = await trx({ p: 'populations' }).where('p.id', populationId).forUpdate().first(columns);
  if (!population) throw notFound('Population');
  return { ...population, rows: await listHeadcounts(trx, populationId) };
}

/**
 * The project's population: of those that are not retired, hold a headcount and are not of one organisation only, the one
 * counted last; or without one of them.
 */
export async function findPopulation(
  db: Database,
  projectId: string,
  withoutId?: string,
): Promise<CountedPopulation | undefined> {
  const population = await db({ p: 'populations' })
    .where('p.project_id', projectId)
    .whereNull('p.retired_at')
    .modify((query) => (withoutId ? query.whereNot('p.id', withoutId) : query))
    .whereExists(db({ h: 'headcounts' }).select(db.raw('1')).whereRaw('h.population_id = p.id'))
    .whereNotExists(db({ s: 'survey_populations' }).select(db.raw('1')).whereRaw('s.population_id = p.id'))
    .orderBy([
      { column: 'p.counted_on', order: 'desc' },
      { column: 'p.made_at', order: 'desc' },
      { column: 'p.id', order: 'asc' },
    ])
    .first(columns);
  return population && { ...population, rows: await listHeadcounts(db, population.id) };
}

/** A project's populations of one day, in use or not, with what was counted. */
export async function listCountedOn(
  db: Database,
  projectId: string,
  countedOn: string,
): Promise<CountedPopulation[]> {
  const populations: Population[] = await db({ p: 'populations' })
    .where({ 'p.project_id': projectId, 'p.counted_on': countedOn })
    .select(columns)
    .orderBy('p.made_at');
  const counted: CountedPopulation[] = [];
  for (const population of populations) {
    counted.push({ ...population, rows: await listHeadcounts(db, population.id) });
  }
  return counted;
}

/** In no order that means anything but always the same. */
async function listHeadcounts(db: Database, populationId: string): Promise<Headcount[]> {
  return db('headcounts')
    .where({ population_id: populationId })
    .select('facet', 'codes', 'headcount')
    .orderBy(['facet', 'codes']);
}

/** How many populations a project has, retired ones too; the project locked so that nobody adds one meanwhile. */
export async function countPopulationsLocked(trx: Database, projectId: string): Promise<number> {
  await trx('projects').where({ id: projectId }).forUpdate().first('id');
  const [row] = await trx('populations').where({ project_id: projectId }).count({ count: '*' });
  return Number(row!.count);
}

/** How many populations of a project are not retired. */
export async function countPopulations(db: Database, projectId: string): Promise<number> {
  const [row] = await db('populations')
    .where({ project_id: projectId })
    .whereNull('retired_at')
    .count({ count: '*' });
  return Number(row!.count);
}

export async function insertPopulation(
  trx: Database,
  population: PopulationDetails &
    Pick<Population, 'projectId' | 'kind' | 'facets' | 'madeAt'> & { madeBy: string | null },
): Promise<string> {
  const [row] = await trx('populations')
    .insert({
      project_id: population.projectId,
      title: population.title,
      source: population.source,
      counted_on: population.countedOn,
      kind: population.kind,
      facets: population.facets,
      made_by: population.madeBy,
      made_at: population.madeAt,
    })
    .returning('id');
  return row.id;
}

/** Writes what is said about a population, and counts the change. */
export async function updatePopulation(
  trx: Database,
  populationId: string,
  change: PopulationDetails & Pick<Population, 'kind' | 'facets'>,
): Promise<void> {
  await trx('populations').where({ id: populationId }).increment('revision', 1).update({
    title: change.title,
    source: change.source,
    counted_on: change.countedOn,
    kind: change.kind,
    facets: change.facets,
  });
}

export async function replaceHeadcounts(
  trx: Database,
  populationId: string,
  rows: readonly Headcount[],
): Promise<void> {
  await trx('headcounts').where({ population_id: populationId }).delete();
  await trx.raw(
    `
    insert into headcounts (population_id, facet, codes, headcount)
    select :populationId, n.facet, array(select jsonb_array_elements_text(n.codes)), n.headcount
    from jsonb_to_recordset(:rows) as n(facet text, codes jsonb, headcount integer)`,
    { populationId, rows: JSON.stringify(rows) },
  );
}

/** Retires a population or brings it back; false when it was so already. */
export async function setRetired(
  trx: Database,
  populationId: string,
  retiredAt: Date | null,
): Promise<boolean> {
  const changed = await trx('populations')
    .where({ id: populationId })
    .where((row) => (retiredAt ? row.whereNull('retired_at') : row.whereNotNull('retired_at')))
    .increment('revision', 1)
    .update({ retired_at: retiredAt });
  return changed === 1;
}
