import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Definition } from '../questionnaires/definition';
import { checkDefinition } from '../questionnaires/questionnaires.commands';
import {
  getPlan,
  getQuestionnaire,
  getVersion,
  getVersionDefinition,
  insertVersion,
} from '../questionnaires/questionnaires.queries';
import { type Survey, surveyState } from '../surveys/survey';
import { lockSurvey, updateVersion } from '../surveys/surveys.queries';
import { asksTheSame, sortChanges, withChanges } from './correction';
import { insertCorrection } from './corrections.queries';

/** What a live survey asks, and what its questionnaire says by now. */
export async function definitionsOf(
  db: Database,
  survey: Survey,
): Promise<{ live: Definition; now: Definition; questionnaireId: string }> {
  const { questionnaireId } = await getVersion(db, survey.versionId);
  return {
    live: await getVersionDefinition(db, survey.versionId),
    now: (await getQuestionnaire(db, questionnaireId)).definition,
    questionnaireId,
  };
}

/**
 * Corrects typing errors of an open survey, in the caller's transaction: a new version says what the live one said but
 * for the changes chosen, the record tells them, and the survey goes on with it. Answers given before and after count
 * together. Changes are named by their keys; any that is not (any longer) among the safe ones is refused, and nothing is done.
 */
export async function correctSurvey(
  trx: Database,
  actor: Actor,
  surveyId: string,
  { keys, reason }: { keys: readonly string[]; reason: string },
  now: Date,
): Promise<void> {
  const survey = await lockSurvey(trx, surveyId, 'alone');
  if (surveyState(survey, now) === 'closed') {
    throw conflict(
      'This survey is closed',
      'What people were asked cannot be corrected after the last answer.',
    );
  }
  const { live, now: working, questionnaireId } = await definitionsOf(trx, survey);
  const { safe } = sortChanges(live, working);
  const chosen = safe.filter(({ key }) => keys.includes(key));
  if (chosen.length === 0 || chosen.length < new Set(keys).size) {
    throw conflict(
      'The questionnaire has been changed since',
      'Nothing was corrected. Go back to see what can be corrected now.',
    );
  }
  const definition = withChanges(live, chosen);
  const { plan, findings } = checkDefinition(definition);
  const [error] = findings.filter(({ severity }) => severity === 'error');
  if (error) throw conflict('The survey cannot be corrected like this', `${error.place}: ${error.sentence}`);
  if (!asksTheSame(checkDefinition(live).plan, plan)) {
    throw new Error('A correction found safe would change what is asked');
  }
  const { items } = await getPlan(trx, survey.versionId); // What is counted stays as it is, and where.
  const toVersionId = await insertVersion(trx, {
    ...{ questionnaireId, definition, publishedAt: now },
    plan: { ...plan, items },
  });
  await insertCorrection(trx, {
    ...{ surveyId, fromVersionId: survey.versionId, toVersionId, reason, madeAt: now },
    changes: chosen.map(({ change }) => change),
    accountId: actor.kind === 'account' ? actor.accountId : null,
  });
  await updateVersion(trx, surveyId, toVersionId);
  await appendAuditEntry(trx, actor, {
    action: 'survey corrected',
    subject: 'survey',
    subjectId: surveyId,
    detail: { fromVersionId: survey.versionId, toVersionId, changes: chosen.length, reason },
  });
}
