import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { contentOf } from './content';
import { getFrameworkContent, replaceContent } from './content.queries';
import type { Content, FrameworkSource } from './framework';
import { insertFramework, markPublished } from './frameworks.queries';

/** Writes a framework into a project, in the caller's transaction. Gives its id. */
export async function createFramework(
  trx: Database,
  actor: Actor,
  projectId: string,
  source: FrameworkSource,
): Promise<string> {
  return createWithContent(trx, actor, projectId, source, contentOf(source, randomUUID));
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

/** Copies a framework, as a draft, into another project. Its competencies keep their lineage. Gives the copy's id. */
export async function copyFramework(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  projectId: string,
): Promise<string> {
  const { framework, ...content } = await getFrameworkContent(trx, frameworkId);
  const { identifier, ...details } = framework;
  return createWithContent(trx, actor, projectId, details, content);
}

async function createWithContent(
  trx: Database,
  actor: Actor,
  projectId: string,
  details: Parameters<typeof insertFramework>[2],
  content: Content,
): Promise<string> {
  const frameworkId = await insertFramework(trx, projectId, details);
  await replaceContent(trx, frameworkId, content);
  await appendAuditEntry(trx, actor, {
    action: 'framework created',
    subject: 'framework',
    subjectId: frameworkId,
    detail: { projectId },
  });
  return frameworkId;
}
