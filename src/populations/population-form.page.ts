import { dayParts, formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import type { FacetTerms } from './facet-terms';
import { type CountedPopulation, type PopulationDetails, populationFacets } from './population';
import { crumbsTo, nameOf } from './population.page';
import type { PopulationConflict } from './populations.commands';
import { populationsCrumb } from './populations.page';

export type Values = Readonly<Record<string, string>>;

export interface PopulationFormPage extends Page {
  action: string;
  submit: string;
  cancel: string;
  values: Values;
  /** What the form was filled with; empty for a new one. */
  revision: string;
  seen: string;
  /** By what a new one is counted; null where that is settled. */
  counting: { facets: Item[]; kinds: Item[] } | null;
  meanwhile: { name: string; was: string; is: string }[];
}

interface Item {
  value: string;
  text: string;
  hint?: { text: string };
  checked: boolean;
}

/** A population's details as its form holds them: the day in three boxes. */
export function detailsTexts({ title, source, countedOn }: PopulationDetails): Record<string, string> {
  return { title, source, ...dayParts(countedOn, 'countedOn') };
}

/** What a population to be typed is asked. Only facets that the project has terms for can be counted by. */
export function newPopulationPage(
  project: Project,
  terms: FacetTerms,
  typed: { values: Values; facets: readonly string[] } = {
    values: { kind: 'joint' },
    facets: ['profession', 'setting'],
  },
  errors?: FieldErrors,
): PopulationFormPage {
  const address = `/projects/${project.id}/populations`;
  const kinds = [
    {
      value: 'joint',
      text: 'Every combination',
      hint: { text: 'Such as how many midwives work in GP practices. The most useful, where it is known' },
    },
    {
      value: 'margins',
      text: 'Each for itself',
      hint: { text: 'Such as how many midwives there are, and how many people work in GP practices' },
    },
  ];
  return {
    title: 'Type in headcounts',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, populationsCrumb(project.id)),
    ...(errors ? { errors } : {}),
    action: address,
    submit: 'Continue',
    cancel: address,
    values: typed.values,
    revision: '',
    seen: '',
    counting: {
      facets: populationFacets
        .filter((facet) => terms.has(facet))
        .map((facet) => ({ value: facet, text: nameOf(facet), checked: typed.facets.includes(facet) })),
      kinds: kinds.map((kind) => ({ ...kind, checked: kind.value === typed.values.kind })),
    },
    meanwhile: [],
  };
}

/** Title, source and date of a population that is there. `seen` is what the form was first filled with. */
export function editPopulationPage(
  project: Project,
  population: CountedPopulation,
  { values, revision, seen }: { values: Values; revision: number; seen: Values },
  errors?: FieldErrors,
): PopulationFormPage {
  const address = `/populations/${population.id}`;
  return {
    title: 'Change title, source and date',
    section: population.title,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, population),
    ...(errors ? { errors } : {}),
    action: `${address}/edit`,
    submit: 'Save changes',
    cancel: address,
    values,
    revision: String(revision),
    seen: JSON.stringify(seen),
    counting: null,
    meanwhile: [],
  };
}

const names: Record<string, string> = { title: 'Title', source: 'Source', countedOn: 'The day' };

/** The form again, where somebody else has changed what was typed here too. */
export function detailsConflictPage(
  project: Project,
  { now, fields, changes }: PopulationConflict,
): PopulationFormPage {
  const { title, source, countedOn } = now;
  const words = (field: string, text: string) => (field === 'countedOn' && text ? formatDay(text) : text);
  const values = detailsTexts(fields as unknown as PopulationDetails);
  return {
    ...editPopulationPage(project, now, {
      values,
      revision: now.revision,
      seen: { title, source, countedOn },
    }),
    meanwhile: changes.map(({ field, was, is }) => ({
      name: names[field] ?? field,
      was: words(field, was),
      is: words(field, is),
    })),
  };
}
