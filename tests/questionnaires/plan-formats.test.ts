import { firstOpenStep, nextStep, stepsOf } from '../../src/questionnaires/journey';
import { inTodaysFormat } from '../../src/questionnaires/plan-formats';
import { readPageAnswers } from '../../src/responses/answer.form';
import { freeze } from '../../src/responses/frozen-response';
import { onePage, planOf, radios } from './definitions';

/** A plan as the first version of the product stored it, to the letter. */
const stored = JSON.parse(`{
  "format": 1, "title": "How do you listen?", "introduction": ["We ask."], "thanks": "Thank you.",
  "scale": [{"level": 0, "label": "None", "descriptor": "Nothing"}],
  "facets": ["profession"],
  "pages": [
    {"name": "about", "title": "About you", "description": "", "visibleIf": null, "questions": [
      {"kind": "one", "name": "profession", "title": "What are you?", "hint": "", "required": true,
       "requiredMessage": "Select what you are", "visibleIf": null, "maxLength": 0, "facet": "profession", "measure": null,
       "choices": [{"value": "rn", "text": "Nurse", "hint": "", "exclusive": false},
                   {"value": "gp", "text": "Doctor", "hint": "", "exclusive": false}]}]},
    {"name": "skills", "title": "Skills", "description": "", "visibleIf": "{profession} = 'rn'", "questions": [
      {"kind": "one", "name": "A1", "title": "Hearing", "hint": "", "required": false, "requiredMessage": "",
       "visibleIf": null, "maxLength": 0, "facet": null, "measure": "level",
       "choices": [{"value": 0, "text": "None", "hint": "", "exclusive": false},
                   {"value": 1, "text": "Some", "hint": "", "exclusive": false}]},
      {"kind": "many", "name": "topics", "title": "Topics", "hint": "", "required": false, "requiredMessage": "",
       "visibleIf": null, "maxLength": 0, "facet": null, "measure": null,
       "choices": [{"value": "a", "text": "A", "hint": "", "exclusive": false}]}]},
    {"name": "more", "title": "More", "description": "", "visibleIf": "{topics} empty", "questions": [
      {"kind": "text", "name": "words", "title": "Words", "hint": "", "required": false, "requiredMessage": "",
       "visibleIf": null, "maxLength": 40, "facet": null, "measure": null, "choices": []}]}],
  "items": [{"name": "A1", "measure": "level", "competency": "A1", "domain": "A", "values": [0, 1], "choices": []}]
}`);

test('a plan stored in the first format is walked, read and frozen as before', () => {
  const plan = inTodaysFormat(stored);
  expect(plan.format).toBe(2);
  expect(stepsOf(plan, {}).map(({ number }) => number)).toEqual([1, 3]);
  expect(stepsOf(plan, { profession: 'rn' }).map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(firstOpenStep(plan, { answers: {}, passed: ['about'] })!.number).toBe(1);
  const skills = nextStep(plan, { profession: 'rn' }, 1)!;
  const { value } = readPageAnswers(skills.questions, { A1: '1', topics: 'a' });
  expect(value).toEqual({ given: { A1: 1, topics: ['a'] }, left: [] });
  const frozen = freeze(plan, { profession: 'rn', A1: 1, topics: ['a'] });
  expect(frozen).toEqual({ facets: ['rn'], ratings: Buffer.from([5]), answers: { topics: ['a'] } });
});

test('its texts keep the room they had, and nothing of it is new', () => {
  const plan = inTodaysFormat(stored);
  expect(plan.pages[2]!.questions[0]).toMatchObject({ lines: 4, maxLength: 40, row: null, shuffled: false });
  expect([plan.participation, plan.seed, plan.languages]).toEqual(['', 0, []]);
  const questions = plan.pages.flatMap((page) => page.questions);
  const today = planOf(onePage(radios('q'))).pages[0]!.questions[0]!;
  for (const question of questions) expect(Object.keys(question).sort()).toEqual(Object.keys(today).sort());
});

test('a plan in today’s format is left as it is', () => {
  const plan = planOf(onePage(radios('q')));
  expect(inTodaysFormat(plan)).toBe(plan);
});
