import { type GroupStatus, groupStatus } from '../disclosure/threshold';
import { requiredLevelOf, type SkillsMatrix } from '../frameworks/required-level';
import { type GapSources, gapSources } from '../gaps/gap-sources';
import { type LevelCount, type RequiredLevelGap, requiredLevelGap } from '../gaps/required-level-gap';
import { firstValueCode } from '../questionnaires/coding';
import type { Plan, PlanItem } from '../questionnaires/plan';
import { layoutOf, type TallyLayout } from '../tallies/layout';
import type { Tally } from '../tallies/tally';

/** What a working report is worked out from. */
export interface WorkingReportInput {
  plan: Plan;
  tallies: readonly Tally[];
  matrix: SkillsMatrix;
  /** The staff tier of each profession that has one. */
  tierOf: (profession: string) => string | null;
  dimensions: readonly string[];
  threshold: number;
}

/** The people who share a category of a dimension, or of two; or everybody. */
export interface Group {
  /** Category codes by dimension; empty for everybody. */
  key: Record<string, string>;
  respondents: number;
  status: GroupStatus;
}

/** One competency in one group. Figures are there only where they may be shown. */
export interface Cell {
  competency: string;
  group: Group;
  status: 'shown' | 'too few' | 'no requirement' | 'no answers';
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
  status: 'shown' | 'too few' | 'no answers';
  sources: GapSources | null;
}

/** The input with what every cell needs of it, worked out once. */
interface Context extends WorkingReportInput {
  layout: TallyLayout;
  /** The required level of each item for the role that the stratum of a tally stands for. */
  requiredLevels: ReadonlyMap<Tally, (number | null)[]>;
}

const mostLargest = 10;

/** A working report from exact tallies. Everything that may not be shown is left out here, not on the page. */
export function workingReport(input: WorkingReportInput): WorkingReport {
  const context = { ...input, layout: layoutOf(input.plan), requiredLevels: requiredLevelsByRole(input) };
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

/** The categories of a dimension, in the order the questionnaire offers them. */
export function categoriesOf(plan: Plan, dimension: string): string[] {
  const question = plan.pages.flatMap((page) => page.questions).find((asked) => asked.facet === dimension);
  return (question?.choices ?? []).map((choice) => String(choice.value));
}

function groupOf(input: WorkingReportInput, key: Record<string, string>): Group {
  const respondents = membersOf(input, key).reduce((total, tally) => total + tally.respondents, 0);
  return { key, respondents, status: groupStatus(respondents, input.threshold) };
}

function crossedGroups(input: WorkingReportInput): Group[][] {
  const [first, second] = input.dimensions;
  if (!first || !second) return [];
  return categoriesOf(input.plan, first).map((row) =>
    categoriesOf(input.plan, second).map((column) => groupOf(input, { [first]: row, [second]: column })),
  );
}

function membersOf({ plan, tallies }: WorkingReportInput, key: Record<string, string>): Tally[] {
  const places = Object.entries(key).map(
    ([dimension, code]) => [plan.facets.indexOf(dimension), code] as const,
  );
  return tallies.filter((tally) => places.every(([place, code]) => tally.stratum[place] === code));
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
  if (group.status === 'nobody') return cell('no answers');
  const { counts, required } = levelCounts(context, item, members);
  if (!required) return cell('no requirement');
  const gap = requiredLevelGap(counts);
  if (!gap) return cell('no answers');
  return groupStatus(gap.n, context.threshold) === 'too few' ? cell('too few') : cell('shown', gap);
}

/** Joint counts of requirement and level over some strata, and whether anything is required in any of them. */
function levelCounts(
  context: Context,
  item: PlanItem,
  members: Tally[],
): { counts: LevelCount[]; required: boolean } {
  const place = context.plan.items.indexOf(item);
  const start = context.layout.offsets[place]! + firstValueCode;
  const byRequired = new Map<number, number[]>();
  for (const tally of members) {
    const required = context.requiredLevels.get(tally)?.[place] ?? null;
    if (required === null) continue;
    const levels = byRequired.get(required) ?? item.values.map(() => 0);
    byRequired.set(required, levels);
    for (let index = 0; index < levels.length; index += 1) levels[index]! += tally.counts[start + index]!;
  }
  const counts = [...byRequired].flatMap(([required, levels]) =>
    levels.map((n, index) => ({ required, level: item.values[index]!, n, weight: n })),
  );
  return { counts, required: byRequired.size > 0 };
}

/** Looks up the required level of every item for each stratum, once for each role. */
function requiredLevelsByRole({
  plan,
  matrix,
  tierOf,
  tallies,
}: WorkingReportInput): Context['requiredLevels'] {
  const [profession, setting] = [plan.facets.indexOf('profession'), plan.facets.indexOf('setting')];
  const ofRole = new Map<string, (number | null)[]>();
  const ofTally = new Map<Tally, (number | null)[]>();
  for (const tally of tallies) {
    const role = { profession: tally.stratum[profession] || null, setting: tally.stratum[setting] || null };
    const key = `${role.profession} ${role.setting}`;
    const tier = role.profession && tierOf(role.profession);
    const levels =
      ofRole.get(key) ??
      plan.items.map((item) =>
        item.competency ? requiredLevelOf(matrix, item.competency, { ...role, tier }) : null,
      );
    ofRole.set(key, levels);
    ofTally.set(tally, levels);
  }
  return ofTally;
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
  if (!pooled) return { group, status: 'no answers', sources: null };
  const people = Math.max(...ticksByTopic.map((ticks) => ticks.slice(1).reduce((total, n) => total + n, 0)));
  if (groupStatus(people, context.threshold) === 'too few')
    return { group, status: 'too few', sources: null };
  return { group, status: 'shown', sources: pooled };
}

/** How many people gave each value of an item, in the order of its values. */
function valueCounts({ plan, layout }: Context, item: PlanItem, members: Tally[]): number[] {
  const start = layout.offsets[plan.items.indexOf(item)]! + firstValueCode;
  return item.values.map((_, index) =>
    members.reduce((total, tally) => total + tally.counts[start + index]!, 0),
  );
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
