import type { Answer, Plan, PlanPage, PlanQuestion } from '../questionnaires/plan';
import { answersThatMatter } from './answers-that-matter';
import { conditionValues } from './condition-values';
import { type Leaf, leavesOf, type Tree, treeOf } from './expression-tree';

/** A questionnaire as its conditions see it. */
export interface RoutingModel {
  pages: ModelPage[];
  looked: ReadonlyMap<string, LookedAt>;
  /** False where a question can be answered in too many ways to go through. */
  exact: boolean;
}

export interface ModelPage {
  page: PlanPage;
  condition: Tree | null;
  questions: ModelQuestion[];
}

export interface ModelQuestion {
  question: PlanQuestion;
  condition: Tree | null;
}

/** A question that a condition looks at, with the answers conditions can tell apart. */
export interface LookedAt {
  question: PlanQuestion;
  /** Its page's place, from 0. */
  page: number;
  condition: Tree | null;
  kinds: AnswerKind[];
  /** The kinds that can be given where the question is shown, as places in `kinds`. */
  given: number[];
  /** Of not being answered, which is also that of not being shown. */
  blank: number;
}

/** Answers that no condition tells apart. */
export interface AnswerKind {
  answers: (Answer | undefined)[];
  /** Whether each leaf that looks at this question alone holds for them. */
  holds: ReadonlyMap<Leaf, boolean>;
}

/**
 * What is known of a respondent on the way: for each question looked at later, the kinds of answer it may have. Any
 * choice of one kind for each question is possible. A question not named has no answer.
 */
export type Known = ReadonlyMap<string, readonly number[]>;

export const nothingKnown: Known = new Map();

/** Bounds the work: once it is spent, only one of several possibilities is followed on. */
export interface Budget {
  left: number;
}

export function routingModelOf(plan: Pick<Plan, 'pages'>): RoutingModel {
  const questions = plan.pages.flatMap((page) => page.questions);
  const leaves = new Map<string, Leaf>();
  const grow = (expression: string | null) =>
    expression ? shared(treeOf(expression, questions), leaves) : null;
  const pages = plan.pages.map((page) => ({
    page,
    condition: grow(page.visibleIf),
    questions: page.questions.map((question) => ({ question, condition: grow(question.visibleIf) })),
  }));
  const looked = new Map<string, LookedAt>();
  let exact = true;
  for (const [index, page] of pages.entries()) {
    for (const { question, condition } of page.questions) {
      const asking = [...leaves.values()].filter((leaf) => leaf.questions.includes(question.name));
      if (asking.length === 0) continue;
      const matter = answersThatMatter(question, asking);
      exact &&= matter.exact && asking.every((leaf) => leaf.questions.length === 1);
      looked.set(question.name, {
        question,
        page: index,
        condition,
        ...kindsOf(question, asking, matter.answers),
      });
    }
  }
  return { pages, looked, exact };
}

/** The same tree, in which leaves that ask the same are the same. */
function shared(tree: Tree, leaves: Map<string, Leaf>): Tree {
  if (tree.kind === 'not') return { kind: 'not', part: shared(tree.part, leaves) };
  if (tree.kind !== 'leaf') return { kind: tree.kind, parts: tree.parts.map((part) => shared(part, leaves)) };
  const known = leaves.get(tree.key) ?? tree;
  leaves.set(tree.key, known);
  return known;
}

/** Puts answers together that no leaf tells apart; where one compares it with another question, each stands alone. */
function kindsOf(question: PlanQuestion, asking: readonly Leaf[], given: (Answer | undefined)[]) {
  const alone = asking.filter((leaf) => leaf.questions.length === 1);
  const compares = alone.length < asking.length;
  const kinds = new Map<string, AnswerKind & { place: number }>();
  const kindOf = (answer: Answer | undefined) => {
    const values = conditionValues([question], answer === undefined ? {} : { [question.name]: answer });
    const holds = new Map(alone.map((leaf) => [leaf, leaf.holds(values)]));
    const key = [...holds.values()].map(Number).join('') + (compares ? JSON.stringify(answer ?? null) : '');
    const kind = kinds.get(key) ?? { answers: [], holds, place: kinds.size };
    kinds.set(key, kind);
    return kind;
  };
  // Whoever is not shown the question has no answer either, so there is always a kind for none.
  const blank = kindOf(undefined).place;
  const places = given.map((answer) => {
    const kind = kindOf(answer);
    kind.answers.push(answer);
    return kind.place;
  });
  return { kinds: [...kinds.values()], given: [...new Set(places)].sort((one, other) => one - other), blank };
}

export interface Decided {
  holds: boolean;
  known: Known;
}

/** The ways a condition may turn out for what is known, each with what is known then. */
export function decide(tree: Tree | null, known: Known, model: RoutingModel, budget: Budget): Decided[] {
  if (!tree) return [{ holds: true, known }];
  if (tree.kind === 'leaf') return split(tree, known, model, budget);
  if (tree.kind === 'not') {
    return decide(tree.part, known, model, budget).map((one) => ({ ...one, holds: !one.holds }));
  }
  const settles = tree.kind === 'or';
  const settled: Decided[] = [];
  let open = [known];
  for (const part of tree.parts) {
    const decided = open.flatMap((one) => decide(part, one, model, budget));
    settled.push(...decided.filter(({ holds }) => holds === settles));
    open = decided.filter(({ holds }) => holds !== settles).map((one) => one.known);
  }
  return within(budget, [...settled, ...open.map((one) => ({ holds: !settles, known: one }))]);
}

function within<T>(budget: Budget, possibilities: T[]): T[] {
  budget.left -= possibilities.length;
  return budget.left < 0 ? possibilities.slice(0, 1) : possibilities;
}

function split(leaf: Leaf, known: Known, model: RoutingModel, budget: Budget): Decided[] {
  const [name, second] = leaf.questions;
  if (name === undefined) return [{ holds: leaf.holds({}), known }];
  if (second !== undefined) return splitByAll(leaf, known, model, budget);
  const { kinds } = model.looked.get(name)!;
  const possible = kindsIn(known, name, model);
  const some = possible.filter((kind) => kinds[kind]!.holds.get(leaf));
  if (some.length === possible.length) return [{ holds: true, known }];
  if (some.length === 0) return [{ holds: false, known }];
  const others = possible.filter((kind) => !some.includes(kind));
  return within(budget, [
    { holds: true, known: withKinds(known, name, some) },
    { holds: false, known: withKinds(known, name, others) },
  ]);
}

/** A leaf that looks at several questions tells every combination of their answers apart. */
function splitByAll(leaf: Leaf, known: Known, model: RoutingModel, budget: Budget): Decided[] {
  let combinations = [known];
  for (const name of leaf.questions) {
    const split = combinations.flatMap((one) =>
      kindsIn(one, name, model).map((kind) => withKinds(one, name, [kind])),
    );
    combinations = within(budget, split);
  }
  const questions = leaf.questions.map((name) => model.looked.get(name)!.question);
  return combinations.map((one) => {
    const answers = Object.fromEntries(
      leaf.questions.flatMap((name) => {
        const [answer] = model.looked.get(name)!.kinds[kindsIn(one, name, model)[0]!]!.answers;
        return answer === undefined ? [] : [[name, answer]];
      }),
    );
    return { holds: leaf.holds(conditionValues(questions, answers)), known: one };
  });
}

export function kindsIn(known: Known, name: string, model: RoutingModel): readonly number[] {
  return known.get(name) ?? [model.looked.get(name)!.blank];
}

export function withKinds(known: Known, name: string, kinds: readonly number[]): Known {
  return new Map(known).set(name, kinds);
}

/** The leaves of conditions, by the question they look at. */
export type LeavesByQuestion = ReadonlyMap<string, ReadonlySet<Leaf>>;

export function leavesByQuestion(trees: readonly (Tree | null)[]): LeavesByQuestion {
  const byQuestion = new Map<string, Set<Leaf>>();
  for (const leaf of trees.flatMap((tree) => (tree ? leavesOf(tree) : []))) {
    for (const name of leaf.questions) byQuestion.set(name, (byQuestion.get(name) ?? new Set()).add(leaf));
  }
  return byQuestion;
}

/**
 * What of the known still matters to these leaves, and a key: of two that have the same, no condition to come tells
 * one from the other.
 */
export function whatMatters(
  known: Known,
  leaves: LeavesByQuestion,
  model: RoutingModel,
): { known: Known; key: string } {
  const kept = new Map<string, readonly number[]>();
  const keys: string[] = [];
  for (const [name, asking] of leaves) {
    const possible = known.get(name);
    if (!possible) continue;
    const { kinds, blank } = model.looked.get(name)!;
    const signs = new Set(possible.map((kind) => signOf(kinds[kind]!, kind, asking)));
    if (signs.size === 1 && signs.has(signOf(kinds[blank]!, blank, asking))) continue;
    kept.set(name, possible);
    keys.push(`${name}\n${[...signs].sort().join(',')}`);
  }
  return { known: kept, key: keys.join('\n\n') };
}

function signOf(kind: AnswerKind, place: number, asking: ReadonlySet<Leaf>): string {
  let sign = '';
  for (const leaf of asking) {
    if (leaf.questions.length > 1) return `=${place}`;
    sign += kind.holds.get(leaf) ? '1' : '0';
  }
  return sign;
}
