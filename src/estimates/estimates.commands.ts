import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { getFrameworkContent } from '../frameworks/content.queries';
import { skillsMatrix } from '../frameworks/required-level';
import { conflict } from '../platform/problem';
import { tableOf } from '../populations/population';
import { findPopulation, getPopulation } from '../populations/populations.queries';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { foldResponses } from '../tallies/tallies.commands';
import { readTallies } from '../tallies/tallies.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { categoriesOf, dimensionOf } from './dimension';
import { type Estimates, estimatesOf } from './estimates';
import { type WeightScheme, type Weights, type WeightsInput, weightsOf } from './weights';

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
  const weights =
    scheme === 'none' ? null : await getWeights(services, survey, { scheme, plan, tallies, labelOf });
  await appendAuditEntry(db, actor, {
    action: 'estimates read',
    subject: 'survey',
    subjectId: survey.id,
    detail: { dimensions, weights: scheme },
  });
  return estimatesOf({
    ...{ plan, tallies, weights },
    matrix: skillsMatrix(frameworkId ? (await getFrameworkContent(db, frameworkId)).requiredLevels : []),
    tierOf: (profession) => labels.get(`profession ${profession}`)?.tier ?? null,
    threshold: survey.threshold,
    dimensions: dimensions.map((key) => dimensionOf(plan, key, tallies, labelOf)),
  });
}

/** The weights of a survey by the headcounts it was given, or else those of its project; refused with the reason. */
async function getWeights(
  { db }: Services,
  survey: Survey,
  wanted: Pick<WeightsInput, 'scheme' | 'plan' | 'tallies' | 'labelOf'>,
): Promise<Weights> {
  const population = survey.populationId
    ? await getPopulation(db, survey.populationId)
    : await findPopulation(db, survey.projectId);
  const { weights, refusal } = weightsOf({
    ...wanted,
    population: population ? tableOf(population) : null,
    audience: survey.audience,
  });
  if (!weights) throw conflict('The answers cannot be weighted', refusal);
  return weights;
}
