import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { getFrameworkContent } from '../frameworks/content.queries';
import { skillsMatrix } from '../frameworks/required-level';
import { conflict } from '../platform/problem';
import { nextStep } from '../questionnaires/journey';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { markSimulated } from '../surveys/surveys.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { termsByCode } from '../vocabularies/vocabulary';
import { readPageAnswers } from './answer.form';
import { draftKey, keepPage, startDraft, submitDraft } from './responses.commands';
import { hasRealResponses } from './responses.queries';
import { type SimulationFrame, seededRandom, simulatedBody, simulatedPerson } from './simulation';

const atATime = 8;

/**
 * Has made-up people answer a survey, page by page through the same code as everybody. The same seed gives the
 * same answers; `skip` leaves out those it gave before. Refused where real people have answered: made-up answers can never be told from theirs again.
 */
export async function simulateResponses(
  services: Services,
  actor: Actor,
  survey: Survey,
  { count, seed, skip = 0 }: { count: number; seed: number; skip?: number },
): Promise<void> {
  const { db } = services;
  if (await hasRealResponses(db, survey.id)) {
    throw conflict(
      'Real people have answered this survey',
      'Simulated answers would mix with theirs for ever.',
    );
  }
  const frame = await frameOf(services, survey);
  await db.transaction(async (trx) => {
    await markSimulated(trx, survey.id);
    const entry = {
      action: 'responses simulated',
      subject: 'survey',
      subjectId: survey.id,
      detail: { count, seed },
    };
    await appendAuditEntry(trx, actor, entry);
  });
  let next = skip;
  const answerOnAndOn = async () => {
    while (next < skip + count) {
      next += 1;
      await answerAsSomebody(services, survey, frame, seed * 1_000_003 + next);
    }
  };
  await Promise.all(Array.from({ length: atATime }, answerOnAndOn));
}

async function frameOf({ db }: Services, survey: Survey): Promise<SimulationFrame> {
  const version = await getVersion(db, survey.versionId);
  const { frameworkId } = await getQuestionnaire(db, version.questionnaireId);
  const professions = termsByCode(await labelsFor(db, survey.projectId, ['profession']));
  return {
    plan: await getPlan(db, survey.versionId),
    matrix: skillsMatrix(frameworkId ? (await getFrameworkContent(db, frameworkId)).requiredLevels : []),
    tierOf: (profession) => professions.get(profession)?.tier ?? null,
  };
}

async function answerAsSomebody(services: Services, survey: Survey, frame: SimulationFrame, seed: number) {
  const { plan } = frame;
  const person = simulatedPerson(seededRandom(seed));
  const token = await startDraft(services, survey.id);
  const key = draftKey(services.secret, survey.id, token);
  let answers = {};
  for (let step = nextStep(plan, answers, 0); step; step = nextStep(plan, answers, step.number)) {
    const form = readPageAnswers(step.questions, simulatedBody(frame, person, step, answers));
    if (form.errors) throw new Error(`A simulated page was refused: ${JSON.stringify(form.errors)}`);
    await keepPage(services, key, step.page.name, form.value);
    answers = { ...answers, ...form.value.given };
  }
  await submitDraft(services, survey, plan, token, { source: 'simulation' });
}
