import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import type { Definition, ElementDefinition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { getQuestionnaire } from '../../src/questionnaires/questionnaires.queries';
import { smallFramework } from '../support/make';
import type { World } from '../support/world';

/** Two pages: two questions, of which the second page's only question looks at the first; and a pair of matrices. */
export const small: Definition = {
  title: 'How do you listen?',
  scale: [0, 1, 2, 3].map((level) => ({ level, label: `Level ${level}`, descriptor: '' })),
  pages: [
    {
      name: 'first',
      title: 'First page',
      elements: [
        {
          type: 'radiogroup',
          name: 'work',
          title: 'Where do you work?',
          choices: ['ward', 'home'],
          facet: 'setting',
        },
        { type: 'comment', name: 'why', title: 'Why there?' },
      ],
    },
    {
      name: 'second page',
      title: 'Second page',
      elements: [
        {
          type: 'text',
          name: 'years',
          title: 'For how long?',
          inputType: 'number',
          visibleIf: "{work} = 'ward'",
        },
      ],
    },
    {
      name: 'third',
      title: 'Third page',
      elements: [
        matrix('important', 'How important?'),
        matrix('well', 'How well?', { pairedWith: 'important' }),
        { type: 'html', name: 'end', html: 'That is all.' },
      ],
    },
  ],
};

function matrix(name: string, title: string, change: Partial<ElementDefinition> = {}): ElementDefinition {
  return {
    ...{ type: 'matrix', name, title, columns: [1, 2, 3] },
    rows: [
      { value: 'a', text: 'Hearing' },
      { value: 'b', text: 'Asking' },
    ],
    ...change,
  };
}

/** A questionnaire over the small framework, and somebody who leads its project. */
export async function makeQuestionnaire(world: World, definition: Definition = small) {
  const { db, clock } = world.services;
  const projectId = await createProject(db, operator, { name: 'Listening', purpose: '' }, undefined);
  const questionnaireId = await db.transaction(async (trx) => {
    const frameworkId = await createFramework(trx, operator, projectId, smallFramework());
    await publishFramework(trx, operator, frameworkId, clock.now());
    const { title } = definition;
    return createQuestionnaire(trx, operator, { projectId, frameworkId, title: String(title), definition });
  });
  const lead = await world.signedIn('lead', projectId);
  const read = async () => (await getQuestionnaire(db, questionnaireId)).definition;
  return {
    ...{ projectId, questionnaireId, lead, read },
    address: `/questionnaires/${questionnaireId}`,
    /** Names of the questions, page by page. */
    names: async () => (await read()).pages.map(({ elements }) => elements.map(({ name }) => name)),
    element: async (name: string) =>
      (await read()).pages.flatMap(({ elements }) => elements).find((one) => one.name === name),
  };
}

/** What a form was filled with: the fields of the properties, as a browser would send them. */
export function seenIn({ text }: { text: string }): { seen: string; fields: Record<string, string> } {
  const seen = /name="seen" value="([^"]*)"/
    .exec(text)![1]!
    .replaceAll('&#34;', '"')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return { seen, fields: JSON.parse(seen) };
}

/** The change that the page's Undo or Redo button names. */
export function changeIn({ text }: { text: string }, which: 'Undo' | 'Redo'): string {
  return new RegExp(`name="change" value="([^"]+)">${which}<`).exec(text)![1]!;
}
