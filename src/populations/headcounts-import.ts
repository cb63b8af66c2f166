import { differenceOf, type HeadcountTable, inFacetsOf } from './headcount';
import { type CountedPopulation, type PopulationDetails, populationLimits, tableOf } from './population';

/** What is understood of a file of headcounts. Survives JSON. */
export interface ImportedHeadcounts {
  details: PopulationDetails;
  /** Null where something is wrong with the file. */
  table: HeadcountTable | null;
}

/** What a file's table is to a population there is: with its facets in the same order, where they are the same. */
export function tableInto(population: CountedPopulation, table: HeadcountTable): HeadcountTable {
  return inFacetsOf(table, tableOf(population));
}

/** Whether a population holds these headcounts and no other. */
export function holdsSame(population: CountedPopulation, table: HeadcountTable): boolean {
  const own = tableOf(population);
  const other = tableInto(population, table);
  return (
    own.kind === other.kind &&
    own.facets.join(' ') === other.facets.join(' ') &&
    differenceOf(own, other).length === 0
  );
}

/** The population in use that holds the same headcounts already, from the same source and of the same day. */
export function findSame(
  populations: readonly CountedPopulation[],
  { details, table }: { details: Pick<PopulationDetails, 'source' | 'countedOn'>; table: HeadcountTable },
): CountedPopulation | undefined {
  return populations.find(
    (population) =>
      population.retiredAt === null &&
      population.source === details.source &&
      population.countedOn === details.countedOn &&
      holdsSame(population, table),
  );
}

/** "headcounts_2026.csv" gives "headcounts 2026". */
export function titleFromFileName(fileName: string): string {
  const title = fileName
    .replace(/\.[a-z]{2,5}$/i, '')
    .replace(/[\s_]+/g, ' ')
    .trim();
  return title.slice(0, populationLimits.title) || 'Headcounts';
}
