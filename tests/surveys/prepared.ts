import { operator } from '../../src/audit/actor';
import type { GenerationOptions } from '../../src/questionnaires/generation';
import {
  generateQuestionnaire,
  publishQuestionnaire,
} from '../../src/questionnaires/questionnaires.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { listTerms } from '../../src/vocabularies/vocabularies.queries';
import { termsByCode } from '../../src/vocabularies/vocabulary';
import { makeFramework } from '../questionnaires/frameworks';
import type { Browser } from '../support/browser';
import { professions, settings } from '../support/make';
import type { World } from '../support/world';

/** A questionnaire that asks for profession and setting, published unless told otherwise, and a lead of its project. */
export async function makeQuestionnaire(world: World, { publish = true } = {}) {
  const { db, clock } = world.services;
  const { projectId, frameworkId } = await makeFramework(world);
  const known = termsByCode(await listTerms(db, ['profession', 'setting']));
  const of = (facet: string, codes: string[]) => ({ facet, terms: codes.map((code) => known.get(code)!) });
  const options: GenerationOptions = {
    ...{ title: 'How do you listen?', introduction: [], thanks: '' },
    facets: [of('profession', professions), of('setting', settings)],
  };
  const id = await generateQuestionnaire(db, operator, frameworkId, options);
  if (publish) await publishQuestionnaire(db, operator, id, clock.now());
  const lead = await world.signedIn('lead', projectId);
  return { projectId, id, address: `/questionnaires/${id}`, lead };
}

/** A survey that is being prepared, begun by a lead on its page. */
export async function prepare(world: World, fields: Record<string, string> = {}) {
  const made = await makeQuestionnaire(world);
  await made.lead.get(`${made.address}/surveys/new`);
  const typed = { name: 'Spring', code: 'SPRING26', promise: 'anonymous', ...fields };
  await made.lead.post(`${made.address}/surveys`, typed).expect(303);
  const { id } = await world.db('surveys').where({ code: typed.code }).first('id');
  return { ...made, surveyId: id as string, survey: () => getSurvey(world.db, id) };
}

/** What a form of a page holds: every field with its value, boxes and circles where they are chosen. */
export function fieldsOfForm(html: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  const attribute = (tag: string, name: string) =>
    decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type');
    if (name === '' || name === '_csrf') continue;
    if (type === 'checkbox' && / checked/.test(tag)) {
      fields[name] = [...[fields[name] ?? []].flat(), attribute(tag, 'value')];
    }
    if (type === 'radio' && / checked/.test(tag)) fields[name] = attribute(tag, 'value');
    if (type !== 'checkbox' && type !== 'radio') fields[name] = attribute(tag, 'value');
  }
  for (const [, name, options] of html.matchAll(
    /<select\b[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const chosen = /<option\b[^>]*\sselected[^>]*>/.exec(options!)?.[0];
    fields[name!] = chosen ? attribute(chosen, 'value') : '';
  }
  return fields;
}

function decoded(text: string): string {
  return text
    .replaceAll('&#34;', '"')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** Says in the notice of a survey whom people can ask. */
export async function completeNotice(lead: Browser, surveyId: string): Promise<void> {
  const address = `/surveys/${surveyId}/notice`;
  const page = await lead.get(address);
  const texts = Object.fromEntries(
    [...page.text.matchAll(/<textarea\b[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g)].map(
      ([, name, text]) => [name!, decoded(text!)],
    ),
  );
  const fields = {
    ...fieldsOfForm(page.text),
    ...texts,
    controller: 'Vale Trust',
    contactEmail: 'ask@example.org',
  };
  await lead.post(address, fields).expect(303);
}
