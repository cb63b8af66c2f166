import type { Weights } from '../../src/estimates/weights';
import { encode } from '../../src/questionnaires/coding';
import type { Measure } from '../../src/questionnaires/definition';
import type { Answer, Plan, PlanItem } from '../../src/questionnaires/plan';
import { layoutOf } from '../../src/tallies/layout';
import { type Counts, countFor, countRatings, type Tally } from '../../src/tallies/tally';

/** Something rated: its measure and values, of a competency, in the domain "D". */
export function rated(competency: string, measure: Measure, values: readonly number[]): PlanItem {
  const name = measure === 'level' ? competency : `${competency}__${measure}`;
  return { name, measure, competency, domain: 'D', values: [...values], choices: [] };
}

/** The question where gaps come from, of three sources, and the one for the main source. */
export function whereFrom(domain: string): [PlanItem, PlanItem] {
  const choices = ['prereg', 'workplace', 'offer'];
  const common = { competency: null, domain, choices };
  return [
    { ...common, name: `${domain}__where`, measure: 'where', values: [0, 1, 2, 3, 4, 5, 6, 7] },
    { ...common, name: `${domain}__where_main`, measure: 'where_main', values: [0, 1, 2] },
  ];
}

/** A plan that asks these facets and items: of the rest of a plan figures know nothing. */
export function planOf(facets: Record<string, readonly string[]>, items: PlanItem[]): Plan {
  const question = (facet: string) => ({
    facet,
    choices: facets[facet]!.map((value) => ({ value, text: value })),
  });
  const pages = [{ questions: Object.keys(facets).map(question) }];
  return { facets: Object.keys(facets), pages, items } as unknown as Plan;
}

/** One person: the facets in the plan's order, and the answers by item; what is left out was skipped. */
export interface Person {
  facets: string[];
  answers: Record<string, Answer>;
}

export function talliesOf(plan: Plan, people: readonly Person[]): Tally[] {
  const layout = layoutOf(plan);
  const counts: Counts = new Map();
  for (const { facets, answers } of people) {
    const ratings = plan.items.map((item) => encode(item, answers[item.name]));
    countRatings(
      countFor(counts, facets.join(' '), layout, () => facets),
      layout,
      Uint8Array.from(ratings),
    );
  }
  return [...counts.values()]
    .map((count) => ({ ...count, withdrawn: 0, counts: [...count.counts] }))
    .sort((a, b) => (a.stratum.join(' ') < b.stratum.join(' ') ? -1 : 1));
}

/** Weights that are simply given, by stratum. */
export function weighing(tallies: readonly Tally[], weightOf: (stratum: string[]) => number): Weights {
  const ofTally = new Map(tallies.map((tally) => [tally, weightOf(tally.stratum)]));
  const weights = [...ofTally.values()];
  const rest = { effectiveSize: 0, designEffect: 0, rescaled: [], cycles: 1, trimming: null };
  return { scheme: 'raked', ofTally, weighting: { weights, ...rest } };
}
