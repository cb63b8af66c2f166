import type { Role } from '../accounts/account';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { getFirstOrganisation } from '../organisations/organisations.queries';
import type { Database } from '../platform/database';
import type { Services } from '../services';
import type { ProjectForm } from './project.form';
import { insertMember, insertProject, setArchived, updateProject } from './projects.queries';

/** Starts a project with its first lead, in the caller's transaction: of the first organisation, where no other is named. */
export async function createProject(
  trx: Database,
  actor: Actor,
  project: ProjectForm & { organisationId?: string; demo?: boolean },
  leadId: string | undefined,
): Promise<string> {
  const projectId = await insertProject(trx, {
    organisationId: project.organisationId ?? (await getFirstOrganisation(trx)).id,
    name: project.name,
    purpose: project.purpose,
    demo: project.demo ?? false,
  });
  if (leadId) await insertMember(trx, { projectId, accountId: leadId, role: 'lead' });
  await appendAuditEntry(trx, actor, { action: 'project created', subject: 'project', subjectId: projectId });
  return projectId;
}

export async function changeProject(
  { db }: Services,
  actor: Actor,
  projectId: string,
  change: ProjectForm,
): Promise<void> {
  await db.transaction(async (trx) => {
    await updateProject(trx, projectId, change);
    await appendAuditEntry(trx, actor, {
      action: 'project changed',
      subject: 'project',
      subjectId: projectId,
    });
  });
}

/** Puts a project away. Nothing is deleted; done twice it changes nothing. */
export async function archiveProject(
  { db, clock }: Services,
  actor: Actor,
  projectId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await setArchived(trx, projectId, clock.now()))) return;
    await appendAuditEntry(trx, actor, {
      action: 'project archived',
      subject: 'project',
      subjectId: projectId,
    });
  });
}

/** Brings an archived project back. */
export async function restoreProject({ db }: Services, actor: Actor, projectId: string): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await setArchived(trx, projectId, null))) return;
    await appendAuditEntry(trx, actor, {
      action: 'project restored',
      subject: 'project',
      subjectId: projectId,
    });
  });
}

/** Gives a person a role in a project, in the caller's transaction. */
export async function addMember(
  trx: Database,
  actor: Actor,
  member: { projectId: string; accountId: string; role: Role },
): Promise<void> {
  await insertMember(trx, member);
  await appendAuditEntry(trx, actor, {
    action: 'member added',
    subject: 'project',
    subjectId: member.projectId,
    detail: { accountId: member.accountId, role: member.role },
  });
}
