import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { deleteOwnFilesOf } from '../files/files.queries';
import type { Database } from '../platform/database';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { deleteBatch, getBatch } from '../responses/batches.queries';
import { referenceHash } from '../responses/receipt';
import {
  deleteByReference,
  facetSeparator,
  hashCounted,
  hasUnfolded,
  markFolded,
  readCounted,
  takeUnfolded,
} from '../responses/responses.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { lockSurvey } from '../surveys/surveys.queries';
import { layoutOf, type TallyLayout } from './layout';
import { addTallies, readTallies, replaceTallies, subtractTallies } from './tallies.queries';
import { type Count, type Counts, countFor, countRatings, differences, type Tally } from './tally';

const batchSize = 1000;

/**
 * Counts what has come in, batch after batch. A batch is taken, added and marked in one transaction, so each
 * response is counted exactly once, whatever dies when; several workers share the work. Whatever was stored before
 * the call is counted when it returns: for what another worker has in hand, it waits.
 */
export async function foldResponses(services: Pick<Services, 'db'>, surveyId: string): Promise<void> {
  while ((await foldBatch(services, surveyId, 'leave')) === batchSize);
  if (!(await hasUnfolded(services.db, surveyId))) return;
  while ((await foldBatch(services, surveyId, 'await')) === batchSize);
}

async function foldBatch(
  { db }: Pick<Services, 'db'>,
  surveyId: string,
  inHand: 'leave' | 'await',
): Promise<number> {
  return db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'shared');
    const layout = layoutOf(await getPlan(trx, survey.versionId));
    const responses = await takeUnfolded(trx, surveyId, batchSize, inHand);
    if (responses.length === 0) return 0;
    await addTallies(trx, surveyId, countsOf(responses, layout));
    await markFolded(
      trx,
      responses.map(({ id }) => id),
    );
    return responses.length;
  });
}

/** Takes a batch of imported responses out of a survey, and out of its tallies: as if they had never come. Gives how many. */
export async function removeBatch(
  { db }: Pick<Services, 'db'>,
  actor: Actor,
  surveyId: string,
  batchId: string,
): Promise<number> {
  return db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    await getBatch(trx, surveyId, batchId);
    const gone = await deleteBatch(trx, batchId);
    await deleteOwnFilesOf(trx, surveyId);
    await uncount(trx, survey, gone);
    await appendAuditEntry(trx, actor, {
      action: 'responses removed',
      subject: 'survey',
      subjectId: surveyId,
      detail: { batchId, responses: gone.length },
    });
    return gone.length;
  });
}

/**
 * Takes the response with a receipt's reference out of a confidential survey, and out of its tallies, for whoever asked for
 * that. False where there is no such response. The trail tells that it was done and why, never the reference.
 */
export async function withdrawResponse(
  { db, secret }: Pick<Services, 'db' | 'secret'>,
  actor: Actor,
  surveyId: string,
  { reference, reason }: { reference: string; reason: string },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const gone = await deleteByReference(trx, surveyId, referenceHash(secret, reference));
    if (!gone) return false;
    // Files of the answers hold those withdrawn.
    await deleteOwnFilesOf(trx, surveyId);
    await uncount(trx, survey, [gone]);
    await appendAuditEntry(trx, actor, {
      action: 'response withdrawn',
      subject: 'survey',
      subjectId: surveyId,
      detail: { reason },
    });
    return true;
  });
}

/** Takes responses that are gone out of the tallies, those that had been counted. */
async function uncount(
  trx: Database,
  survey: Survey,
  gone: readonly { facets: string[]; ratings: Buffer; folded: boolean }[],
): Promise<void> {
  const layout = layoutOf(await getPlan(trx, survey.versionId));
  const counted = gone.filter(({ folded }) => folded);
  await subtractTallies(trx, survey.id, countsOf(counted, layout));
}

function countsOf(responses: readonly { facets: string[]; ratings: Buffer }[], layout: TallyLayout): Count[] {
  const counts: Counts = new Map();
  for (const { facets, ratings } of responses) {
    const count = countFor(counts, facets.join(facetSeparator), layout, () => facets);
    countRatings(count, layout, ratings);
  }
  return [...counts.values()];
}

/** Counts a survey afresh and puts the result in the place of its tallies. Run it twice and nothing changes. */
export async function rebuildTallies(
  { db }: Pick<Services, 'db'>,
  actor: Actor,
  surveyId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const { counts, layout } = await recount(trx, surveyId);
    await replaceTallies(trx, surveyId, counts, layout.cells);
    await appendAuditEntry(trx, actor, { action: 'tallies rebuilt', subject: 'survey', subjectId: surveyId });
  });
}

/** What a release is worked out from. */
export interface CountedAnswers {
  tallies: Tally[];
  answersHash: string;
}

/**
 * A survey's tallies and which answers they count, of one moment: until the caller's transaction ends nothing is counted or taken out.
 * Let that be soon.
 */
export async function readForRelease(trx: Database, surveyId: string): Promise<CountedAnswers> {
  await lockSurvey(trx, surveyId, 'counts');
  return { tallies: await readTallies(trx, surveyId), answersHash: await answersHash(trx, surveyId) };
}

/**
 * Tells one set of counted answers from any other: SHA-256, in hexadecimal digits, of their ids' bytes, the lowest id first. Whoever may not
 * reach the responses asks here.
 */
export async function answersHash(trx: Database, surveyId: string): Promise<string> {
  return hashCounted(trx, surveyId);
}

/** Do the tallies hold every response there is? Reports ask here, for they may not reach the responses. */
export async function isEverythingCounted({ db }: Pick<Services, 'db'>, surveyId: string): Promise<boolean> {
  return !(await hasUnfolded(db, surveyId));
}

/** Counts a survey afresh and names the strata in which its tallies differ. Changes nothing. */
export async function checkTallies({ db }: Pick<Services, 'db'>, surveyId: string): Promise<string[][]> {
  return db.transaction(async (trx) => {
    const { counts } = await recount(trx, surveyId);
    return differences(await readTallies(trx, surveyId), counts);
  });
}

/** Counts the responses marked as counted. The survey is locked, so that none is marked meanwhile. */
async function recount(trx: Database, surveyId: string): Promise<{ counts: Count[]; layout: TallyLayout }> {
  const survey = await lockSurvey(trx, surveyId, 'counts');
  const layout = layoutOf(await getPlan(trx, survey.versionId));
  const counts: Counts = new Map();
  await readCounted(trx, surveyId, (facets, ratings) => {
    const key = facets.toString('latin1');
    const count = countFor(counts, key, layout, () => facets.toString('utf8').split(facetSeparator));
    countRatings(count, layout, ratings);
  });
  return { counts: [...counts.values()], layout };
}
