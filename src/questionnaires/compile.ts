import { type Finding, limits } from './authority';
import { namesIn } from './conditions';
import {
  type ChoiceDefinition,
  type Definition,
  dontKnow,
  type ElementDefinition,
  notMyRole,
  type PageDefinition,
} from './definition';
import type { Plan, PlanChoice, PlanItem, PlanPage, PlanQuestion } from './plan';

const kinds: Record<string, PlanQuestion['kind']> = {
  radiogroup: 'one',
  dropdown: 'one',
  checkbox: 'many',
  comment: 'text',
  text: 'text',
};

/** The properties the plan honours, by what they stand on. Any other would change what respondents see. */
const honoured = {
  survey: ['title', 'introduction', 'thanks', 'scale', 'pages'],
  page: ['name', 'title', 'description', 'visibleIf', 'elements'],
  element: [
    ...['type', 'name', 'title', 'description', 'isRequired', 'requiredErrorText', 'visibleIf', 'choices'],
    ...['maxLength', 'facet', 'competency', 'domain', 'measure'],
  ],
  choice: ['value', 'text', 'isExclusive', 'hint'],
};

const longestText = 2000;
const mostTicks = 5;

/**
 * Compiles a definition that the authority accepts into a plan. What the plan cannot honour is refused,
 * with the place and the reason; nothing is dropped silently.
 */
export function compilePlan(definition: Definition): { plan: Plan; refusals: Finding[] } {
  const refusals: Finding[] = unhonoured(definition, honoured.survey, 'the whole questionnaire');
  const questions = definition.pages.flatMap((page) => page.elements);
  if (questions.length > limits.questions) {
    refusals.push(refusal('the whole questionnaire', `There are more than ${limits.questions} questions.`));
  }
  refusals.push(...repeatedNames(questions), ...definition.pages.flatMap(refusalsOfPage));
  refusals.push(...conditionsLookingAhead(definition.pages));
  const plan: Plan = {
    format: 1,
    title: definition.title ?? '',
    introduction: (definition.introduction ?? '').split('\n').filter((line) => line.trim() !== ''),
    thanks: definition.thanks ?? '',
    scale: definition.scale ?? [],
    facets: questions.flatMap((question) => question.facet ?? []),
    pages: definition.pages.map(planPage),
    items: questions.flatMap(planItem),
  };
  return { plan, refusals };
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
  const kind = kinds[element.type] ?? 'text';
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
  const choices = (element.choices ?? []).map(planChoice);
  const numbers = choices.flatMap((choice) => (typeof choice.value === 'number' ? choice.value : []));
  const words = choices
    .filter((choice) => typeof choice.value === 'string' && !choice.exclusive)
    .map((choice) => String(choice.value))
    .filter((value) => value !== notMyRole && value !== dontKnow);
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

function valuesOf(element: ElementDefinition, numbers: number[], words: string[]): number[] {
  if (element.type === 'checkbox') return Array.from({ length: 2 ** words.length }, (_, ticks) => ticks);
  return numbers.length > 0 ? numbers : words.map((_, index) => index);
}

function refusalsOfPage(page: PageDefinition): Finding[] {
  return [
    ...unhonoured(page, honoured.page, page.name),
    ...(page.elements.length === 0 ? [refusal(page.name, 'The page has no questions.')] : []),
    ...page.elements.flatMap(refusalsOfElement),
  ];
}

function refusalsOfElement(element: ElementDefinition): Finding[] {
  const found = unhonoured(element, honoured.element, element.name);
  const choices = element.choices ?? [];
  for (const choice of choices) {
    if (typeof choice === 'object') found.push(...unhonoured(choice, honoured.choice, element.name));
  }
  const kind = kinds[element.type];
  if (!kind)
    found.push(refusal(element.name, `Questions of the kind "${element.type}" cannot be asked yet.`));
  if (kind && kind !== 'text' && choices.length === 0) {
    found.push(refusal(element.name, 'The question has no choices.'));
  }
  if (new Set(choices.map((choice) => String(planChoice(choice).value))).size < choices.length) {
    found.push(refusal(element.name, 'Two choices have the same value.'));
  }
  if ((element.maxLength ?? 0) > longestText) {
    found.push(refusal(element.name, `A text can be ${longestText} characters long at most.`));
  }
  if (element.type === 'checkbox' && element.measure && planItem(element)[0]!.choices.length > mostTicks) {
    found.push(refusal(element.name, `A counted question can offer ${mostTicks} ticks at most.`));
  }
  return found;
}

function repeatedNames(questions: ElementDefinition[]): Finding[] {
  const seen = new Set<string>();
  return questions.flatMap(({ name }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [refusal(name, `Two questions are named "${name}".`)];
  });
}

/** A page is one form without script, so a condition can only look at pages before it. */
function conditionsLookingAhead(pages: PageDefinition[]): Finding[] {
  const earlier = new Set<string>();
  return pages.flatMap((page) => {
    const conditions = [page, ...page.elements].filter((part) => part.visibleIf);
    const found = conditions
      .filter((part) => namesIn(part.visibleIf ?? null).some((name) => !earlier.has(name)))
      .map((part) =>
        refusal(part.name, 'Its condition looks at a question that does not stand on an earlier page.'),
      );
    for (const element of page.elements) earlier.add(element.name);
    return found;
  });
}

function unhonoured(part: object, known: string[], place: string): Finding[] {
  return Object.keys(part)
    .filter((property) => !known.includes(property))
    .map((property) => refusal(place, `The setting "${property}" cannot be honoured.`));
}

function refusal(place: string, sentence: string): Finding {
  return { severity: 'error', place, sentence };
}
