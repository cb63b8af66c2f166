import fc from 'fast-check';
import { Model, type Question } from 'survey-core';
import { compilePlan } from '../../src/questionnaires/compile';
import type { ElementDefinition } from '../../src/questionnaires/definition';
import { stepsOf } from '../../src/questionnaires/journey';
import type { Answers, PlanQuestion } from '../../src/questionnaires/plan';
import { writeSurveyJs } from '../../src/surveyjs/export';
import { readSurveyJs } from '../../src/surveyjs/import';
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
          elements.map((element) => [element.name, { place, element }] as const),
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

test('a questionnaire made here comes out and in again as it is, with nothing to say', () => {
  const demo = demoDefinition();
  const text = writeSurveyJs(demo);
  const { definition, notes } = readSurveyJs(JSON.parse(text), 'Untitled');
  expect(notes).toEqual([]);
  expect(definition).toEqual(demo);
  expect(writeSurveyJs(definition!)).toBe(text);
});

type Asked = Map<string, { place: string; element: ElementDefinition }>;

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
function give(
  model: Model,
  { place, element }: { place: string; element: ElementDefinition },
  answer: unknown,
): void {
  const question = model.getQuestionByName(place);
  if (question.getType() === 'matrix') {
    question.value = { ...question.value, [element.name.slice(place.length + 1)]: answer };
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
