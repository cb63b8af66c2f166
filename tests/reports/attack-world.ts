import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import {
  generateQuestionnaire,
  publishQuestionnaire,
} from '../../src/questionnaires/questionnaires.commands';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { readResponses } from '../../src/responses/responses-file.form';
import type { Survey } from '../../src/surveys/survey';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { writeWords } from '../../src/vocabularies/project-terms.queries';
import { listTerms } from '../../src/vocabularies/vocabularies.queries';
import type { Term } from '../../src/vocabularies/vocabulary';
import { smallFramework, storeFile } from '../support/make';
import type { World } from '../support/world';
import type { AttackedItem, Person } from './attacker';
import { chance } from './make';

// Surveys to be attacked: answered by people of whom the tester knows everything.

export interface AttackWish {
  /** How many categories each dimension has. */
  dimensions: Record<string, number>;
  promise?: Survey['promise'];
}

export interface Attacked {
  survey: Survey;
  /** The codes of each dimension. */
  codes: Record<string, string[]>;
  people: Person[];
  items: AttackedItem[];
}

const values = [0, 1, 2, 3, 4];
const names = ['A1', 'A2', 'B1'];
let made = 0;

/** An open survey without answers: everybody needs 3 of A1, the first profession 4 and the others 2 of A2, and only two professions anything of B1. */
export async function makeAttacked({ services, db }: World, wish: AttackWish): Promise<Attacked> {
  made += 1;
  const { dimensions } = wish;
  const now = services.clock.now();
  const codes: Record<string, string[]> = {};
  const surveyId = await db.transaction(async (trx) => {
    const project = { name: `Attacked ${made}`, purpose: '' };
    const projectId = await createProject(trx, operator, project, undefined);
    const shipped = await listTerms(trx, Object.keys(dimensions));
    const facets: { facet: string; terms: Term[] }[] = [];
    for (const [facet, count] of Object.entries(dimensions)) {
      const terms = shipped.filter(({ vocabulary }) => vocabulary === facet).slice(0, count);
      while (terms.length < count) {
        const term = {
          vocabulary: facet,
          code: `own_${terms.length}`,
          label: `${facet} ${terms.length}`,
          tier: null,
        };
        await writeWords(trx, projectId, term, {
          label: term.label,
          tier: null,
          staffGroup: null,
          parent: null,
        });
        terms.push(term);
      }
      facets.push({ facet, terms });
      codes[facet] = terms.map(({ code }) => code);
    }
    const [first, second, third] = codes.profession!;
    const framework = smallFramework({
      requiredLevels: [
        { competency: 'A1', level: 3 },
        { competency: 'A2', level: 2 },
        { competency: 'A2', profession: first!, level: 4 },
        { competency: 'B1', profession: second!, level: 2 },
        { competency: 'B1', profession: third!, level: 3 },
      ],
    });
    const frameworkId = await createFramework(trx, operator, projectId, framework);
    await publishFramework(trx, operator, frameworkId, now);
    const questionnaireId = await generateQuestionnaire(trx, operator, frameworkId, {
      ...{
        title: 'How do you listen?',
        introduction: ['We ask how you listen.'],
        thanks: 'Thank you.',
        facets,
      },
    });
    const versionId = await publishQuestionnaire(trx, operator, questionnaireId, now);
    const opening = {
      ...{ versionId, code: `ATTACK${made}`, name: `Attacked ${made}`, threshold: 11 },
      ...{ promise: wish.promise ?? ('anonymous' as const), dimensions: Object.keys(dimensions) },
    };
    return openSurvey(trx, operator, opening, now);
  });
  const [first, second, third] = codes.profession!;
  const at = Object.keys(dimensions).indexOf('profession');
  const items: AttackedItem[] = [
    { values, required: () => 3 },
    { values, required: (categories) => (categories[at] === first ? 4 : 2) },
    {
      values,
      required: (categories) => (categories[at] === second ? 2 : categories[at] === third ? 3 : null),
    },
  ];
  return { survey: await getSurvey(db, surveyId), codes, people: [], items };
}

/** People in a few large groups and many small ones; each group leans to a level of its own, and some skip or do not know. */
export function somePeople({ codes }: Attacked, count: number, seed: number, since = 0): Person[] {
  const axes = Object.values(codes);
  return Array.from({ length: count }, (_, number) => {
    const categories = axes.map((list, axis) => {
      const luck = chance('who', seed, since, number, axis) ** 2.2;
      // Which of them are large differs from survey to survey.
      const place = (Math.floor(luck * list.length) + seed * (axis + 1)) % list.length;
      return list[place]!;
    });
    const ratings = names.map((name) => {
      if (chance('skips', seed, since, number, name) < 0.08) return null;
      const leaning = chance('leans', seed, categories.join(), name) * values.length;
      const luck = chance('rates', seed, since, number, name) * 2;
      return values[Math.floor(leaning + luck) % values.length]!;
    });
    return { categories, ratings, since };
  });
}

/** Has these people answer, through a file as the command line reads it. */
export async function answer({ services }: World, attacked: Attacked, people: Person[]): Promise<void> {
  const { survey, codes } = attacked;
  const plan = await getPlan(services.db, survey.versionId);
  const header = ['response_id', ...Object.keys(codes), ...names];
  const rows = people.map(({ categories, ratings, since }, number) => [
    `${since}-${number}`,
    ...categories,
    ...ratings.map((rating, item) =>
      rating === null ? ['', 'na', 'dk'][(number + item) % 3]! : String(rating),
    ),
  ]);
  const { responses, refusals } = readResponses([header, ...rows], plan);
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals[0]));
  const stored = await storeFile(services, survey, plan, responses);
  if (stored !== people.length) throw new Error(`${stored} of ${people.length} were stored`);
  attacked.people.push(...people);
}
