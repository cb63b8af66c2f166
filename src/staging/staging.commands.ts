import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import {
  type AppliedImport,
  daysKept,
  fewEnough,
  hasErrors,
  type ImportKind,
  type StagedImport,
} from './staged-import';
import {
  deleteStagedBefore,
  deleteStagedImport,
  insertStagedImport,
  lockStagedImport,
  markApplied,
  updateUnderstood,
} from './staging.queries';

/** Keeps what was understood of a file until somebody has looked at it, in the caller's transaction. Gives its id. */
export async function stageImport(
  trx: Database,
  accountId: string,
  staged: Omit<StagedImport, 'id' | 'stagedAt' | 'appliedAt'>,
  now: Date,
): Promise<string> {
  const findings = fewEnough(staged.findings);
  const id = await insertStagedImport(trx, accountId, { ...staged, findings, stagedAt: now });
  await appendAuditEntry(
    trx,
    { kind: 'account', accountId },
    entryOf('import staged', { ...staged, id }, { errors: hasErrors(findings) }),
  );
  return id;
}

/** Locks an import for applying it. With errors it is refused, and where it has been applied already. */
export async function takeStagedImport(trx: Database, id: string): Promise<StagedImport> {
  const staged = await lockStagedImport(trx, id);
  if (staged.appliedAt) {
    throw conflict('This import has been applied already', 'Nothing was done a second time.');
  }
  if (hasErrors(staged.findings)) {
    throw conflict('This import has errors', 'Correct them in the file, then import it again.');
  }
  return staged;
}

/** Applies an import, all or nothing. Null where what it changes is no longer as it was `seen`: nothing was changed then. */
export async function applyStagedImport(
  { db, clock }: Services,
  actor: Actor,
  kind: ImportKind,
  id: string,
  seen: string,
): Promise<(AppliedImport & { staged: StagedImport }) | null> {
  const done = await db.transaction(async (trx) => {
    const staged = await takeStagedImport(trx, id);
    const now = clock.now();
    const applied = await kind.apply(trx, actor, staged, { seen, now });
    if (!applied) return null;
    await markApplied(trx, id, { subjectId: applied.subjectId, now, forgetting: kind.keepsNothing ?? false });
    await appendAuditEntry(trx, actor, entryOf('import applied', { ...staged, ...applied }));
    return { ...applied, staged: { ...staged, subjectId: applied.subjectId } };
  });
  if (done) await kind.afterwards?.(done.staged);
  return done;
}

/** Puts another understanding in the place of what was staged, in the caller's transaction: somebody told what the file means. */
export async function restageImport(
  trx: Database,
  id: string,
  { understood, findings }: Pick<StagedImport, 'understood' | 'findings'>,
): Promise<void> {
  const staged = await lockStagedImport(trx, id);
  if (staged.appliedAt) {
    throw conflict('This import has been applied already', 'Nothing was done a second time.');
  }
  await updateUnderstood(trx, id, understood, fewEnough(findings));
}

/** Forgets an import that is not wanted. One that was applied stays to say so. */
export async function cancelStagedImport({ db }: Services, actor: Actor, id: string): Promise<void> {
  await db.transaction(async (trx) => {
    const staged = await lockStagedImport(trx, id);
    if (staged.appliedAt) return;
    await deleteStagedImport(trx, id);
    await appendAuditEntry(trx, actor, entryOf('import cancelled', staged));
  });
}

/** Forgets imports that nobody has come back to. */
export async function forgetOldImports({ db, clock }: Services): Promise<void> {
  await deleteStagedBefore(db, new Date(clock.now().getTime() - daysKept * 86_400_000));
}

function entryOf(
  action: string,
  { id, kind, projectId, subjectId }: Pick<StagedImport, 'id' | 'kind' | 'projectId' | 'subjectId'>,
  detail: Record<string, unknown> = {},
) {
  return { action, subject: 'import', subjectId: id, detail: { kind, projectId, of: subjectId, ...detail } };
}
