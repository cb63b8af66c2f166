import { roleNames } from '../accounts/account';
import { findAccountByEmail } from '../accounts/accounts.queries';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { FieldErrors } from '../platform/form';
import { addMember } from '../projects/projects.commands';
import { findCoordinated } from '../projects/projects.queries';
import type { Services } from '../services';
import type { CoordinatorForm } from './coordinator.form';
import { deleteCoordinator, insertCoordinator, lockMembership } from './coordinators.queries';

/**
 * Has somebody with an account coordinate an organisation of a project; who is not in the project yet comes into it. Gives
 * what is wrong by field, having changed nothing. Whoever sees more of the project than a coordinator cannot be made one.
 */
export async function nameCoordinator(
  { db }: Services,
  actor: Actor,
  projectId: string,
  { email, organisation }: CoordinatorForm,
): Promise<FieldErrors | undefined> {
  return db.transaction(async (trx) => {
    const account = await findAccountByEmail(trx, email);
    if (!account) {
      return {
        email: 'Nobody with this email address has an account. Ask whoever runs this service to make one',
      };
    }
    const role = await lockMembership(trx, projectId, account.id);
    if (role && role !== 'coordinator') {
      return {
        email: `This person is in the project already, as ${roleNames[role].toLowerCase()}. Somebody else must coordinate the organisation`,
      };
    }
    if (await findCoordinated(trx, projectId, account.id)) {
      return { email: 'This person coordinates an organisation of this project already. Remove them first' };
    }
    if (!role) await addMember(trx, actor, { projectId, accountId: account.id, role: 'coordinator' });
    await insertCoordinator(trx, projectId, { accountId: account.id, organisation });
    await appendAuditEntry(trx, actor, {
      action: 'coordinator named',
      subject: 'project',
      subjectId: projectId,
      detail: { accountId: account.id, organisation },
    });
    return undefined;
  });
}

/** Has somebody coordinate no longer, and takes them out of the project. Done twice it changes nothing. */
export async function removeCoordinator(
  { db }: Services,
  actor: Actor,
  projectId: string,
  accountId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const organisation = await deleteCoordinator(trx, projectId, accountId);
    if (organisation === undefined) return;
    await appendAuditEntry(trx, actor, {
      action: 'coordinator removed',
      subject: 'project',
      subjectId: projectId,
      detail: { accountId, organisation },
    });
  });
}
