import { operator } from '../../src/audit/actor';
import type { HeadcountTable } from '../../src/populations/headcount';
import type { PopulationDetails } from '../../src/populations/population';
import { createPopulation } from '../../src/populations/populations.commands';
import { createProject } from '../../src/projects/projects.commands';
import type { World } from '../support/world';

export const details: PopulationDetails = {
  title: 'Staff in spring',
  source: 'Electronic staff record',
  countedOn: '2026-03-31',
};

/** As its form sends them. */
export const typedDetails = {
  ...{ title: 'Staff in spring', source: 'Electronic staff record' },
  ...{ 'countedOn-day': '31', 'countedOn-month': '3', 'countedOn-year': '2026' },
};

/** 30 midwives and 60 nurses on wards, 10 midwives in GP practices. */
export const joint: HeadcountTable = {
  kind: 'joint',
  facets: ['profession', 'setting'],
  rows: [
    { facet: '', codes: ['midwife', 'acute_ward'], headcount: 30 },
    { facet: '', codes: ['midwife', 'gp_practice'], headcount: 10 },
    { facet: '', codes: ['rn_adult', 'acute_ward'], headcount: 60 },
  ],
};

export const margins: HeadcountTable = {
  kind: 'margins',
  facets: ['profession', 'employment'],
  rows: [
    { facet: 'profession', codes: ['midwife'], headcount: 100 },
    { facet: 'employment', codes: ['agency'], headcount: 20 },
    { facet: 'employment', codes: ['bank'], headcount: 80 },
  ],
};

export async function makeProject({ db }: World): Promise<string> {
  return db.transaction((trx) => createProject(trx, operator, { name: 'Wards', purpose: '' }, undefined));
}

/** A population of a project. Gives its id. */
export async function makePopulation(
  { services, db }: World,
  projectId: string,
  table: HeadcountTable = joint,
  change: Partial<PopulationDetails> = {},
): Promise<string> {
  const population = { details: { ...details, ...change }, table };
  return db.transaction((trx) =>
    createPopulation(trx, operator, projectId, population, services.clock.now()),
  );
}

/** Has a project use only these terms of a vocabulary. */
export async function pickTerms(
  { db }: World,
  projectId: string,
  vocabulary: string,
  picked: string[],
): Promise<void> {
  await db('project_vocabularies').insert({ project_id: projectId, vocabulary, picked });
}
