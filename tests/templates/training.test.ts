import { competenciesIn, contentOf } from '../../src/frameworks/content';
import { skillsMatrix } from '../../src/frameworks/required-level';
import { profileOf } from '../../src/profiles/profile';
import { demoTemplate, readTemplate } from '../../src/templates/templates.commands';
import { offerLimits } from '../../src/training/offer';
import { held, planOf } from '../profiles/made';

const template = readTemplate(demoTemplate);
const content = contentOf(template.framework, () => 'unused');
const competencies = competenciesIn(content.domains);

test('the offers of the demo teach what its framework holds, to levels of its scale', () => {
  const codes = new Set(competencies.map(({ code }) => code));
  const levels = new Set(template.framework.scale.map(({ level }) => level));
  for (const { title, teaches } of template.training) {
    expect(title.length).toBeLessThanOrEqual(offerLimits.title);
    expect(Object.keys(teaches).filter((code) => !codes.has(code))).toEqual([]);
    expect(Object.values(teaches).filter((level) => !levels.has(level))).toEqual([]);
  }
  expect(new Set(template.training.map(({ title }) => title)).size).toBe(template.training.length);
});

test('whoever answers the demo is shown training, whatever their profession and setting', () => {
  const domains = content.domains.map((domain) => ({
    ...domain,
    competencies: domain.competencies.map((one) => ({ ...one, lineageId: one.code })),
  }));
  const offers = template.training.map(({ teaches, ...details }, index) => ({
    ...{ ...details, id: String(index), projectId: 'p', revision: 1, archived: false },
    levels: new Map(Object.entries(teaches)),
  }));
  const plan = planOf(
    Object.fromEntries(
      domains.map(({ title, competencies }) => [title, competencies.map(({ code }) => code)]),
    ),
  );
  const { facetChoices } = template.questionnaire;
  for (const profession of facetChoices.profession!) {
    for (const setting of facetChoices.setting!) {
      const answers = competencies.map(() => 1);
      const matrix = skillsMatrix(content.requiredLevels);
      const facets = { profession, setting };
      const { priorities } = profileOf({
        plan,
        held: held(answers, facets),
        matrix,
        tier: null,
        domains,
        offers,
      });
      const helped = priorities.filter((priority) => priority.offers.length > 0);
      expect({ profession, setting, few: helped.length < 4 }).toEqual({ profession, setting, few: false });
    }
  }
});
