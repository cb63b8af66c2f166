import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../audit/actor';
import type { Database } from '../platform/database';
import { withNotes } from '../platform/noting';
import { fromRoot } from '../platform/paths';
import { displayed } from '../platform/rounding';
import { runInThread } from '../platform/thread';
import { readProgress } from '../progress/progress.commands';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { foldResponses } from '../tallies/tallies.commands';
import { gatherTexts } from '../texts/gathering.commands';
import { insertCountedTexts } from '../texts/release.queries';
import { readInputs } from './inputs.commands';
import type { Release, ReleasedResponse } from './release';
import { askRelease, type ReleaseWish } from './releases.commands';
import {
  beginWork,
  claimRelease,
  getRelease,
  listReleases,
  lockRelease,
  putBack,
  updateFailed,
  updateProgress,
  updateRefused,
  writeWorkedOut,
} from './releases.queries';
import type { WorkInput, WorkProgress, WorkResult } from './working-out';

/** A release that did not come about after so many tries never will. */
const mostTries = 5;

/**
 * The job: estimates, protection and audit in a thread of its own, so that this process goes on answering; then all of it is written in
 * one transaction. Only one worker has a release in hand. Run twice, or killed at any point, it does no harm: nothing is half written, and the sweep asks again.
 */
export async function workOutRelease(
  services: Services,
  releaseId: string,
  signal?: AbortSignal,
): Promise<void> {
  await services.db.transaction(async (claim) => {
    // Only to keep others away: all the work is done outside this transaction.
    if (!(await claimRelease(claim, releaseId))) return;
    const tries = await beginWork(services.db, releaseId);
    if (tries === undefined) return;
    try {
      if (tries > mostTries) await updateFailed(services.db, releaseId);
      else await workOutAndWrite(services, releaseId, signal);
    } catch (error) {
      if (signal?.aborted) await putBack(services.db, releaseId);
      else if (tries >= mostTries) await updateFailed(services.db, releaseId);
      throw error;
    }
  });
}

async function workOutAndWrite(services: Services, releaseId: string, signal?: AbortSignal): Promise<void> {
  const { db } = services;
  const release = await getRelease(db, releaseId);
  await updateProgress(db, releaseId, { stage: 'counting', done: 0, of: 0 });
  await foldResponses(services, release.surveyId);
  await gatherTexts(services, release.surveyId);
  const response = await readResponse(services, release.surveyId);
  const prepared = await db.transaction((trx) => readInputs(trx, release, response, services.clock.now()));
  if (prepared.refusal !== null) {
    await finish(db, releaseId, (trx) =>
      updateRefused(trx, releaseId, { code: 'weights', sentence: prepared.refusal }),
    );
    return;
  }
  const { input, describe, complete, partsOf, textsOf } = prepared;
  const result = await inThread(services, releaseId, input, signal);
  if (!result) return;
  await finish(db, releaseId, async (trx) => {
    if (result.problem !== null) return updateRefused(trx, releaseId, result.problem);
    const { certificate, nodes, offers } = result;
    const figures = complete(result);
    const counts = input.tallies.map(({ stratum, respondents, withdrawn }) => ({
      ...{ stratum, respondents, withdrawn },
    }));
    await writeWorkedOut(trx, releaseId, {
      ...{ document: describe(result), certificate, nodes, figures, counts, offers },
      parts: partsOf(result),
    });
    await insertCountedTexts(trx, releaseId, textsOf(result).counted);
  });
}

/** Who was asked and how many answered, as the team is shown it. */
async function readResponse(services: Services, surveyId: string): Promise<ReleasedResponse> {
  const progress = await readProgress(services, await getSurvey(services.db, surveyId));
  const { submitted, completion, medianMinutes, invited } = progress;
  const { answered, invited: people, rr2 } = invited?.rates ?? { answered: 0, invited: 0, rr2: null };
  return {
    ...{ submitted, completion, medianMinutes },
    invited:
      invited && rr2 && rr2.estimate !== null
        ? { answered, people, rate: displayed(100 * rr2.estimate, 0), isMixed: invited.isMixed }
        : null,
  };
}

/** Writes the outcome, unless nobody wants it any more or somebody else has written one. */
async function finish(
  db: Database,
  releaseId: string,
  write: (trx: Database) => Promise<void>,
): Promise<void> {
  await db.transaction(async (trx) => {
    const release = await lockRelease(trx, releaseId);
    if (release?.state === 'working') await write(trx);
  });
}

const threadFile = fromRoot('dist/src/releases/working-out-thread.js');

/** Works it out beside everything else, noting how far it is; undefined where it was thrown away meanwhile. */
function inThread(
  { db, log }: Services,
  releaseId: string,
  input: WorkInput,
  signal: AbortSignal | undefined,
): Promise<WorkResult | undefined> {
  return withNotes<WorkProgress, WorkResult>(
    {
      note: (progress) => updateProgress(db, releaseId, progress),
      missed: ({ message }) =>
        log.warn({ releaseId, reason: message }, 'Could not note how far a release is'),
      signal,
    },
    (onProgress, stop) =>
      runInThread<WorkInput, WorkResult, WorkProgress>(threadFile, input, { onProgress, signal: stop }),
  );
}

const betweenLooks = 250;

/**
 * Asks for a release and gives it when it has been worked out: here, or by a worker that was quicker. It takes the place of one in hand that came to nothing, or that
 * was asked for in the same way; not of one that somebody is looking over.
 */
export async function releaseNow(
  services: Services,
  actor: Actor,
  survey: Survey,
  wish: ReleaseWish,
): Promise<Release> {
  const inHand = (await listReleases(services.db, survey.id)).find(({ state }) => state !== 'published');
  const mayGo = inHand && (inHand.askedBy === null || ['refused', 'failed'].includes(inHand.state));
  const instead = mayGo ? inHand.id : undefined;
  const { id } = await askRelease(services, actor, survey, { ...wish, instead });
  await workOutRelease(services, id);
  for (;;) {
    const release = await getRelease(services.db, id);
    if (release.state === 'failed') throw new Error('The report could not be worked out');
    if (release.state !== 'waiting' && release.state !== 'working') return release;
    await sleep(betweenLooks);
  }
}
