import type { Dimension } from '../../src/estimates/dimension';
import { dimensionOf } from '../../src/estimates/dimension';
import type { RequiredLevel } from '../../src/frameworks/framework';
import { encode } from '../../src/questionnaires/coding';
import type { Plan, PlanItem } from '../../src/questionnaires/plan';
import type { WorkInput } from '../../src/releases/working-out';
import { layoutOf } from '../../src/tallies/layout';
import type { Tally } from '../../src/tallies/tally';
import { randomOf } from '../disclosure/tables';

export const levels = [0, 1, 2, 3, 4];

export function level(competency: string, domain = 'D'): PlanItem {
  return { name: competency, measure: 'level', competency, domain, values: levels, choices: [] };
}

/** A plan that asks these facets and items: of the rest of a plan a release knows nothing. */
export function planOf(facets: Record<string, readonly string[]>, items: PlanItem[]): Plan {
  const question = (facet: string) => ({
    facet,
    choices: facets[facet]!.map((value) => ({ value, text: value })),
  });
  return {
    facets: Object.keys(facets),
    pages: [{ questions: Object.keys(facets).map(question) }],
    items,
  } as unknown as Plan;
}

export interface Wish {
  facets: Record<string, readonly string[]>;
  dimensions?: string[];
  items: PlanItem[];
  requiredLevels?: RequiredLevel[];
  people: number;
  seed: number;
  /** Of a hundred, how many give no value. */
  without?: number;
}

/** A survey answered by made-up people: a few large groups and many small ones. The same seed gives the same. */
export function madeUp(wish: Wish): WorkInput {
  const { facets, items, people, seed, without = 5 } = wish;
  const plan = planOf(facets, items);
  const layout = layoutOf(plan);
  const random = randomOf(seed);
  const pick = (codes: readonly string[]) => codes[Math.floor(random() ** 2.5 * codes.length)]!;
  const tallies = new Map<string, Tally>();
  for (let person = 0; person < people; person += 1) {
    const stratum = Object.values(facets).map(pick);
    const key = stratum.join(' ');
    const tally = tallies.get(key) ?? {
      ...{ stratum, respondents: 0, withdrawn: 0, counts: new Array<number>(layout.cells).fill(0) },
    };
    tallies.set(key, tally);
    tally.respondents += 1;
    for (const [place, item] of items.entries()) {
      const value = item.values[Math.floor((random() + random()) * 0.5 * item.values.length)]!;
      const answer = random() * 100 < without ? 'na' : value;
      tally.counts[layout.offsets[place]! + encode(item, answer)]! += 1;
    }
  }
  const counted = [...tallies.values()].sort((a, b) => (a.stratum.join(' ') < b.stratum.join(' ') ? -1 : 1));
  const dimensions = (wish.dimensions ?? Object.keys(facets)).map(
    (key): Dimension => dimensionOf(plan, key, counted, (_, code) => code),
  );
  return {
    ...{ plan, tallies: counted, dimensions, weights: null, threshold: 11, smallChanges: 'refuse' },
    requiredLevels: wish.requiredLevels ?? [],
    tiers: [],
    terms: [],
    earlier: [],
  };
}

/** Required levels of every profession for every competency, from 1 to 4, the same for the same seed. */
export function requiredLevels(
  items: readonly PlanItem[],
  professions: readonly string[],
  seed: number,
  settings: readonly (string | null)[] = [null],
): RequiredLevel[] {
  const random = randomOf(seed);
  return items.flatMap(({ competency }) =>
    professions.flatMap((profession) =>
      settings.flatMap((setting): RequiredLevel[] =>
        random() < 0.1
          ? []
          : [
              {
                competency: competency!,
                profession,
                tier: null,
                setting,
                level: 1 + Math.floor(random() * 4),
              },
            ],
      ),
    ),
  );
}

export function codes(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
