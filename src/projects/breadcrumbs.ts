import type { Project } from './project';

/** A way back up: one link and its words. */
export interface Crumb {
  href: string;
  text: string;
}

/** The way from the list of projects to a page within one, past what it hangs under. */
export function breadcrumbsIn(project: Pick<Project, 'id' | 'name'>, ...further: Crumb[]): Crumb[] {
  return [
    { href: '/projects', text: 'Projects' },
    { href: `/projects/${project.id}`, text: project.name },
    ...further,
  ];
}
