import { inMinutes, secondsOn } from '../questionnaires/minutes';
import type { Answer, Answers, Plan, PlanQuestion } from '../questionnaires/plan';
import { conditionValues } from './condition-values';
import type { Leaf, Tree } from './expression-tree';
import { type LookedAt, type RoutingModel, routingModelOf } from './routing-model';

export const simulatedRespondents = 400;
const seed = 20_261_122;

/** The walk of one made-up respondent: the pages shown, by their places from 0, and the questions on each. */
export interface SimulatedWalk {
  pages: { place: number; questions: string[] }[];
  minutes: number;
}

/**
 * Made-up respondents who choose at random: every answer offered is as likely as any other, and where one may be left
 * out, so is that. They are the same ones every time. What they show is how conditions divide people, not how real ones would divide.
 */
export function simulateWalks(
  plan: Pick<Plan, 'pages'>,
  respondents = simulatedRespondents,
): SimulatedWalk[] {
  const random = seededRandom(seed);
  const model = routingModelOf(plan);
  const holds = evaluator(model);
  return Array.from({ length: respondents }, () => walk(model, holds, random));
}

type Random = () => number;

/** Numbers from 0 up to 1, the same for the same seed on every machine: a linear congruential generator. */
function seededRandom(start: number): Random {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

type Holds = (tree: Tree | null, answers: Answers) => boolean;

/** Does a condition hold? What the same answers have led to is remembered: respondents are many, their answers few. */
function evaluator(model: RoutingModel): Holds {
  const known = new Map<Leaf, Map<string, boolean>>();
  const leafHolds = (leaf: Leaf, answers: Answers): boolean => {
    const outcomes = known.get(leaf) ?? new Map<string, boolean>();
    known.set(leaf, outcomes);
    const key = JSON.stringify(leaf.questions.map((name) => answers[name] ?? null));
    const questions = leaf.questions.map((name) => model.looked.get(name)!.question);
    const outcome = outcomes.get(key) ?? leaf.holds(conditionValues(questions, answers));
    outcomes.set(key, outcome);
    return outcome;
  };
  const holds: Holds = (tree, answers) => {
    if (!tree) return true;
    if (tree.kind === 'leaf') return leafHolds(tree, answers);
    if (tree.kind === 'not') return !holds(tree.part, answers);
    return tree.kind === 'and'
      ? tree.parts.every((part) => holds(part, answers))
      : tree.parts.some((part) => holds(part, answers));
  };
  return holds;
}

function walk({ pages, looked }: RoutingModel, holds: Holds, random: Random): SimulatedWalk {
  const answers: Answers = {};
  const met: SimulatedWalk['pages'] = [];
  let seconds = 0;
  for (const [place, { condition, questions }] of pages.entries()) {
    if (!holds(condition, answers)) continue;
    const shown = questions.filter((one) => holds(one.condition, answers)).map(({ question }) => question);
    if (shown.length === 0) continue;
    met.push({ place, questions: shown.map(({ name }) => name) });
    seconds += secondsOn(shown);
    for (const { name } of shown) {
      // What no condition looks at changes nothing.
      const at = looked.get(name);
      const answer = at && anyAnswer(at, random);
      if (answer !== undefined) answers[name] = answer;
    }
  }
  return { pages: met, minutes: inMinutes(seconds) };
}

function anyAnswer({ question, kinds, given }: LookedAt, random: Random): Answer | undefined {
  const { kind, choices, required } = question;
  const values = choices.map(({ value }) => value);
  switch (kind) {
    case 'one':
      return anyOf(required ? values : [...values, undefined], random);
    case 'many':
      return anyTicks(question, random);
    case 'ranking':
      return !required && random() < 0.5 ? undefined : shuffled(values.map(String), random);
    case 'number':
      return (
        anyNumber(question, random) ??
        anyOf(
          given.flatMap((place) => kinds[place]!.answers),
          random,
        )
      );
    default:
      return anyOf(
        given.flatMap((place) => kinds[place]!.answers),
        random,
      );
  }
}

/** Between the least and the most, where both are known; of others there is no telling how they spread. */
function anyNumber({ min, max, decimals, required }: PlanQuestion, random: Random): number | undefined {
  if (typeof min !== 'number' || typeof max !== 'number' || !required) return undefined;
  const steps = Math.floor((max - min) * 10 ** decimals) + 1;
  return Number((min + Math.floor(random() * steps) / 10 ** decimals).toFixed(decimals));
}

/** Each box with even chances; those that stand apart are as likely as the rest together. */
function anyTicks({ choices, required }: PlanQuestion, random: Random): string[] | undefined {
  const together = choices.filter(({ exclusive }) => !exclusive).map(({ value }) => String(value));
  const alone = choices.filter(({ exclusive }) => exclusive).map(({ value }) => String(value));
  const place = Math.floor(random() * (alone.length + (together.length > 0 ? 1 : 0)));
  if (place < alone.length) return [alone[place]!];
  const ticked = together.filter(() => random() < 0.5);
  if (ticked.length > 0) return ticked;
  return required ? [anyOf(together, random)!] : undefined;
}

function anyOf<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}

function shuffled(values: string[], random: Random): string[] {
  const order = [...values];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
