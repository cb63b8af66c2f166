import { type Role, roleNames } from '../accounts/account';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Member } from '../projects/projects.queries';
import type { Page } from '../web/layout';
import { projectRoles } from './member.form';

type Typed = Readonly<Record<string, unknown>>;

interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

export interface PeoplePage extends Page {
  introduction: string;
  people: { email: string; role: string; change: string | null }[];
  /** Bringing somebody in; null for who may not. */
  add: { action: string; email: string; roles: Choice[] } | null;
  handover: string | null;
  /** Leaving the project oneself; null for who is not in it. */
  departure: string | null;
}

/** Who is in a project. Those who only read see whom they can ask, and nobody else. */
export function peoplePage(
  project: Project,
  members: readonly Member[],
  who: { mayChange: boolean; seesAll: boolean; isMember: boolean; leads: boolean },
  retry: { body?: Typed; errors?: FieldErrors } = {},
): PeoplePage {
  const address = `/projects/${project.id}`;
  const shown = who.seesAll ? members : members.filter(({ role }) => role === 'lead');
  return {
    title: 'People',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    ...(retry.errors ? { errors: retry.errors } : {}),
    introduction: who.seesAll
      ? 'Everybody who is in this project. What each may do follows from their role.'
      : 'Whoever leads this project, to ask about it.',
    people: shown.map(({ accountId, email, role }) => ({
      ...{ email, role: roleNames[role] },
      change: who.mayChange ? `${address}/people/${accountId}` : null,
    })),
    add: who.mayChange
      ? {
          action: `${address}/people`,
          email: typed(retry.body, 'email'),
          roles: roleChoices(typed(retry.body, 'role')),
        }
      : null,
    handover: who.leads && members.length > 1 ? `${address}/handover` : null,
    departure: who.isMember ? `${address}/departure` : null,
  };
}

export interface PersonPage extends Page {
  email: string;
  action: string;
  roles: Choice[];
  removal: string;
}

/** One person of a project: another role, or out of it. */
export function personPage(
  project: Project,
  { accountId, email, role }: Member,
  errors?: FieldErrors,
): PersonPage {
  const address = `/projects/${project.id}/people/${accountId}`;
  return {
    title: 'Change a role',
    section: project.name,
    audience: 'staff',
    breadcrumbs: peopleCrumbs(project),
    ...(errors ? { errors } : {}),
    ...{ email, action: address, roles: roleChoices(role), removal: `${address}/removal` },
  };
}

export interface LeavingPage extends Page {
  sentences: string[];
  action: string;
  button: string;
  back: { href: string; text: string };
}

/** Asks before somebody is taken out of a project, or leaves it. */
export function leavingPage(project: Project, member: Member, isOneself: boolean): LeavingPage {
  const address = `/projects/${project.id}`;
  const stays = 'What was written and signed stays, with the address of whoever did it.';
  return {
    title: isOneself ? 'Leave the project' : 'Take somebody out of the project',
    section: project.name,
    audience: 'staff',
    sentences: isOneself
      ? [
          `You are ${roleNames[member.role].toLowerCase()} in ${project.name}. You will no longer see it.`,
          stays,
        ]
      : [`${member.email} will no longer see ${project.name}.`, stays],
    action: isOneself ? `${address}/departure` : `${address}/people/${member.accountId}/removal`,
    button: isOneself ? 'Leave the project' : 'Take out',
    back: { href: `${address}/people`, text: 'People' },
  };
}

export interface HandoverPage extends Page {
  action: string;
  people: Choice[];
  become: Choice[];
  back: { href: string; text: string };
}

/** Hands a project over to somebody who is in it. */
export function handoverPage(
  project: Project,
  others: readonly Member[],
  retry: { body?: Typed; errors?: FieldErrors } = {},
): HandoverPage {
  const [to, become] = ['to', 'become'].map((field) => typed(retry.body, field));
  const options: [string, string][] = [
    ...projectRoles.map((role): [string, string] => [role, `I stay, as ${roleNames[role].toLowerCase()}`]),
    ['leave', 'I leave the project'],
  ];
  return {
    title: 'Hand the project over',
    section: project.name,
    audience: 'staff',
    ...(retry.errors ? { errors: retry.errors } : {}),
    action: `/projects/${project.id}/handover`,
    people: others.map(({ accountId, email, role }) => ({
      ...{ value: accountId, text: `${email} (${roleNames[role]})`, selected: accountId === to },
    })),
    become: options.map(([value, text]) => ({ value, text, selected: value === (become || 'author') })),
    back: { href: `/projects/${project.id}/people`, text: 'People' },
  };
}

function peopleCrumbs(project: Project) {
  return breadcrumbsIn(project, { href: `/projects/${project.id}/people`, text: 'People' });
}

function roleChoices(chosen: string | Role): Choice[] {
  return projectRoles.map((role) => ({ value: role, text: roleNames[role], selected: role === chosen }));
}

function typed(body: Typed | undefined, field: string): string {
  const value = body?.[field];
  return typeof value === 'string' ? value : '';
}
