import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { type Meanwhile, mergeEdits } from '../platform/form';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import { differenceOf, type Headcount, type HeadcountTable, totalOf } from './headcount';
import { textsOf } from './headcount-fields';
import {
  type CountedPopulation,
  type PopulationDetails,
  populationLimits,
  sameDetails,
  tableOf,
} from './population';
import {
  countPopulationsLocked,
  insertPopulation,
  lockPopulation,
  replaceHeadcounts,
  setRetired,
  updatePopulation,
} from './populations.queries';

/** Makes a population, in the caller's transaction. Gives its id. */
export async function createPopulation(
  trx: Database,
  actor: Actor,
  projectId: string,
  { details, table }: { details: PopulationDetails; table: HeadcountTable },
  now: Date,
): Promise<string> {
  if ((await countPopulationsLocked(trx, projectId)) >= populationLimits.populations) {
    throw conflict(
      'There are too many populations',
      `A project can have ${populationLimits.populations} populations at most. Change one of those there are.`,
    );
  }
  const madeBy = actor.kind === 'account' ? actor.accountId : null;
  const { kind, facets, rows } = table;
  const id = await insertPopulation(trx, { ...details, projectId, kind, facets, madeBy, madeAt: now });
  await replaceHeadcounts(trx, id, rows);
  await appendAuditEntry(trx, actor, {
    action: 'population created',
    subject: 'population',
    subjectId: id,
    detail: { projectId, kind, facets, cells: rows.length, headcount: totalOf(table) },
  });
  return id;
}

/**
 * Replaces what is said of a population and its headcounts, in the caller's transaction that has locked it. Gives how many
 * headcounts changed; where nothing at all is another, nothing is written.
 */
export async function replacePopulation(
  trx: Database,
  actor: Actor,
  population: CountedPopulation,
  { details, table }: { details: PopulationDetails; table: HeadcountTable },
): Promise<number> {
  const before = tableOf(population);
  const changed = differenceOf(before, table).length;
  if (changed === 0 && sameDetails(population, details)) return 0;
  await updatePopulation(trx, population.id, { ...details, kind: table.kind, facets: table.facets });
  if (changed > 0) await replaceHeadcounts(trx, population.id, table.rows);
  await appendAuditEntry(trx, actor, {
    action: 'population changed',
    subject: 'population',
    subjectId: population.id,
    detail: { headcounts: changed, before: totalOf(before), after: totalOf(table) },
  });
  return changed;
}

/** What somebody else saved while one was typing: the population now, the texts brought together, and what changed. */
export interface PopulationConflict {
  now: CountedPopulation;
  fields: Record<string, string>;
  changes: Meanwhile[];
}

/** A form as it comes back: what it was filled with, and at which revision. */
export interface Seen {
  revision: number;
  texts: Readonly<Record<string, string>>;
}

/** Changes title, source and date. Where somebody else changed them since, nothing is written and the conflict given back. */
export async function changeDetails(
  { db }: Services,
  actor: Actor,
  populationId: string,
  seen: Seen,
  details: PopulationDetails,
): Promise<PopulationConflict | undefined> {
  return db.transaction(async (trx) => {
    const now = await lockPopulation(trx, populationId);
    const { title, source, countedOn } = now;
    const current = { title, source, countedOn };
    const merged = mergeEdits(now.revision === seen.revision ? current : seen.texts, { ...details }, current);
    if (merged.changes.length > 0) return { now, ...merged };
    const { fields } = merged;
    const wished = { title: fields.title!, source: fields.source!, countedOn: fields.countedOn! };
    await replacePopulation(trx, actor, now, { details: wished, table: tableOf(now) });
    return undefined;
  });
}

/**
 * Sets a population's headcounts as typed. Where somebody else changed some of them since, nothing is written and the
 * conflict given back, with headcounts that only they touched as they left them. Gives how many changed.
 */
export async function changeHeadcounts(
  { db }: Services,
  actor: Actor,
  populationId: string,
  seen: Seen,
  typed: readonly Headcount[],
): Promise<{ conflict: PopulationConflict } | { changed: number }> {
  return db.transaction(async (trx) => {
    const now = await lockPopulation(trx, populationId);
    const current = textsOf(now.rows);
    const was = now.revision === seen.revision ? current : seen.texts;
    const merged = mergeEdits(was, textsOf(typed), current);
    if (merged.changes.length > 0) return { conflict: { now, ...merged } };
    const table = { ...tableOf(now), rows: [...typed] };
    return { changed: await replacePopulation(trx, actor, now, { details: now, table }) };
  });
}

/** Retires a population, or brings it back. Nothing is deleted; done twice it changes nothing. */
export async function retirePopulation(
  { db, clock }: Services,
  actor: Actor,
  populationId: string,
  retired: boolean,
): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await setRetired(trx, populationId, retired ? clock.now() : null))) return;
    await appendAuditEntry(trx, actor, {
      action: retired ? 'population retired' : 'population restored',
      subject: 'population',
      subjectId: populationId,
    });
  });
}
