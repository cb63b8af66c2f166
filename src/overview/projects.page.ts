import type { Organisation } from '../organisations/organisation';
import { formatDate } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { InvitedReport } from '../readers/readers.queries';
import type { AskedLink } from '../reviews/asked.page';
import type { Page } from '../web/layout';

export interface ProjectsPage extends Page {
  groups: {
    heading: string;
    projects: { href: string; name: string; purpose: string; created: string; demo: boolean }[];
  }[];
  mayCreate: boolean;
  /** What the person is asked to review. */
  asked: AskedLink[];
  /** Reports they may read of projects they are not in. */
  invitedTo: { href: string; title: string; note: string }[];
  /** Said to somebody who is in no project. */
  empty: string;
}

/** The list of projects: those in work first, the archived ones apart. */
export function projectsPage(
  projects: Project[],
  mayCreate: boolean,
  asked: AskedLink[],
  invitedTo: InvitedReport[] = [],
): ProjectsPage {
  const rows = (some: Project[]) =>
    some.map((project) => ({
      href: `/projects/${project.id}`,
      name: project.name,
      purpose: project.purpose,
      created: formatDate(project.createdAt),
      demo: project.demo,
    }));
  const groups = [
    { heading: 'In work', projects: rows(projects.filter((project) => !project.archivedAt)) },
    { heading: 'Archived', projects: rows(projects.filter((project) => project.archivedAt)) },
  ];
  return {
    title: 'Projects',
    audience: 'staff',
    groups: groups.filter((group) => group.projects.length > 0),
    mayCreate,
    asked,
    invitedTo: invitedTo.map(({ id, title, number, publishedAt }) => ({
      ...{ href: `/reports/${id}`, title },
      note: `Report ${number}, published on ${formatDate(publishedAt)}`,
    })),
    empty:
      projects.length > 0 || invitedTo.length > 0
        ? ''
        : 'You are in no project yet. Ask a project lead to add you, or start one.',
  };
}

export interface ProjectFormPage extends Page {
  /** To choose from, where there is a choice. */
  organisations: { value: string; text: string; checked: boolean }[];
  action: string;
  submit: string;
  name: string;
  purpose: string;
}

/** The form for a new project, or for changing one. What was typed stays. */
export function projectFormPage(
  project: Pick<Project, 'id' | 'name'> | null,
  typed: { name?: unknown; purpose?: unknown },
  errors?: FieldErrors,
): ProjectFormPage {
  return {
    title: project ? 'Change project' : 'New project',
    ...(project ? { section: project.name } : {}),
    audience: 'staff',
    breadcrumbs: project ? breadcrumbsIn(project) : [{ href: '/projects', text: 'Projects' }],
    organisations: [],
    action: project ? `/projects/${project.id}/edit` : '/projects',
    submit: project ? 'Save changes' : 'Create project',
    name: String(typed.name ?? ''),
    purpose: String(typed.purpose ?? ''),
    ...(errors ? { errors } : {}),
  };
}

/** The form for a new project, with the organisations it may belong to. */
export function newProjectPage(
  offered: Organisation[],
  typed: { name?: unknown; purpose?: unknown; organisationId?: unknown },
  errors?: FieldErrors,
): ProjectFormPage {
  const organisations = offered.map(({ id, name }) => ({
    ...{ value: id, text: name },
    checked: typed.organisationId === id,
  }));
  return {
    ...projectFormPage(null, typed, errors),
    organisations: organisations.length > 1 ? organisations : [],
  };
}
