import { formatDay } from '../platform/days';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { facetsInWords, inThousands } from './population';
import type { ListedPopulation } from './populations.queries';

export interface PopulationsPage extends Page {
  introduction: string;
  rows: {
    href: string;
    title: string;
    tag: { text: string; classes: string };
    countedOn: string;
    source: string;
    by: string;
    total: string;
  }[];
  empty: string | null;
  add: { type: string; import: string } | null;
}

export function populationsCrumb(projectId: string): Crumb {
  return { href: `/projects/${projectId}/populations`, text: 'Populations' };
}

/** How a population stands among the others of its project. The first in use with a headcount is the project's. */
type Standing = 'in use' | 'earlier' | 'empty' | 'retired' | 'own';

const tags: Record<Standing, { text: string; classes: string }> = {
  'in use': { text: 'The project’s population', classes: 'nhsuk-tag--green' },
  earlier: { text: 'Earlier', classes: 'nhsuk-tag--grey' },
  empty: { text: 'No headcounts yet', classes: 'nhsuk-tag--yellow' },
  retired: { text: 'Retired', classes: 'nhsuk-tag--orange' },
  own: { text: 'Of one organisation', classes: 'nhsuk-tag--blue' },
};

export function tagOf(
  { id, retiredAt, organisation }: { id: string; retiredAt: Date | null; organisation: string | null },
  cells: number,
  projectsOwn: string | undefined,
): { text: string; classes: string } {
  if (retiredAt) return tags.retired;
  if (cells === 0) return tags.empty;
  if (organisation !== null) return tags.own;
  return id === projectsOwn ? tags['in use'] : tags.earlier;
}

/** A project's populations, with where each comes from and its date. */
export function populationsPage(
  project: Project,
  populations: readonly ListedPopulation[],
  mayChange: boolean,
): PopulationsPage {
  const address = `/projects/${project.id}/populations`;
  const own = populations.find(
    ({ cells, retiredAt, organisation }) => cells > 0 && !retiredAt && organisation === null,
  );
  return {
    title: 'Populations',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    introduction:
      'How many staff there are, by profession, setting and the like. Response rates, weights and numbers of people are worked out from the population that was counted last.',
    rows: populations.map((population) => ({
      href: `/populations/${population.id}`,
      title: population.title,
      tag: tagOf(population, population.cells, own?.id),
      countedOn: formatDay(population.countedOn),
      source: population.source,
      by: facetsInWords(population.facets),
      total: inThousands(population.total),
    })),
    empty:
      populations.length > 0
        ? null
        : `No staff have been counted yet.${mayChange ? ' Import a table of headcounts or type them in: staff of the NHS, of other employers, on the bank and from agencies.' : ''}`,
    add: mayChange ? { type: `${address}/new`, import: `${address}/imports` } : null,
  };
}
