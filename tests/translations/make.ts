import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import type { Definition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { getQuestionnaire } from '../../src/questionnaires/questionnaires.queries';
import { fieldOf as idOf } from '../../src/translations/sent';
import { textsOf } from '../../src/translations/translatable';
import type { Browser } from '../support/browser';
import type { World } from '../support/world';

export const skills: Definition = {
  title: 'Skills',
  scale: [
    { level: 0, label: 'Not yet', descriptor: 'I cannot do it.' },
    { level: 1, label: 'Alone', descriptor: 'I can do it.' },
  ],
  pages: [
    {
      name: 'about',
      title: 'About you',
      elements: [
        { type: 'radiogroup', name: 'setting', title: 'Where do you work?', choices: ['ward', 'home'] },
      ],
    },
    {
      name: 'listening',
      title: 'Listening',
      elements: ['A1', 'A2'].map((name) => ({
        type: 'radiogroup',
        name,
        title: `How well do you do ${name}?`,
        choices: [
          { value: 0, text: 'Not yet' },
          { value: 1, text: 'Alone' },
        ],
      })),
    },
  ],
};

export interface Place {
  projectId: string;
  questionnaireId: string;
  address: string;
  welsh: string;
  lead: Browser & { accountId: string };
}

/** A questionnaire in English, and somebody who leads its project. */
export async function makePlace(world: World, definition: Definition = skills): Promise<Place> {
  const projectId = await createProject(world.db, operator, { name: 'Skills', purpose: '' }, undefined);
  const questionnaireId = await createQuestionnaire(world.db, operator, {
    ...{ projectId, frameworkId: null, title: 'Skills', definition },
  });
  const lead = await world.signedIn('lead', projectId);
  const address = `/questionnaires/${questionnaireId}/translations`;
  return { projectId, questionnaireId, address, welsh: `${address}/cy`, lead };
}

/** The same with Welsh added, and some texts translated. */
export async function makeWelsh(
  world: World,
  typed: Record<string, string> = {},
  definition: Definition = skills,
): Promise<Place> {
  const place = await makePlace(world, definition);
  await place.lead.get(place.address);
  await place.lead.submit(place.address, { language: 'cy' });
  if (Object.keys(typed).length > 0) await type(place, typed);
  return place;
}

export async function definitionIn({ db }: World, { questionnaireId }: Place): Promise<Definition> {
  return (await getQuestionnaire(db, questionnaireId)).definition;
}

/** What is said in Welsh, by key. */
export async function saidIn(world: World, place: Place): Promise<Record<string, string>> {
  const texts = textsOf(await definitionIn(world, place));
  return Object.fromEntries(texts.flatMap(({ key, in: { cy } }) => (cy ? [[key, cy]] : [])));
}

/** The hidden field that brings back what the page showed. */
export function seenOn(page: { text: string }): string {
  const [, seen] = /name="seen" value="([^"]*)"/.exec(page.text)!;
  return seen!.replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

export const fieldsOf = (typed: Record<string, string>) =>
  Object.fromEntries(Object.entries(typed).map(([key, words]) => [idOf(key), words]));

/** Opens the table, types these texts and saves. */
export async function type(
  { lead, welsh }: Place,
  typed: Record<string, string>,
  { query = '', ...more }: { query?: string; each?: string; fits?: string } = {},
) {
  const page = await lead.get(`${welsh}${query}`);
  return lead.submit(`${welsh}${query}`, { seen: seenOn(page), ...fieldsOf(typed), ...more });
}

/** A page's words without its markup. */
export function sentence({ text }: { text: string }): string {
  return text
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('&#34;', '"');
}
