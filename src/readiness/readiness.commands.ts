import type { Actor } from '../audit/actor';
import { listNotices } from '../notices/notices.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { listPopulations } from '../populations/populations.queries';
import { getPlan, getVersion, listVersions } from '../questionnaires/questionnaires.queries';
import { countTestAnswers } from '../responses/responses.queries';
import type { Services } from '../services';
import { facetsOffered } from '../surveys/audience';
import { launch } from '../surveys/preparing.commands';
import type { Survey } from '../surveys/survey';
import { closeTrials, listTrials, lockSurvey } from '../surveys/surveys.queries';
import { isReady, type ReadinessFacts, type ReadinessLine, readinessOf } from './readiness';
import type { Trial } from './trial';

/** The trial runs of a survey with their test answers, the newest first. */
export async function readTrials(db: Database, surveyId: string): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const survey of await listTrials(db, surveyId)) {
    trials.push({ survey, answers: await countTestAnswers(db, survey.id) });
  }
  return trials;
}

/** What is there and what is missing before a survey can open. */
export async function readReadiness(db: Database, survey: Survey, now: Date): Promise<ReadinessLine[]> {
  const own = await getVersion(db, survey.versionId);
  const [newest = own] = await listVersions(db, own.questionnaireId);
  const plan = await getPlan(db, survey.versionId);
  const [notice] = await listNotices(db, survey.id);
  const populations = survey.populationId ? await listPopulations(db, survey.projectId) : [];
  const facts: ReadinessFacts = {
    survey,
    version: { own: own.number, newest: newest.number },
    offered: facetsOffered(plan),
    languages: plan.languages,
    notice: notice!.content,
    population: populations.find(({ id }) => id === survey.populationId) ?? null,
    trials: await readTrials(db, survey.id),
  };
  return readinessOf(facts, now);
}

/** What became of an opening. Refused: something is missing, and nothing has changed. */
export type Launched =
  | { outcome: 'launched'; opensAt: Date }
  | { outcome: 'launched before' }
  | { outcome: 'refused'; lines: ReadinessLine[] };

/** Opens a prepared survey once nothing is missing, now or at the time settled, and ends its trial run. */
export async function launchSurvey(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  surveyId: string,
): Promise<Launched> {
  return db.transaction(async (trx): Promise<Launched> => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    if (survey.trialOf) throw conflict('A trial run is open already', 'Open the survey that it tries out.');
    if (survey.launchedAt !== null) return { outcome: 'launched before' };
    const now = clock.now();
    const lines = await readReadiness(trx, survey, now);
    if (!isReady(lines)) return { outcome: 'refused', lines };
    await launch(trx, actor, survey, now);
    await closeTrials(trx, surveyId, now);
    return { outcome: 'launched', opensAt: survey.opensAt > now ? survey.opensAt : now };
  });
}
