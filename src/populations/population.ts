import { facetNames } from '../vocabularies/vocabulary';
import type { Headcount, HeadcountKind, HeadcountTable } from './headcount';

/** How many staff there are, by some facets: counted by somebody, on a day. */
export interface Population {
  id: string;
  projectId: string;
  title: string;
  /** Where the headcounts come from. */
  source: string;
  /** The day they are true of: "2026-03-31". */
  countedOn: string;
  kind: HeadcountKind;
  facets: string[];
  revision: number;
  madeAt: Date;
  retiredAt: Date | null;
}

/** What is typed about a population besides its headcounts. */
export type PopulationDetails = Pick<Population, 'title' | 'source' | 'countedOn'>;

/** A population with what was counted. */
export interface CountedPopulation extends Population {
  rows: Headcount[];
}

export const populationLimits = {
  title: 200,
  source: 500,
  headcount: 10_000_000,
  rows: 5000,
  populations: 200,
  /** Larger ones are changed by a file. */
  fields: 1000,
};

/** The facets staff can be counted by, in the order they are offered. */
export const populationFacets: readonly string[] = Object.keys(facetNames);

export function tableOf({ kind, facets, rows }: CountedPopulation): HeadcountTable {
  return { kind, facets, rows };
}

/** "profession", "Agenda for Change band": a facet in the middle of a sentence. */
export function facetInWords(facet: string): string {
  const name = facetNames[facet] ?? facet;
  return facet === 'band' ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

const list = new Intl.ListFormat('en-GB');

/** "profession, setting and sector". */
export function facetsInWords(facets: readonly string[]): string {
  return list.format(facets.map(facetInWords));
}

/** "1,200": a headcount, or what is expected of one, as it is shown. */
export function inThousands(headcount: number): string {
  return Math.round(headcount).toLocaleString('en-GB');
}

/** "1 person", "1,200 people". */
export function peopleInWords(headcount: number): string {
  return `${inThousands(headcount)} ${Math.round(headcount) === 1 ? 'person' : 'people'}`;
}

export function sameDetails(one: PopulationDetails, other: PopulationDetails): boolean {
  return one.title === other.title && one.source === other.source && one.countedOn === other.countedOn;
}
