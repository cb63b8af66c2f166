import type { Domain } from '../frameworks/framework';
import { englishWords, type Words } from '../web/words';
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
import { fieldNamesOf } from './field-names';
import { type Finding, refusal } from './finding';
import { ratingMeasures } from './measures';
import type { Plan, PlanChoice, PlanItem, PlanPage, PlanQuestion } from './plan';
import { examineShape, kindOf } from './shape';
import { wordsFor } from './spoken';
import { languagesOf, type Text, textIn } from './text';

const longestText = 2000;
const mostTicks = 5;
const mostRanked = 20;
const codesOfAByte = 256;

/**
 * Compiles a definition that the authority accepts into a plan, its texts in one language; where that has none, in the
 * questionnaire's own. What the plan cannot honour is refused, with the place and the reason; nothing is dropped
 * silently. With refusals the plan is not to be used.
 */
export function compilePlan(definition: Definition, language?: string): { plan: Plan; refusals: Finding[] } {
  const shape = examineShape(definition);
  if (shape.length > 0) return { plan: planOf({ pages: [] }), refusals: shape };
  const questions = definition.pages.flatMap((page) => page.elements);
  const plan = planOf(definition, language);
  const asked = plan.pages.flatMap((page) => page.questions);
  const refusals = [
    ...repeatedNames(asked),
    ...sharedFields(asked),
    ...repeatedFacets(questions),
    ...definition.pages.flatMap(refusalsOfPage),
    ...refusedPairs(definition.pages),
    ...refusedConditions(definition.pages),
  ];
  return { plan, refusals };
}

function planOf(definition: Definition, language?: string): Plan {
  const say = (text: Text | undefined) => textIn(text, language);
  const words = language === undefined ? englishWords : wordsFor(definition, language);
  const questions = definition.pages.flatMap((page) => page.elements);
  return {
    format: 2,
    title: say(definition.title),
    introduction: say(definition.introduction)
      .split('\n')
      .filter((line) => line.trim() !== ''),
    participation: say(definition.participation),
    thanks: say(definition.thanks),
    scale: (definition.scale ?? []).map(({ level, label, descriptor }) => ({
      level,
      label: say(label),
      descriptor: say(descriptor),
    })),
    facets: questions.flatMap((question) => question.facet ?? []),
    pages: definition.pages.map((page) => planPage(page, say, words)),
    seed: definition.seed ?? 0,
    languages: languagesIn(definition),
    items: questions.flatMap(planItems),
  };
}

/**
 * A plan in which whatever asks about a competency has the domain that the framework puts it in, where the question names none itself.
 * Frozen with the version, for ratings of a domain are counted together: a competency moved later moves no count.
 */
export function inDomains(plan: Plan, domains: readonly Pick<Domain, 'code' | 'competencies'>[]): Plan {
  const domainOf = new Map(
    domains.flatMap(({ code, competencies }) => competencies.map((one) => [one.code, code] as const)),
  );
  const items = plan.items.map((item) => ({
    ...item,
    domain: item.domain ?? (item.competency === null ? null : (domainOf.get(item.competency) ?? null)),
  }));
  return { ...plan, items };
}

/** Gives a text in the language of the plan. */
type Say = (text: Text | undefined) => string;

function planPage(page: PageDefinition, say: Say, words: Words): PlanPage {
  return {
    name: page.name,
    title: say(page.title) || page.name,
    description: say(page.description),
    visibleIf: page.visibleIf ?? null,
    questions: page.elements.flatMap((element) => planQuestions(element, say, words)),
  };
}

/** A question as it is asked: a matrix as one for each row. */
function planQuestions(element: ElementDefinition, say: Say, words: Words): PlanQuestion[] {
  const kind = kindOf(element) ?? 'text';
  const title = say(element.title) || element.name;
  const common = {
    kind: kind === 'matrix' ? ('one' as const) : kind,
    name: element.name,
    title: kind === 'information' ? say(element.title) : title,
    hint: kind === 'information' ? say(element.html) : say(element.description),
    required: (element.isRequired ?? false) && kind !== 'information',
    requiredMessage: say(element.requiredErrorText) || words.say('answerThis', { question: title }),
    visibleIf: element.visibleIf ?? null,
    choices: (element.columns ?? element.choices ?? []).map((choice) => planChoice(choice, say)),
    maxLength: kind === 'text' ? (element.maxLength ?? longestText) : 0,
    lines: kind === 'text' ? (element.type === 'comment' ? 4 : 1) : 0,
    min: element.min ?? null,
    max: element.max ?? null,
    decimals: decimalPlaces(element.step),
    shuffled: element.choicesOrder === 'random',
    row: null,
    facet: element.facet ?? null,
    measure: element.measure ?? null,
  };
  if (kind !== 'matrix') return [common];
  return (element.rows ?? []).map((row) => {
    const rowTitle = say(row.text) || row.value;
    return {
      ...common,
      name: rowName(element.name, row.value),
      title: rowTitle,
      hint: say(row.hint),
      required: element.eachRowRequired ?? false,
      requiredMessage: say(element.requiredErrorText) || words.say('answerThis', { question: rowTitle }),
      shuffled: false,
      row: {
        matrix: element.name,
        title,
        hint: common.hint,
        value: row.value,
        shuffled: element.rowOrder === 'random',
        pairedWith: element.pairedWith ?? null,
      },
    };
  });
}

function decimalPlaces(step = 1): number {
  return step === 1 ? 0 : step === 0.1 ? 1 : 2;
}

/** What a row of a matrix is called, in a plan and in conditions. */
export function rowName(matrix: string, row: string): string {
  return `${matrix}.${row}`;
}

function planChoice(choice: string | number | ChoiceDefinition, say: Say = textIn): PlanChoice {
  if (typeof choice !== 'object') return { value: choice, text: String(choice), hint: '', exclusive: false };
  return {
    value: choice.value,
    text: say(choice.text) || String(choice.value),
    hint: say(choice.hint),
    exclusive: choice.isExclusive ?? false,
  };
}

/** The items a question with a measure is counted as, of a matrix one for each row; none for facets and texts. */
function planItems(element: ElementDefinition): PlanItem[] {
  const { measure } = element;
  if (!measure) return [];
  const { numbers, words } = countedValues(element);
  const counted = { measure, values: valuesOf(element, numbers, words), choices: words };
  if (kindOf(element) === 'matrix') {
    return (element.rows ?? []).map((row) => ({
      name: rowName(element.name, row.value),
      competency: row.competency ?? null,
      domain: row.domain ?? null,
      ...counted,
    }));
  }
  const { name, competency = null, domain = null } = element;
  return [{ name, competency, domain, ...counted }];
}

/** The choices of a counted question that are values: all but "not my role", "don't know" and those apart. */
function countedValues(element: ElementDefinition): { numbers: number[]; words: string[] } {
  const choices = (element.columns ?? element.choices ?? []).map((choice) => planChoice(choice));
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
  const kind = kindOf(element);
  const choices = (kind === 'matrix' ? element.columns : element.choices) ?? [];
  const found = kind === 'matrix' ? refusalsOfMatrix(element) : refusalsOfBounds(element);
  const choosing = kind === 'one' || kind === 'many' || kind === 'ranking' || kind === 'matrix';
  if (choosing && choices.length === 0) found.push('The question has no choices.');
  if (!choosing && choices.length > 0) found.push('Such a question has no choices to choose from.');
  if (kind === 'ranking' && choices.length > mostRanked) {
    found.push(`People can put ${mostRanked} things in order at most.`);
  }
  if (kind === 'information' && textIn(element.html) === '') found.push('There is nothing to read.');
  if (new Set(choices.map((choice) => String(planChoice(choice).value))).size < choices.length) {
    found.push('Two choices have the same value.');
  }
  if ((element.maxLength ?? 0) > longestText) {
    found.push(`A text can be ${longestText} characters long at most.`);
  }
  if (element.facet && kind !== 'one') found.push('A facet is asked with one choice out of several.');
  return found;
}

function refusalsOfMatrix({ rows = [], isRequired, choices, eachRowRequired }: ElementDefinition): string[] {
  const found: string[] = [];
  if (rows.length === 0) found.push('The matrix has no rows.');
  if (choices) found.push('A matrix has columns, not choices.');
  if (isRequired && !eachRowRequired) found.push('Of a matrix, every row can be required, or none.');
  if (new Set(rows.map(({ value }) => value)).size < rows.length) found.push('Two rows have the same value.');
  if (rows.some(({ value }) => /[.[\]{}]/.test(value))) {
    found.push('The value of a row cannot hold full stops or brackets.');
  }
  return found;
}

function refusalsOfBounds(element: ElementDefinition): string[] {
  const { min, max, rows, columns, inputType, step } = element;
  const wanted = inputType === 'number' ? 'number' : 'string';
  const found: string[] = [];
  if (rows || columns) found.push('Only a matrix has rows and columns.');
  if (step !== undefined && inputType !== 'number') found.push('Only a number has decimal places.');
  const bounds = [min, max].filter((bound) => bound !== undefined);
  if (bounds.length > 0 && !inputType) found.push('Only a number or a day has a least and a most.');
  else if (bounds.some((bound) => typeof bound !== wanted)) {
    found.push(wanted === 'number' ? 'The least and the most are numbers.' : 'The first and last are days.');
  }
  if (min !== undefined && max !== undefined && min > max) found.push('The least is more than the most.');
  return found;
}

/** A counted question must have a code of its own for every answer that can be given. */
function refusalsOfCounting(element: ElementDefinition): string[] {
  const { measure } = element;
  if (!measure) return [];
  const kind = kindOf(element) === 'matrix' ? 'one' : kindOf(element);
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

function repeatedNames(asked: PlanQuestion[]): Finding[] {
  return repeats(asked.map(({ name }) => name)).map((name) =>
    refusal(name, `Two questions are named "${name}".`),
  );
}

/** A day or an order is answered in several fields: no other question may need one of them. */
function sharedFields(asked: PlanQuestion[]): Finding[] {
  const owners = new Map<string, string>();
  return asked.flatMap((question) =>
    fieldNamesOf(question).flatMap((field) => {
      const owner = owners.get(field) ?? question.name;
      owners.set(field, owner);
      if (owner === question.name) return [];
      return [refusal(question.name, `Its answer and that to "${owner}" would share the field "${field}".`)];
    }),
  );
}

function repeatedFacets(questions: ElementDefinition[]): Finding[] {
  return repeats(questions.flatMap(({ facet }) => facet ?? [])).map((facet) => {
    const last = questions.findLast((question) => question.facet === facet)!;
    return refusal(last.name, `Two questions ask for the facet "${facet}".`);
  });
}

/** Those that have been there before. */
function repeats(values: string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const known = seen.has(value);
    seen.add(value);
    return known;
  });
}

/** Two matrices that are shown row by row stand one after the other, under one condition, with the same rows. */
function refusedPairs(pages: PageDefinition[]): Finding[] {
  return pages.flatMap(({ elements }) =>
    elements.flatMap((element, index) => {
      const first = elements[index - 1];
      if (element.pairedWith === undefined) return [];
      const fits =
        first?.name === element.pairedWith &&
        kindOf(first) === 'matrix' &&
        kindOf(element) === 'matrix' &&
        first.pairedWith === undefined &&
        first.visibleIf === element.visibleIf &&
        String(first.rows?.map(({ value }) => value)) === String(element.rows?.map(({ value }) => value));
      if (fits) return [];
      return [
        refusal(
          element.name,
          `It can only be shown beside "${element.pairedWith}" when it follows it directly, with the same rows and the same condition.`,
        ),
      ];
    }),
  );
}

/** The languages in which anything is said, besides the questionnaire's own, in the order of the alphabet. */
export function languagesIn(definition: Definition): string[] {
  const { title, introduction, participation, thanks, scale = [], pages } = definition;
  const texts = [
    ...[title, introduction, participation, thanks],
    ...scale.flatMap(({ label, descriptor }) => [label, descriptor]),
    ...pages.flatMap((page) => [page.title, page.description, ...page.elements.flatMap(textsOf)]),
  ];
  return [...new Set(texts.flatMap(languagesOf))].sort();
}

function textsOf(element: ElementDefinition): (Text | undefined)[] {
  const options = [...(element.choices ?? []), ...(element.columns ?? []), ...(element.rows ?? [])];
  return [
    ...[element.title, element.description, element.requiredErrorText, element.html],
    ...options.flatMap((option) => (typeof option === 'object' ? [option.text, option.hint] : [])),
  ];
}

/** A page is one form without script, so a condition can only look at pages before it. */
function refusedConditions(pages: PageDefinition[]): Finding[] {
  const earlier: ElementDefinition[] = [];
  return pages.flatMap((page) => {
    const found = [page, ...page.elements].flatMap(({ name, visibleIf }) =>
      visibleIf === undefined
        ? []
        : conditionRefusals(visibleIf, earlier).map((sentence) => refusal(name, sentence)),
    );
    earlier.push(...page.elements.filter(isAnswered));
    return found;
  });
}

function isAnswered(element: ElementDefinition): boolean {
  return kindOf(element) !== 'information';
}

function conditionRefusals(condition: string, earlier: ElementDefinition[]): string[] {
  const names = earlier.map(({ name }) => name);
  const stands = (looked: string) =>
    names.some((name) => looked === name || looked.startsWith(`${name}.`) || looked.startsWith(`${name}[`));
  const orders = earlier.filter((element) => kindOf(element) === 'ranking').map(({ name }) => name);
  return [
    ...(namesIn(condition).every(stands)
      ? []
      : ['Its condition looks at a question that does not stand on an earlier page.']),
    ...(callsFunctions(condition) ? ['Its condition calls a function, which cannot be honoured yet.'] : []),
    ...comparedWhole(condition, orders).map(
      (name) =>
        `Its condition can ask what the order "${name}" contains, whether it is empty or what stands first, {${name}[0]}: not compare it as a whole.`,
    ),
  ];
}

/** Orders that are compared as a whole: survey-core tells apart two orders of the same things only in a survey of its own. */
function comparedWhole(condition: string, orders: readonly string[]): string[] {
  const uses = condition.matchAll(/\{([^{}]*)\}\s{0,9}(\w*)/g);
  return [...uses].flatMap(([, name = '', next = '']) =>
    orders.includes(name) && !/^(not)?(empty|contains)$/i.test(next) ? [name] : [],
  );
}
