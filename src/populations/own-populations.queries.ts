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
