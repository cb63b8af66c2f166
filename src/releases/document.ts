import { type Category, type Dimension, notStated } from '../estimates/dimension';
import type { Weights } from '../estimates/weights';
import type { FrameworkContent } from '../frameworks/framework';
import { postStratification, raking } from '../gaps/weighting';
import { isoDay } from '../platform/dates';
import { displayed } from '../platform/rounding';
import type { CountedPopulation } from '../populations/population';
import type { Plan, PlanItem } from '../questionnaires/plan';
import type { QuestionnaireVersion } from '../questionnaires/questionnaire';
import { lastDayOf } from '../surveys/closing';
import { isOver, type Survey } from '../surveys/survey';
import { facetNames } from '../vocabularies/vocabulary';
import { reportedItems } from './questions';
import type { NodeKey, ReleaseDocument, ReleasedCategory, ReleasedItem, ReleasedResponse } from './release';
import type { Worked } from './working-out';

/** What a release rests on. */
export interface Described {
  survey: Survey;
  plan: Plan;
  version: Pick<QuestionnaireVersion, 'id' | 'number'>;
  framework: FrameworkContent | null;
  /** What figures are weighted by; null where they are not. */
  population: CountedPopulation | null;
  answersHash: string;
  dimensions: readonly Dimension[];
  /** What the codes of a facet are called. */
  labelOf(facet: string, code: string): string;
  weights: Weights | null;
  worked: Worked;
  response: ReleasedResponse;
  /** The staff the survey is about, and how many of them are in a group; null where nobody counted them. */
  workforce: { population: CountedPopulation; staffOf(key: NodeKey): number | null } | null;
  now: Date;
}

/** What there is to know of a release besides its figures: the same answers, versions and methods give the same document (METHODS.md 0, "Versioning"). */
export function documentOf(described: Described): ReleaseDocument {
  const { survey, version, framework, population, weights, worked, dimensions, labelOf, now } = described;
  const methods = methodsOf(described);
  const domainTitles = new Map((framework?.domains ?? []).map(({ code, title }) => [code, title]));
  return {
    survey: { code: survey.code, name: survey.name, promise: survey.promise, simulated: survey.simulated },
    period: { opens: isoDay(survey.opensAt), closes: lastDayOf(survey), wasOpen: !isOver(survey, now) },
    threshold: survey.threshold,
    method: { weighting: weights?.scheme ?? 'none', gap: methods[0]!, methods },
    sources: {
      questionnaireVersion: { id: version.id, number: version.number },
      framework: framework && {
        id: framework.framework.id,
        title: framework.framework.title,
        version: String(framework.framework.version),
      },
      population: population && {
        id: population.id,
        title: population.title,
        countedOn: population.countedOn,
      },
      answers: described.answersHash,
    },
    // It is a sum over all strata: where some groups are withheld, it would tell how many are in them.
    weights: weights && {
      scheme: weights.scheme,
      designEffect: worked.groups.withheld === 0 ? displayed(weights.weighting.designEffect, 1) : null,
    },
    dimensions: dimensions.map(({ key, categories }) => ({
      key,
      label: facetNames[key] ?? key,
      categories: categories.map((category) => releasedCategory(category, (code) => labelOf(key, code))),
    })),
    items: itemsOf(described),
    scales: worked.scales.map((scale) => ({
      ...scale,
      domainTitle: domainTitles.get(scale.domain) ?? scale.domain,
    })),
    groups: worked.groups,
    response: described.response,
    workforce: workforceOf(described),
  };
}

function workforceOf({ workforce, worked }: Described): ReleaseDocument['workforce'] {
  if (!workforce) return null;
  const { population, staffOf } = workforce;
  const staff = worked.nodes.map(({ key }) => staffOf(key));
  const total = staff[0] ?? null;
  return total === null ? null : { title: population.title, countedOn: population.countedOn, total, staff };
}

/** A category, and what it holds where it was put together: its name alone need not say. */
function releasedCategory(
  { code, label, codes }: Category,
  labelOf: (code: string) => string,
): ReleasedCategory {
  const isOfSeveral = codes.length > 1 && code !== notStated.code;
  return { code, label, codes, ...(isOfSeveral ? { of: codes.map(labelOf) } : {}) };
}

/** The gap's own method first, and what people's weights come from. */
function methodsOf({ worked, weights }: Described): string[] {
  if (!weights) return worked.methods;
  const { name, version } = weights.scheme === 'raked' ? raking : postStratification;
  return [...worked.methods, `${name} v${version}`];
}

function itemsOf({ plan, framework, worked }: Described): ReleasedItem[] {
  const domains = framework?.domains ?? [];
  const titles = new Map(
    domains.flatMap((domain) =>
      domain.competencies.map(({ code, title }) => [code, { title, domain: domain.title }] as const),
    ),
  );
  const domainTitles = new Map(domains.map(({ code, title }) => [code, title]));
  const questions = new Map(
    plan.pages.flatMap(({ questions }) => questions).map((question) => [question.name, question]),
  );
  return reportedItems(plan).map(({ item }, place) => {
    const competency = item.competency === null ? undefined : titles.get(item.competency);
    const ownDomain = item.domain === null ? undefined : domainTitles.get(item.domain);
    const domainTitle = competency?.domain ?? ownDomain ?? '';
    return {
      competency: item.competency,
      domain: item.domain,
      measure: item.measure,
      title: competency?.title ?? ownDomain ?? questions.get(item.name)?.title ?? item.name,
      domainTitle,
      values: valuesOf(item, questions.get(item.name)?.choices ?? []),
      detail: worked.details[place]!,
    };
  });
}

/** A rating's values with their words; of ticks, and of a choice of words, the choices in their order. */
function valuesOf(
  { values, choices }: PlanItem,
  offered: readonly { value: string | number; text: string }[],
): ReleasedItem['values'] {
  const textOf = (value: string | number) =>
    offered.find((choice) => String(choice.value) === String(value))?.text ?? String(value);
  return choices.length > 0
    ? choices.map((choice, value) => ({ value, label: textOf(choice) }))
    : values.map((value) => ({ value, label: textOf(value) }));
}
