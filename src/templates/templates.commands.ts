import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Actor } from '../audit/actor';
import { competenciesIn } from '../frameworks/content';
import { listDomains } from '../frameworks/content.queries';
import { createFramework, publishFramework } from '../frameworks/frameworks.commands';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { fromRoot } from '../platform/paths';
import { createProject } from '../projects/projects.commands';
import { generateQuestionnaire, publishQuestionnaire } from '../questionnaires/questionnaires.commands';
import { openSurvey } from '../surveys/surveys.commands';
import { writeOffers } from '../training/offers.commands';
import { listProjectTerms } from '../vocabularies/project-terms.queries';
import { termsByCode } from '../vocabularies/vocabulary';
import type { Template } from './template';

/** The scenario the demo shows. */
export const demoTemplate = 's1-nurses-young-peoples-mental-health';

export function readTemplate(key: string): Template {
  return JSON.parse(readFileSync(fromRoot('src/templates', key, 'template.json'), 'utf8'));
}

/**
 * Makes a project of a template: framework and questionnaire published, survey open. In the caller's
 * transaction. Gives the ids of what it made.
 */
export async function createFromTemplate(
  trx: Database,
  actor: Actor,
  template: Template,
  options: {
    name: string;
    demo: boolean;
    leadId: string | undefined;
    now: Date;
    askedBy?: string | undefined;
  },
): Promise<{ projectId: string; surveyId: string }> {
  const project = { name: options.name, purpose: template.purpose, demo: options.demo };
  const projectId = await createProject(trx, actor, project, options.leadId);
  const frameworkId = await createFramework(trx, actor, projectId, template.framework);
  await publishFramework(trx, actor, frameworkId, options.now);
  await addOffers(trx, actor, { projectId, frameworkId }, template.training, options.now);
  const { facets, facetChoices, ...words } = template.questionnaire;
  const terms = await listProjectTerms(trx, projectId, facets, isoDay(options.now));
  const questionnaireId = await generateQuestionnaire(trx, actor, frameworkId, {
    ...words,
    facets: facets.map((facet) => {
      const known = termsByCode(terms.filter((term) => term.vocabulary === facet));
      return { facet, terms: facetChoices[facet]!.flatMap((code) => known.get(code) ?? []) };
    }),
  });
  const versionId = await publishQuestionnaire(trx, actor, questionnaireId, options.now);
  const surveyId = await openSurvey(
    trx,
    actor,
    { ...template.survey, versionId, askedBy: options.askedBy },
    options.now,
  );
  return { projectId, surveyId };
}

async function addOffers(
  trx: Database,
  actor: Actor,
  { projectId, frameworkId }: { projectId: string; frameworkId: string },
  offers: Template['training'],
  now: Date,
): Promise<void> {
  const competencies = competenciesIn(await listDomains(trx, frameworkId));
  const lineages = new Map(competencies.map(({ code, lineageId }) => [code, lineageId]));
  const writes = offers.map(({ teaches, ...details }) => ({
    id: randomUUID(),
    existing: null,
    state: { ...details, archived: false },
    levels: Object.entries(teaches).map(([code, after]) => {
      return { competency: lineages.get(code)!, before: null, after };
    }),
  }));
  await writeOffers(trx, actor, { projectId, kind: 'details', now }, writes);
}
