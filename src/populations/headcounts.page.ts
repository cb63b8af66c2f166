import type { FieldErrors, Meanwhile } from '../platform/form';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { codesInWords, type FacetTerms, labelOf } from './facet-terms';
import { fieldOf, type Layout, type Place, placesIn, textsOf } from './headcount-fields';
import { newField } from './headcounts.form';
import {
  type CountedPopulation,
  facetInWords,
  facetsInWords,
  inThousands,
  populationLimits,
} from './population';
import { crumbsTo, nameOf } from './population.page';

export interface HeadcountsPage extends Page {
  introduction: string;
  hint: string | null;
  action: string;
  cancel: string;
  revision: string;
  seen: string;
  meanwhile: { name: string; was: string; is: string }[];
  /** Where there are too many to be typed. */
  tooMany: { text: string; href: string } | null;
  lists: { heading: string; fields: Field[] }[];
  grid: { corner: string; columns: string[]; rows: { label: string; fields: Field[] }[] } | null;
  /** Rows for new combinations, with a choice of each facet. */
  added: { count: string; rows: { legend: string; choices: ChoiceField[]; headcount: Field }[] } | null;
}

interface Field {
  id: string;
  label: string;
  value: string;
  error: string | null;
}

interface ChoiceField extends Omit<Field, 'value'> {
  items: { value: string; text: string; selected: boolean }[];
}

export interface HeadcountsForm {
  project: Project;
  population: CountedPopulation;
  terms: FacetTerms;
  layout: Layout;
  /** What stands in the fields, by field. */
  texts: Readonly<Record<string, string>>;
  /** What the form was first filled with, and at which revision. */
  seen: { revision: number; texts: Readonly<Record<string, string>> };
  /** How many rows there are for new combinations. */
  newRows: number;
}

/** A number field for each combination, or a row for each there is and some for new ones. */
export function headcountsPage(form: HeadcountsForm, errors: FieldErrors = {}): HeadcountsPage {
  const { project, population, terms, layout, texts, seen } = form;
  const address = `/populations/${population.id}`;
  const field = (place: Place, label: string): Field => {
    const id = fieldOf(place);
    return { id, label, value: texts[id] ?? '', error: errors[id] ?? null };
  };
  const tooMany = placesIn(layout).length > populationLimits.fields;
  return {
    title: 'Type in headcounts',
    section: population.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsTo(project, population),
    ...(Object.keys(errors).length > 0 ? { errors } : {}),
    introduction: `Enter how many people there are, as heads and not as full-time equivalents. Leave a field empty where nothing is known; enter 0 where nobody works.`,
    hint: hintFor(population, layout),
    action: `${address}/headcounts`,
    cancel: address,
    revision: String(seen.revision),
    seen: JSON.stringify(seen.texts),
    meanwhile: [],
    tooMany: tooMany
      ? {
          text: `There are more than ${inThousands(populationLimits.fields)} headcounts, too many for a form. Download them, change the file and import it.`,
          href: `${address}/imports`,
        }
      : null,
    lists: tooMany ? [] : listsOf(form, field),
    grid: tooMany || layout.shape !== 'grid' ? null : gridOf(population, layout, terms, field),
    added: tooMany || layout.shape !== 'combinations' ? null : addedRows(form, errors),
  };
}

function hintFor({ kind, facets }: CountedPopulation, layout: Layout): string | null {
  if (kind === 'margins' && facets.length > 1)
    return 'All facets must add up to the same number of people, or to within 1% of the first.';
  if (layout.shape !== 'combinations' || facets.length > 2) return null;
  return `There are too many terms for a grid of ${facetsInWords(facets)}. To get one, choose fewer on the project’s page, under “Words for professions and settings”.`;
}

function listsOf(
  { population, terms, layout }: HeadcountsForm,
  field: (place: Place, label: string) => Field,
): HeadcountsPage['lists'] {
  const { facets } = population;
  if (layout.shape === 'lists') {
    return layout.lists.map(({ facet, places }) => ({
      heading: `By ${facetInWords(facet)}`,
      fields: places.map((place) => field(place, labelOf(terms, facet, place.codes[0]!))),
    }));
  }
  if (layout.shape === 'grid' || layout.places.length === 0) return [];
  const fields = layout.places.map((place) => field(place, codesInWords(terms, facets, place)));
  return [{ heading: `By ${facetsInWords(facets)}`, fields }];
}

function gridOf(
  { facets }: CountedPopulation,
  { rows, columns }: Extract<Layout, { shape: 'grid' }>,
  terms: FacetTerms,
  field: (place: Place, label: string) => Field,
): HeadcountsPage['grid'] {
  const [first, second] = facets as [string, string];
  return {
    corner: nameOf(first),
    columns: columns.map((code) => labelOf(terms, second, code)),
    rows: rows.map((code) => ({
      label: labelOf(terms, first, code),
      fields: columns.map((other) => {
        const place = { facet: '', codes: [code, other] };
        return field(place, codesInWords(terms, facets, place));
      }),
    })),
  };
}

function addedRows(
  { population, terms, texts, newRows }: HeadcountsForm,
  errors: FieldErrors,
): HeadcountsPage['added'] {
  return {
    count: String(newRows),
    rows: Array.from({ length: newRows }, (_, index) => ({
      legend: `New combination ${index + 1}`,
      choices: population.facets.map((facet) => {
        const id = newField(index, facet);
        const chosen = texts[id] ?? '';
        const known = (terms.get(facet) ?? []).map(({ code, label }) => ({ value: code, text: label }));
        return {
          id,
          label: nameOf(facet),
          error: errors[id] ?? null,
          items: [{ value: '', text: 'Select one' }, ...known].map((item) => ({
            ...item,
            selected: item.value === chosen,
          })),
        };
      }),
      headcount: {
        id: newField(index, 'headcount'),
        label: 'Headcount',
        value: texts[newField(index, 'headcount')] ?? '',
        error: errors[newField(index, 'headcount')] ?? null,
      },
    })),
  };
}

/** The form again, where somebody else has changed headcounts that were typed here too. */
export function headcountsConflictPage(form: HeadcountsForm, changes: readonly Meanwhile[]): HeadcountsPage {
  const { population, terms, layout } = form;
  const names = new Map(
    placesIn(layout).map((place) => [fieldOf(place), codesInWords(terms, population.facets, place)]),
  );
  const said = (text: string) => (text === '' ? 'nothing' : inThousands(Number(text)));
  return {
    ...headcountsPage(form),
    meanwhile: changes.map(({ field, was, is }) => ({
      name: names.get(field) ?? field,
      was: said(was),
      is: said(is),
    })),
  };
}

/** What the form of a population is first filled with. */
export function firstSeen({ revision, rows }: CountedPopulation): HeadcountsForm['seen'] {
  return { revision, texts: textsOf(rows) };
}
