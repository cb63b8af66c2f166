import { readFileSync } from 'node:fs';
import type { Actor } from '../audit/actor';
import { createFramework, publishFramework } from '../frameworks/frameworks.commands';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { fromRoot } from '../platform/paths';
import { createProject } from '../projects/projects.commands';
import { generateQuestionnaire, publishQuestionnaire } from '../questionnaires/questionnaires.commands';
import { openSurvey } from '../surveys/surveys.commands';
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
