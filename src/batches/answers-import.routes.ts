import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { countStored, countStoredOtherwise, importResponses } from '../responses/import.commands';
import { hasOwnResponses } from '../responses/responses.queries';
import type { Services } from '../services';
import type { ImportKind, StagedImport } from '../staging/staged-import';
import { isOver, type Survey } from '../surveys/survey';
import { getSurvey, lockSurvey } from '../surveys/surveys.queries';
import type { ImportedAnswers } from './answers-file.form';
import { answersPreview } from './answers-import.page';
import { toolNames } from './foreign-table';

/** Answers collected elsewhere, staged for a survey. Whoever runs the survey may bring them in, and nobody else sees them. */
export function answersImport(services: Services): ImportKind<ImportedAnswers> {
  return {
    kind: 'answers',
    right: 'run the survey',
    keepsNothing: true,
    address: ({ subjectId }) => `/surveys/${subjectId}/batches`,
    preview: async (db, _project, staged) => {
      const survey = await getSurvey(db, staged.subjectId!);
      const known = await countStored(db, services.secret, survey, staged.understood.responses);
      const told = { survey, plan: await getPlan(db, survey.versionId) };
      const otherwise = await countStoredOtherwise(db, services.secret, told, staged.understood.responses);
      const refusal = await refusalOf(db, survey, services.clock.now());
      return answersPreview(survey, staged, { known, otherwise, refusal });
    },
    apply: (trx, actor, staged, { seen }) => apply(trx, services, actor, staged, seen),
    afterwards: async ({ subjectId }) => {
      await services.queue.add('fold', { surveyId: subjectId! });
    },
  };
}

async function apply(
  trx: Database,
  services: Services,
  actor: Parameters<ImportKind['apply']>[1],
  { subjectId, fileName, understood }: StagedImport<ImportedAnswers>,
  seen: string,
) {
  const survey = await lockSurvey(trx, subjectId!, 'shared'); // Nobody opens it again meanwhile.
  if (survey.versionId !== seen) return null;
  const refusal = await refusalOf(trx, survey, services.clock.now());
  if (refusal !== null) throw conflict('Nothing can be brought into this survey', refusal);
  const { tool, responses } = understood;
  if (responses.length === 0) {
    throw conflict('There is nothing to bring in', 'No response of the file fits this survey.');
  }
  const plan = await getPlan(trx, survey.versionId);
  const origin = { tool, fileName };
  const stored = await importResponses(trx, services, actor, { survey, plan, origin }, responses);
  const what = stored === 1 ? '1 response' : `${stored} responses`;
  return { subjectId: survey.id, notice: `Brought in: ${what} from ${toolNames[tool]}` };
}

/**
 * Why nothing can be brought into a survey, if so. Whoever brings answers in knows them: mixed with a few that others have
 * given, they would lift these over the threshold, and could then be taken away from what is shown.
 */
async function refusalOf(db: Database, survey: Survey, now: Date): Promise<string | null> {
  if (survey.simulated) {
    return 'This survey holds made-up responses. Real ones would mix with them for ever.';
  }
  const instead = 'Open another survey of the same questionnaire for them, and close it.';
  if (!isOver(survey, now)) {
    return `People may still answer this survey, and whoever knows the file could tell their answers from it. ${instead}`;
  }
  if (await hasOwnResponses(db, survey.id)) {
    return `People have answered this survey themselves, and whoever knows the file could tell their answers from it. ${instead}`;
  }
  return null;
}
