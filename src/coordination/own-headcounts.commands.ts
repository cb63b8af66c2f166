import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { findOwnPopulation, insertOwnPopulation } from '../populations/own-populations.queries';
import type { NewPopulation } from '../populations/population.form';
import { createPopulation } from '../populations/populations.commands';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { lockSurvey } from '../surveys/surveys.queries';

/** Gives an organisation headcounts of its own in a survey, none counted yet. Gives their id; of those there are, if there are any. */
export async function beginOwnHeadcounts(
  { db, clock }: Services,
  actor: Actor,
  survey: Survey,
  organisation: string,
  { details, kind, facets }: NewPopulation,
): Promise<string> {
  return db.transaction(async (trx) => {
    await lockSurvey(trx, survey.id, 'alone'); // Two coordinators of one organisation may begin at once.
    const known = await findOwnPopulation(trx, survey.id, organisation);
    if (known) return known.id;
    const population = { details, table: { kind, facets, rows: [] } };
    const id = await createPopulation(trx, actor, survey.projectId, population, clock.now());
    await insertOwnPopulation(trx, { surveyId: survey.id, organisation, populationId: id });
    await appendAuditEntry(trx, actor, {
      action: 'headcounts of an organisation begun',
      subject: 'survey',
      subjectId: survey.id,
      detail: { organisation, populationId: id },
    });
    return id;
  });
}
