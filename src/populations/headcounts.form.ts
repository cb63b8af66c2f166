import type { FieldErrors, FormResult } from '../platform/form';
import type { FacetTerms } from './facet-terms';
import { type Headcount, type HeadcountTable, rowKey } from './headcount';
import { fieldOf, type Layout, placesIn } from './headcount-fields';
import { readHeadcount } from './headcount-text';
import { disagreementInWords } from './headcounts-file';
import { facetInWords, populationLimits } from './population';

type Body = Readonly<Record<string, unknown>>;

/** How many rows for new combinations a form has at first, and how many more come with each wish. */
export const newRows = 5;
const mostNewRows = 100;

/** The field of a facet, or of the headcount, in a row for a new combination. */
export function newField(row: number, part: string): string {
  return `new-${row}-${part}`;
}

/** How many rows for new combinations the form had. */
export function readNewRows(body: Body): number {
  const count = Number(body.newRows);
  return Number.isInteger(count) && count >= newRows ? Math.min(count, mostNewRows) : newRows;
}

/** Five more rows for new combinations, up to a hundred. */
export function moreNewRows(count: number): number {
  return Math.min(count + newRows, mostNewRows);
}

export function typedText(body: Body, field: string): string {
  const text = body[field];
  return typeof text === 'string' ? text.trim() : '';
}

/**
 * The headcounts typed in all fields of a layout. An empty field is a combination that nobody is counted in; what the form
 * had no field for stays as it is.
 */
export function readHeadcountFields(
  body: Body,
  table: HeadcountTable,
  layout: Layout,
  terms: FacetTerms,
): FormResult<Headcount[]> {
  const errors: FieldErrors = {};
  const there = new Map(table.rows.map((row) => [rowKey(row), row]));
  const rows = placesIn(layout).flatMap((place): Headcount[] => {
    if (body[fieldOf(place)] === undefined) return [there.get(rowKey(place)) ?? []].flat();
    const text = typedText(body, fieldOf(place));
    if (text === '') return [];
    const read = readHeadcount(text);
    if ('headcount' in read) return [{ ...place, headcount: read.headcount }];
    errors[fieldOf(place)] = read.sentence;
    return [];
  });
  if (layout.shape === 'combinations') {
    const added = readNewCombinations(body, table, terms, errors);
    const taken = new Set(layout.places.map(rowKey));
    for (const { row, index } of added) {
      if (taken.has(rowKey(row))) {
        errors[newField(index, table.facets[0]!)] = 'This combination is there already. Select another';
      }
      taken.add(rowKey(row));
      rows.push(row);
    }
  }
  if (rows.length > populationLimits.rows) {
    errors.form = `There can be ${populationLimits.rows.toLocaleString('en-GB')} headcounts at most`;
  }
  if (Object.keys(errors).length > 0) return { errors };
  const { size, sentence } = disagreementInWords({ ...table, rows });
  return size === 'large' ? { errors: { form: sentence } } : { value: rows };
}

/** The rows for new combinations in which something is typed. */
function readNewCombinations(
  body: Body,
  { facets }: HeadcountTable,
  terms: FacetTerms,
  errors: FieldErrors,
): { row: Headcount; index: number }[] {
  return Array.from({ length: readNewRows(body) }, (_, index) => index).flatMap((index) => {
    const texts = facets.map((facet) => typedText(body, newField(index, facet)));
    const count = typedText(body, newField(index, 'headcount'));
    if (count === '' && texts.every((text) => text === '')) return [];
    const before = Object.keys(errors).length;
    facets.forEach((facet, place) => {
      const known = terms.get(facet)?.some(({ code }) => code === texts[place]);
      if (!known) errors[newField(index, facet)] = `Select the ${facetInWords(facet)}`;
    });
    const read = readHeadcount(count);
    if ('sentence' in read) errors[newField(index, 'headcount')] = read.sentence;
    if (Object.keys(errors).length > before || 'sentence' in read) return [];
    return [{ row: { facet: '', codes: texts, headcount: read.headcount }, index }];
  });
}
