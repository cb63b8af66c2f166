import type { Survey } from '../src/surveys/survey';
import type { Template } from '../src/templates/template';
import { demoTemplate, readTemplate } from '../src/templates/templates.commands';

const ratings = 40;

/** Scenario S1 with forty competencies to rate, three facets, and nothing else to answer. */
export function fortyRatings(survey: Partial<Survey> = {}): Template {
  const template = readTemplate(demoTemplate);
  const { gapSources, ...questionnaire } = template.questionnaire;
  const domains = structuredClone(template.framework.domains);
  const all = () => domains.flatMap(({ competencies }) => competencies);
  const examples = all();
  while (all().length < ratings) {
    const number = all().length;
    domains.at(-1)!.competencies.push({ ...examples[number % examples.length]!, code: `More${number}` });
  }
  const framework = { ...template.framework, domains };
  return { ...template, framework, questionnaire, survey: { ...template.survey, ...survey } };
}
