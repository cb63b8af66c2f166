import type { Database } from '../platform/database';
import type { Count, Tally } from './tally';

/** A survey's tallies, in the order of their strata. */
export async function readTallies(db: Database, surveyId: string): Promise<Tally[]> {
  return db('tallies')
    .where({ survey_id: surveyId })
    .select('stratum', 'respondents', 'withdrawn', db.raw('to_json(counts) as counts'))
    .orderBy('stratum');
}

/** How many people each stratum of a survey counts: all there is to know of how it goes. */
export async function readRespondents(
  db: Database,
  surveyId: string,
): Promise<Pick<Tally, 'stratum' | 'respondents'>[]> {
  return db('tallies')
    .where({ survey_id: surveyId })
    .andWhere('respondents', '>', 0)
    .select('stratum', 'respondents')
    .orderBy('stratum');
}

/** How many people each of these surveys counts; one of which nobody is counted is left out. */
export async function countRespondents(
  db: Database,
  surveyIds: readonly string[],
): Promise<Map<string, number>> {
  const rows: { surveyId: string; respondents: number }[] = await db('tallies')
    .whereIn('survey_id', [...surveyIds])
    .groupBy('survey_id')
    .select({ surveyId: 'survey_id' }, db.raw('sum(respondents)::integer as respondents'));
  return new Map(rows.map(({ surveyId, respondents }) => [surveyId, respondents]));
}

/** Adds counts cell by cell. Strata go in sorted, so that two workers cannot wait for each other. */
export async function addTallies(trx: Database, surveyId: string, counts: Iterable<Count>): Promise<void> {
  await trx.raw(
    `insert into tallies as t (survey_id, stratum, respondents, counts)
     select :surveyId, n.stratum, n.respondents, n.counts::bigint[]
       from json_to_recordset(:counts) as n (stratum text[], respondents integer, counts text)
      order by n.stratum
         on conflict (survey_id, stratum) do update
        set respondents = t.respondents + excluded.respondents,
            counts      = array(select o + e
                                  from unnest(t.counts, excluded.counts) with ordinality as c (o, e, cell)
                                 order by cell)`,
    { surveyId, counts: written(counts) },
  );
}

/**
 * Takes counts away again, from strata that hold at least as much, and keeps how many people those were. Locks them sorted, as adding
 * does.
 */
export async function subtractTallies(
  trx: Database,
  surveyId: string,
  counts: Iterable<Count>,
): Promise<void> {
  await trx.raw(
    `with gone as (
       select t.stratum, n.respondents, n.counts::bigint[] as counts
         from json_to_recordset(:counts) as n (stratum text[], respondents integer, counts text)
         join tallies t on t.survey_id = :surveyId and t.stratum = n.stratum
        order by t.stratum
          for update of t
     )
     update tallies as t
        set respondents = t.respondents - gone.respondents,
            withdrawn   = t.withdrawn + gone.respondents,
            counts      = array(select o - g
                                  from unnest(t.counts, gone.counts) with ordinality as c (o, g, cell)
                                 order by cell)
       from gone
      where t.survey_id = :surveyId
        and t.stratum = gone.stratum`,
    { surveyId, counts: written(counts) },
  );
}

/** Puts these counts, of so many cells each, in the place of all there were. How many were taken out stays known, even where nobody is left. */
export async function replaceTallies(
  trx: Database,
  surveyId: string,
  counts: Iterable<Count>,
  cells: number,
): Promise<void> {
  await trx('tallies').where({ survey_id: surveyId, withdrawn: 0 }).delete();
  await trx('tallies')
    .where({ survey_id: surveyId })
    .update({ respondents: 0, counts: trx.raw('array_fill(0::bigint, array[?::integer])', [cells]) });
  await addTallies(trx, surveyId, counts);
}

/** Deletes a survey's tallies: nothing is left that they could count. */
export async function deleteTallies(trx: Database, surveyId: string): Promise<void> {
  await trx('tallies').where({ survey_id: surveyId }).delete();
}

/** Counts as PostgreSQL writes an array: many numbers, which as JSON it would take much longer to read. */
function written(counts: Iterable<Count>): string {
  return JSON.stringify([...counts].map((count) => ({ ...count, counts: `{${count.counts.join()}}` })));
}
