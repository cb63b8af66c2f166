import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { getFrameworkContent } from '../frameworks/content.queries';
import { skillsMatrix } from '../frameworks/required-level';
import { conflict } from '../platform/problem';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { foldResponses } from '../tallies/tallies.commands';
import { readTallies } from '../tallies/tallies.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { categoriesOf } from './dimension';
import { type Estimates, estimatesOf } from './estimates';

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
  const terms = await labelsFor(db, survey.projectId, [...new Set(['profession', ...dimensions])]);
  const labels = new Map(terms.map((term) => [`${term.vocabulary} ${term.code}`, term]));
  await appendAuditEntry(db, actor, {
    action: 'estimates read',
    subject: 'survey',
    subjectId: survey.id,
    detail: { dimensions },
  });
  return estimatesOf({
    plan,
    tallies: await readTallies(db, survey.id),
    matrix: skillsMatrix(frameworkId ? (await getFrameworkContent(db, frameworkId)).requiredLevels : []),
    tierOf: (profession) => labels.get(`profession ${profession}`)?.tier ?? null,
    dimensions,
    labelOf: (dimension, code) => labels.get(`${dimension} ${code}`)?.label ?? code,
  });
}
