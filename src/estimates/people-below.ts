import { requiredLevelOf } from '../frameworks/required-level';
import type { Figure } from '../gaps/figure';
import { peopleBelow, type StaffGroup } from '../gaps/required-level-estimates';
import { type HeadcountTable, marginOf } from '../populations/headcount';
import { firstValueCode } from '../questionnaires/coding';
import type { PlanItem } from '../questionnaires/plan';
import type { Tally } from '../tallies/tally';
import type { Counted, Counting } from './counting';
import { categoriesOf, type Dimension } from './dimension';
import { answersOf, sumsOf } from './sums';

/** People below what an item requires in the workforce of a node; null where it is not known how many there are. */
export type PeopleBelow = (key: Readonly<Record<string, string | null>>, item: number) => Figure | null;

interface Given extends Pick<Counted, 'matrix' | 'tierOf'> {
  counting: Counting;
  dimensions: readonly Dimension[];
  staff: HeadcountTable;
}

/** Staff who share a code of each facet they are counted by, with whoever of them answered. */
interface Group {
  codes: readonly string[];
  headcount: number;
  members: Tally[];
}

/**
 * Σ N·(1 - M/100) over the groups of a node that share a profession and a setting, and a category of each dimension (METHODS.md 1(a)). Of staff
 * who are counted by one facet after the other only one is used, profession if it is among them: what goes with what is not guessed.
 * In a group that the requirement does not part from others, N are those of whom anything is required, by their share of who answered.
 */
export function peopleBelowIn(given: Given): PeopleBelow {
  const facets = facetsOf(given);
  if (facets.length === 0) return () => null;
  const groups = groupsOf(given, facets);
  const staffGroups = given.counting.plan.items.map((item, place) =>
    item.measure === 'level' && item.competency
      ? groups.map((group) => staffGroupOf(given, facets, item, place, group))
      : null,
  );
  return (key, item) => {
    const own = staffGroups[item];
    const asked = given.dimensions.filter((dimension) => key[dimension.key] !== null);
    if (!own || asked.some((dimension) => !facets.includes(dimension.key))) return null;
    const wanted = asked.map((dimension) => ({
      place: facets.indexOf(dimension.key),
      codes: dimension.categories.find(({ code }) => code === key[dimension.key])!.codes,
    }));
    const within = own.filter((_, index) =>
      wanted.every(({ place, codes }) => codes.includes(groups[index]!.codes[place]!)),
    );
    const required = within.filter((group) => group !== null);
    return required.length > 0 ? peopleBelow(required) : null;
  };
}

function facetsOf({ staff, dimensions }: Given): string[] {
  const wanted = [...new Set(['profession', 'setting', ...dimensions.map(({ key }) => key)])];
  const counted = wanted.filter((facet) => staff.facets.includes(facet) && marginOf(staff, facet));
  return staff.kind === 'joint' ? counted : counted.slice(0, 1);
}

function groupsOf({ staff, counting }: Given, facets: readonly string[]): Group[] {
  const rows = staff.kind === 'joint' ? staff.rows : staff.rows.filter(({ facet }) => facet === facets[0]);
  const places = staff.kind === 'joint' ? facets.map((facet) => staff.facets.indexOf(facet)) : [0];
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const codes = places.map((place) => row.codes[place]!);
    const group = groups.get(codes.join(' ')) ?? { codes, headcount: 0, members: [] };
    groups.set(codes.join(' '), { ...group, headcount: group.headcount + row.headcount });
  }
  const ofStratum = facets.map((facet) => counting.plan.facets.indexOf(facet));
  for (const tally of counting.tallies) {
    groups.get(ofStratum.map((place) => tally.stratum[place]).join(' '))?.members.push(tally);
  }
  return [...groups.values()];
}

/** Null where nothing is required of the group. */
function staffGroupOf(
  given: Given,
  facets: readonly string[],
  item: PlanItem,
  place: number,
  { codes, headcount, members }: Group,
): StaffGroup | null {
  const { counting } = given;
  const answers = answersOf(counting, sumsOf(counting, members), place);
  const weightOf = (some: typeof answers) => some.reduce((sum, { weight }) => sum + weight, 0);
  if (answers.length === 0) {
    return isRequired(given, facets, item, codes) ? { headcount, percentMeeting: null } : null;
  }
  const required = answers.filter((count) => count.required !== null);
  if (required.length === 0) return null;
  const levels = required.filter(({ code }) => code >= firstValueCode);
  const meeting = levels.filter((count) => item.values[count.code - firstValueCode]! >= count.required!);
  return {
    headcount: (headcount * weightOf(required)) / weightOf(answers),
    percentMeeting: levels.length > 0 ? (100 * weightOf(meeting)) / weightOf(levels) : null,
  };
}

/** Is anything required of somebody in a group of whom nobody answered? */
function isRequired(
  { counting, matrix, tierOf }: Given,
  facets: readonly string[],
  item: PlanItem,
  codes: readonly string[],
): boolean {
  const possible = (facet: string): (string | null)[] => {
    if (facets.includes(facet)) return [codes[facets.indexOf(facet)]!];
    const offered = categoriesOf(counting.plan, facet);
    return offered.length > 0 ? offered : [null];
  };
  return possible('profession').some((profession) =>
    possible('setting').some((setting) => {
      const tiers = counting.plan.facets.includes('tier')
        ? possible('tier')
        : [profession && tierOf(profession)];
      return tiers.some(
        (tier) => requiredLevelOf(matrix, item.competency!, { profession, tier, setting }) !== null,
      );
    }),
  );
}
