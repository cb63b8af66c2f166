import { inMinutes, secondsOn } from '../questionnaires/minutes';
import type { Plan, PlanPage, PlanQuestion } from '../questionnaires/plan';
import type { Tree } from './expression-tree';
import { type ConditionVerdict, reachOf } from './reach';
import {
  type Budget,
  decide,
  type Known,
  type LeavesByQuestion,
  leavesByQuestion,
  type ModelPage,
  type ModelQuestion,
  nothingKnown,
  type RoutingModel,
  routingModelOf,
  whatMatters,
  withKinds,
} from './routing-model';
import type { SimulatedWalk } from './simulated-walks';
import { takersInWords } from './takers';

/** A page as it is met on a way: with the questions shown there. */
export interface PageMet {
  /** Its place in the plan, from 0. */
  place: number;
  page: PlanPage;
  questions: PlanQuestion[];
}

/** One way through a questionnaire, from the first page to the last. */
export interface Way {
  pages: PageMet[];
  questions: number;
  minutes: number;
  /** Who takes it, in words: empty where everybody does, null where it would take too long to say. */
  takers: string | null;
}

/** A page after which nothing more is asked of some, while others are asked two more pages or more. */
export interface EarlyEnd {
  page: string;
  /** The pages after it that others are shown. */
  missed: string[];
  takers: string | null;
}

/**
 * All the ways through a questionnaire. Two ways are different when another page or question is shown; people go
 * forward, and have no answer to what they were not shown.
 *
 * A dead end is one of three things: an early end (see there); a page whose condition can hold while none of its
 * questions is shown, so that it is passed over; and a way on which nothing is asked at all.
 */
export interface Paths {
  /** False where there are too many ways to follow: then there are at least this many, and of those that were followed. */
  exact: boolean;
  ways: number;
  shortest: Way;
  longest: Way;
  /** Every way, where there are not too many to read; else none. */
  listed: Way[];
  conditions: ConditionVerdict[];
  pagesNeverShown: string[];
  questionsNeverShown: string[];
  emptyPages: string[];
  earlyEnds: EarlyEnd[];
  /** Can somebody pass through without being asked anything? */
  asksNothing: boolean;
  /** Which page can follow which, by their places from 0; -1 is the start, the number of pages the end. */
  steps: { from: number; to: number }[];
}

const mostListed = 40;
export const usualLimit = 30_000;
/** To say who takes one way. */
const limitOfTakers = 3_000;

/** Goes every way through a questionnaire that has no refusals. `limit` bounds the possibilities looked at. */
export function explorePaths(plan: Pick<Plan, 'pages'>, limit = usualLimit): Paths {
  const model = routingModelOf(plan);
  const { conditions, pagesNeverShown, questionsNeverShown, emptyPages } = reachOf(model, limit);
  const budget = { left: limit };
  const { start, ends, steps } = followAll(model, budget);
  const cheapest = best(ends, 'least');
  const dearest = best(ends, 'most');
  const ways = ends.reduce((sum, end) => sum + end.ways, 0);
  const wayOf = (met: Shown[]) => describedWay(met, model);
  return {
    exact: model.exact && budget.left >= 0,
    ways,
    shortest: wayOf(pathTo(cheapest, 'least')),
    longest: wayOf(pathTo(dearest, 'most')),
    listed: ways <= mostListed ? waysFrom(start).map(wayOf) : [],
    ...{ conditions, pagesNeverShown, questionsNeverShown, emptyPages },
    earlyEnds: earlyEndsOf(ends, model, new Set(pagesNeverShown)),
    asksNothing: ends.some(({ last }) => last === -1),
    steps,
  };
}

/** The way a made-up respondent took, with who takes it. */
export function wayTaken(plan: Pick<Plan, 'pages'>, walk: SimulatedWalk): Way {
  const model = routingModelOf(plan);
  const met = new Map(walk.pages.map(({ place, questions }) => [place, new Set(questions)]));
  const path = model.pages.map(({ page }, place) => ({
    place,
    questions: page.questions.filter(({ name }) => met.get(place)?.has(name)),
  }));
  return describedWay(path, model);
}

/** What is shown of a page: nothing where it is not. */
interface Met {
  place: number;
  /** Shown to everybody on this way. */
  questions: PlanQuestion[];
  /** Beside them, sets of which one is shown: whichever it is has no say in anything that comes. */
  beside: PlanQuestion[][][];
}

/** One way of being shown a page. */
type Shown = Pick<PageMet, 'place' | 'questions'>;

/** What those have in common who have been shown the same so far, as far as it matters to what comes. */
interface Node {
  /** The last page shown, from 0; -1 where there was none. */
  last: number;
  known: Known[];
  /** How many different ways lead here. */
  ways: number;
  least: Arrival;
  most: Arrival;
  onward: { met: Met; to: Node }[];
}

interface Arrival {
  seconds: number;
  from: { node: Node; shown: Shown } | null;
}

function followAll(model: RoutingModel, budget: Budget) {
  const begun = { seconds: 0, from: null };
  const start: Node = { last: -1, known: [nothingKnown], ways: 1, least: begun, most: begun, onward: [] };
  const steps = new Map<string, { from: number; to: number }>();
  const step = (from: number, to: number) => steps.set(`${from} ${to}`, { from, to });
  let level = [start];
  for (const [place, page] of model.pages.entries()) {
    const leaves = leavesByQuestion(model.pages.slice(place + 1).flatMap(conditionsOf));
    const next = new Map<string, Node>();
    for (const node of level) {
      for (const { met, known } of turnsAt(page, place, node.known, model, leaves, budget)) {
        const last = met.questions.length + met.beside.length > 0 ? place : node.last;
        if (last !== node.last) step(node.last, last);
        arrive(next, node, met, { last, known });
      }
    }
    level = [...next.values()];
  }
  for (const { last } of level) step(last, model.pages.length);
  return { start, ends: level, steps: [...steps.values()] };
}

function conditionsOf({ condition, questions }: ModelPage): (Tree | null)[] {
  return [condition, ...questions.map((one) => one.condition)];
}

/** What a page can show to those who have been shown the same so far; each with all that may be known of them then. */
function turnsAt(
  modelPage: ModelPage,
  place: number,
  before: readonly Known[],
  model: RoutingModel,
  leaves: LeavesByQuestion,
  budget: Budget,
): { met: Met; known: Map<string, Known> }[] {
  const turns = new Map<string, { met: Met; known: Map<string, Known> }>();
  const come = before.flatMap((known) => decide(modelPage.condition, known, model, budget));
  const here = come.filter(({ holds }) => holds).map(({ known }) => known);
  const { apart, beside } = setApart(modelPage, here, model, leaves, budget);
  const among = modelPage.questions.filter(({ question }) => !apart.has(question));
  const shown = here
    .flatMap((known) => shownOf(among, known, model, budget))
    .map((so) => ({ ...so, beside }));
  const canShowNone = beside.every((sets) => sets.some((set) => set.length === 0));
  const passed = [
    ...come.filter(({ holds }) => !holds),
    ...shown.filter(({ questions }) => canShowNone && questions.length === 0),
  ].map(({ known }) => ({ questions: [], known, beside: [] }));
  const canShowAny = beside.some((sets) => sets.some((set) => set.length > 0));
  const met = shown.filter(({ questions }) => canShowAny || questions.length > 0);
  for (const { questions, known, beside: sets } of [...passed, ...met]) {
    const key = `${sets.length} ${questions.map((question) => question.name).join('\n')}`;
    const turn = turns.get(key) ?? { met: { place, questions, beside: sets }, known: new Map() };
    const kept = whatMatters(known, leaves, model);
    if (!turn.known.has(kept.key)) turn.known.set(kept.key, kept.known);
    turns.set(key, turn);
  }
  return [...turns.values()];
}

/**
 * Questions whose conditions depend on nothing else on the page, and on which nothing depends later: their sets are
 * counted beside each other, for all combinations of twenty would be a million.
 */
function setApart(
  { questions }: ModelPage,
  here: readonly Known[],
  model: RoutingModel,
  leaves: LeavesByQuestion,
  budget: Budget,
): { apart: Set<PlanQuestion>; beside: PlanQuestion[][][] } {
  const apart = new Set<PlanQuestion>();
  const beside: PlanQuestion[][][] = [];
  const [first] = here;
  if (!first) return { apart, beside };
  for (const block of blocksOf(questions)) {
    const looked = namesIn(block);
    const isFree =
      looked.every((name) => !leaves.has(name) && here.every((known) => sameKinds(known, first, name))) &&
      block.every(({ question }) => !leaves.has(question.name));
    if (!isFree) continue;
    const sets = new Map<string, PlanQuestion[]>();
    for (const { questions: shown } of shownOf(block, first, model, budget)) {
      sets.set(shown.map(({ name }) => name).join('\n'), shown);
    }
    for (const { question } of block) apart.add(question);
    beside.push([...sets.values()]);
  }
  return { apart, beside };
}

function sameKinds(one: Known, other: Known, name: string): boolean {
  return String(one.get(name)) === String(other.get(name));
}

function namesIn(questions: readonly ModelQuestion[]): string[] {
  return [...leavesByQuestion(questions.map(({ condition }) => condition)).keys()];
}

/** The questions with conditions, those together whose conditions look at the same. */
function blocksOf(questions: readonly ModelQuestion[]): ModelQuestion[][] {
  let blocks: ModelQuestion[][] = [];
  for (const question of questions.filter(({ condition }) => condition !== null)) {
    const names = new Set(namesIn([question]));
    const touched = blocks.filter((block) => namesIn(block).some((name) => names.has(name)));
    blocks = [...blocks.filter((block) => !touched.includes(block)), [...touched.flat(), question]];
  }
  return blocks;
}

/** Which of these may be shown to somebody who is on their page, and what is known afterwards. */
function shownOf(
  questions: readonly ModelQuestion[],
  before: Known,
  model: RoutingModel,
  budget: Budget,
): { questions: PlanQuestion[]; known: Known }[] {
  let open: { questions: PlanQuestion[]; known: Known }[] = [{ questions: [], known: before }];
  for (const { question, condition } of questions) {
    const looked = model.looked.get(question.name);
    open = open.flatMap((so) =>
      decide(condition, so.known, model, budget).map(({ holds, known }) => ({
        questions: holds ? [...so.questions, question] : so.questions,
        known: holds && looked ? withKinds(known, question.name, looked.given) : known,
      })),
    );
  }
  return open;
}

function arrive(
  next: Map<string, Node>,
  from: Node,
  met: Met,
  { last, known }: { last: number; known: Map<string, Known> },
): void {
  const key = `${last}\n\n\n${[...known.keys()].sort().join('\n\n\n')}`;
  const leastShown = shownFor(met, 'least');
  const mostShown = shownFor(met, 'most');
  const least = { seconds: from.least.seconds + costOf(leastShown), from: { node: from, shown: leastShown } };
  const most = { seconds: from.most.seconds + costOf(mostShown), from: { node: from, shown: mostShown } };
  const node = next.get(key) ?? { last, known: [...known.values()], ways: 0, least, most, onward: [] };
  node.ways += from.ways * countShown(met);
  if (least.seconds < node.least.seconds) node.least = least;
  if (most.seconds > node.most.seconds) node.most = most;
  from.onward.push({ met, to: node });
  next.set(key, node);
}

function best(ends: readonly Node[], measure: 'least' | 'most'): Node {
  const sign = measure === 'least' ? 1 : -1;
  return ends.reduce((one, other) =>
    sign * (other[measure].seconds - one[measure].seconds) < 0 ? other : one,
  );
}

function pathTo(end: Node, measure: 'least' | 'most'): Shown[] {
  const path: Shown[] = [];
  for (let { from } = end[measure]; from; from = from.node[measure].from) path.unshift(from.shown);
  return path;
}

function costOf({ questions }: Shown): number {
  return questions.length > 0 ? secondsOn(questions) : 0;
}

/** The quickest, or the slowest, of the ways a page can be shown. */
function shownFor({ place, questions, beside }: Met, measure: 'least' | 'most'): Shown {
  const sign = measure === 'least' ? 1 : -1;
  const better = (one: PlanQuestion[], other: PlanQuestion[]) =>
    sign * (secondsOn(other) - secondsOn(one)) < 0 ? other : one;
  const shown = [...questions, ...beside.flatMap((sets) => sets.reduce(better))];
  if (shown.length > 0 || beside.length === 0) return { place, questions: shown };
  return {
    place,
    questions: beside
      .flat()
      .filter((set) => set.length > 0)
      .reduce(better),
  };
}

/** In how many ways a page can be shown: never with nothing on it, which is another turn of things. */
function countShown({ questions, beside }: Met): number {
  const combinations = beside.reduce((product, sets) => product * sets.length, 1);
  const canBeNone = questions.length === 0 && beside.every((sets) => sets.some((set) => set.length === 0));
  return combinations - (beside.length > 0 && canBeNone ? 1 : 0);
}

/** Every way on from here: only to be asked where they are few. */
function waysFrom(node: Node): Shown[][] {
  if (node.onward.length === 0) return [[]];
  return node.onward.flatMap(({ met, to }) => {
    const rests = waysFrom(to);
    return everyShown(met).flatMap((shown) => rests.map((rest) => [shown, ...rest]));
  });
}

function everyShown({ place, questions, beside }: Met): Shown[] {
  return beside
    .reduce<PlanQuestion[][]>(
      (some, sets) => some.flatMap((one) => sets.map((set) => [...one, ...set])),
      [questions],
    )
    .filter((shown) => shown.length > 0 || beside.length === 0)
    .map((shown) => ({ place, questions: shown }));
}

function describedWay(path: readonly Shown[], model: RoutingModel): Way {
  const met = path.filter(({ questions }) => questions.length > 0);
  return {
    pages: met.map(({ place, questions }) => {
      const { page } = model.pages[place]!;
      return { place, page, questions: page.questions.filter((question) => questions.includes(question)) };
    }),
    questions: met.reduce((sum, { questions }) => sum + questions.length, 0),
    minutes: inMinutes(met.reduce((sum, { questions }) => sum + secondsOn(questions), 0)),
    takers: takersOf(path, model),
  };
}

/** Walks one way again, forgetting nothing, to say who takes it. */
function takersOf(path: readonly Shown[], model: RoutingModel): string | null {
  const budget = { left: limitOfTakers };
  let open = [nothingKnown];
  for (const { place, questions } of path) {
    const wanted = new Set(questions);
    open = open
      .flatMap((known) => knownWhenShown(model.pages[place]!, wanted, known, model, budget))
      .slice(0, 20);
  }
  return open[0] && budget.left >= 0 ? takersInWords(open[0], model) : null;
}

/** What is known of somebody who was shown just these questions of a page; nothing where nobody can have been. */
function knownWhenShown(
  { condition, questions }: ModelPage,
  wanted: ReadonlySet<PlanQuestion>,
  before: Known,
  model: RoutingModel,
  budget: Budget,
): Known[] {
  return decide(condition, before, model, budget).flatMap((page) => {
    if (!page.holds) return wanted.size === 0 ? [page.known] : [];
    let open = [page.known];
    for (const { question, condition: own } of questions) {
      const isShown = wanted.has(question);
      const looked = model.looked.get(question.name);
      open = open
        .flatMap((known) => decide(own, known, model, budget))
        .filter(({ holds }) => holds === isShown)
        .map(({ known }) => (isShown && looked ? withKinds(known, question.name, looked.given) : known));
    }
    return open;
  });
}

function earlyEndsOf(ends: readonly Node[], model: RoutingModel, never: ReadonlySet<string>): EarlyEnd[] {
  const early = new Map<number, EarlyEnd>();
  for (const end of ends) {
    if (end.last === -1 || early.has(end.last)) continue;
    const missed = model.pages
      .slice(end.last + 1)
      .map(({ page }) => page.name)
      .filter((name) => !never.has(name));
    if (missed.length < 2) continue;
    const page = model.pages[end.last]!.page.name;
    early.set(end.last, { page, missed, takers: takersOf(pathTo(end, 'least'), model) });
  }
  return [...early].sort(([one], [other]) => one - other).map(([, end]) => end);
}
