import type { Role } from '../accounts/account';
import type { Database } from '../platform/database';

/** Lets nobody else change who is in a project until the transaction ends. */
export async function lockMembers(trx: Database, projectId: string): Promise<void> {
  await trx('projects').where({ id: projectId }).forUpdate().first('id');
}

export async function findRole(
  db: Database,
  projectId: string,
  accountId: string,
): Promise<Role | undefined> {
  const row = await db('project_members')
    .where({ project_id: projectId, account_id: accountId })
    .first('role');
  return row?.role;
}

/** Does anybody else lead the project who can still sign in? */
export async function hasOtherLead(db: Database, projectId: string, accountId: string): Promise<boolean> {
  const row = await db({ m: 'project_members' })
    .join({ a: 'accounts' }, 'a.id', 'm.account_id')
    .where({ 'm.project_id': projectId, 'm.role': 'lead', 'a.left_at': null })
    .whereNot('m.account_id', accountId)
    .first('m.account_id');
  return row !== undefined;
}

export async function updateRole(
  trx: Database,
  projectId: string,
  accountId: string,
  role: Role,
): Promise<void> {
  await trx('project_members').where({ project_id: projectId, account_id: accountId }).update({ role });
}

export async function deleteMember(trx: Database, projectId: string, accountId: string): Promise<void> {
  await trx('project_members').where({ project_id: projectId, account_id: accountId }).delete();
}

/**
 * Ends what somebody was named for in a project besides their role: to coordinate an organisation, to redact texts, and to approve, which nobody who is not there
 * any more can do.
 */
export async function deleteTasks(trx: Database, projectId: string, accountId: string): Promise<void> {
  await trx('project_coordinators').where({ project_id: projectId, account_id: accountId }).delete();
  await trx('text_redactors')
    .where({ account_id: accountId })
    .whereIn('survey_id', trx('surveys').where({ project_id: projectId }).select('id'))
    .delete();
  await trx('required_approvers')
    .where({ account_id: accountId })
    .where((rows) =>
      rows
        .whereIn('subject_id', trx('questionnaires').where({ project_id: projectId }).select('id'))
        .orWhereIn('subject_id', trx('frameworks').where({ project_id: projectId }).select('id')),
    )
    .delete();
}
