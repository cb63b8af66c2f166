import { requiredLevelOf, type SkillsMatrix } from '../frameworks/required-level';
import type { Step } from '../questionnaires/journey';
import type { Plan, PlanQuestion } from '../questionnaires/plan';

/** A made-up person: who they are at work, and how they tend to rate themselves. */
export interface SimulatedPerson {
  /** How far from what the work requires this person is, in levels; below zero is short of it. */
  tendency: number;
  random: Random;
}

/** Numbers from 0 up to 1, the same for the same seed on every machine. */
export type Random = () => number;

/** A small seeded generator (mulberry32, Tommy Ettinger's public-domain design). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function simulatedPerson(random: Random): SimulatedPerson {
  return { random, tendency: 0.05 + 0.6 * bell(random) };
}

/** What the simulation knows of a survey. */
export interface SimulationFrame {
  plan: Plan;
  matrix: SkillsMatrix;
  tierOf: (profession: string) => string | null;
}

/**
 * The body a made-up person sends for one page, field by field as a browser would. People rate themselves around
 * what their work requires, each profession stronger in some competencies and weaker in others, so that no two
 * have the same gaps; a few skip a question or say it is not part of their role.
 */
export function simulatedBody(
  frame: SimulationFrame,
  person: SimulatedPerson,
  step: Step,
  soFar: Record<string, unknown>,
): Record<string, string | string[]> {
  const body: Record<string, string | string[]> = {};
  for (const question of step.questions) {
    const answer = simulatedAnswer(frame, person, question, soFar);
    if (answer !== undefined) body[question.name] = answer;
  }
  return body;
}

function simulatedAnswer(
  frame: SimulationFrame,
  person: SimulatedPerson,
  question: PlanQuestion,
  soFar: Record<string, unknown>,
): string | string[] | undefined {
  if (question.kind === 'text') return undefined;
  if (question.facet) return simulatedFacet(person, question, soFar);
  if (question.measure === 'level' || question.measure === 'needed') {
    return simulatedLevel(frame, person, question, soFar);
  }
  if (question.kind === 'many') return simulatedTicks(person, question, soFar);
  return anyOf(
    person.random,
    question.choices.map(({ value }) => String(value)),
  );
}

/** Facets are unevenly spread, and a profession is found more in some places than in others. */
function simulatedFacet(
  person: SimulatedPerson,
  question: PlanQuestion,
  soFar: Record<string, unknown>,
): string {
  const profession = question.facet === 'profession' ? '' : String(soFar.profession ?? '');
  const weights = question.choices.map(({ value }, index) => {
    const liking = steady(`${profession} in ${value}`);
    return (0.4 + liking) / (1 + 0.08 * index);
  });
  let left = person.random() * weights.reduce((total, weight) => total + weight, 0);
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left <= 0;
  });
  return String(question.choices[index < 0 ? 0 : index]!.value);
}

function simulatedLevel(
  { plan, matrix, tierOf }: SimulationFrame,
  { random, tendency }: SimulatedPerson,
  question: PlanQuestion,
  soFar: Record<string, unknown>,
): string | undefined {
  const item = plan.items.find(({ name }) => name === question.name);
  const competency = item?.competency ?? question.name;
  const profession = text(soFar.profession);
  const required = requiredLevelOf(matrix, competency, {
    profession,
    tier: profession && tierOf(profession),
    setting: text(soFar.setting),
  });
  const draw = random();
  if (draw < 0.015 && !question.required) return undefined;
  if (draw < (required === null ? 0.4 : 0.04) && offers(question, 'na')) return 'na';
  const strength = 1.6 * (steady(`${profession} can ${competency}`) - 0.55);
  const place = 1.1 * (steady(`${text(soFar.setting)} and ${competency}`) - 0.5);
  const levels = item?.values ?? [];
  const wanted = (required ?? 1) + tendency + strength + place + 0.75 * bell(random);
  return String(Math.min(Math.max(Math.round(wanted), Math.min(...levels)), Math.max(...levels)));
}

/** Where a gap comes from differs by profession; about one in four sees none, and a few are not sure. */
function simulatedTicks(
  { random }: SimulatedPerson,
  question: PlanQuestion,
  soFar: Record<string, unknown>,
): string | string[] {
  const together = question.choices.filter((choice) => !choice.exclusive).map(({ value }) => String(value));
  const ticked = together.filter(
    (value) => random() < 0.15 + 0.6 * steady(`${soFar.profession} ${value} ${question.name.charAt(0)}`),
  );
  if (random() < 0.05 && offers(question, 'dk')) return 'dk';
  const alone = question.choices.find((choice) => choice.exclusive);
  if (alone && (ticked.length === 0 || random() < 0.2)) return String(alone.value);
  return ticked.length === 1 ? ticked[0]! : ticked;
}

function offers(question: PlanQuestion, value: string): boolean {
  return question.choices.some((choice) => choice.value === value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function anyOf(random: Random, values: string[]): string {
  return values[Math.floor(random() * values.length)]!;
}

/** Roughly a standard normal: twelve draws added up, less six. */
function bell(random: Random): number {
  let total = -6;
  for (let draw = 0; draw < 12; draw += 1) total += random();
  return total;
}

/** A number from 0 to 1 that belongs to a text for good: a profession's strengths are the same for all its people. */
function steady(subject: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < subject.length; index += 1) {
    hash = Math.imul(hash ^ subject.charCodeAt(index), 16_777_619);
  }
  return seededRandom(hash)();
}
