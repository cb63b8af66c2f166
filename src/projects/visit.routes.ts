import type { Response } from 'express';
import type { Account, Role } from '../accounts/account';
import { accountOf } from '../accounts/session.routes';
import type { Actor } from '../audit/actor';
import { forbidden, notFound } from '../platform/problem';
import type { Services } from '../services';
import { mayDo, mayDoOnPlatform, type Right, roleInProject } from './access';
import type { Project } from './project';
import { findProjectFor } from './projects.queries';

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

/** The one place that asks the table of rights where no project is concerned. */
export function visitPlatform(res: Response, right: Right): { account: Account; actor: Actor } {
  const account = accountOf(res);
  if (!mayDoOnPlatform(account.role, right)) throw forbidden();
  return { account, actor: actorOf(account) };
}

function actorOf(account: Account): Actor {
  return { kind: 'account', accountId: account.id };
}
