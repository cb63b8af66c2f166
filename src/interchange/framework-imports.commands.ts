import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { applyContent, lockDraft } from '../frameworks/changes.commands';
import { contentOf } from '../frameworks/content';
import { getFrameworkContent } from '../frameworks/content.queries';
import { differenceOf, isSame } from '../frameworks/difference';
import { faultsIn } from '../frameworks/faults';
import type { FrameworkSource } from '../frameworks/framework';
import { createFramework } from '../frameworks/frameworks.commands';
import { mergeSource } from '../frameworks/incoming';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { AppliedImport, StagedImport } from '../staging/staged-import';
import type { UnderstoodFramework } from './framework-import';

/** Brings a file into a draft, in the caller's transaction. Null where the draft has changed since it was looked at. */
export async function importIntoDraft(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  { fileName, understood }: Pick<StagedImport<UnderstoodFramework>, 'fileName' | 'understood'>,
  { seen, now }: { seen: string; now: Date },
): Promise<AppliedImport | null> {
  const { revision } = await lockDraft(trx, frameworkId);
  if (String(revision) !== seen) return null;
  const { framework, ...before } = await getFrameworkContent(trx, frameworkId);
  const { source, missing } = understood;
  const after = mergeSource(before, source, { missing, newId: randomUUID });
  if (isSame(differenceOf(before, after))) {
    return { subjectId: frameworkId, notice: 'Nothing was changed: everything was there already' };
  }
  await applyContent(trx, actor, frameworkId, after, `Import of ${fileName}`, now);
  return { subjectId: frameworkId, notice: 'Import applied' };
}

/** Makes a new framework of what was imported, in the caller's transaction. Gives its id. */
export async function importAsNew(
  trx: Database,
  actor: Actor,
  projectId: string,
  source: FrameworkSource,
): Promise<string> {
  const faults = faultsIn(contentOf(source, randomUUID), source.scale);
  if (faults.length > 0) throw conflict('This cannot be imported', faults.slice(0, 5).join(' '));
  return createFramework(trx, actor, projectId, source);
}
