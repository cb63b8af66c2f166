import type { Right } from '../projects/access';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';

/** Somebody at a report, as far as its pages need to know. */
export interface AtReport {
  project: Pick<Project, 'id' | 'name'>;
  /** They were invited to this report and are in no project: there is nothing else they may see. */
  isGuest: boolean;
  may(right: Right): boolean;
}

/** The way to a page of a report; guests know of no project. */
export function breadcrumbsFor({ project, isGuest }: AtReport, ...further: Crumb[]): Crumb[] {
  return isGuest ? [{ href: '/projects', text: 'Projects' }, ...further] : breadcrumbsIn(project, ...further);
}
