import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { StagedImport } from './staged-import';

const columns = {
  id: 'id',
  kind: 'kind',
  projectId: 'project_id',
  subjectId: 'subject_id',
  fileName: 'file_name',
  understood: 'understood',
  findings: 'problems',
  stagedAt: 'staged_at',
  appliedAt: 'applied_at',
};

export async function getStagedImport(db: Database, id: string): Promise<StagedImport> {
  const staged = await db('staged_imports').where({ id }).first(columns);
  if (!staged) throw notFound('Import');
  return staged;
}

/** Did this person bring the import? */
export async function isStagedBy(db: Database, id: string, accountId: string): Promise<boolean> {
  const row = await db('staged_imports').where({ id, account_id: accountId }).first(db.raw('true as found'));
  return row !== undefined;
}

/** The import, locked until the transaction ends: for whoever is about to apply or delete it. */
export async function lockStagedImport(trx: Database, id: string): Promise<StagedImport> {
  const staged = await trx('staged_imports').where({ id }).forUpdate().first(columns);
  if (!staged) throw notFound('Import');
  return staged;
}

export async function insertStagedImport(
  trx: Database,
  accountId: string,
  staged: Omit<StagedImport, 'id' | 'appliedAt'>,
): Promise<string> {
  const [row] = await trx('staged_imports')
    .insert({
      kind: staged.kind,
      project_id: staged.projectId,
      subject_id: staged.subjectId,
      account_id: accountId,
      file_name: staged.fileName,
      understood: JSON.stringify(staged.understood),
      problems: JSON.stringify(staged.findings),
      staged_at: staged.stagedAt,
    })
    .returning('id');
  return row.id;
}

/** Marks an import as applied; `forgetting` drops what was understood of the file. */
export async function markApplied(
  trx: Database,
  id: string,
  { subjectId, now, forgetting }: { subjectId: string; now: Date; forgetting: boolean },
): Promise<void> {
  await trx('staged_imports')
    .where({ id })
    .update({ applied_at: now, subject_id: subjectId, ...(forgetting ? { understood: 'null' } : {}) });
}

export async function updateUnderstood(
  trx: Database,
  id: string,
  understood: unknown,
  findings: StagedImport['findings'],
): Promise<void> {
  await trx('staged_imports')
    .where({ id })
    .update({ understood: JSON.stringify(understood), problems: JSON.stringify(findings) });
}

export async function deleteStagedImport(trx: Database, id: string): Promise<void> {
  await trx('staged_imports').where({ id }).delete();
}

/** Forgets what was staged before this moment. Gives how many there were. */
export async function deleteStagedBefore(db: Database, moment: Date): Promise<number> {
  return db('staged_imports').where('staged_at', '<', moment).delete();
}
