import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { countStored, countStoredOtherwise, importResponses } from '../responses/import.commands';
import type { Services } from '../services';
import type { ImportKind, StagedImport } from '../staging/staged-import';
import { getSurvey } from '../surveys/surveys.queries';
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
      return answersPreview(survey, staged, { known, otherwise });
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
  const survey = await getSurvey(trx, subjectId!);
  if (survey.versionId !== seen) return null;
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
