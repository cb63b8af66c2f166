import type { Response } from 'express';
import type { Account, Role } from '../accounts/account';
import { accountOf } from '../accounts/session.routes';
import type { Actor } from '../audit/actor';
import { forbidden, notFound } from '../platform/problem';
import type { Services } from '../services';
import { mayDo, mayDoOnPlatform, type Right, roleInProject } from './access';
import type { Project } from './project';
import { findProjectFor, listProjectsInOrganisation } from './projects.queries';

/** Somebody in a project, with the role they hold there. */
export interface Visit {
  account: Account;
  actor: Actor;
  project: Project;
  role: Role;
  may(right: Right): boolean;
}

/**
 * The one place that asks the table of rights about a project. To strangers the project does not exist;
 * members without the right are told so.
 */
export async function visitProject(
  { db }: Services,
  res: Response,
  projectId: string,
  right: Right,
): Promise<Visit> {
  const account = accountOf(res);
  const found = await findProjectFor(db, projectId, account.id);
  const role = found && roleInProject(account.role, found.membership);
  if (!found || !role) throw notFound('Project');
  if (!mayDo(role, right)) throw forbidden();
  return {
    account,
    actor: actorOf(account),
    project: found.project,
    role,
    may: (asked) => mayDo(role, asked),
  };
}

/** Somebody in an organisation, by the roles they hold in its projects. */
export interface OrganisationVisit {
  account: Account;
  actor: Actor;
  /** Those of its projects they are in, the oldest first. */
  projects: Project[];
  /** May they do this in any of its projects, or in this one? */
  may(right: Right, projectId?: string): boolean;
}

/** Asks the table of rights about what an organisation's projects share. To those in none of them it does not exist. */
export async function visitOrganisation(
  { db }: Services,
  res: Response,
  organisationId: string,
  right: Right,
  what: string,
): Promise<OrganisationVisit> {
  const account = accountOf(res);
  const found = await listProjectsInOrganisation(db, organisationId, account.id);
  const held = found.flatMap(({ project, membership }) => {
    const role = roleInProject(account.role, membership);
    return role ? [{ project, role }] : [];
  });
  const may = (asked: Right, projectId?: string) =>
    held.some(({ project, role }) => (projectId ?? project.id) === project.id && mayDo(role, asked));
  if (held.length === 0) throw notFound(what);
  if (!may(right)) throw forbidden();
  return { account, actor: actorOf(account), projects: held.map(({ project }) => project), may };
}

/** The one place that asks the table of rights where no project is concerned. */
export function visitPlatform(res: Response, right: Right): { account: Account; actor: Actor } {
  const account = accountOf(res);
  if (!mayDoOnPlatform(account.role, right)) throw forbidden();
  return { account, actor: actorOf(account) };
}

function actorOf(account: Account): Actor {
  return { kind: 'account', accountId: account.id };
}
