import { isOneAnswer } from '../disclosure/class-disclosure';
import type { Detail } from '../disclosure/item-protector';
import { type Lattice, totalsIn } from '../disclosure/lattice';
import type { Pattern } from '../disclosure/protector';
import type { Counting } from '../estimates/counting';
import type { Dimension } from '../estimates/dimension';
import { type EstimateNode, estimatesFrom, type ItemEstimates } from '../estimates/estimates';
import { nodesOver } from '../estimates/nodes';
import type { StatisticFamily } from '../estimates/statistics';
import { rankedBy } from '../gaps/ranking';
import { firstValueCode } from '../questionnaires/coding';
import type { Plan } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';
import type { Question } from './questions';
import type { FigureStatus, NodeStatus, ReleasedFigure } from './release';
import { figuresOf } from './release-figures';

/** A statistic of several ratings, and the nodes of which it is withheld. */
export interface FamilyPattern {
  family: StatisticFamily;
  withheld: Pattern;
}

interface FigureInput {
  input: { plan: Plan; dimensions: readonly Dimension[]; tallies: readonly Tally[] };
  counting: Counting;
  nodes: Lattice['nodes'];
  statuses: readonly NodeStatus[];
  questions: readonly Question[];
  patterns: readonly { detail: Detail; withheld: Pattern }[];
  families: readonly FamilyPattern[];
  /** Nodes that are sums of groups of which not all are shown anew: levels beside those of an earlier release would tell of the rest. */
  inPart: ReadonlySet<number>;
}

/** A row for each item of each node that is shown. */
export function figuresIn({
  input,
  counting,
  nodes,
  statuses,
  questions,
  patterns,
  families,
  inPart,
}: FigureInput): ReleasedFigure[] {
  const estimates = estimatesFrom(counting, input.dimensions);
  const members = nodesOver(input.plan, input.dimensions, input.tallies);
  const cellsUnder = cellsUnderEach(nodes);
  return nodes.flatMap((_, node) => {
    if (statuses[node] !== 'published') return [];
    const people = members[node]!.members;
    const toldHere = familiesTold(node, people, { questions, patterns, families, inPart });
    const among = new Set(toldHere.map(({ rests }) => rests[0]!));
    const rows = questions.map((question, item): ReleasedFigure => {
      const { detail, withheld } = patterns[item]!;
      const own = estimates.nodes[node]!.items[item]!;
      const inClasses = inPart.has(node) && question.compared && own.required === null;
      const cannotTell = inClasses && someCannotBeBelow(counting, question, members[node]!.members);
      const status = statusOf(own, question, withheld.has(node) || cannotTell);
      if (status !== 'published') return { node, item, status, figures: null };
      const isShown = (cell: number) => statuses[cell] !== 'suppressed' && !withheld.has(cell);
      const told = toldHere.filter(({ item: place }) => place === question.place);
      const figures = figuresOf(own, {
        detail: inClasses ? 'classes' : detail,
        compared: question.compared,
        isWhole: cellsUnder[node]!.every(isShown),
        isUniform: cellsUnder[node]!.every((cell) => isUniform(estimates.nodes[cell]!, item)),
        ...countsIn(counting, question, members[node]!.members),
        statistics: Object.fromEntries(
          told.flatMap(({ name, display, estimate: estimateOf }) => {
            const estimate = estimateOf(people, among);
            return estimate ? [[name, display(estimate)]] : [];
          }),
        ),
      });
      return { node, item, status, figures };
    });
    return withRanks(rows, estimates.nodes[node]!);
  });
}

/**
 * The statistics that a node may be told: those with enough people, of ratings that are told there themselves, and where no answer is that of
 * everybody, or all but one or two (METHODS.md 3.3, steps 4 to 6). Of levels that are told in classes only, none is.
 */
function familiesTold(
  node: number,
  members: readonly Tally[],
  {
    questions,
    patterns,
    families,
    inPart,
  }: Pick<FigureInput, 'questions' | 'patterns' | 'families' | 'inPart'>,
): StatisticFamily[] {
  const untold = new Set(
    questions.flatMap(({ place, compared }, item) => {
      const { detail, withheld } = patterns[item]!;
      const inClasses = compared && (detail !== 'levels' || inPart.has(node));
      return withheld.has(node) || inClasses ? [place] : [];
    }),
  );
  return families.flatMap(({ family, withheld }) => {
    if (withheld.has(node) || family.rests.some((place) => untold.has(place))) return [];
    return family.answersIn(members).some(isOneAnswer) ? [] : [family];
  });
}

/** Is so little required of some of these people that they can only meet it? Then those below are among the others. */
function someCannotBeBelow(
  { requiredLevels }: Counting,
  { item, place }: Question,
  members: readonly Tally[],
): boolean {
  const lowest = Math.min(...item.values);
  return members.some((tally) => {
    const required = requiredLevels.get(tally)![place]!;
    return required !== null && required <= lowest;
  });
}

/** One requirement for everybody of a cell that counts; or nobody counts. */
function isUniform({ items }: EstimateNode, item: number): boolean {
  const estimates = items[item];
  return !estimates || estimates.n === 0 || estimates.required !== null;
}

function statusOf(estimates: ItemEstimates, { compared }: Question, isWithheld: boolean): FigureStatus {
  if (isWithheld) return 'withheld';
  if (compared && estimates.status === 'no-requirement') return 'no-requirement';
  return estimates.n === 0 ? 'no-answers' : 'published';
}

/** How many people, unweighted, gave each value and are on each side of what is required. */
function countsIn(counting: Counting, { item, place, compared }: Question, members: readonly Tally[]) {
  const values = item.values.map(() => 0);
  const classes: [number, number] = [0, 0];
  const start = counting.layout.offsets[place]! + firstValueCode;
  for (const tally of members) {
    const required = counting.requiredLevels.get(tally)![place]!;
    if (compared && required === null) continue;
    for (const [index, value] of item.values.entries()) {
      const people = tally.counts[start + index]!;
      values[index]! += people;
      if (compared) classes[value < required ? 0 : 1] += people;
    }
  }
  return { values, classes: compared ? classes : null };
}

/** For each node its cells with people in them. */
function cellsUnderEach(nodes: Lattice['nodes']): number[][] {
  const cells = nodes.flatMap((node, place) => (totalsIn(node) === 0 && node.count > 0 ? [place] : []));
  return nodes.map(({ key }) =>
    cells.filter((cell) =>
      key.every((category, axis) => category === null || category === nodes[cell]!.key[axis]),
    ),
  );
}

/** Ranks the gaps that are shown of one node, by what they are before rounding (METHODS.md 1(a), "Reading"). */
function withRanks(rows: readonly ReleasedFigure[], { items }: EstimateNode): ReleasedFigure[] {
  const shown = rows.filter(({ figures }) => figures !== null && figures.meanShortfall !== null);
  const ranks = new Map(
    rankedBy(
      shown,
      ({ item }) => [
        items[item]!.meanShortfall!.estimate,
        100 - (items[item]!.percentMeeting!.estimate ?? 0),
      ],
      ({ item }) => items[item]!.competency,
    ).map(({ item, rank }) => [item, rank]),
  );
  return rows.map((row) => ({
    ...row,
    figures: row.figures && { ...row.figures, rank: ranks.get(row.item) ?? null },
  }));
}
