import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import type { FrameworkContent, FrameworkSource } from './framework';
import {
  getFrameworkContent,
  insertDomains,
  insertFramework,
  insertRequiredLevels,
  markPublished,
} from './frameworks.queries';

/** Writes a framework into a project, in the caller's transaction. Gives its id. */
export async function createFramework(
  trx: Database,
  actor: Actor,
  projectId: string,
  source: FrameworkSource,
): Promise<string> {
  const frameworkId = await insertFramework(trx, projectId, source);
  const competencyIds = await insertDomains(trx, frameworkId, source.domains);
  await insertRequiredLevels(
    trx,
    frameworkId,
    source.requiredLevels.map((row) => ({
      competencyId: competencyIds.get(row.competency)!,
      profession: anyAsNull(row.profession),
      tier: anyAsNull(row.tier),
      setting: anyAsNull(row.setting),
      level: row.level,
    })),
  );
  await appendAuditEntry(trx, actor, {
    action: 'framework created',
    subject: 'framework',
    subjectId: frameworkId,
    detail: { projectId },
  });
  return frameworkId;
}

/** Freezes a framework for good. */
export async function publishFramework(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  now: Date,
): Promise<void> {
  await markPublished(trx, frameworkId, now);
  await appendAuditEntry(trx, actor, {
    action: 'framework published',
    subject: 'framework',
    subjectId: frameworkId,
  });
}

/** Copies a framework, as a draft, into another project. Gives the copy's id. */
export async function copyFramework(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  projectId: string,
): Promise<string> {
  const content = await getFrameworkContent(trx, frameworkId);
  return createFramework(trx, actor, projectId, sourceOf(content));
}

function sourceOf({ framework, domains, requiredLevels }: FrameworkContent): FrameworkSource {
  return { ...framework, domains, requiredLevels };
}

function anyAsNull(part: string | null | undefined): string | null {
  return part === undefined || part === '*' ? null : part;
}
