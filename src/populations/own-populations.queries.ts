import type { Database } from '../platform/database';

/** Of which organisation of a survey a population holds the headcounts; undefined where it is the whole project's. */
export async function findOrganisationOf(
  db: Database,
  populationId: string,
): Promise<{ surveyId: string; organisation: string } | undefined> {
  return db('survey_populations')
    .where({ population_id: populationId })
    .first({ surveyId: 'survey_id', organisation: 'organisation' });
}

/** The headcounts an organisation has of its own in a survey, retired or not. */
export async function findOwnPopulation(
  db: Database,
  surveyId: string,
  organisation: string,
): Promise<{ id: string; retiredAt: Date | null } | undefined> {
  return db({ s: 'survey_populations' })
    .join({ p: 'populations' }, 'p.id', 's.population_id')
    .where({ 's.survey_id': surveyId, 's.organisation': organisation })
    .first({ id: 'p.id', retiredAt: 'p.retired_at' });
}

export async function insertOwnPopulation(
  trx: Database,
  { surveyId, organisation, populationId }: { surveyId: string; organisation: string; populationId: string },
): Promise<void> {
  await trx('survey_populations').insert({
    ...{ survey_id: surveyId, organisation, population_id: populationId },
  });
}

/** How many staff each organisation has counted for itself in a survey: those of which headcounts are in use. */
export async function listOwnTotals(
  db: Database,
  surveyId: string,
): Promise<{ organisation: string; headcount: number }[]> {
  const { rows } = await db.raw<{ rows: { organisation: string; headcount: number }[] }>(
    `
    select s.organisation, counted.headcount::integer as headcount
      from survey_populations s
      join populations p on p.id = s.population_id
     cross join lateral (
       select sum(h.headcount) as headcount
         from headcounts h
        where h.population_id = p.id
        group by h.facet
        order by array_position(p.facets, h.facet)
        limit 1
     ) as counted
     where s.survey_id = :surveyId
       and p.retired_at is null
     order by s.organisation`,
    { surveyId },
  );
  return rows;
}
