import type { ChangeOnRecord } from '../edits/edits.queries';
import type { Database } from '../platform/database';

/** Who made changes: addresses by account. */
export async function listChangers(
  db: Database,
  changes: readonly Pick<ChangeOnRecord, 'accountId'>[],
): Promise<Map<string, string>> {
  const ids = [...new Set(changes.flatMap(({ accountId }) => accountId ?? []))];
  const accounts = await db('accounts').whereIn('id', ids).select('id', 'email');
  return new Map(accounts.map(({ id, email }) => [id, email]));
}

/** Has the questionnaire a published version? Its questions' codes stand in reports and files then. */
export async function isPublished(db: Database, questionnaireId: string): Promise<boolean> {
  const version = await db('questionnaire_versions').where({ questionnaire_id: questionnaireId }).first('id');
  return version !== undefined;
}
