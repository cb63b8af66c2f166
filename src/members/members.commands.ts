import { randomUUID } from 'node:crypto';
import { type Role, roleNames } from '../accounts/account';
import { findAccountByEmail } from '../accounts/accounts.queries';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { troubleOf } from '../mailings/reply-addresses.commands';
import { organisationName } from '../mailings/sending.commands';
import type { Database } from '../platform/database';
import type { FieldErrors } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import type { Project } from '../projects/project';
import { addMember } from '../projects/projects.commands';
import type { Services } from '../services';
import { serviceName } from '../web/layout';
import type { Handover } from './member.form';
import { memberLetter } from './member.mail';
import {
  deleteMember,
  deleteTasks,
  findRole,
  hasOtherLead,
  lockMembers,
  updateRole,
} from './members.queries';

type World = Pick<Services, 'db'>;

/** What came of bringing somebody in: in the project, and why their e-mail did not go; or what is wrong by field. */
export type Joined = { errors: FieldErrors } | { errors?: undefined; trouble: string | undefined };

/** Brings somebody with an account into a project, and tells them by e-mail. */
export async function joinMember(
  services: Services,
  actor: Actor,
  project: Project,
  wish: { email: string; role: Role },
): Promise<Joined> {
  const errors = await services.db.transaction(async (trx): Promise<FieldErrors | undefined> => {
    await lockMembers(trx, project.id);
    const account = await findAccountByEmail(trx, wish.email);
    if (!account || account.leftAt !== null) {
      return {
        email:
          'Nobody with this email address has an account. Ask an administrator of this service to make one',
      };
    }
    const role = await findRole(trx, project.id, account.id);
    if (isOneself(actor, account.id) && (await hasOtherLead(trx, project.id, account.id))) {
      return { email: 'Nobody brings themselves in while somebody leads the project. Ask its lead' };
    }
    if (role) return { email: `This person is in the project already, as ${roleNames[role].toLowerCase()}` };
    await addMember(trx, actor, { projectId: project.id, accountId: account.id, role: wish.role });
    return undefined;
  });
  if (errors) return { errors };
  return { trouble: await tell(services, project, wish) };
}

async function tell(
  { mail, db, config }: Services,
  project: Project,
  { email, role }: { email: string; role: Role },
): Promise<string | undefined> {
  const organisation = await organisationName({ db, config }, project.organisationId);
  const letter = {
    ...{ id: randomUUID(), to: email, fromName: organisation ?? serviceName, replyTo: '' },
    ...memberLetter(project.name, roleNames[role], `${config.baseUrl}/projects/${project.id}`),
  };
  const lane = mail.openLane();
  try {
    return troubleOf(await lane.hand(letter, async () => true));
  } finally {
    await lane.close();
  }
}

/**
 * Gives somebody in a project another role. What they were named for under the old one ends. The last lead stays one, and nobody gives a role to themselves: what
 * a role opens, somebody else has to open.
 */
export async function changeRole(
  { db }: World,
  actor: Actor,
  projectId: string,
  accountId: string,
  role: Role,
): Promise<void> {
  if (isOneself(actor, accountId)) {
    throw conflict('Nobody changes their own role', 'Ask another lead, or hand the project over.');
  }
  await db.transaction(async (trx) => {
    const before = await memberOf(trx, projectId, accountId);
    if (before === role) return;
    await refuseLastLead(trx, projectId, accountId, before);
    await setRole(trx, actor, projectId, { accountId, before, role });
  });
}

/** Takes somebody out of a project, or lets them leave it. What they wrote there stays, with their address. The last lead stays. */
export async function removeMember(
  { db }: World,
  actor: Actor,
  projectId: string,
  accountId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const role = await memberOf(trx, projectId, accountId);
    await refuseLastLead(trx, projectId, accountId, role);
    await leave(trx, actor, projectId, accountId, role);
  });
}

/** Makes somebody else the lead, and the one who hands over what they wish to be: both or neither. */
export async function handOver(
  { db }: World,
  actor: Actor & { kind: 'account' },
  projectId: string,
  { to, become }: Handover,
): Promise<void> {
  await db.transaction(async (trx) => {
    const before = await memberOf(trx, projectId, to);
    if (to === actor.accountId) throw conflict('Nothing was handed over', 'Select somebody else.');
    if (before !== 'lead') await setRole(trx, actor, projectId, { accountId: to, before, role: 'lead' });
    const own = await findRole(trx, projectId, actor.accountId);
    if (!own) return;
    // The new lead may have left the service meanwhile.
    if (become !== 'lead') await refuseLastLead(trx, projectId, actor.accountId, own);
    if (become === 'leave') await leave(trx, actor, projectId, actor.accountId, own);
    else if (become !== own) {
      await setRole(trx, actor, projectId, { accountId: actor.accountId, before: own, role: become });
    }
  });
}

function isOneself(actor: Actor, accountId: string): boolean {
  return actor.kind === 'account' && actor.accountId === accountId;
}

/** What somebody is in a project, while nobody else can change it. */
async function memberOf(trx: Database, projectId: string, accountId: string): Promise<Role> {
  await lockMembers(trx, projectId);
  const role = await findRole(trx, projectId, accountId);
  if (!role) throw notFound('Person');
  return role;
}

async function refuseLastLead(
  trx: Database,
  projectId: string,
  accountId: string,
  role: Role,
): Promise<void> {
  if (role !== 'lead' || (await hasOtherLead(trx, projectId, accountId))) return;
  throw conflict(
    'The project would have no lead',
    'This is its only lead who can sign in. Make somebody else a lead first, or hand the project over.',
  );
}

async function setRole(
  trx: Database,
  actor: Actor,
  projectId: string,
  { accountId, before, role }: { accountId: string; before: Role; role: Role },
): Promise<void> {
  await deleteTasks(trx, projectId, accountId);
  await updateRole(trx, projectId, accountId, role);
  await record(trx, actor, 'role changed', projectId, { accountId, before, role });
}

async function leave(
  trx: Database,
  actor: Actor,
  projectId: string,
  accountId: string,
  role: Role,
): Promise<void> {
  await deleteTasks(trx, projectId, accountId);
  await deleteMember(trx, projectId, accountId);
  await record(trx, actor, 'member removed', projectId, { accountId, role });
}

function record(
  trx: Database,
  actor: Actor,
  action: string,
  projectId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return appendAuditEntry(trx, actor, { action, subject: 'project', subjectId: projectId, detail });
}
