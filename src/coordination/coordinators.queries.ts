import type { Role } from '../accounts/account';
import type { Database } from '../platform/database';

/** Somebody who coordinates one of the organisations that a project's surveys ask about. */
export interface Coordinator {
  accountId: string;
  email: string;
  organisation: string;
}

/** By organisation, then by address. */
export async function listCoordinators(db: Database, projectId: string): Promise<Coordinator[]> {
  return db({ c: 'project_coordinators' })
    .join({ a: 'accounts' }, 'a.id', 'c.account_id')
    .where('c.project_id', projectId)
    .orderBy(['c.organisation', 'a.email'])
    .select({ accountId: 'a.id', email: 'a.email', organisation: 'c.organisation' });
}

/** What somebody is in a project, their row locked until the transaction ends; undefined where they are not in it. */
export async function lockMembership(
  trx: Database,
  projectId: string,
  accountId: string,
): Promise<Role | undefined> {
  const row = await trx('project_members')
    .where({ project_id: projectId, account_id: accountId })
    .forUpdate()
    .first('role');
  return row?.role;
}

export async function insertCoordinator(
  trx: Database,
  projectId: string,
  { accountId, organisation }: { accountId: string; organisation: string },
): Promise<void> {
  await trx('project_coordinators').insert({
    ...{ project_id: projectId, account_id: accountId, organisation },
  });
}

/** Takes a coordinator out of the project. Gives which organisation it was; undefined where they coordinated none. */
export async function deleteCoordinator(
  trx: Database,
  projectId: string,
  accountId: string,
): Promise<string | undefined> {
  const [gone] = await trx('project_coordinators')
    .where({ project_id: projectId, account_id: accountId })
    .delete('organisation');
  await trx('project_members')
    .where({ project_id: projectId, account_id: accountId, role: 'coordinator' })
    .delete();
  return gone?.organisation;
}
