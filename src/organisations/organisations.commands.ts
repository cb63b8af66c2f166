import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import type { FieldErrors } from '../platform/form';
import type { Services } from '../services';
import {
  findNamesake,
  getOrganisation,
  insertOrganisation,
  lockNames,
  updateOrganisation,
} from './organisations.queries';

/** Adds an organisation; or a sentence where there is one of this name. */
export async function addOrganisation(
  { db }: Services,
  actor: Actor,
  name: string,
): Promise<{ errors?: FieldErrors }> {
  return db.transaction(async (trx) => {
    const errors = await refusedName(trx, name, null);
    if (errors) return { errors };
    const organisationId = await insertOrganisation(trx, name);
    await appendAuditEntry(trx, actor, {
      action: 'organisation added',
      subject: 'organisation',
      subjectId: organisationId,
      detail: { name },
    });
    return {};
  });
}

/** Gives an organisation another name; or a sentence where it is taken. Named as it was, nothing changes. */
export async function renameOrganisation(
  { db }: Services,
  actor: Actor,
  organisationId: string,
  name: string,
): Promise<{ errors?: FieldErrors }> {
  return db.transaction(async (trx) => {
    const errors = await refusedName(trx, name, organisationId);
    if (errors) return { errors };
    const before = await getOrganisation(trx, organisationId);
    if (before.name === name) return {};
    await updateOrganisation(trx, organisationId, name);
    await appendAuditEntry(trx, actor, {
      action: 'organisation renamed',
      subject: 'organisation',
      subjectId: organisationId,
      detail: { from: before.name, to: name },
    });
    return {};
  });
}

async function refusedName(
  trx: Database,
  name: string,
  organisationId: string | null,
): Promise<FieldErrors | undefined> {
  await lockNames(trx);
  const namesake = await findNamesake(trx, name, organisationId);
  return namesake && { name: `There is an organisation called “${namesake.name}” already` };
}
