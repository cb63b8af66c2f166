import type { Actor } from '../audit/actor';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { StagedImport } from '../staging/staged-import';
import type { HeadcountTable } from './headcount';
import { findSame, holdsSame, type ImportedHeadcounts, tableInto } from './headcounts-import';
import type { PopulationDetails } from './population';
import { createPopulation, replacePopulation } from './populations.commands';
import { findPopulation, listCountedOn, lockPopulation } from './populations.queries';

/**
 * Makes a population of a file, or replaces one's headcounts, in the transaction that marks the import applied. Null, having
 * changed nothing, where the population is no longer as it was `seen`. Gives what became of which population.
 */
export async function applyHeadcountsImport(
  trx: Database,
  actor: Actor,
  { projectId, subjectId, understood }: StagedImport<ImportedHeadcounts>,
  { seen, now }: { seen: string; now: Date },
): Promise<{ populationId: string; changed: number | 'all' } | null> {
  const { details, table } = understood;
  if (!table) throw conflict('This import has errors', 'Correct them in the file, then import it again.');
  if (subjectId === null) {
    const same = findSame(await listCountedOn(trx, projectId, details.countedOn), { details, table });
    if (same)
      throw conflict('These headcounts are there already', `The population “${same.title}” holds them.`);
    const populationId = await createPopulation(trx, actor, projectId, { details, table }, now);
    return { populationId, changed: 'all' };
  }
  const population = await lockPopulation(trx, subjectId);
  if (String(population.revision) !== seen) return null;
  const changed = await replacePopulation(trx, actor, population, {
    details,
    table: tableInto(population, table),
  });
  return { populationId: population.id, changed };
}

/** What is said of headcounts at the command line; the day they were counted on only where it is known. */
export type GivenDetails = Omit<PopulationDetails, 'countedOn'> & { countedOn: string | null };

/**
 * Adds a population of a table to a project, in the caller's transaction; without a day, it is of `today`. The same table
 * from the same source changes nothing: then it gives the population that holds it.
 */
export async function importPopulation(
  trx: Database,
  actor: Actor,
  projectId: string,
  { details, table }: { details: GivenDetails; table: HeadcountTable },
  { today, now }: { today: string; now: Date },
): Promise<{ id: string; changed: boolean }> {
  const { countedOn, source } = details;
  const current = await findPopulation(trx, projectId);
  const isCurrent = current && countedOn === null && current.source === source && holdsSame(current, table);
  const dated = { ...details, countedOn: countedOn ?? today };
  const same = isCurrent
    ? current
    : findSame(await listCountedOn(trx, projectId, dated.countedOn), { details: dated, table });
  if (same) return { id: same.id, changed: false };
  return { id: await createPopulation(trx, actor, projectId, { details: dated, table }, now), changed: true };
}
