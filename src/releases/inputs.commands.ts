import { type Merge, notStated } from '../estimates/dimension';
import { findSurveyPopulation, weigh } from '../estimates/estimates.commands';
import { getFrameworkContent } from '../frameworks/content.queries';
import type { FrameworkContent } from '../frameworks/framework';
import type { Database } from '../platform/database';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Survey } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { readForRelease } from '../tallies/tallies.commands';
import { readTallies } from '../tallies/tallies.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { documentOf } from './document';
import { dimensionsOf } from './earlier';
import type { WeightingChoice } from './new-release.page';
import type { Labels } from './problem-in-words';
import { type Release, type ReleaseDocument, weightings } from './release';
import { listEarlierReleases } from './releases.queries';
import type { Worked, WorkInput } from './working-out';

/** What a release is worked out from, and how what comes of it is described; or why it cannot be weighted as was asked. */
export type Inputs =
  | { refusal: string }
  | {
      refusal: null;
      input: WorkInput;
      describe: (worked: Worked) => ReleaseDocument;
    };

/** All that a release is worked out from, as it stands at one moment: in the caller's transaction. */
export async function readInputs(trx: Database, release: Release, now: Date): Promise<Inputs> {
  const { tallies, answersHash } = await readForRelease(trx, release.surveyId);
  const survey = await getSurvey(trx, release.surveyId);
  const plan = await getPlan(trx, survey.versionId);
  const version = await getVersion(trx, survey.versionId);
  const framework = await frameworkOf(trx, version.questionnaireId);
  const terms = await labelsFor(trx, survey.projectId, [...new Set(['profession', ...plan.facets])]);
  const labels = new Map(terms.map(({ vocabulary, code, label }) => [`${vocabulary} ${code}`, label]));
  const labelOf = (facet: string, code: string) => labels.get(`${facet} ${code}`) ?? code;
  const earlier = await listEarlierReleases(trx, survey.id);
  const dimensions = dimensionsOf({ plan, tallies }, survey.dimensions, labelOf, release.merges, earlier);
  const scheme = release.weighting;
  const population = scheme === 'none' ? null : await findSurveyPopulation(trx, survey);
  const { weights, refusal } = weigh(survey, population, {
    ...{ scheme, plan, tallies, labelOf, merges: release.merges },
  });
  if (refusal !== null) return { refusal };
  const input: WorkInput = {
    ...{ plan, tallies, dimensions, weights, earlier, threshold: survey.threshold },
    requiredLevels: framework?.requiredLevels ?? [],
    tiers: terms.flatMap(({ vocabulary, code, tier }): [string, string][] =>
      vocabulary === 'profession' && tier ? [[code, tier]] : [],
    ),
    smallChanges: release.smallChanges,
    terms: terms
      .filter(({ vocabulary }) => survey.dimensions.includes(vocabulary))
      .map(({ vocabulary, code, label, group }) => ({ dimension: vocabulary, code, label, group })),
  };
  const rests = { survey, plan, version, framework, answersHash, dimensions, labelOf, population, weights };
  return { refusal: null, input, describe: (worked) => documentOf({ ...rests, worked, now }) };
}

/** The ways of weighting a survey's answers as they are counted now, each with the reason where it cannot be used. */
export async function readWeightings(db: Database, survey: Survey): Promise<WeightingChoice[]> {
  const plan = await getPlan(db, survey.versionId);
  const tallies = await readTallies(db, survey.id);
  const population = await findSurveyPopulation(db, survey);
  const terms = await labelsFor(db, survey.projectId, plan.facets);
  const labels = new Map(terms.map(({ vocabulary, code, label }) => [`${vocabulary} ${code}`, label]));
  const labelOf = (facet: string, code: string) => labels.get(`${facet} ${code}`) ?? code;
  return weightings.map((scheme) => {
    const { refusal } = weigh(survey, population, { scheme, plan, tallies, labelOf });
    return { scheme, refusal };
  });
}

/** The words of a survey's groups, where nothing has been worked out that would hold them. */
export async function readLabels(db: Database, survey: Survey, merges: readonly Merge[]): Promise<Labels> {
  const terms = await labelsFor(db, survey.projectId, survey.dimensions);
  return survey.dimensions.map((key) => ({
    key,
    categories: [
      ...merges.filter(({ dimension }) => dimension === key),
      ...terms
        .filter(({ vocabulary }) => vocabulary === key)
        .map(({ code, label }) => ({ code, label, codes: [code] })),
      { ...notStated, codes: [] },
    ],
  }));
}

async function frameworkOf(trx: Database, questionnaireId: string): Promise<FrameworkContent | null> {
  const { frameworkId } = await getQuestionnaire(trx, questionnaireId);
  return frameworkId ? getFrameworkContent(trx, frameworkId) : null;
}
