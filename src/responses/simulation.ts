import { requiredLevelOf, type SkillsMatrix } from '../frameworks/required-level';
import { dayFields, positionField } from '../questionnaires/field-names';
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
    Object.assign(body, simulatedFields(frame, person, question, soFar));
  }
  return body;
}

/** The fields of one question: none where it is skipped. */
function simulatedFields(
  frame: SimulationFrame,
  person: SimulatedPerson,
  question: PlanQuestion,
  soFar: Record<string, unknown>,
): Record<string, string | string[]> {
  if (question.kind === 'information') return {};
  if (question.kind === 'date') return simulatedDay(person, question);
  if (question.kind === 'ranking') return simulatedOrder(person, question, soFar);
  const answer = simulatedAnswer(frame, person, question, soFar);
  return answer === undefined ? {} : { [question.name]: answer };
}

function simulatedAnswer(
  frame: SimulationFrame,
  person: SimulatedPerson,
  question: PlanQuestion,
  soFar: Record<string, unknown>,
): string | string[] | undefined {
  // Nobody's words are made up, unless a page cannot be passed without.
  if (question.kind === 'text') return question.required ? '…' : undefined;
  if (question.kind === 'number') return simulatedNumber(person, question);
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

/** Most numbers lie around the lower third of what is possible, as years in a job and hours of training do. */
function simulatedNumber({ random }: SimulatedPerson, { min, max, decimals }: PlanQuestion): string {
  const unit = 10 ** -decimals;
  const least = Number(min ?? (max === null ? 0 : Math.min(0, Number(max))));
  const most = Number(max ?? least + 30);
  const wanted = least + (most - least) * (0.35 + 0.17 * bell(random));
  const steps = (value: number) => Number((value / unit).toFixed(6));
  const within = Math.min(
    Math.max(Math.round(wanted / unit), Math.ceil(steps(least))),
    Math.floor(steps(most)),
  );
  return (within * unit).toFixed(decimals);
}

const dayInMilliseconds = 86_400_000;
/** Where a question names no days: any of them. */
const someYear = { first: '2025-01-01', days: 365 };

/** Any of the days allowed. */
function simulatedDay({ random }: SimulatedPerson, { name, min, max }: PlanQuestion): Record<string, string> {
  const known = {
    min: min === null ? null : Date.parse(String(min)),
    max: max === null ? null : Date.parse(String(max)),
  };
  const span = someYear.days * dayInMilliseconds;
  const first = known.min ?? (known.max === null ? Date.parse(someYear.first) : known.max - span);
  const last = known.max ?? first + span;
  const days = Math.floor((last - first) / dayInMilliseconds) + 1;
  const day = new Date(first + Math.floor(random() * days) * dayInMilliseconds);
  const [year, month, date] = day.toISOString().slice(0, 10).split('-') as [string, string, string];
  const [dayField, monthField, yearField] = dayFields(name);
  return { [dayField]: date, [monthField]: month, [yearField]: year };
}

/** A profession likes some things better than others; its people do not quite agree. A few skip it. */
function simulatedOrder(
  { random }: SimulatedPerson,
  { name, choices, required }: PlanQuestion,
  soFar: Record<string, unknown>,
): Record<string, string> {
  if (!required && random() < 0.05) return {};
  const liked = choices
    .map(({ value }) => ({
      value,
      liking: steady(`${soFar.profession} puts ${value} first`) + 0.25 * bell(random),
    }))
    .sort((one, other) => other.liking - one.liking);
  return Object.fromEntries(liked.map(({ value }, index) => [positionField(name, value), String(index + 1)]));
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
