import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { giveFirstNotice } from '../notices/notices.commands';
import { listNotices } from '../notices/notices.queries';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import { usualEnd } from '../surveys/closing';
import { freeCode } from '../surveys/preparing.commands';
import { standingAlone } from '../surveys/surveys.commands';
import { closeTrials, insertSurvey, listTrials, lockSurvey } from '../surveys/surveys.queries';
import { trialAsItIs } from './trial';

/**
 * Starts a trial run: a survey of its own that asks and promises the same, whose answers are tests and stay apart for ever. One
 * that tries out the survey as it is goes on; any other ends. Gives the id of the one that runs.
 */
export async function startTrial(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  surveyId: string,
): Promise<string> {
  return db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    if (survey.trialOf || survey.launchedAt !== null) {
      throw conflict(
        'Only a survey that is being prepared can be tried out',
        'This one takes answers that count, or is a trial run itself.',
      );
    }
    const now = clock.now();
    const trials = (await listTrials(trx, surveyId)).map((trial) => ({ survey: trial }));
    const running = trialAsItIs(survey, trials);
    if (running && running.survey.closesAt > now) return running.survey.id;
    await closeTrials(trx, surveyId, now);
    const { id: _, ...asItIs } = survey;
    const code = await freeCode(trx);
    const id = await insertSurvey(trx, {
      ...asItIs,
      ...{ series: standingAlone.series, wave: standingAlone.wave },
      ...{ code, trialOf: surveyId, simulated: true, launchedAt: now, opensAt: now },
      closesAt: survey.closesAt > now ? survey.closesAt : usualEnd(now),
    });
    const [notice] = await listNotices(trx, surveyId);
    await giveFirstNotice(trx, actor, { surveyId: id, content: notice!.content, now });
    await appendAuditEntry(trx, actor, {
      action: 'trial run started',
      subject: 'survey',
      subjectId: surveyId,
      detail: { trial: id, code },
    });
    return id;
  });
}
