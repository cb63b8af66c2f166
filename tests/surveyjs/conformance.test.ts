import fc from 'fast-check';
import { Model, type Question } from 'survey-core';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition, ElementDefinition, PageDefinition } from '../../src/questionnaires/definition';
import { stepsOf } from '../../src/questionnaires/journey';
import type { Answers, PlanQuestion } from '../../src/questionnaires/plan';
import { ownLanguage, type Text } from '../../src/questionnaires/text';
import { writeSurveyJs } from '../../src/surveyjs/export';
import { readSurveyJs } from '../../src/surveyjs/import';
import { anyDefinition } from '../questionnaires/any-definition';
import { demoDefinition } from '../questionnaires/definitions';
import { surveyJsFiles } from './files';

/**
 * A file of SurveyJS walked by survey-core, and the questionnaire made of it walked by its plan: with the same answers
 * both show the same questions on the same pages, with the same choices, and require the same of them.
 */
describe.each(Object.keys(surveyJsFiles))('%s', (name) => {
  const file = surveyJsFiles[name]!();
  const { definition, notes, pages } = readSurveyJs(file, 'Untitled');

  test('is taken over whole, and can be published', () => {
    expect(notes.filter(({ what }) => ['refused', 'unsupported', 'unfinished'].includes(what))).toEqual([]);
    expect(definition).not.toBeNull();
  });

  test('asks the same of the same people', () => {
    const { plan } = compilePlan(definition!);
    const model = new Model(structuredClone(file));
    const asked = new Map(
      pages.flatMap(({ questions }) =>
        questions.flatMap(({ place, elements }) =>
          elements.flatMap((element) =>
            askedAs(element).map((name) => [name, { place, element, name }] as const),
          ),
        ),
      ),
    );
    const questions = plan.pages.flatMap((page) => page.questions);
    const shown = { all: 0, some: 0 };
    fc.assert(
      fc.property(
        fc.array(fc.nat(999), { minLength: questions.length, maxLength: questions.length }),
        (picks) => {
          const answers = answersFrom(questions, picks);
          model.clear(true, true);
          model.data = {};
          for (const [question, answer] of Object.entries(answers)) {
            give(model, asked.get(question)!, answer);
          }
          const ofPlan = stepsOf(plan, answers).map((step) => [
            step.page.name,
            ...step.questions.map(({ name }) => name),
          ]);
          expect(ofPlan).toEqual(shownByModel(model, asked));
          shown[ofPlan.flat().length === plan.pages.length + questions.length ? 'all' : 'some'] += 1;
          for (const { name: question, required, choices } of stepsOf(plan, answers).flatMap(
            (step) => step.questions,
          )) {
            const { place, element } = asked.get(question)!;
            const original = model.getQuestionByName(place);
            expect([question, required, choices.map(({ value, text }) => [String(value), text])]).toEqual([
              question,
              requires(original),
              choicesOf(original, element),
            ]);
          }
        },
      ),
      { numRuns: 60 },
    );
    model.dispose();
    expect(shown.all + shown.some).toBe(60);
    if (questions.some(({ visibleIf }) => visibleIf)) expect(shown.some).toBeGreaterThan(5);
  });

  test('comes out and in again as it is', () => {
    const text = writeSurveyJs(definition!);
    const again = readSurveyJs(JSON.parse(text), 'Untitled');
    expect(again.notes.filter(({ what }) => what !== 'kept' && what !== 'changed')).toEqual([]);
    expect(again.definition).toEqual(definition);
    expect(writeSurveyJs(again.definition!)).toBe(text);
  });
});

/** The same texts, some of them in other languages too. */
function translated(definition: Definition): Definition {
  const [cy, pl] = ['cy', 'pl'];
  const inMore = <T extends { title?: Text; text?: Text }>(
    part: T,
    setting: 'title' | 'text',
    text: string,
  ) => ({
    ...part,
    [setting]: {
      [ownLanguage]: text,
      [cy]: `${text} (cy)`,
      ...(text.length % 2 ? { [pl]: `${text} (pl)` } : {}),
    },
  });
  const choices = (listed: ElementDefinition['choices']) =>
    listed?.map((one) =>
      typeof one === 'object' && one.value !== 'none' ? inMore(one, 'text', `Text of ${one.value}`) : one,
    );
  const elementIn = (element: ElementDefinition): ElementDefinition => ({
    ...inMore(element, 'title', `Title of ${element.name}`),
    ...(element.choices ? { choices: choices(element.choices)! } : {}),
    ...(element.rows ? { rows: element.rows.map((row) => inMore(row, 'text', `Row ${row.value}`)) } : {}),
    ...(element.type === 'comment' || (element.type === 'text' && !element.inputType)
      ? { maxLength: 99 }
      : {}),
  });
  return {
    ...definition,
    title: { [ownLanguage]: 'Generated', [cy]: 'Wedi ei gynhyrchu' },
    participation: 'I take part',
    pages: definition.pages.map((page) => ({
      ...inMore(page, 'title', `Title of ${page.name}`),
      elements: page.elements.map(elementIn),
    })),
  };
}

test('any questionnaire, with every kind of question and in several languages, comes out and in again as it is', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyDefinition(), (generated) => {
      const definition = translated(withoutWholeSteps(generated));
      const text = writeSurveyJs(definition);
      const again = readSurveyJs(JSON.parse(text), 'Untitled');
      expect(again.notes.filter(({ what }) => what !== 'unfinished')).toEqual([]);
      expect(again.definition).toEqual(definition);
      expect(writeSurveyJs(again.definition!)).toBe(text);
      for (const { type, inputType, pairedWith } of definition.pages.flatMap((page) => page.elements)) {
        seen.add(pairedWith ? 'paired' : (inputType ?? type));
      }
    }),
    { numRuns: 200 },
  );
  expect([...seen]).toEqual(
    expect.arrayContaining(['matrix', 'paired', 'ranking', 'html', 'number', 'date', 'text', 'comment']),
  );
});

/** A whole number is one without a step here; in a file it has one. */
function withoutWholeSteps(definition: Definition): Definition {
  const elements = (page: PageDefinition) =>
    page.elements.map(({ step, ...element }) =>
      step === undefined || step === 1 ? element : { ...element, step },
    );
  return { ...definition, pages: definition.pages.map((page) => ({ ...page, elements: elements(page) })) };
}

test('a questionnaire made here comes out and in again as it is, with nothing to say', () => {
  const demo = demoDefinition();
  const text = writeSurveyJs(demo);
  const { definition, notes } = readSurveyJs(JSON.parse(text), 'Untitled');
  expect(notes).toEqual([]);
  expect(definition).toEqual(demo);
  expect(writeSurveyJs(definition!)).toBe(text);
});

/** A question of the file, and one of those it is asked as: a row of a matrix is one of them. */
interface AskedQuestion {
  place: string;
  element: ElementDefinition;
  name: string;
}
type Asked = Map<string, AskedQuestion>;

function askedAs({ name, rows }: ElementDefinition): string[] {
  return rows ? rows.map(({ value }) => `${name}.${value}`) : [name];
}

/** One answer for most questions, out of what can be answered. */
function answersFrom(questions: PlanQuestion[], picks: number[]): Answers {
  return Object.fromEntries(
    questions.flatMap(({ name, kind, choices }, index): [string, string | number | string[]][] => {
      const pick = picks[index]!;
      if (pick % 4 === 0) return [];
      if (kind === 'text') return [[name, ['some words', '5'][pick % 2]!]];
      const chosen = choices[pick % choices.length]!;
      if (kind === 'one') return [[name, chosen.value]];
      const several = choices.filter(({ exclusive }, place) => !exclusive && (pick >> place) & 1);
      return [
        [
          name,
          several.length > 0 && !chosen.exclusive
            ? several.map(({ value }) => String(value))
            : [String(chosen.value)],
        ],
      ];
    }),
  );
}

/** Answers the question of the file that was asked. */
function give(model: Model, { place, name }: AskedQuestion, answer: unknown): void {
  const question = model.getQuestionByName(place);
  if (question.getType() === 'matrix') {
    question.value = { ...question.value, [name.slice(place.length + 1)]: answer };
  } else if (question.getType() === 'boolean' && typeof question.valueTrue === 'undefined') {
    question.value = answer === 'true';
  } else question.value = answer;
}

function shownByModel(model: Model, asked: Asked): string[][] {
  return model.visiblePages.map((page) => [
    page.name,
    ...page.questions
      .filter((question) => question.isVisible && question.isParentVisible)
      .flatMap(({ name }) => [...asked].flatMap(([asIs, { place }]) => (place === name ? asIs : []))),
  ]);
}

function requires(question: Question): boolean {
  return question.getType() === 'matrix' ? question.eachRowRequired : question.isRequired;
}

function choicesOf(question: Question, { choices = [] }: ElementDefinition): string[][] {
  const pairs = (items: { value: unknown; text: string }[]) =>
    items.map(({ value, text }) => [String(value), text]);
  if (question.getType() === 'matrix') return pairs(question.visibleColumns);
  if (question.getType() === 'rating') return pairs(question.visibleRateValues);
  if (question.getType() === 'boolean') {
    return [
      [String(question.getValueTrue()), question.locLabelTrue.renderedHtml],
      [String(question.getValueFalse()), question.locLabelFalse.renderedHtml],
    ];
  }
  return choices.length === 0 ? [] : pairs(question.visibleChoices);
}
