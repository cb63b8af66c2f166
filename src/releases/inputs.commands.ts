import { type Merge, notStated } from '../estimates/dimension';
import { findSurveyPopulation, weigh } from '../estimates/estimates.commands';
import { meantStaff } from '../estimates/staff';
import { competenciesIn } from '../frameworks/content';
import { getFrameworkContent } from '../frameworks/content.queries';
import type { FrameworkContent } from '../frameworks/framework';
import { skillsMatrix } from '../frameworks/required-level';
import type { Database } from '../platform/database';
import { tableOf } from '../populations/population';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Survey } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { readForRelease } from '../tallies/tallies.commands';
import { readTallies } from '../tallies/tallies.queries';
import { readTextsFor } from '../texts/release.commands';
import { type WorkedOutTexts, workOutTexts } from '../texts/released-texts';
import { listTaughtOffers } from '../training/training.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { documentOf } from './document';
import { dimensionsOf } from './earlier';
import type { WeightingChoice } from './new-release.page';
import type { Labels } from './problem-in-words';
import { reportedItems } from './questions';
import {
  type Release,
  type ReleaseDocument,
  type ReleasedFigure,
  type ReleasedOffer,
  type ReleasedResponse,
  type ReleaseParts,
  weightings,
} from './release';
import { listEarlierReleases, listReleases, readPart } from './releases.queries';
import { shownGroupName } from './shown-group';
import { withWorkforce, workforceOf } from './workforce';
import type { Worked, WorkInput } from './working-out';

/** What a release is worked out from, and how what comes of it is described; or why it cannot be weighted as was asked. */
export type Inputs =
  | { refusal: string }
  | {
      refusal: null;
      input: WorkInput;
      describe: (worked: Worked) => ReleaseDocument;
      /** The rows with what is known of the staff beside them. */
      complete: (worked: Worked) => ReleasedFigure[];
      /** What stands in it besides figures; and which texts that counts, for the next one. */
      partsOf: (worked: Worked) => ReleaseParts;
      textsOf: (worked: Worked) => WorkedOutTexts;
    };

/** All that a release is worked out from, as it stands at one moment: in the caller's transaction. */
export async function readInputs(
  trx: Database,
  release: Release,
  response: ReleasedResponse,
  now: Date,
): Promise<Inputs> {
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
  const population = await findSurveyPopulation(trx, survey);
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
  const tierByProfession = new Map(input.tiers);
  const workforce = workforceOf({
    ...{ plan, dimensions, matrix: skillsMatrix(input.requiredLevels) },
    tierOf: (profession) => tierByProfession.get(profession) ?? null,
    staff: population && meantStaff({ plan, population: tableOf(population), audience: survey.audience }),
  });
  const rests = {
    ...{ survey, plan, version, framework, answersHash, dimensions, labelOf, weights, response },
    population: weights && population,
    workforce: population && { population, staffOf: workforce.staffOf },
  };
  const training = framework ? await readOffersNow(trx, survey.projectId, framework) : [];
  const published = (await listReleases(trx, survey.id)).filter(({ state }) => state === 'published');
  const last = published[0];
  const texts = await readTextsFor(trx, survey, plan, [...published].reverse());
  const before = last && (await readPart(trx, last.id, 'texts'));
  const textsOf = ({ nodes }: Worked) =>
    workOutTexts(texts.questions, {
      ...{ threshold: survey.threshold, before, earlier: texts.earlier },
      isEverybodyShown: nodes[0]?.status === 'published',
      groupName: (codes) => shownGroupName(dimensions, nodes, codes),
    });
  const competencies = reportedItems(plan).map(({ item }) => item.competency);
  return {
    refusal: null,
    input,
    describe: (worked) => documentOf({ ...rests, worked, now }),
    complete: ({ figures, nodes }) => withWorkforce(figures, nodes, competencies, workforce),
    partsOf: (worked) => ({ training, texts: textsOf(worked).released }),
    textsOf,
  };
}

/** The training there is for the competencies of a framework, in the words and codes that readers know. */
async function readOffersNow(
  trx: Database,
  projectId: string,
  { framework, domains }: FrameworkContent,
): Promise<ReleasedOffer[]> {
  const offers = await listTaughtOffers(trx, framework);
  const terms = await labelsFor(trx, projectId, ['profession', 'region']);
  const labels = new Map(terms.map(({ vocabulary, code, label }) => [`${vocabulary} ${code}`, label]));
  const codes = new Map(competenciesIn(domains).map(({ lineageId, code }) => [lineageId, code]));
  const named = (vocabulary: string, own: readonly string[]) =>
    own.map((code) => ({ code, label: labels.get(`${vocabulary} ${code}`) ?? code }));
  return offers
    .filter(({ archived }) => !archived)
    .map(({ id, title, provider, kind, mode, status, hours, cost, places, url, ...offer }) => ({
      ...{ id, title, provider, kind, mode, status, hours, cost, places, url },
      professions: named('profession', offer.professions),
      regions: named('region', offer.regions),
      levels: Object.fromEntries(
        [...offer.levels].flatMap(([lineage, level]) => {
          const code = codes.get(lineage);
          return code === undefined ? [] : [[code, level]];
        }),
      ),
    }));
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
