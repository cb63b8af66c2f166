import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { conflict } from '../platform/problem';
import { keyedHash } from '../platform/secrets';
import type { Plan } from '../questionnaires/plan';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import type { Tool } from './batch';
import { countDiffering, countKnown, insertBatch } from './batches.queries';
import { freeze } from './frozen-response';
import { insertImported } from './responses.queries';
import type { FileResponse } from './responses-file.form';

const chunk = 1_000;

/** Where responses come from. */
export interface Origin {
  tool: Tool;
  fileName: string;
}

/**
 * Stores the responses of a file as one batch, in the caller's transaction; those stored before under the same id are
 * left as they are. Gives how many are new; without any there is no batch. Fold after the commit.
 */
export async function importResponses(
  trx: Database,
  { clock, secret }: Pick<Services, 'clock' | 'secret'>,
  actor: Actor,
  { survey, plan, origin }: { survey: Survey; plan: Plan; origin: Origin },
  responses: readonly FileResponse[],
): Promise<number> {
  if (survey.simulated) {
    throw conflict(
      'This survey holds made-up responses',
      'Real ones would mix with them for ever. Open another survey for them.',
    );
  }
  const fresh = responses.length - (await countStored(trx, secret, survey, responses));
  const batchId =
    fresh === 0
      ? null
      : await insertBatch(trx, {
          ...origin,
          surveyId: survey.id,
          responses: fresh,
          accountId: actor.kind === 'account' ? actor.accountId : null,
          importedAt: clock.now(),
        });
  let stored = 0;
  for (let begin = 0; batchId && begin < responses.length; begin += chunk) {
    const rows = responses.slice(begin, begin + chunk).map(({ responseId, answers }) => ({
      ...freeze(plan, answers),
      id: responseId === null ? null : importedId(secret, survey.id, responseId),
    }));
    const submittedOn = isoDay(clock.now());
    const to = { surveyId: survey.id, versionId: survey.versionId, submittedOn, batchId };
    stored += await insertImported(trx, to, rows);
  }
  if (stored !== fresh) {
    throw conflict('Somebody is importing the same file', 'Nothing was stored. Try again in a moment.');
  }
  await appendAuditEntry(trx, actor, {
    action: 'responses imported',
    subject: 'survey',
    subjectId: survey.id,
    detail: { stored, known: responses.length - stored, tool: origin.tool, batchId },
  });
  return stored;
}

/** How many of a file's responses a survey holds already. */
export async function countStored(
  db: Database,
  secret: string,
  { id: surveyId }: Pick<Survey, 'id'>,
  responses: readonly FileResponse[],
): Promise<number> {
  const ids = responses.flatMap(({ responseId }) =>
    responseId === null ? [] : [importedId(secret, surveyId, responseId)],
  );
  return countKnown(db, ids);
}

/** How many of a file's responses a survey holds with other answers: of another form, it may be, that numbers its own. */
export async function countStoredOtherwise(
  db: Database,
  secret: string,
  { survey: { id: surveyId }, plan }: { survey: Pick<Survey, 'id'>; plan: Plan },
  responses: readonly FileResponse[],
): Promise<number> {
  const named = responses.flatMap(({ responseId, answers }) =>
    responseId === null ? [] : [{ ...freeze(plan, answers), id: importedId(secret, surveyId, responseId) }],
  );
  return countDiffering(db, named);
}

/** The id of an imported response follows from the file's own, so that it can be sent twice; it tells nobody what that was. */
function importedId(secret: string, surveyId: string, responseId: string): string {
  const hash = keyedHash(secret, 'imported response', `${surveyId}\n${responseId}`);
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
