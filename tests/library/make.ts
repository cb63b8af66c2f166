import { operator } from '../../src/audit/actor';
import { keepInLibrary } from '../../src/library/library.commands';
import { createProject } from '../../src/projects/projects.commands';
import { getProject } from '../../src/projects/projects.queries';
import type { Definition, ElementDefinition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { definitionOf, radios, words } from '../questionnaires/definitions';
import type { World } from '../support/world';

/** Two pages: who somebody is, and two matrices that are shown row by row, with a text shown to some. */
export const aboutAndRatings = definitionOf(
  {
    name: 'about',
    title: 'About you',
    description: 'Who answers',
    elements: [
      radios('profession', { title: 'What is your <profession>?', facet: 'profession' }),
      words('years', { title: 'How long have you done this?', description: 'In years' }),
    ],
  },
  {
    name: 'ratings',
    title: 'Your skills',
    visibleIf: "{profession} = 'yes'",
    elements: [
      {
        ...{ type: 'matrix', name: 'now', title: 'How skilled are you?', measure: 'level' },
        columns: [1, 2, 3],
        rows: [{ value: 'hearing', text: 'Hearing', competency: 'A1' }],
      },
      {
        ...{ type: 'matrix', name: 'needed', title: 'How skilled need you be?', measure: 'needed' },
        columns: [1, 2, 3],
        rows: [{ value: 'hearing', text: 'Hearing', competency: 'A1' }],
        pairedWith: 'now',
      },
      words('why', { title: 'Why?', visibleIf: '{profession} notempty and {years} notempty' }),
    ],
  },
);

export interface Place {
  projectId: string;
  questionnaireId: string;
}

/** A project with a draft, of this organisation or the first. */
export async function makeDraft(
  { db }: World,
  definition: Definition = aboutAndRatings,
  organisationId?: string,
): Promise<Place> {
  const project = { name: 'Listening', purpose: '', ...(organisationId ? { organisationId } : {}) };
  const projectId = await createProject(db, operator, project, undefined);
  const questionnaireId = await addDraft(db, projectId, definition);
  return { projectId, questionnaireId };
}

export function addDraft(db: World['db'], projectId: string, definition: Definition): Promise<string> {
  return createQuestionnaire(db, operator, {
    ...{ projectId, frameworkId: null, title: String(definition.title), definition },
  });
}

/** An entry in a project's library. */
export async function makeEntry(
  { db, services }: World,
  projectId: string,
  entry: { title: string; elements?: ElementDefinition[]; tags?: string[]; note?: string; shared?: boolean },
): Promise<string> {
  const { title, elements = [words('why', { title: 'Why?' })], tags = [], note = '', shared = false } = entry;
  const project = await getProject(db, projectId);
  const kind = elements.length > 1 ? ('block' as const) : ('question' as const);
  const { entryId } = await keepInLibrary(services, operator, project, {
    ...{ title, note, tags, kind, shared, content: { elements } },
  });
  return entryId!;
}

export async function definitionIn({ db }: World, questionnaireId: string): Promise<Definition> {
  return (await db('questionnaires').where({ id: questionnaireId }).first('definition')).definition;
}
