import { skillsMatrix } from '../../src/frameworks/required-level';
import { nextStep } from '../../src/questionnaires/journey';
import type { Answers } from '../../src/questionnaires/plan';
import { readPageAnswers } from '../../src/responses/answer.form';
import { freeze } from '../../src/responses/frozen-response';
import {
  type SimulationFrame,
  seededRandom,
  simulatedBody,
  simulatedPerson,
} from '../../src/responses/simulation';
import { demoContent, demoDefinition, planOf, termsOf } from '../questionnaires/definitions';

const plan = planOf(demoDefinition());
const professions = termsOf('profession');
const frame: SimulationFrame = {
  plan,
  matrix: skillsMatrix(demoContent.requiredLevels),
  tierOf: (profession) => professions.get(profession)?.tier ?? null,
};
const facets = plan.pages[0]!.questions;
const competencies = plan.items.filter(({ measure }) => measure === 'level').map(({ name }) => name);

type Body = Record<string, string | string[]>;

/** The bodies a made-up person sends, page by page, each accepted by the decoder. `about` is said of them. */
function walkAs(seed: number, about: Body = {}): { bodies: Body[]; answers: Answers } {
  const person = simulatedPerson(seededRandom(seed));
  const bodies: Body[] = [];
  let answers: Answers = {};
  for (let step = nextStep(plan, answers, 0); step; step = nextStep(plan, answers, step.number)) {
    const body = { ...simulatedBody(frame, person, step, answers), ...(step.number === 1 ? about : {}) };
    const form = readPageAnswers(step.questions, body);
    if (form.errors) throw new Error(`${step.page.name} was refused: ${JSON.stringify(form.errors)}`);
    bodies.push(body);
    answers = { ...answers, ...form.value.given };
  }
  return { bodies, answers };
}

const seeds = (count: number) => Array.from({ length: count }, (_, index) => 1_000_003 + index);

test('the same seed gives the same bodies', () => {
  for (const seed of seeds(20)) expect(walkAs(seed)).toEqual(walkAs(seed));
});

test('different seeds give different bodies', () => {
  const bodies = seeds(200).map((seed) => JSON.stringify(walkAs(seed).bodies));
  expect(new Set(bodies).size).toBe(200);
});

test('every body of 500 made-up people is accepted, and every response can be stored', () => {
  for (const seed of seeds(500)) {
    const { bodies, answers } = walkAs(seed);
    expect(bodies.length).toBeGreaterThanOrEqual(9);
    expect(freeze(plan, answers).ratings).toHaveLength(plan.items.length);
  }
});

test('every facet, every level and every source is given by somebody', () => {
  const people = seeds(600).map((seed) => walkAs(seed).answers);
  for (const question of plan.pages.flatMap((page) => page.questions)) {
    const made = new Set(people.flatMap((answers) => [answers[question.name] ?? []].flat()).map(String));
    const values = question.choices.map(({ value }) => String(value)).filter((value) => value !== 'dk');
    expect(values.filter((value) => !made.has(value))).toEqual([]);
  }
});

test('some leave a question out and some say it is not part of their role, but few do', () => {
  const given = seeds(500).flatMap((seed) => {
    const { answers } = walkAs(seed);
    return competencies.map((name) => answers[name]);
  });
  for (const answer of [undefined, 'na']) {
    const share = given.filter((one) => one === answer).length / given.length;
    expect(share).toBeGreaterThan(0.005);
    expect(share).toBeLessThan(0.25);
  }
});

test('no two professions rate themselves alike: they are further apart than chance would put them', () => {
  const profiles = facets[0]!.choices.map(({ value }) => profileOf(String(value)));
  expect(profiles.length).toBeGreaterThan(3);
  profiles.forEach((one, index) => {
    for (const other of profiles.slice(index + 1)) {
      const distances = one.map((mean, place) => Math.abs(mean - other[place]!));
      // 150 people a profession: the standard error of a difference of two means is about 0.13 levels.
      expect(Math.max(...distances)).toBeGreaterThan(0.6);
      expect(distances.filter((distance) => distance > 0.3).length).toBeGreaterThan(competencies.length / 5);
    }
  });
});

test('people of different places work with different levels, too', () => {
  const places = facets[1]!.choices.map(({ value }) => profileOf('rn_adult', { setting: String(value) }));
  places.forEach((one, index) => {
    for (const other of places.slice(index + 1))
      expect(Math.max(...one.map((mean, place) => Math.abs(mean - other[place]!)))).toBeGreaterThan(0.4);
  });
});

/** The mean level a profession gives itself, for each competency. */
function profileOf(profession: string, about: Body = {}): number[] {
  const people = seeds(150).map((seed) => walkAs(seed, { profession, ...about }).answers);
  return competencies.map((name) => {
    const levels = people.map((answers) => answers[name]).filter((level) => typeof level === 'number');
    return levels.reduce((sum, level) => sum + level, 0) / levels.length;
  });
}
