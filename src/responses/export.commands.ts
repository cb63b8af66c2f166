import { setTimeout } from 'node:timers/promises';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { csvBegin, csvLines } from '../platform/csv';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Plan } from '../questionnaires/plan';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { readResponseRows } from './responses.queries';
import { responsesTable } from './responses-file';

/**
 * What each respondent of a confidential survey answered, as a CSV file that can be imported again; batch by batch, so that
 * memory does not grow with the survey. An anonymous one keeps its promise, whoever asks. That somebody took the answers,
 * and why, is in the audit trail before the first of them leaves.
 */
export async function exportResponses(
  { db }: Services,
  actor: Actor,
  survey: Survey,
  reason: string,
): Promise<AsyncIterable<string>> {
  if (survey.promise === 'anonymous') {
    throw conflict(
      'This survey promised to be anonymous',
      'What a single person answered is shown to nobody. Its figures are in the report and the estimates.',
    );
  }
  const plan = await getPlan(db, survey.versionId);
  await appendAuditEntry(db, actor, {
    action: 'responses exported',
    subject: 'survey',
    subjectId: survey.id,
    detail: { reason },
  });
  return responseLines(db, survey.id, plan);
}

/** Between two batches, in milliseconds: respondents are answering meanwhile, and nobody waits for an export by the second. */
const pauseMs = 40;

/** The file of a survey's responses in its lines, a batch at a time; the questions are those of the plan. Whoever calls this has asked whether it may. */
export async function* responseLines(db: Database, surveyId: string, plan: Plan): AsyncGenerator<string> {
  const { header, rowOf } = responsesTable(plan);
  yield csvBegin + csvLines([header]);
  const trx = await db.transaction();
  try {
    for await (const responses of readResponseRows(trx, surveyId)) {
      yield csvLines(responses.map(rowOf));
      await setTimeout(pauseMs);
    }
  } finally {
    await trx.rollback(); // It has only read.
  }
}
