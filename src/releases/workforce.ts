import { categoriesOf, type Dimension } from '../estimates/dimension';
import { requiredLevelOf, type SkillsMatrix } from '../frameworks/required-level';
import { type HeadcountTable, marginOf } from '../populations/headcount';
import type { Plan } from '../questionnaires/plan';
import type { Figures, NodeKey, ReleasedFigure, ReleasedNode, WorkforceFigure } from './release';

/** What is known of the staff a survey is about, whoever of them answered: how many there are, and what is required of them. */
export interface WorkforceInput {
  plan: Plan;
  dimensions: readonly Dimension[];
  matrix: SkillsMatrix;
  /** The staff tier of each profession that has one. */
  tierOf: (profession: string) => string | null;
  /** The staff the survey is meant for; null where nobody has counted them. */
  staff: HeadcountTable | null;
}

/** Staff who share a code of each facet; `headcount` is null where nobody has counted them. */
interface Group {
  codes: ReadonlyMap<string, string>;
  headcount: number | null;
}

export interface Workforce {
  /** How many people there are in a group; null where that is not known. */
  staffOf(key: NodeKey): number | null;
  /** How many of them something is required of, and between which levels; null where nothing is required of anybody. */
  requiredOf(key: NodeKey, competency: string): Required | null;
}

interface Required {
  staff: number | null;
  lowest: number;
  highest: number;
}

/**
 * Headcounts and required levels by group. Nothing in it comes of answers, so that it can stand beside figures of any group that is shown. Of staff
 * counted by one facet after the other only one facet is used: what goes with what is not guessed.
 */
export function workforceOf({ plan, dimensions, matrix, tierOf, staff }: WorkforceInput): Workforce {
  const wanted = [...new Set(['profession', 'setting', 'tier', ...dimensions.map(({ key }) => key)])];
  const counted = staff ? countedFacets(staff, wanted) : [];
  const groups = staff && counted.length > 0 ? groupsOf(staff, counted) : offeredGroups(plan, wanted);
  const known = staff && counted.length > 0 ? counted : null;
  const isIn = ({ codes }: Group, key: NodeKey) =>
    dimensions.every((dimension) => {
      const asked = key[dimension.key] ?? null;
      const code = codes.get(dimension.key);
      if (asked === null || code === undefined) return true;
      return dimension.categories.find((category) => category.code === asked)!.codes.includes(code);
    });
  const isCounted = (key: NodeKey) =>
    known !== null &&
    dimensions.every((dimension) => (key[dimension.key] ?? null) === null || known.includes(dimension.key));
  const levels = new Map<string, (number[] | null)[]>();
  const levelsOf = (competency: string) => {
    const found = levels.get(competency) ?? groups.map((group) => possibleLevels(group, competency));
    levels.set(competency, found);
    return found;
  };
  const possibleLevels = ({ codes }: Group, competency: string): number[] | null => {
    const possible = (facet: string): (string | null)[] => {
      const code = codes.get(facet);
      if (code !== undefined) return [code];
      const offered = plan.facets.includes(facet) ? categoriesOf(plan, facet) : [];
      return offered.length > 0 ? offered : [null];
    };
    const found = possible('profession').flatMap((profession) =>
      possible('setting').flatMap((setting) => {
        const said = plan.facets.includes('tier') ? possible('tier') : [profession && tierOf(profession)];
        return said.flatMap(
          (tier) => requiredLevelOf(matrix, competency, { profession, tier, setting }) ?? [],
        );
      }),
    );
    return found.length > 0 ? found : null;
  };
  return {
    staffOf(key) {
      if (!isCounted(key)) return null;
      return sum(groups.filter((group) => isIn(group, key)).map(({ headcount }) => headcount ?? 0));
    },
    requiredOf(key, competency) {
      const found = levelsOf(competency);
      const within = groups.flatMap((group, place) => {
        const own = found[place];
        return own && isIn(group, key) ? [{ headcount: group.headcount ?? 0, own }] : [];
      });
      if (within.length === 0) return null;
      const all = within.flatMap(({ own }) => own);
      return {
        staff: isCounted(key) ? sum(within.map(({ headcount }) => headcount)) : null,
        lowest: Math.min(...all),
        highest: Math.max(...all),
      };
    },
  };
}

/**
 * The people below what is required, by the share that is shown: N·(100 - M)/100 to the nearest five, with M as it is displayed (METHODS.md 1(a)). So it
 * tells nothing of the answers that the share beside it does not. Null where there are words in the place of a share.
 */
export function workforceFigure(
  { staff, lowest, highest }: Required,
  { percentMeeting, percentMeetingInterval }: Pick<Figures, 'percentMeeting' | 'percentMeetingInterval'>,
): WorkforceFigure {
  const below = (meeting: number) => 5 * Math.round((staff! * (100 - meeting)) / 500);
  return {
    staff,
    below: staff === null || percentMeeting === null ? null : below(percentMeeting),
    belowInterval:
      staff === null || percentMeetingInterval === null
        ? null
        : [below(percentMeetingInterval[1]), below(percentMeetingInterval[0])],
    ...{ lowest, highest },
  };
}

/** The rows of a release, each level that is compared with what is required beside the staff it is required of. */
export function withWorkforce(
  figures: readonly ReleasedFigure[],
  nodes: readonly Pick<ReleasedNode, 'key'>[],
  competencies: readonly (string | null)[],
  workforce: Workforce,
): ReleasedFigure[] {
  return figures.map((row) => {
    const competency = competencies[row.item] ?? null;
    const isCompared =
      row.figures !== null &&
      (row.figures.percentMeeting !== null || row.figures.percentMeetingBound !== null);
    const required =
      isCompared && competency !== null ? workforce.requiredOf(nodes[row.node]!.key, competency) : null;
    if (!required || !row.figures) return row;
    const told = workforceFigure(required, row.figures);
    return {
      ...row,
      figures: { ...row.figures, statistics: { ...row.figures.statistics, workforce: told } },
    };
  });
}

function countedFacets(staff: HeadcountTable, wanted: readonly string[]): string[] {
  const counted = wanted.filter((facet) => staff.facets.includes(facet) && marginOf(staff, facet));
  return staff.kind === 'joint' ? counted : counted.slice(0, 1);
}

function groupsOf(staff: HeadcountTable, facets: readonly string[]): Group[] {
  const rows = staff.kind === 'joint' ? staff.rows : staff.rows.filter(({ facet }) => facet === facets[0]);
  const places = staff.kind === 'joint' ? facets.map((facet) => staff.facets.indexOf(facet)) : [0];
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const codes = places.map((place) => row.codes[place]!);
    const name = codes.join('\n');
    const headcount = (groups.get(name)?.headcount ?? 0) + row.headcount;
    groups.set(name, { codes: new Map(facets.map((facet, place) => [facet, codes[place]!])), headcount });
  }
  return [...groups.values()];
}

/** Whoever may answer by profession and setting, as far as the questionnaire asks for them. */
function offeredGroups(plan: Plan, wanted: readonly string[]): Group[] {
  const facets = ['profession', 'setting'].filter(
    (facet) => wanted.includes(facet) && plan.facets.includes(facet) && categoriesOf(plan, facet).length > 0,
  );
  return facets.reduce<Group[]>(
    (before, facet) =>
      before.flatMap(({ codes }) =>
        categoriesOf(plan, facet).map((code) => ({
          codes: new Map([...codes, [facet, code]]),
          headcount: null,
        })),
      ),
    [{ codes: new Map(), headcount: null }],
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
