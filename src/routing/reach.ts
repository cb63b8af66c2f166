import { leavesOf, type Tree } from './expression-tree';
import type { ModelPage, RoutingModel } from './routing-model';
import {
  type Budget,
  decide,
  type Known,
  leavesByQuestion,
  nothingKnown,
  whatMatters,
  withKinds,
} from './routing-model';

/** How the condition of a page or question can turn out where it is asked; "unreached" where it never is. */
export type Verdict = 'always' | 'never' | 'varies' | 'unreached' | 'unknown';

export interface ConditionVerdict {
  of: 'page' | 'question';
  place: string;
  /** The page it stands on, from 0. */
  page: number;
  verdict: Verdict;
}

export interface Reach {
  /** Every condition of the questionnaire, in order. */
  conditions: ConditionVerdict[];
  pagesNeverShown: string[];
  questionsNeverShown: string[];
  /** Pages whose own condition can hold while none of their questions is shown. */
  emptyPages: string[];
}

/**
 * What can and what cannot come up on the ways forward through a questionnaire, place by place. For each place only
 * the questions are followed that can have a say in it, so that many conditions beside each other cost little.
 */
export function reachOf(model: RoutingModel, limit: number): Reach {
  const reach: Reach = { conditions: [], pagesNeverShown: [], questionsNeverShown: [], emptyPages: [] };
  for (const [index, page] of model.pages.entries()) {
    const budget = { left: Math.ceil(limit / model.pages.length) };
    const shown = turnsOf(model, index, [page.condition], budget);
    const isUnsure = () => !model.exact || budget.left < 0;
    if (page.condition) {
      const verdict = isUnsure() ? unsure(shown) : verdictOf(shown);
      reach.conditions.push({ of: 'page', place: page.page.name, page: index, verdict });
    }
    let isReached = false;
    for (const { question, condition } of page.questions) {
      const turns = condition ? turnsOf(model, index, [page.condition, condition], budget) : shown;
      const canBeShown = turns.holds || isUnsure();
      isReached ||= canBeShown;
      if (!canBeShown) reach.questionsNeverShown.push(question.name);
      if (!condition) continue;
      const verdict = isUnsure() ? unsure(turns) : verdictOf(turns);
      reach.conditions.push({ of: 'question', place: question.name, page: index, verdict });
    }
    if (!isReached) reach.pagesNeverShown.push(page.page.name);
    else if (canBeEmpty(model, index, page, budget)) reach.emptyPages.push(page.page.name);
  }
  return reach;
}

/** Can the last of these conditions hold, and can it fail, where those before it hold? */
interface Turns {
  holds: boolean;
  fails: boolean;
}

function verdictOf({ holds, fails }: Turns): Verdict {
  if (holds && fails) return 'varies';
  if (holds) return 'always';
  return fails ? 'never' : 'unreached';
}

/** Where not everything was looked at, only what was seen can be said. */
function unsure({ holds, fails }: Turns): Verdict {
  return holds && fails ? 'varies' : 'unknown';
}

function turnsOf(model: RoutingModel, page: number, trees: (Tree | null)[], budget: Budget): Turns {
  const last = trees.at(-1)!;
  let open = knownBefore(model, page, trees, budget);
  for (const tree of trees.slice(0, -1)) open = holding(open, tree, model, budget);
  const turns = { holds: false, fails: false };
  for (const known of open) {
    for (const { holds } of decide(last ?? null, known, model, budget))
      turns[holds ? 'holds' : 'fails'] = true;
    if (turns.holds && turns.fails) break;
  }
  return turns;
}

function holding(
  open: Known[],
  tree: Tree | null,
  model: RoutingModel,
  budget: Budget,
  wanted = true,
): Known[] {
  return open.flatMap((one) =>
    decide(tree, one, model, budget)
      .filter(({ holds }) => holds === wanted)
      .map(({ known }) => known),
  );
}

function canBeEmpty(model: RoutingModel, index: number, page: ModelPage, budget: Budget): boolean {
  const trees = page.questions.map(({ condition }) => condition);
  if (trees.some((tree) => tree === null)) return false;
  let open = holding(
    knownBefore(model, index, [page.condition, ...trees], budget),
    page.condition,
    model,
    budget,
  );
  for (const tree of trees) open = holding(open, tree, model, budget, false);
  return open.length > 0;
}

/** All that may be known when a page comes, as far as it matters to these conditions. */
function knownBefore(model: RoutingModel, page: number, trees: (Tree | null)[], budget: Budget): Known[] {
  const needed = neededFor(trees, model);
  let open = [nothingKnown];
  for (const [index, { page: asked, condition }] of model.pages.slice(0, page).entries()) {
    const here = asked.questions.map(({ name }) => name).filter((name) => needed.has(name));
    if (here.length === 0) continue;
    const later = [...needed].map((name) => model.looked.get(name)!).filter((one) => one.page > index);
    const ahead = later.flatMap((one) => [one.condition, model.pages[one.page]!.condition]);
    const leaves = leavesByQuestion([...ahead, ...trees]);
    const next = new Map<string, Known>();
    for (const known of open) {
      for (const one of afterPage(known, condition, here, model, budget)) {
        const kept = whatMatters(one, leaves, model);
        if (!next.has(kept.key)) next.set(kept.key, kept.known);
      }
    }
    open = [...next.values()];
  }
  return open;
}

function afterPage(
  known: Known,
  condition: Tree | null,
  names: readonly string[],
  model: RoutingModel,
  budget: Budget,
): Known[] {
  return decide(condition, known, model, budget).flatMap((page) => {
    if (!page.holds) return [page.known];
    let open = [page.known];
    for (const name of names) {
      const { condition: own, given } = model.looked.get(name)!;
      open = open.flatMap((one) =>
        decide(own, one, model, budget).map((turn) =>
          turn.holds ? withKinds(turn.known, name, given) : turn.known,
        ),
      );
    }
    return open;
  });
}

/** The questions that have a say in these conditions, by themselves or through what decides whether they are shown. */
function neededFor(trees: (Tree | null)[], model: RoutingModel): Set<string> {
  const needed = new Set<string>();
  const waiting = [...trees];
  for (let tree = waiting.pop(); tree !== undefined; tree = waiting.pop()) {
    for (const name of tree ? leavesOf(tree).flatMap(({ questions }) => questions) : []) {
      if (needed.has(name)) continue;
      needed.add(name);
      const { page, condition } = model.looked.get(name)!;
      waiting.push(condition, model.pages[page]!.condition);
    }
  }
  return needed;
}
