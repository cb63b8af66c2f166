import { groupStatus } from '../disclosure/threshold';
import {
  type Counted,
  type Counting,
  countingOf,
  levelCounts,
  membersOf,
  valueCounts,
} from '../estimates/counting';
import { categoriesOf } from '../estimates/dimension';
import { type GapSources, gapSources } from '../gaps/gap-sources';
import { type RequiredLevelGap, requiredLevelGap } from '../gaps/required-level-gap';
import type { PlanItem } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';

/** What a working report is worked out from. */
export interface WorkingReportInput extends Counted {
  dimensions: readonly string[];
  threshold: number;
}

/** The people who share a category of a dimension, or of two; or everybody. */
export interface Group {
  /** Category codes by dimension; empty for everybody. */
  key: Record<string, string>;
  respondents: number;
  status: 'shown' | 'too few';
}

/** One competency in one group. Figures are there only where they may be shown. */
export interface Cell {
  competency: string;
  group: Group;
  status: 'shown' | 'too few' | 'no requirement';
  gap: RequiredLevelGap | null;
}

export interface WorkingReport {
  everybody: Group;
  /** For each dimension its groups, in the order the questionnaire offers them, with a cell per competency. */
  byDimension: { dimension: string; groups: Group[]; cells: Cell[][] }[];
  /** The first two dimensions crossed: rows of the first, columns of the second. */
  crossed: Group[][];
  /** The largest gaps of the first dimension's groups: by mean shortfall, then people below, then code. */
  largest: Cell[];
  /** Where the gaps come from, where the questionnaire asks: for everybody and each group of the first dimension. */
  sources: { choices: { value: string; text: string }[]; groups: SourcesOfGroup[] } | null;
}

/** Where the gaps of a group come from, over all topics asked about: its answers, not its people, are counted. */
export interface SourcesOfGroup {
  group: Group;
  status: 'shown' | 'too few';
  sources: GapSources | null;
}

type Context = Counting & Pick<WorkingReportInput, 'threshold'>;

const mostLargest = 10;

/** A working report from exact tallies. Everything that may not be shown is left out here, not on the page. */
export function workingReport(input: WorkingReportInput): WorkingReport {
  const context = { ...countingOf(input), threshold: input.threshold };
  const levelItems = input.plan.items.filter((item) => item.measure === 'level');
  const byDimension = input.dimensions.map((dimension) => {
    const groups = categoriesOf(input.plan, dimension).map((code) => groupOf(input, { [dimension]: code }));
    const members = groups.map((group) => membersOf(input, group.key));
    const cells = levelItems.map((item) =>
      groups.map((group, index) => cellOf(context, item, group, members[index]!)),
    );
    return { dimension, groups, cells };
  });
  return {
    everybody: groupOf(input, {}),
    byDimension,
    crossed: crossedGroups(input),
    largest: largestGaps(byDimension[0]?.cells.flat() ?? []),
    sources: sourcesByGroup(context, byDimension[0]?.groups ?? []),
  };
}

function groupOf(
  input: Pick<WorkingReportInput, 'plan' | 'tallies' | 'threshold'>,
  key: Record<string, string>,
): Group {
  const respondents = membersOf(input, key).reduce((total, tally) => total + tally.respondents, 0);
  return { key, respondents, status: shownOf(respondents, input.threshold) };
}

/**
 * Of nobody is said what is said of few. While people answer, "nobody" that turned into "too few" would tell that the one
 * person of a group has answered.
 */
function shownOf(people: number, threshold: number): 'shown' | 'too few' {
  return groupStatus(people, threshold) === 'shown' ? 'shown' : 'too few';
}

function crossedGroups(input: WorkingReportInput): Group[][] {
  const [first, second] = input.dimensions;
  if (!first || !second) return [];
  return categoriesOf(input.plan, first).map((row) =>
    categoriesOf(input.plan, second).map((column) => groupOf(input, { [first]: row, [second]: column })),
  );
}

/**
 * One competency in one group. "No requirement" is said of the role, whoever answered; a base of too few is
 * withheld even where the group as a whole may be shown (METHODS.md 3.3, step 4).
 */
function cellOf(context: Context, item: PlanItem, group: Group, members: Tally[]): Cell {
  const competency = item.competency ?? item.name;
  const cell = (status: Cell['status'], gap: RequiredLevelGap | null = null): Cell => ({
    competency,
    group,
    status,
    gap,
  });
  if (group.status === 'too few') return cell('too few');
  const { counts, required } = levelCounts(context, item, members);
  if (!required) return cell('no requirement');
  const gap = requiredLevelGap(counts);
  return gap && shownOf(gap.n, context.threshold) === 'shown' ? cell('shown', gap) : cell('too few');
}

/** Where gaps come from, group by group; null where the questionnaire does not ask. */
function sourcesByGroup(context: Context, groups: Group[]): WorkingReport['sources'] {
  const asked = context.plan.pages
    .flatMap((page) => page.questions)
    .find(({ measure }) => measure === 'where');
  if (!asked) return null;
  const choices = asked.choices.filter((choice) => !choice.exclusive);
  return {
    choices: choices.map(({ value, text }) => ({ value: String(value), text })),
    groups: [groupOf(context, {}), ...groups].map((group) => sourcesOf(context, group, choices.length)),
  };
}

/** At least as many people are behind the pooled answers as named a gap in any one topic: too few of those, no figure. */
function sourcesOf(context: Context, group: Group, sources: number): SourcesOfGroup {
  if (group.status === 'too few') return { group, status: 'too few', sources: null };
  const members = membersOf(context, group.key);
  const topics = context.plan.items.filter(({ measure }) => measure === 'where');
  const ticksByTopic = topics.map((item) => valueCounts(context, item, members));
  const mainByTopic = context.plan.items
    .filter(({ measure }) => measure === 'where_main')
    .map((item) => valueCounts(context, item, members));
  const pooled = gapSources({ ticks: added(ticksByTopic), mainOfSeveral: added(mainByTopic) }, sources);
  if (!pooled) return { group, status: 'too few', sources: null };
  const people = Math.max(...ticksByTopic.map((ticks) => ticks.slice(1).reduce((total, n) => total + n, 0)));
  if (shownOf(people, context.threshold) === 'too few') return { group, status: 'too few', sources: null };
  return { group, status: 'shown', sources: pooled };
}

function added(lists: number[][]): number[] {
  return (lists[0] ?? []).map((_, index) => lists.reduce((total, list) => total + list[index]!, 0));
}

function largestGaps(cells: Cell[]): Cell[] {
  const rank = (value: number) => Number(value.toFixed(9));
  return cells
    .filter((cell) => cell.gap && rank(cell.gap.meanShortfall) > 0)
    .sort(
      (a, b) =>
        rank(b.gap!.meanShortfall) - rank(a.gap!.meanShortfall) ||
        rank(a.gap!.percentMeeting) - rank(b.gap!.percentMeeting) ||
        a.competency.localeCompare(b.competency, 'en', { numeric: true }),
    )
    .slice(0, mostLargest);
}
