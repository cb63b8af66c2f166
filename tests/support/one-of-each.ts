import { randomUUID } from 'node:crypto';
import { getQuestionnaire, getVersion } from '../../src/questionnaires/questionnaires.queries';
import { makeContact, makeLink } from '../contacts/make';
import { makeEntry } from '../library/make';
import { makePopulation } from '../populations/make';
import { makeReport } from '../recommendations/make';
import { course, makeOffer } from '../training/make';
import type { World } from './world';

/** Something at every kind of address, all of one project. */
export interface OneOfEach {
  projectId: string;
  /** The address of a route with the ids of these things, and of nothing where there is none of its kind. */
  addressOf(pattern: string): string;
}

/** A project with one of each noun that has a page. */
export async function makeOneOfEach(world: World): Promise<OneOfEach> {
  const { db } = world;
  const { survey, id: reportId } = await makeReport(world);
  const { projectId } = survey;
  const { questionnaireId } = await getVersion(db, survey.versionId);
  const { definition, frameworkId } = await getQuestionnaire(db, questionnaireId);
  const place = { projectId, frameworkId: frameworkId!, lineage: {} };
  const { organisation_id: organisationId } = await db('projects').where({ id: projectId }).first();
  const nouns: Record<string, string> = {
    projects: projectId,
    frameworks: frameworkId!,
    questionnaires: questionnaireId,
    surveys: survey.id,
    reports: reportId,
    populations: await makePopulation(world, projectId),
    library: await makeEntry(world, projectId, { title: 'Why?' }),
    training: await makeOffer(world, place, course),
    imports: await stageFramework(world, projectId),
    organisations: organisationId,
  };
  const parts: Record<string, string> = {
    contact: await makeContact(db, survey),
    link: await makeLink(db, survey),
    page: definition.pages.at(-1)!.name,
    ...{ question: 'A1', place: 'A1', language: 'en', number: '1', kind: 'invitation', name: 'profession' },
    ...{ code: 'rn_adult', revision: '1' },
    change: (await db('training_changes').first('id')).id,
  };
  return {
    projectId,
    addressOf: (pattern) =>
      pattern
        .replace(/^\/(\w+)\/:id\b/, (whole, noun) => (nouns[noun] ? `/${noun}/${nouns[noun]}` : whole))
        .replace('/charts/:name', '/charts/largest-gaps')
        .replace('/changes/:id', '/changes/:change')
        .replace(/:(\w+)/g, (_, part) => encodeURIComponent(parts[part] ?? randomUUID())),
  };
}

/** A file of a framework that waits to be imported. Gives the import's id. */
async function stageFramework(world: World, projectId: string): Promise<string> {
  const lead = await world.signedIn('lead', projectId);
  await lead.get(`/projects/${projectId}/frameworks/imports`);
  const file = { name: 'matrix.csv', bytes: 'domain,competency,title,*|*\nA,A1,Listening,3\n' };
  await lead
    .upload(`/projects/${projectId}/frameworks/imports`, { title: 'Listening', scale: '0-4' }, file)
    .expect(303);
  return (await world.db('staged_imports').first('id')).id;
}
