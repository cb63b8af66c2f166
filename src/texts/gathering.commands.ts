import { randomBytes } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { getFrameworkContent } from '../frameworks/content.queries';
import { listLinks } from '../links/links.queries';
import { listOrganisations } from '../organisations/organisations.queries';
import type { Database } from '../platform/database';
import { keyedHash } from '../platform/secrets';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import { referenceHash } from '../responses/receipt';
import { countUngathered, takeUngathered, type WrittenResponse } from '../responses/written.queries';
import type { Services } from '../services';
import { isOver, type Survey } from '../surveys/survey';
import { getSurvey, lockSurvey } from '../surveys/surveys.queries';
import { withdrawResponse } from '../tallies/tallies.commands';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { vocabularies } from '../vocabularies/vocabulary';
import { type Detectors, detectorsFor, masked } from './detectors';
import { type NewText, weekOf, writtenQuestions } from './text';
import { deleteTextsOf, insertTexts, shuffleTexts } from './texts.queries';

const batchSize = 1000;

/**
 * Puts what people wrote apart from what else they answered (METHODS.md 3.7), masked by the detectors before anybody sees it. It waits until as many have
 * gathered as hide one, or until nothing more can be sent: who sees a text come in must not know whose it is. What is left by then may be too few
 * to hide among themselves, so it is written anew together with all the others. Of an anonymous survey a text leaves the response; of a confidential one
 * both stay, and a keyed hash lets a withdrawal find it. Marked and put in one transaction, each text is there exactly once, whatever dies when.
 */
export async function gatherTexts(
  services: Pick<Services, 'db' | 'clock' | 'secret'>,
  surveyId: string,
): Promise<void> {
  while (await gatherBatch(services, surveyId));
}

/** Gives whether there may be more. */
async function gatherBatch(
  { db, clock, secret }: Pick<Services, 'db' | 'clock' | 'secret'>,
  surveyId: string,
): Promise<boolean> {
  const now = clock.now();
  // Most times there is nothing to do, and nobody needs to wait for that.
  if (!bunchOf(await getSurvey(db, surveyId), await countUngathered(db, surveyId), now)) return false;
  return db.transaction(async (trx) => {
    // Nobody takes responses away meanwhile, and nobody else gathers: what they left might be too few.
    const survey = await lockSurvey(trx, surveyId, 'counts');
    const bunch = bunchOf(survey, await countUngathered(trx, surveyId), now);
    if (!bunch) return false;
    const plan = await getPlan(trx, survey.versionId);
    const questions = writtenQuestions(plan).map(({ name }) => name);
    const anonymous = survey.promise === 'anonymous';
    const responses = await takeUngathered(trx, surveyId, { most: bunch.most, questions, anonymous });
    if (questions.length === 0) return true;
    const detectors = await readDetectors(trx, survey);
    const facets = { of: plan.facets, dimensions: survey.dimensions };
    const texts = responses.flatMap((response) => {
      const person = personOf(secret, surveyId, response.referenceHash);
      return textsOf(response, questions, person, facets, detectors);
    });
    await insertTexts(trx, surveyId, texts);
    if (bunch.isLast) await shuffleTexts(trx, surveyId);
    return true;
  });
}

/** How many texts are gathered at once: enough to hide one, or whatever is left when nothing more can be sent. */
function bunchOf(survey: Survey, waiting: number, now: Date): { most: number; isLast: boolean } | undefined {
  if (waiting >= survey.threshold) {
    // No batch may leave too few for the next one.
    return { most: waiting >= batchSize + survey.threshold ? batchSize : waiting, isLast: false };
  }
  return waiting > 0 && isOver(survey, now) ? { most: waiting, isLast: true } : undefined;
}

/** One person's texts. */
function textsOf(
  { facets: codes, submittedOn, answers, batchId }: WrittenResponse,
  questions: readonly string[],
  person: Buffer,
  facets: { of: readonly string[]; dimensions: readonly string[] },
  detectors: Detectors,
): NewText[] {
  const groups = Object.fromEntries(
    facets.dimensions.map((dimension) => [dimension, codes[facets.of.indexOf(dimension)] ?? '']),
  );
  return questions.flatMap((question) => {
    const original = answers[question];
    if (typeof original !== 'string' || original.trim() === '') return [];
    const { text, found } = masked(detectors, original);
    return [{ question, week: weekOf(submittedOn), groups, person, batchId, original, masked: text, found }];
  });
}

/** What joins one person's texts: of a response that can be withdrawn it follows from its reference, of any other it is random. */
function personOf(secret: string, surveyId: string, reference: Buffer | null): Buffer {
  if (reference === null) return randomBytes(16);
  return keyedHash(secret, 'texts of a person', `${surveyId}\n${reference.toString('hex')}`);
}

/** What detectors are to know: the organisations that there are, that were invited, and what is written large here without naming anybody. */
async function readDetectors(trx: Database, survey: Survey): Promise<Detectors> {
  const terms = await labelsFor(
    trx,
    survey.projectId,
    vocabularies.map(({ name }) => name),
  );
  const isOrganisation = ({ vocabulary }: { vocabulary: string }) => vocabulary === 'organisation';
  const organisations = await listOrganisations(trx);
  const links = await listLinks(trx, survey.id);
  const { questionnaireId } = await getVersion(trx, survey.versionId);
  const { frameworkId } = await getQuestionnaire(trx, questionnaireId);
  const domains = frameworkId ? (await getFrameworkContent(trx, frameworkId)).domains : [];
  return detectorsFor({
    organisations: [
      ...organisations.map(({ name }) => name),
      ...terms.filter(isOrganisation).map(({ label }) => label),
      ...links.map(({ name }) => name),
    ],
    terms: [
      ...terms.filter((term) => !isOrganisation(term)).map(({ label }) => label),
      ...domains.flatMap(({ title, competencies }) => [title, ...competencies.map((one) => one.title)]),
    ],
  });
}

/**
 * Takes the response with a receipt's reference out of a confidential survey, and with it what this person wrote. False where there is no such
 * response.
 */
export async function withdrawWithTexts(
  { db, secret }: Pick<Services, 'db' | 'secret'>,
  actor: Actor,
  surveyId: string,
  request: { reference: string; reason: string },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    // It locks the survey until our commit: nothing is gathered meanwhile.
    if (!(await withdrawResponse({ db: trx, secret }, actor, surveyId, request))) return false;
    const reference = referenceHash(secret, request.reference);
    await deleteTextsOf(trx, surveyId, personOf(secret, surveyId, reference));
    return true;
  });
}
