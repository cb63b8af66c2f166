import { formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Change, ChangeGroup, ImportPreview } from '../staging/staged-import';
import type { Page } from '../web/layout';
import { codesInWords, type FacetTerms } from './facet-terms';
import { differenceOf, type HeadcountChange, type HeadcountTable, marginTotals, totalOf } from './headcount';
import { type ImportedHeadcounts, tableInto } from './headcounts-import';
import {
  type CountedPopulation,
  facetInWords,
  facetsInWords,
  inThousands,
  type PopulationDetails,
  peopleInWords,
  populationFacets,
  populationLimits,
  tableOf,
} from './population';
import { crumbsTo, nameOf } from './population.page';
import type { Values } from './population-form.page';
import { populationsCrumb } from './populations.page';

export interface HeadcountsUploadPage extends Page {
  lead: string;
  action: string;
  cancel: string;
  values: Values;
  /** A new population is asked its title. */
  isNew: boolean;
  facets: { key: string; name: string }[];
  limit: string;
}

/** Where a file or a pasted table is sent to: for a new population, or to replace one's headcounts. */
export function headcountsUploadPage(
  project: Project,
  population: CountedPopulation | null,
  values: Values,
  errors?: FieldErrors,
): HeadcountsUploadPage {
  const address = population ? `/populations/${population.id}` : `/projects/${project.id}/populations`;
  return {
    title: 'Import headcounts',
    section: population ? population.title : project.name,
    audience: 'staff',
    breadcrumbs: population
      ? crumbsTo(project, population)
      : breadcrumbsIn(project, populationsCrumb(project.id)),
    ...(errors ? { errors } : {}),
    lead: population
      ? 'The headcounts in the file take the place of those there are. You will see what would change before anything does.'
      : 'You will see what was understood before anything is made.',
    action: `${address}/imports`,
    cancel: address,
    values,
    isNew: population === null,
    facets: populationFacets.map((key) => ({ key, name: nameOf(key) })),
    limit: `${inThousands(populationLimits.rows)} rows at most.`,
  };
}

/** What an import would make as a new population. */
export function newPreview(
  project: Project,
  { details, table }: ImportedHeadcounts,
  same: CountedPopulation | undefined,
  terms: FacetTerms,
): ImportPreview {
  return {
    title: 'Import headcounts as a new population',
    crumbs: [populationsCrumb(project.id)],
    understood: table ? understoodInWords(details, table) : [],
    groups: table ? [headcountsGroup(addedRows(table), table.facets, terms)] : [],
    seen: '',
    again: `/projects/${project.id}/populations/imports`,
    ...(same
      ? {
          refusal: `Nothing would change: the population “${same.title}” holds these headcounts already, from the same source and of the same day.`,
        }
      : {}),
  };
}

/** What an import would make of a population there is. `seen` is its revision. */
export function replacingPreview(
  project: Project,
  population: CountedPopulation,
  { details, table }: ImportedHeadcounts,
  terms: FacetTerms,
): ImportPreview {
  const after = table ? tableInto(population, table) : tableOf(population);
  const before = tableOf(population);
  return {
    title: `Import into ${population.title}`,
    crumbs: crumbsTo(project, population).slice(breadcrumbsIn(project).length),
    understood: [
      ...understoodInWords(details, after),
      `There are ${peopleInWords(totalOf(before))} in this population now`,
    ],
    groups: [
      { heading: 'The population', changes: aboutChanges(population, details, after) },
      headcountsGroup(differenceOf(before, after), after.facets, terms, before.facets),
    ],
    seen: String(population.revision),
    again: `/populations/${population.id}/imports`,
  };
}

function understoodInWords({ source, countedOn }: PopulationDetails, table: HeadcountTable): string[] {
  const cells = table.rows.length;
  const counted =
    table.kind === 'joint'
      ? `${cells === 1 ? '1 headcount' : `${inThousands(cells)} headcounts`} by ${facetsInWords(table.facets)}`
      : `Each facet for itself: ${marginTotals(table)
          .map(({ facet, total }) => `${peopleInWords(total)} by ${facetInWords(facet)}`)
          .join(', ')}`;
  return [
    `${peopleInWords(totalOf(table))}, counted on ${formatDay(countedOn)}`,
    counted,
    `Source: ${source}`,
  ];
}

function addedRows({ rows }: HeadcountTable): HeadcountChange[] {
  return rows.map(({ facet, codes, headcount }) => ({ facet, codes, before: null, after: headcount }));
}

function aboutChanges(
  population: CountedPopulation,
  details: PopulationDetails,
  { kind, facets }: HeadcountTable,
): Change[] {
  const how = (of: Pick<HeadcountTable, 'kind' | 'facets'>) =>
    `${facetsInWords(of.facets)}${of.kind === 'margins' ? ', each for itself' : ''}`;
  const told: [string, string, string][] = [
    ['Title', population.title, details.title],
    ['Source', population.source, details.source],
    ['Counted on', formatDay(population.countedOn), formatDay(details.countedOn)],
    ['Counted by', how(population), how({ kind, facets })],
  ];
  return told
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => ({ tag: 'changed', what, details: [`${before} → ${after}`] }));
}

/** `facets` are those of what is counted now, `former` those of what goes. */
function headcountsGroup(
  changes: readonly HeadcountChange[],
  facets: readonly string[],
  terms: FacetTerms,
  former: readonly string[] = facets,
): ChangeGroup {
  return {
    heading: 'Headcounts',
    changes: changes.map((change): Change => {
      const { before, after } = change;
      const what = codesInWords(terms, after === null ? former : facets, change);
      if (before === null) return { tag: 'added', what, details: [inThousands(after!)] };
      if (after === null) return { tag: 'removed', what, details: [`It was ${inThousands(before)}`] };
      return { tag: 'changed', what, details: [`${inThousands(before)} → ${inThousands(after)}`] };
    }),
  };
}

/** "Import applied: 12 headcounts changed". */
export function appliedInWords(changed: number | 'all'): string {
  if (changed === 'all') return 'Headcounts imported';
  if (changed === 0) return 'Import applied: no headcount changed';
  return `Import applied: ${changed === 1 ? '1 headcount' : `${inThousands(changed)} headcounts`} changed`;
}
