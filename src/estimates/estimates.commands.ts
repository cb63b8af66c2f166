import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { getFrameworkContent } from '../frameworks/content.queries';
import { skillsMatrix } from '../frameworks/required-level';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { type CountedPopulation, tableOf } from '../populations/population';
import { findPopulation, getPopulation } from '../populations/populations.queries';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { foldResponses } from '../tallies/tallies.commands';
import { readTallies } from '../tallies/tallies.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { categoriesOf, dimensionOf } from './dimension';
import { type Estimates, estimatesOf } from './estimates';
import { meantStaff } from './staff';
import { type WeightScheme, type WeightsInput, type WeightsOrRefusal, weightsOf } from './weights';

/** More groups than this are too many to work through. */
const mostNodes = 50_000;

/**
 * The estimates of a survey, before disclosure control, for an analyst on the server; that somebody looked is kept in the
 * audit trail. Everything answered so far is counted first.
 */
export async function readEstimates(
  services: Services,
  actor: Actor,
  survey: Survey,
  dimensions: readonly string[] = survey.dimensions,
  scheme: 'none' | WeightScheme = 'none',
): Promise<Estimates> {
  const { db } = services;
  const plan = await getPlan(db, survey.versionId);
  const notAsked = dimensions.filter((dimension) => !plan.facets.includes(dimension));
  if (notAsked.length > 0) {
    throw conflict(
      `The survey did not ask for ${notAsked.join(', ')}`,
      `It can be broken down by ${plan.facets.join(', ')}.`,
    );
  }
  const nodes = dimensions.reduce(
    (count, dimension) => count * (categoriesOf(plan, dimension).length + 1),
    1,
  );
  if (nodes > mostNodes) {
    throw conflict('That would be too many groups', `${nodes} of them; choose fewer dimensions.`);
  }
  await foldResponses(services, survey.id);
  const { questionnaireId } = await getVersion(db, survey.versionId);
  const { frameworkId } = await getQuestionnaire(db, questionnaireId);
  const terms = await labelsFor(db, survey.projectId, [...new Set(['profession', ...plan.facets])]);
  const labels = new Map(terms.map((term) => [`${term.vocabulary} ${term.code}`, term]));
  const labelOf = (facet: string, code: string) => labels.get(`${facet} ${code}`)?.label ?? code;
  const tallies = await readTallies(db, survey.id);
  const population = await findSurveyPopulation(db, survey);
  const staff =
    population && meantStaff({ plan, population: tableOf(population), audience: survey.audience });
  const { weights, refusal } = weigh(survey, population, { scheme, plan, tallies, labelOf });
  if (refusal !== null) throw conflict('The answers cannot be weighted', refusal);
  await appendAuditEntry(db, actor, {
    action: 'estimates read',
    subject: 'survey',
    subjectId: survey.id,
    detail: { dimensions, weights: scheme },
  });
  return estimatesOf({
    ...{ plan, tallies, weights, staff },
    matrix: skillsMatrix(frameworkId ? (await getFrameworkContent(db, frameworkId)).requiredLevels : []),
    tierOf: (profession) => labels.get(`profession ${profession}`)?.tier ?? null,
    threshold: survey.threshold,
    dimensions: dimensions.map((key) => dimensionOf(plan, key, tallies, labelOf)),
  });
}

/** The staff a survey is weighted to: those it was given, or else its project's. */
export async function findSurveyPopulation(
  db: Database,
  { populationId, projectId }: Pick<Survey, 'populationId' | 'projectId'>,
): Promise<CountedPopulation | null> {
  if (populationId) return getPopulation(db, populationId);
  return (await findPopulation(db, projectId)) ?? null;
}

type Wanted = Pick<WeightsInput, 'plan' | 'tallies' | 'labelOf' | 'merges'> & {
  scheme: 'none' | WeightScheme;
};

/** A survey's weights by these staff, none where none are wanted; or the sentence that says why there are none. */
export function weigh(
  { audience }: Pick<Survey, 'audience'>,
  population: CountedPopulation | null,
  { scheme, ...wanted }: Wanted,
): WeightsOrRefusal | { weights: null; refusal: null } {
  if (scheme === 'none') return { weights: null, refusal: null };
  return weightsOf({ ...wanted, scheme, audience, population: population && tableOf(population) });
}
