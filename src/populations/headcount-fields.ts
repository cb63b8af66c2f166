import type { FacetTerms } from './facet-terms';
import type { Headcount, HeadcountTable } from './headcount';
import { populationLimits } from './population';

/** A combination that a form has a field for. */
export type Place = Pick<Headcount, 'facet' | 'codes'>;

/** How a form lays a table out: one or two facets, each facet for itself, or the combinations there are and new ones. */
export type Layout =
  | { shape: 'lists'; lists: { facet: string; places: Place[] }[] }
  | { shape: 'grid'; rows: string[]; columns: string[] }
  | { shape: 'combinations'; places: Place[] };

/** The field that holds a headcount. */
export function fieldOf(place: Place): string {
  return `count-${place.facet}-${place.codes.join('-')}`;
}

/** The headcounts as their form is filled with them. */
export function textsOf(rows: readonly Headcount[]): Record<string, string> {
  return Object.fromEntries(rows.map((row) => [fieldOf(row), String(row.headcount)]));
}

/** A grid of two facets where it is small enough to be looked through; `terms` hold the codes in use too. */
export function layoutOf({ kind, facets, rows }: HeadcountTable, terms: FacetTerms): Layout {
  const codesOf = (facet: string) => (terms.get(facet) ?? []).map(({ code }) => code);
  const placesOf = (facet: string, field: string): Place[] =>
    codesOf(facet).map((code) => ({ facet: field, codes: [code] }));
  if (kind === 'margins') {
    return { shape: 'lists', lists: facets.map((facet) => ({ facet, places: placesOf(facet, facet) })) };
  }
  if (facets.length === 1) {
    return { shape: 'lists', lists: [{ facet: facets[0]!, places: placesOf(facets[0]!, '') }] };
  }
  const [first, second] = [codesOf(facets[0]!), codesOf(facets[1]!)];
  if (facets.length === 2 && first.length * second.length <= populationLimits.fields) {
    return { shape: 'grid', rows: first, columns: second };
  }
  return { shape: 'combinations', places: rows.map(({ facet, codes }) => ({ facet, codes })) };
}

/** Every combination a layout has a field for. */
export function placesIn(layout: Layout): Place[] {
  if (layout.shape === 'lists') return layout.lists.flatMap(({ places }) => places);
  if (layout.shape === 'combinations') return layout.places;
  return layout.rows.flatMap((row) => layout.columns.map((column) => ({ facet: '', codes: [row, column] })));
}

/** The combinations whose fields a form brought, also those that somebody else has taken out meanwhile. */
export function placesNamed(
  fields: readonly string[],
  { kind, facets }: HeadcountTable,
  terms: FacetTerms,
): Place[] {
  if (kind === 'margins') return [];
  return fields.flatMap((field): Place[] => {
    const [prefix, facet, ...codes] = field.split('-');
    const isKnown =
      prefix === 'count' &&
      facet === '' &&
      codes.length === facets.length &&
      codes.every((code, index) => terms.get(facets[index]!)?.some((term) => term.code === code));
    return isKnown ? [{ facet, codes }] : [];
  });
}
