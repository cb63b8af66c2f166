import type { Role } from '../accounts/account';
import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Project } from './project';

const columns = {
  id: 'p.id',
  organisationId: 'p.organisation_id',
  name: 'p.name',
  purpose: 'p.purpose',
  demo: 'p.demo',
  createdAt: 'p.created_at',
  archivedAt: 'p.archived_at',
};

/** The project and the role this person was given in it. */
export async function findProjectFor(
  db: Database,
  projectId: string,
  accountId: string,
): Promise<{ project: Project; membership: Role | undefined } | undefined> {
  const row = await db({ p: 'projects' })
    .leftJoin({ m: 'project_members' }, (join) =>
      join.on('m.project_id', 'p.id').andOnVal('m.account_id', accountId),
    )
    .where('p.id', projectId)
    .first({ ...columns, membership: 'm.role' });
  if (!row) return undefined;
  const { membership, ...project } = row;
  return { project, membership: membership ?? undefined };
}

export async function getProject(db: Database, projectId: string): Promise<Project> {
  const project = await db({ p: 'projects' }).where('p.id', projectId).first(columns);
  if (!project) throw notFound('Project');
  return project;
}

/** A person's projects, or everybody's for the platform administrator; the newest first. */
export async function listProjects(db: Database, accountId: string | 'everybody'): Promise<Project[]> {
  const projects = db({ p: 'projects' })
    .select(columns)
    .orderBy([{ column: 'p.created_at', order: 'desc' }, 'p.id']);
  if (accountId === 'everybody') return projects;
  return projects.join({ m: 'project_members' }, 'm.project_id', 'p.id').where('m.account_id', accountId);
}

/** Somebody in a project, shown by their address. */
export interface Member {
  accountId: string;
  email: string;
  role: Role;
}

/** Everybody in a project, by address. */
export async function listMembers(db: Database, projectId: string): Promise<Member[]> {
  return db({ m: 'project_members' })
    .join({ a: 'accounts' }, 'a.id', 'm.account_id')
    .where('m.project_id', projectId)
    .orderBy('a.email')
    .select({ accountId: 'a.id', email: 'a.email', role: 'm.role' });
}

/** A person's projects of one organisation with the role they hold there, the oldest first. */
export async function listProjectsInOrganisation(
  db: Database,
  organisationId: string,
  accountId: string,
): Promise<{ project: Project; membership: Role | undefined }[]> {
  const rows = await db({ p: 'projects' })
    .leftJoin({ m: 'project_members' }, (join) =>
      join.on('m.project_id', 'p.id').andOnVal('m.account_id', accountId),
    )
    .where('p.organisation_id', organisationId)
    .orderBy(['p.created_at', 'p.id'])
    .select({ ...columns, membership: 'm.role' });
  return rows.map(({ membership, ...project }) => ({ project, membership: membership ?? undefined }));
}

/** The organisations in whose projects somebody is. */
export async function listOrganisationIdsOf(db: Database, accountId: string): Promise<string[]> {
  return db({ p: 'projects' })
    .join({ m: 'project_members' }, 'm.project_id', 'p.id')
    .where('m.account_id', accountId)
    .distinct()
    .pluck('p.organisation_id');
}

/** The roles a person holds in projects. */
export async function listRolesInProjects(db: Database, accountId: string): Promise<Role[]> {
  return db('project_members').where({ account_id: accountId }).distinct().pluck('role');
}

export async function insertProject(
  trx: Database,
  project: { organisationId: string; name: string; purpose: string; demo: boolean },
): Promise<string> {
  const { organisationId, ...rest } = project;
  const [row] = await trx('projects')
    .insert({ organisation_id: organisationId, ...rest })
    .returning('id');
  return row.id;
}

export async function updateProject(
  trx: Database,
  projectId: string,
  change: { name: string; purpose: string },
): Promise<void> {
  await trx('projects').where({ id: projectId }).update(change);
}

/** Archives or brings back; false when it was so already. */
export async function setArchived(
  trx: Database,
  projectId: string,
  archivedAt: Date | null,
): Promise<boolean> {
  const changed = await trx('projects')
    .where({ id: projectId })
    .where((row) => (archivedAt ? row.whereNull('archived_at') : row.whereNotNull('archived_at')))
    .update({ archived_at: archivedAt });
  return changed === 1;
}

export async function insertMember(
  trx: Database,
  member: { projectId: string; accountId: string; role: Role },
): Promise<void> {
  await trx('project_members').insert({
    project_id: member.projectId,
    account_id: member.accountId,
    role: member.role,
  });
}

/** The organisation somebody coordinates in a project, by its code in the vocabulary; undefined where they coordinate none. */
export async function findCoordinated(
  db: Database,
  projectId: string,
  accountId: string,
): Promise<string | undefined> {
  const row = await db('project_coordinators')
    .where({ project_id: projectId, account_id: accountId })
    .first('organisation');
  return row?.organisation;
}
