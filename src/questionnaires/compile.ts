import { firstValueCode } from './coding';
import { callsFunctions, namesIn } from './conditions';
import {
  type ChoiceDefinition,
  type Definition,
  dontKnow,
  type ElementDefinition,
  notMyRole,
  type PageDefinition,
} from './definition';
import { type Finding, refusal } from './finding';
import { ratingMeasures } from './measures';
import type { Plan, PlanChoice, PlanItem, PlanPage, PlanQuestion } from './plan';
import { examineShape, kinds } from './shape';

const longestText = 2000;
const mostTicks = 5;
const codesOfAByte = 256;

/**
 * Compiles a definition that the authority accepts into a plan. What the plan cannot honour is refused,
 * with the place and the reason; nothing is dropped silently. With refusals the plan is not to be used.
 */
export function compilePlan(definition: Definition): { plan: Plan; refusals: Finding[] } {
  const shape = examineShape(definition);
  if (shape.length > 0) return { plan: planOf({ pages: [] }), refusals: shape };
  const questions = definition.pages.flatMap((page) => page.elements);
  const refusals = [
    ...repeated(questions, 'name', (name) => `Two questions are named "${name}".`),
    ...repeated(questions, 'facet', (facet) => `Two questions ask for the facet "${facet}".`),
    ...definition.pages.flatMap(refusalsOfPage),
    ...refusedConditions(definition.pages),
  ];
  return { plan: planOf(definition), refusals };
}

function planOf(definition: Definition): Plan {
  const questions = definition.pages.flatMap((page) => page.elements);
  return {
    format: 1,
    title: definition.title ?? '',
    introduction: (definition.introduction ?? '').split('\n').filter((line) => line.trim() !== ''),
    thanks: definition.thanks ?? '',
    scale: definition.scale ?? [],
    facets: questions.flatMap((question) => question.facet ?? []),
    pages: definition.pages.map(planPage),
    items: questions.flatMap(planItem),
  };
}

function planPage(page: PageDefinition): PlanPage {
  return {
    name: page.name,
    title: page.title ?? page.name,
    description: page.description ?? '',
    visibleIf: page.visibleIf ?? null,
    questions: page.elements.map(planQuestion),
  };
}

function planQuestion(element: ElementDefinition): PlanQuestion {
  const kind = kinds.get(element.type) ?? 'text';
  const title = element.title ?? element.name;
  return {
    kind,
    name: element.name,
    title,
    hint: element.description ?? '',
    required: element.isRequired ?? false,
    requiredMessage: element.requiredErrorText ?? `Answer this question: ${title}`,
    visibleIf: element.visibleIf ?? null,
    choices: (element.choices ?? []).map(planChoice),
    maxLength: kind === 'text' ? (element.maxLength ?? longestText) : 0,
    facet: element.facet ?? null,
    measure: element.measure ?? null,
  };
}

function planChoice(choice: string | number | ChoiceDefinition): PlanChoice {
  if (typeof choice !== 'object') return { value: choice, text: String(choice), hint: '', exclusive: false };
  return {
    value: choice.value,
    text: choice.text ?? String(choice.value),
    hint: choice.hint ?? '',
    exclusive: choice.isExclusive ?? false,
  };
}

/** The item a question with a measure is counted as; none for facets and texts. */
function planItem(element: ElementDefinition): PlanItem[] {
  if (!element.measure) return [];
  const { numbers, words } = countedValues(element);
  return [
    {
      name: element.name,
      measure: element.measure,
      competency: element.competency ?? null,
      domain: element.domain ?? null,
      values: valuesOf(element, numbers, words),
      choices: words,
    },
  ];
}

/** The choices of a counted question that are values: all but "not my role", "don't know" and those apart. */
function countedValues(element: ElementDefinition): { numbers: number[]; words: string[] } {
  const choices = (element.choices ?? []).map(planChoice);
  return {
    numbers: choices.flatMap((choice) => (typeof choice.value === 'number' ? choice.value : [])),
    words: choices
      .filter((choice) => typeof choice.value === 'string' && !choice.exclusive)
      .map((choice) => String(choice.value))
      .filter((value) => value !== notMyRole && value !== dontKnow),
  };
}

function valuesOf(element: ElementDefinition, numbers: number[], words: string[]): number[] {
  if (element.type === 'checkbox') {
    return Array.from({ length: 2 ** Math.min(words.length, mostTicks) }, (_, combination) => combination);
  }
  return numbers.length > 0 ? numbers : words.map((_, index) => index);
}

function refusalsOfPage(page: PageDefinition): Finding[] {
  return [
    ...(page.elements.length === 0 ? [refusal(page.name, 'The page has no questions.')] : []),
    ...page.elements.flatMap((element) =>
      [...refusalsOfAsking(element), ...refusalsOfCounting(element)].map((sentence) =>
        refusal(element.name, sentence),
      ),
    ),
  ];
}

function refusalsOfAsking(element: ElementDefinition): string[] {
  const choices = element.choices ?? [];
  const kind = kinds.get(element.type);
  const found: string[] = [];
  if (kind !== 'text' && choices.length === 0) found.push('The question has no choices.');
  if (new Set(choices.map((choice) => String(planChoice(choice).value))).size < choices.length) {
    found.push('Two choices have the same value.');
  }
  if ((element.maxLength ?? 0) > longestText) {
    found.push(`A text can be ${longestText} characters long at most.`);
  }
  if (element.facet && kind !== 'one') found.push('A facet is asked with one choice out of several.');
  return found;
}

/** A counted question must have a code of its own for every answer that can be given. */
function refusalsOfCounting(element: ElementDefinition): string[] {
  const { measure } = element;
  if (!measure) return [];
  const kind = kinds.get(element.type);
  const { numbers, words } = countedValues(element);
  if (kind !== (measure === 'where' ? 'many' : 'one'))
    return [`Such a question cannot be counted as "${measure}".`];
  const found: string[] = [];
  const isRating = ratingMeasures.has(measure);
  if (isRating && words.length > 0) found.push('Levels are numbers, but a choice is a word.');
  if (!isRating && numbers.length > 0) found.push('Sources are words, but a choice is a number.');
  if (numbers.some((level) => !Number.isInteger(level))) found.push('Levels are whole numbers.');
  if (measure === 'where' && words.length > mostTicks) {
    found.push(`A counted question can offer ${mostTicks} ticks at most.`);
  }
  if (
    measure === 'where' &&
    (element.choices ?? []).some((choice) => planChoice(choice).value === notMyRole)
  ) {
    found.push('"Not part of my role" cannot be one tick among others.');
  }
  if (firstValueCode + valuesOf(element, numbers, words).length > codesOfAByte) {
    found.push(`A counted question can have ${codesOfAByte - firstValueCode} values at most.`);
  }
  return found;
}

function repeated(
  questions: ElementDefinition[],
  setting: 'name' | 'facet',
  sentence: (value: string) => string,
): Finding[] {
  const seen = new Set<string>();
  return questions.flatMap((question) => {
    const value = question[setting];
    if (value === undefined || !seen.has(value)) {
      if (value !== undefined) seen.add(value);
      return [];
    }
    return [refusal(question.name, sentence(value))];
  });
}

/** A page is one form without script, so a condition can only look at pages before it. */
function refusedConditions(pages: PageDefinition[]): Finding[] {
  const earlier: string[] = [];
  return pages.flatMap((page) => {
    const found = [page, ...page.elements].flatMap(({ name, visibleIf }) =>
      visibleIf === undefined
        ? []
        : conditionRefusals(visibleIf, earlier).map((sentence) => refusal(name, sentence)),
    );
    earlier.push(...page.elements.map((element) => element.name));
    return found;
  });
}

function conditionRefusals(condition: string, earlier: string[]): string[] {
  const stands = (looked: string) =>
    earlier.some((name) => looked === name || looked.startsWith(`${name}.`) || looked.startsWith(`${name}[`));
  return [
    ...(namesIn(condition).every(stands)
      ? []
      : ['Its condition looks at a question that does not stand on an earlier page.']),
    ...(callsFunctions(condition) ? ['Its condition calls a function, which cannot be honoured yet.'] : []),
  ];
}
