import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { isoDay } from '../platform/dates';
import { conflict } from '../platform/problem';
import { keyedHash } from '../platform/secrets';
import type { Plan } from '../questionnaires/plan';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { freeze } from './frozen-response';
import { insertImported } from './responses.queries';
import type { FileResponse } from './responses-file.form';

const batch = 1_000;

/**
 * Stores the responses of a file, all or none; those stored before under the same id are left as they are. Gives how
 * many are new. Fold afterwards.
 */
export async function importResponses(
  services: Services,
  actor: Actor,
  survey: Survey,
  plan: Plan,
  responses: readonly FileResponse[],
): Promise<number> {
  const { db, clock, secret } = services;
  if (survey.simulated) {
    throw conflict(
      'This survey holds made-up responses',
      'Real ones would mix with them for ever. Open another survey for them.',
    );
  }
  return db.transaction(async (trx) => {
    let stored = 0;
    for (let begin = 0; begin < responses.length; begin += batch) {
      const rows = responses.slice(begin, begin + batch).map(({ responseId, answers }) => ({
        ...freeze(plan, answers),
        id: responseId === null ? null : importedId(secret, survey.id, responseId),
      }));
      const to = { surveyId: survey.id, versionId: survey.versionId, submittedOn: isoDay(clock.now()) };
      stored += await insertImported(trx, to, rows);
    }
    await appendAuditEntry(trx, actor, {
      action: 'responses imported',
      subject: 'survey',
      subjectId: survey.id,
      detail: { stored, known: responses.length - stored },
    });
    return stored;
  });
}

/** The id of an imported response follows from the file's own, so that it can be sent twice; it tells nobody what that was. */
function importedId(secret: string, surveyId: string, responseId: string): string {
  const hash = keyedHash(secret, 'imported response', `${surveyId}\n${responseId}`);
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
