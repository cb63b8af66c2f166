import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import { lockDraft } from './changes.commands';
import { getFrameworkContent, replaceContent } from './content.queries';
import { deleteFramework } from './editing.queries';
import { faultsIn } from './faults';
import { publishFramework } from './frameworks.commands';
import {
  getFramework,
  insertFramework,
  listVersionsOf,
  lockFramework,
  setRetired,
} from './frameworks.queries';

/** Freezes a draft for good, if it is what was looked at: `revision` is that of the page with the button. */
export async function publishDraft(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  revision: number,
): Promise<void> {
  await db.transaction(async (trx) => {
    const { revision: now, scale } = await lockDraft(trx, frameworkId);
    if (now !== revision) {
      throw conflict(
        'The framework has changed',
        'Somebody has changed it since you opened this page. Go back, look at it once more and publish it then.',
      );
    }
    const { framework, ...content } = await getFrameworkContent(trx, frameworkId);
    const faults = faultsIn(content, scale);
    if (content.domains.every(({ competencies }) => competencies.length === 0)) {
      throw conflict('There is nothing to publish', 'Add at least one competency first.');
    }
    if (faults.length > 0) throw conflict('The framework cannot be published yet', faults.join(' '));
    await publishFramework(trx, actor, frameworkId, clock.now());
  });
}

/**
 * Starts the next version as a copy of this one; where a draft of the next version is there already, that is it.
 * Gives its id, and whether it is new.
 */
export async function startVersion(
  { db }: Services,
  actor: Actor,
  frameworkId: string,
): Promise<{ id: string; isNew: boolean }> {
  return db.transaction(async (trx) => {
    const { lineageId } = await getFramework(trx, frameworkId);
    const versions = await lockVersions(trx, lineageId);
    const draft = versions.find(({ publishedAt }) => !publishedAt);
    if (draft) return { id: draft.id, isNew: false };
    const { framework, ...content } = await getFrameworkContent(trx, frameworkId);
    const { identifier, version, ...details } = framework;
    const next = versions[0]!.version + 1;
    const id = await insertFramework(trx, framework.projectId, details, { lineageId, version: next });
    await replaceContent(trx, id, content);
    await appendAuditEntry(trx, actor, {
      action: 'framework version started',
      subject: 'framework',
      subjectId: id,
      detail: { version: next, copyOf: frameworkId },
    });
    return { id, isNew: true };
  });
}

/** All versions, the newest first, locked: two who start a version at once get the same one. */
async function lockVersions(trx: Database, lineageId: string) {
  const versions = await listVersionsOf(trx, lineageId);
  for (const { id } of [...versions].reverse()) await lockFramework(trx, id);
  return listVersionsOf(trx, lineageId);
}

/** Takes a published version out of use, with a reason. Surveys that use it go on. */
export async function retireFramework(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  reason: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const framework = await lockFramework(trx, frameworkId);
    if (!framework.publishedAt) {
      throw conflict('A draft cannot be retired', 'Publish it first, or discard it.');
    }
    if (framework.retiredAt) return;
    await setRetired(trx, frameworkId, { at: clock.now(), reason });
    await appendAuditEntry(trx, actor, {
      action: 'framework retired',
      subject: 'framework',
      subjectId: frameworkId,
    });
  });
}

/** Brings a retired version back into use. */
export async function restoreFramework({ db }: Services, actor: Actor, frameworkId: string): Promise<void> {
  await db.transaction(async (trx) => {
    const framework = await lockFramework(trx, frameworkId);
    if (!framework.retiredAt) return;
    await setRetired(trx, frameworkId, null);
    await appendAuditEntry(trx, actor, {
      action: 'framework brought back',
      subject: 'framework',
      subjectId: frameworkId,
    });
  });
}

/** What PostgreSQL says when another table refers to a row. */
const stillReferred = '23503';

/** Deletes a draft that nothing hangs on. */
export async function discardDraft({ db }: Services, actor: Actor, frameworkId: string): Promise<void> {
  await db.transaction(async (trx) => {
    await lockDraft(trx, frameworkId);
    await deleteFramework(trx, frameworkId).catch((error) => {
      if (error.code !== stillReferred) throw error;
      throw conflict(
        'This draft is in use',
        'A questionnaire has been made from it, or it is merged into another framework, so it is kept. Publish it, and retire it when it is no longer wanted.',
      );
    });
    await appendAuditEntry(trx, actor, {
      action: 'framework draft discarded',
      subject: 'framework',
      subjectId: frameworkId,
    });
  });
}
