import { formatDate } from '../platform/dates';
import { formatDay } from '../platform/days';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { type FacetTerms, labelOf } from './facet-terms';
import { cellsOver, type HeadcountTable, inOrder, marginOf, marginTotals, totalOf } from './headcount';
import { disagreementInWords } from './headcounts-file';
import {
  type CountedPopulation,
  facetInWords,
  facetsInWords,
  inThousands,
  peopleInWords,
  tableOf,
} from './population';
import { populationsCrumb, tagOf } from './populations.page';

export interface PopulationPage extends Page {
  tag: { text: string; classes: string };
  facts: { key: { text: string }; value: { text: string } }[];
  /** What to know before the headcounts are used. */
  notes: string[];
  /** Which two facets to cross, where there are more. */
  crossing: { action: string; rows: Choice[]; columns: Choice[] } | null;
  tables: HeadcountsView[];
  empty: string | null;
  download: string | null;
  actions: {
    edit: string;
    type: string;
    import: string;
    retire: string | null;
    restore: string | null;
  } | null;
}

interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

/** A table of headcounts: words first, then numbers. */
export interface HeadcountsView {
  id: string;
  heading: string;
  labels: string[];
  numbers: string[];
  rows: { labels: string[]; numbers: string[] }[];
  total: { label: string; numbers: string[] };
  more: string | null;
}

/** More combinations are left to the file. */
const mostRows = 500;

export function crumbsTo(project: Project, population: CountedPopulation): Crumb[] {
  return breadcrumbsIn(project, populationsCrumb(project.id), {
    href: `/populations/${population.id}`,
    text: population.title,
  });
}

export interface PopulationFacts {
  project: Project;
  population: CountedPopulation;
  terms: FacetTerms;
  /** The id of the project's population. */
  projectsOwn: string | undefined;
  /** The organisation whose own headcounts they are. */
  organisation: string | null;
  mayChange: boolean;
}

/** One population: where it comes from, and its headcounts with their totals. */
export function populationPage(
  facts: PopulationFacts,
  query: Readonly<Record<string, unknown>>,
): PopulationPage {
  const { project, population, terms, projectsOwn, organisation, mayChange } = facts;
  const table = inVocabularyOrder(tableOf(population), terms);
  const address = `/populations/${population.id}`;
  const [row, column] = crossed(population.facets, query);
  const { retiredAt } = population;
  return {
    title: population.title,
    section: project.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, populationsCrumb(project.id)),
    tag: tagOf({ ...population, organisation }, population.rows.length, projectsOwn),
    facts: factsOf(population, table),
    notes: notesOn(table),
    crossing:
      table.kind === 'joint' && table.facets.length > 2 && table.rows.length > 0
        ? { action: address, rows: choices(table.facets, row!), columns: choices(table.facets, column!) }
        : null,
    tables: table.rows.length === 0 ? [] : viewsOf(table, terms, row!, column),
    empty: table.rows.length > 0 ? null : emptyInWords(mayChange),
    download: table.rows.length > 0 ? `${address}/headcounts.csv` : null,
    actions: mayChange
      ? {
          edit: `${address}/edit`,
          type: `${address}/headcounts`,
          import: `${address}/imports`,
          retire: retiredAt ? null : `${address}/retirement`,
          restore: retiredAt ? `${address}/restoration` : null,
        }
      : null,
  };
}

export function inVocabularyOrder(table: HeadcountTable, terms: FacetTerms): HeadcountTable {
  return inOrder(table, new Map([...terms].map(([facet, own]) => [facet, own.map(({ code }) => code)])));
}

function factsOf(population: CountedPopulation, table: HeadcountTable): PopulationPage['facts'] {
  const how =
    table.kind === 'joint'
      ? `Every combination of ${facetsInWords(table.facets)}`
      : `Each apart: ${facetsInWords(table.facets)}`;
  const facts: [string, string][] = [
    ['Source', population.source],
    ['Counted on', formatDay(population.countedOn)],
    ['Counted by', table.facets.length === 1 ? facetsInWords(table.facets) : how],
    ['Staff in all', peopleInWords(totalOf(table))],
  ];
  if (population.retiredAt) facts.push(['Retired on', formatDate(population.retiredAt)]);
  return facts.map(([key, text]) => ({ key: { text: key }, value: { text } }));
}

function notesOn(table: HeadcountTable): string[] {
  if (table.kind === 'joint' || table.facets.length === 1) return [];
  const { sentence } = disagreementInWords(table);
  const counted = new Set(marginTotals(table).map(({ facet }) => facet));
  const missing = table.facets.filter((facet) => !counted.has(facet));
  return [
    'Each facet was counted for itself. Where a number is needed for a combination, it is estimated as if the facets had nothing to do with each other.',
    ...(sentence ? [sentence] : []),
    ...(missing.length > 0 && counted.size > 0
      ? [`Nothing is counted yet by ${facetsInWords(missing)}.`]
      : []),
  ];
}

function emptyInWords(mayChange: boolean): string {
  return mayChange
    ? 'There are no headcounts yet. Type them in, or import a file. Until then this population counts for nothing.'
    : 'There are no headcounts yet.';
}

/** The two facets in the address; profession and setting without, or the first two. */
function crossed(
  facets: readonly string[],
  query: Readonly<Record<string, unknown>>,
): [string, string | undefined] {
  const usual = ['profession', 'setting'].every((facet) => facets.includes(facet))
    ? ['profession', 'setting']
    : facets;
  const row = facets.find((facet) => facet === query.rows) ?? usual[0]!;
  const column =
    facets.find((facet) => facet === query.columns && facet !== row) ??
    [...usual, ...facets].find((facet) => facet !== row);
  return [row, column];
}

function choices(facets: readonly string[], chosen: string): Choice[] {
  return facets.map((facet) => ({ value: facet, text: nameOf(facet), selected: facet === chosen }));
}

export function nameOf(facet: string): string {
  return facetNames[facet] ?? facet;
}

function viewsOf(
  table: HeadcountTable,
  terms: FacetTerms,
  row: string,
  column: string | undefined,
): HeadcountsView[] {
  if (table.kind === 'margins' || column === undefined) {
    return marginTotals(table).map(({ facet }) => marginView(table, terms, facet));
  }
  const grid = gridView(table, terms, row, column);
  return table.facets.length > 2 ? [grid, combinationsView(table, terms)] : [grid];
}

function marginView(table: HeadcountTable, terms: FacetTerms, facet: string): HeadcountsView {
  const margin = marginOf(table, facet)!;
  const total = [...margin.values()].reduce((sum, headcount) => sum + headcount, 0);
  return {
    id: `by-${facet}`,
    heading: `By ${facetInWords(facet)}`,
    labels: [nameOf(facet)],
    numbers: ['Headcount'],
    rows: [...margin].map(([code, headcount]) => ({
      labels: [labelOf(terms, facet, code)],
      numbers: [inThousands(headcount)],
    })),
    total: { label: 'All', numbers: [inThousands(total)] },
    more: null,
  };
}

/** Two facets crossed. An empty cell is a combination nobody was counted in; 0 is one where it was said that nobody is. */
function gridView(table: HeadcountTable, terms: FacetTerms, row: string, column: string): HeadcountsView {
  const { cells } = cellsOver(table, [row, column])!;
  const byPlace = new Map(cells.map(({ codes, headcount }) => [codes.join(' '), headcount]));
  const inTheirOrder = (facet: string) => {
    const used = [...marginOf(table, facet)!.keys()];
    const order = (terms.get(facet) ?? []).map(({ code }) => code);
    return [...order.filter((code) => used.includes(code)), ...used.filter((code) => !order.includes(code))];
  };
  const [rowTotals, columnTotals] = [marginOf(table, row)!, marginOf(table, column)!];
  const columns = inTheirOrder(column);
  return {
    id: 'grid',
    heading: `By ${facetInWords(row)} and ${facetInWords(column)}`,
    labels: [nameOf(row)],
    numbers: [...columns.map((code) => labelOf(terms, column, code)), 'All'],
    rows: inTheirOrder(row).map((code) => ({
      labels: [labelOf(terms, row, code)],
      numbers: [
        ...columns.map((other) => {
          const headcount = byPlace.get(`${code} ${other}`);
          return headcount === undefined ? '' : inThousands(headcount);
        }),
        inThousands(rowTotals.get(code)!),
      ],
    })),
    total: {
      label: 'All',
      numbers: [...columns.map((code) => inThousands(columnTotals.get(code)!)), inThousands(totalOf(table))],
    },
    more: null,
  };
}

function combinationsView(table: HeadcountTable, terms: FacetTerms): HeadcountsView {
  const more = table.rows.length - mostRows;
  return {
    id: 'combinations',
    heading: `By ${facetsInWords(table.facets)}`,
    labels: table.facets.map(nameOf),
    numbers: ['Headcount'],
    rows: table.rows.slice(0, mostRows).map(({ codes, headcount }) => ({
      labels: codes.map((code, index) => labelOf(terms, table.facets[index]!, code)),
      numbers: [inThousands(headcount)],
    })),
    total: { label: 'All', numbers: [inThousands(totalOf(table))] },
    more: more > 0 ? `And ${inThousands(more)} more combinations, which the CSV file holds.` : null,
  };
}

export interface RetirementPage extends Page {
  sentences: string[];
  action: string;
  cancel: string;
}

/** Asks before a population is retired. */
export function retirementPage(
  project: Project,
  population: CountedPopulation,
  next: CountedPopulation | undefined,
): RetirementPage {
  return {
    title: `Retire ${population.title}?`,
    section: project.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, population),
    sentences: [
      'Its headcounts are kept, and it can be brought back. Nothing is worked out from it any more.',
      next
        ? `The project’s population is then “${next.title}”, counted on ${formatDay(next.countedOn)}.`
        : 'The project then has no population to work from.',
    ],
    action: `/populations/${population.id}/retirement`,
    cancel: `/populations/${population.id}`,
  };
}
