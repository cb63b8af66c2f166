import { method as borichMethod, borichNeed } from '../gaps/borich';
import { confidenceFrequency, method as confidenceMethod } from '../gaps/confidence-frequency';
import { type Count, peopleIn, type Sample, sumOf, weightOf } from '../gaps/count';
import { method as fourRatingsMethod, trainingNeed } from '../gaps/four-ratings';
import {
  cochransQ,
  gapSourceEstimates,
  type MainCount,
  method as sourcesMethod,
} from '../gaps/gap-source-estimates';
import {
  type ImportancePerformanceMap,
  method as importanceMethod,
  importancePerformance,
} from '../gaps/importance-performance';
import { rankedDiscrepancy, method as rankedMethod } from '../gaps/ranked-discrepancy';
import { requiredLevelEstimates, method as requiredMethod } from '../gaps/required-level-estimates';
import { firstValueCode } from '../questionnaires/coding';
import type { Measure } from '../questionnaires/definition';
import type { PlanItem } from '../questionnaires/plan';
import type { PairCells } from '../tallies/layout';
import type { Tally } from '../tallies/tally';
import type { Counting } from './counting';
import { counted, perCent, score, shares, toP } from './statistics-display';
import { pairedOf, type Summed, sumsOf, valuesOf } from './sums';

/** A figure that comes of several ratings of one thing: what it is, whom it rests on, and how it is worked out and shown. */
export interface StatisticFamily {
  /** What it is called among an item's `statistics`. Families that rest on the same pairs share one `layersOf`. */
  name: string;
  method: { name: string; version: number };
  /** The item it stands under, by its place in the plan: the first that the competency is rated by. */
  item: number;
  /**
   * People of one stratum who count in it, by what they said: disjoint layers whose sum is its base. Those of where gaps come from are
   * the people with a gap, by what they ticked.
   */
  layersOf(tally: Tally): number[];
  /** The ratings it takes, by their places in the plan: where one of them is not told, it is not told either. */
  rests: readonly number[];
  /** How many people, unweighted, gave each of the answers that it tells of: one list for each thing it tells. */
  answersIn(members: readonly Tally[]): number[][];
  /**
   * At full precision, of the people of some strata; null where nobody counts. What takes several competencies together takes those only
   * whose first rating is `among` these, by its place in the plan; all of them where that is left out.
   */
  estimate(members: readonly Tally[], among?: ReadonlySet<number>): object | null;
  /**
   * The same as a reader may see it (METHODS.md 3.3, step 8): people to the nearest five, per cents whole, means and scores to one
   * decimal, a p to three.
   */
  display(estimate: object): object;
}

/** Every figure that comes of several ratings, in the order of the plan (METHODS.md 1(a) to (g)). */
export function statisticFamilies(counting: Counting): StatisticFamily[] {
  const families = [...familiesOfPairs(counting), ...familiesOfSources(counting)];
  return families.sort((one, other) => one.item - other.item);
}

function familiesOfPairs(counting: Counting): StatisticFamily[] {
  const { plan, layout } = counting;
  const map = importanceMap(counting);
  return layout.pairs.flatMap((pair) => {
    const [first, second] = [plan.items[pair.first]!, plan.items[pair.second]!];
    const basis = basisOf(counting, pair);
    if (first.measure === 'needed') return [neededLevel(basis)];
    if (first.measure === 'confidence') {
      return isScale(first, 1, 5) && isScale(second, 0, 4) ? [useOfConfidence(basis)] : [];
    }
    if (first.measure !== 'importance' || !isOnOneScale(first, second)) return [];
    const [organisation, training] = (['organisation', 'training'] as const).map((measure) =>
      placeOf(counting, measure, first),
    );
    if (organisation! >= 0 && training! >= 0) {
      return [fourRatings(basis, { organisation: organisation!, training: training! })];
    }
    return [borich(basis), discrepancy(basis), quadrant(basis, map)];
  });
}

/** What a family of pairs rests on. */
interface Basis {
  counting: Counting;
  pair: PairCells;
  item: number;
  highest: number;
  sample: Sample;
  layersOf(tally: Tally): number[];
  rests: readonly number[];
  answersIn(members: readonly Tally[]): number[][];
  /** The people who gave both ratings, with what `name` calls the two. */
  pairsOf<T>(members: readonly Tally[], name: Name<T>): T[];
}

type Name<T> = (first: number, second: number, count: Summed) => T;

function basisOf(counting: Counting, pair: PairCells): Basis {
  const { plan } = counting;
  const [first, second] = [plan.items[pair.first]!, plan.items[pair.second]!];
  const cells = first.values.length * second.values.length;
  const pairsOf = <T>(members: readonly Tally[], name: Name<T>) =>
    pairedOf(counting, sumsOf(counting, members), pair, name);
  const answersIn = (members: readonly Tally[]) => {
    const people = pairsOf(members, (one, other, { n }) => ({ one, other, n }));
    const having = (is: (count: { one: number; other: number }) => boolean) =>
      people.filter(is).reduce((sum, { n }) => sum + n, 0);
    return [
      first.values.map((value) => having(({ one }) => one === value)),
      second.values.map((value) => having(({ other }) => other === value)),
      [-1, 0, 1].map((sign) => having(({ one, other }) => Math.sign(other - one) === sign)),
    ];
  };
  return {
    ...{ counting, pair, pairsOf, answersIn, rests: [pair.first, pair.second] },
    item: plan.items.findIndex(({ competency }) => competency !== null && competency === first.competency),
    highest: Math.max(...first.values, ...second.values),
    sample: sampleOf(counting, pairsOf(counting.tallies, asAbility)),
    layersOf: ({ counts }) => counts.slice(pair.offset, pair.offset + cells),
  };
}

function sampleOf({ weights }: Counting, counts: readonly Count[]): Sample {
  return { n: peopleIn(counts), weighted: weights !== null };
}

function placeOf({ plan }: Counting, measure: Measure, like: PlanItem): number {
  return plan.items.findIndex(
    (item) => item.measure === measure && item.competency === like.competency && item.domain === like.domain,
  );
}

function isScale({ values }: PlanItem, lowest: number, highest: number): boolean {
  return Math.min(...values) >= lowest && Math.max(...values) <= highest;
}

/** Ratings can be subtracted that are given on the same steps from 1 on. */
function isOnOneScale(first: PlanItem, second: PlanItem): boolean {
  return Math.min(...first.values) === 1 && String(first.values) === String(second.values);
}

function borich({ item, highest, sample, layersOf, rests, answersIn, pairsOf }: Basis): StatisticFamily {
  const estimate = (members: readonly Tally[]) => {
    const pairs = pairsOf(members, asAbility);
    return pairs.length > 0 ? borichNeed(pairs, sample, highest) : null;
  };
  type Borich = NonNullable<ReturnType<typeof estimate>>;
  return {
    ...{ name: 'borich', method: borichMethod, item, layersOf, rests, answersIn, estimate },
    display: ({ n, importance, ability, score: need }: Borich) => ({
      ...counted({ n }),
      ...score({ importance, ability, score: need }),
    }),
  };
}

function asAbility(importance: number, ability: number, { n, weight, squares, heaviest }: Summed) {
  return { n, weight, squares, heaviest, importance, ability };
}

function asPerformance(importance: number, performance: number, { n, weight, squares, heaviest }: Summed) {
  return { n, weight, squares, heaviest, importance, performance };
}

function discrepancy({ item, sample, layersOf, rests, answersIn, pairsOf }: Basis): StatisticFamily {
  const estimate = (members: readonly Tally[]) => {
    const pairs = pairsOf(members, asAbility);
    return pairs.length > 0 ? rankedDiscrepancy(pairs, sample) : null;
  };
  type Discrepancy = NonNullable<ReturnType<typeof estimate>>;
  return {
    ...{ name: 'rankedDiscrepancy', method: rankedMethod, item, layersOf, rests, answersIn, estimate },
    display: ({ n, negative, positive, tied, score: points }: Discrepancy) => ({
      ...counted({ n }),
      ...perCent({ negative, positive, tied, score: points }),
    }),
  };
}

/** Where a competency stands among the others of the same people: what is high and low is drawn from those rated by enough of them. */
function quadrant(
  { pair, item, layersOf, rests, answersIn }: Basis,
  mapOf: ReturnType<typeof importanceMap>,
): StatisticFamily {
  const estimate = (members: readonly Tally[], among?: ReadonlySet<number>) => {
    const map = mapOf(members, among);
    const point = map?.points.find(({ competency }) => competency === String(pair.first));
    if (!map || !point) return null;
    const { n, importance, performance, quadrant: called } = point;
    return { n, importance, performance, quadrant: called, crosshair: map.crosshair };
  };
  type Point = NonNullable<ReturnType<typeof estimate>>;
  return {
    ...{
      name: 'importancePerformance',
      method: importanceMethod,
      item,
      layersOf,
      rests,
      answersIn,
      estimate,
    },
    display: ({ n, importance, performance, quadrant: called, crosshair }: Point) => ({
      ...counted({ n }),
      ...score({ importance, performance }),
      quadrant: called,
      crosshair: score(crosshair),
    }),
  };
}

/** All competencies rated by importance and performance as points, for some people; worked out once for each list of strata, or of competencies. */
function importanceMap(
  counting: Counting,
): (members: readonly Tally[], among?: ReadonlySet<number>) => ImportancePerformanceMap | null {
  const { plan, layout, threshold } = counting;
  const pairs = layout.pairs.filter(({ first, second }) => {
    const [one, other] = [plan.items[first]!, plan.items[second]!];
    return one.measure === 'importance' && isOnOneScale(one, other);
  });
  const known = new WeakMap<object, ImportancePerformanceMap | null>();
  return (members, among) => {
    const found = known.get(among ?? members);
    if (found !== undefined) return found;
    const points = pairs.flatMap((pair) => {
      if (among && !among.has(pair.first)) return [];
      const people = pairedOf(counting, sumsOf(counting, members), pair, asPerformance);
      if (people.length === 0) return [];
      const weight = weightOf(people);
      const importance = sumOf(people, (count) => count.weight * count.importance) / weight;
      const performance = sumOf(people, (count) => count.weight * count.performance) / weight;
      return [{ competency: String(pair.first), n: peopleIn(people), importance, performance }];
    });
    const map = importancePerformance(points, threshold);
    known.set(among ?? members, map);
    return map;
  };
}

function fourRatings(
  { counting, item, highest, sample, layersOf, rests, answersIn, pairsOf }: Basis,
  places: { organisation: number; training: number },
): StatisticFamily {
  const ratingsOf = (place: number, members: readonly Tally[]) =>
    valuesOf(counting, sumsOf(counting, members), place).map(({ n, weight, squares, heaviest, value }) => ({
      n,
      weight,
      squares,
      heaviest,
      rating: value,
    }));
  const samples = {
    pairs: sample,
    organisation: sampleOf(counting, ratingsOf(places.organisation, counting.tallies)),
    training: sampleOf(counting, ratingsOf(places.training, counting.tallies)),
  };
  const estimate = (members: readonly Tally[]) => {
    const pairs = pairsOf(members, asPerformance);
    if (pairs.length === 0) return null;
    const organisation = ratingsOf(places.organisation, members);
    const training = ratingsOf(places.training, members);
    return trainingNeed({ pairs, organisation, training }, samples, highest);
  };
  type Need = NonNullable<ReturnType<typeof estimate>>;
  return {
    ...{ name: 'trainingNeed', method: fourRatingsMethod, item, layersOf, answersIn, estimate },
    rests: [...rests, places.organisation, places.training],
    display: (found: Need) => ({
      ...counted({ n: found.n }),
      ...score({
        importance: found.importance,
        performance: found.performance,
        need: found.need,
        sd: found.sd,
        t: found.t,
        organisation: found.organisation,
        training: found.training,
        trainingLessOrganisation: found.trainingLessOrganisation,
      }),
      p: toP(found.p),
      route: found.showsRoute ? found.route : null,
    }),
  };
}

function useOfConfidence({
  counting,
  item,
  sample,
  layersOf,
  rests,
  answersIn,
  pairsOf,
}: Basis): StatisticFamily {
  const estimate = (members: readonly Tally[]) => {
    const pairs = pairsOf(members, (confidence, frequency, { n, weight, squares, heaviest }) => {
      return { n, weight, squares, heaviest, confidence, frequency };
    });
    return pairs.length > 0 ? confidenceFrequency(pairs, sample) : null;
  };
  type Confidence = NonNullable<ReturnType<typeof estimate>>;
  return {
    ...{ name: 'confidenceFrequency', method: confidenceMethod, item, layersOf, rests, answersIn, estimate },
    // What rests on the users only is told where there are enough of them.
    display: ({ n, users, atRiskOfUsers, atRiskOfAll, dormant, useWeightedGap, ...rest }: Confidence) => {
      const areEnough = users >= counting.threshold;
      return {
        ...counted({ n, users }),
        ...(areEnough ? shares({ atRiskOfUsers }, users) : { atRiskOfUsers: null }),
        ...shares({ atRiskOfAll, dormant }, n),
        ...(areEnough ? score({ useWeightedGap }) : { useWeightedGap: null }),
        ...score(rest),
      };
    },
  };
}

/** The level people have against the one they say their work needs: the gap of METHODS.md 1(a), with what they said as required. */
function neededLevel({ item, highest, sample, layersOf, rests, answersIn, pairsOf }: Basis): StatisticFamily {
  const estimate = (members: readonly Tally[]) => {
    const pairs = pairsOf(members, (required, level, { n, weight, squares, heaviest }) => {
      return { n, weight, squares, heaviest, required, level };
    });
    if (pairs.length === 0) return null;
    const { weight: _, effectiveSize: __, ...estimates } = requiredLevelEstimates(pairs, sample, highest);
    return estimates;
  };
  type Needed = NonNullable<ReturnType<typeof estimate>>;
  return {
    ...{ name: 'neededLevel', method: requiredMethod, item, layersOf, rests, estimate },
    answersIn: (members) => {
      const answers = answersIn(members);
      const [below, alike, above] = answers.at(-1)!;
      return [...answers, [below!, alike! + above!]];
    },
    display: ({ n, percentMeeting, percentBelow, distribution, ...means }: Needed) => ({
      ...counted({ n }),
      ...perCent({ percentMeeting, percentBelow }),
      ...score(means),
      distribution: distribution.map(({ gap, percent }) => ({ gap, ...perCent({ percent }) })),
    }),
  };
}

function familiesOfSources(counting: Counting): StatisticFamily[] {
  return counting.plan.items.flatMap((item, place) =>
    item.measure === 'where' ? [whereTheGapLies(counting, place)] : [],
  );
}

/** Where gaps come from, of one domain or competency (METHODS.md 1(g)). */
function whereTheGapLies(counting: Counting, place: number): StatisticFamily {
  const { plan, layout } = counting;
  const { choices, values } = plan.items[place]!;
  const ticksOf = (members: readonly Tally[]) =>
    valuesOf(counting, sumsOf(counting, members), place).map(({ n, weight, squares, heaviest, value }) => ({
      n,
      weight,
      squares,
      heaviest,
      ticks: value,
    }));
  const sample = sampleOf(counting, ticksOf(counting.tallies));
  const main = mainPlace(counting, place);
  const estimate = (members: readonly Tally[]) => {
    const ticks = ticksOf(members);
    if (ticks.length === 0) return null;
    const several = ticks.filter((count) => (count.ticks & (count.ticks - 1)) !== 0);
    const named = main < 0 ? [] : mainOf(counting, members, place, main);
    const mainOfSeveral = withUnsure(several, named);
    const asked = mainOfSeveral ?? withUnsure(several, [])!;
    const found = gapSourceEstimates({ ticks, mainOfSeveral: asked }, choices.length, sample);
    const knowsMain = main >= 0 && mainOfSeveral !== null;
    return {
      n: found.n,
      withGap: found.withGap,
      gap: found.gap,
      sources: choices.map((code, source) => ({
        code,
        any: found.any[source]!,
        main: knowsMain ? found.main[source]! : null,
        fractional: found.fractional[source]!,
      })),
      notSure: knowsMain ? found.notSure : null,
      meanSources: found.meanSources,
      cochransQ: cochransQ(ticks, choices.length),
    };
  };
  type Sources = NonNullable<ReturnType<typeof estimate>>;
  return {
    ...{ name: 'whereTheGapLies', method: sourcesMethod, item: place, estimate },
    rests: [place],
    answersIn: (members) => [
      values.map((value) => peopleIn(ticksOf(members).filter(({ ticks }) => ticks === value))),
    ],
    layersOf: ({ counts }) => {
      const start = layout.offsets[place]! + firstValueCode;
      return values.flatMap((ticks, index) => (ticks === 0 ? [] : [counts[start + index]!]));
    },
    display: ({ n, withGap, gap, sources, notSure, meanSources, cochransQ: q }: Sources) => ({
      ...counted({ n, withGap }),
      ...shares({ gap }, n),
      sources: sources.map(({ code, ...named }) => ({ code, ...shares(named, withGap) })),
      ...shares({ notSure }, withGap),
      ...score({ meanSources }),
      cochransQ: q && { ...score({ q: q.q }), df: q.df, p: toP(q.p) },
    }),
  };
}

/** The question for the main source of the same thing. Where neither names what it is about, there may be only one of each. */
function mainPlace(counting: Counting, place: number): number {
  const { items } = counting.plan;
  const { competency, domain } = items[place]!;
  const alike = items.filter((item) => item.competency === competency && item.domain === domain);
  const isClear = (['where', 'where_main'] as const).every(
    (measure) => alike.filter((item) => item.measure === measure).length === 1,
  );
  return isClear ? placeOf(counting, 'where_main', items[place]!) : -1;
}

/** Who ticked several, by the source they called the main one, numbered as the ticks are. */
function mainOf(counting: Counting, members: readonly Tally[], place: number, main: number): MainCount[] {
  const { items } = counting.plan;
  return valuesOf(counting, sumsOf(counting, members), main).map(({ value, ...count }) => ({
    ...count,
    source: items[place]!.choices.indexOf(items[main]!.choices[value]!),
  }));
}

/**
 * With those who ticked several and named no main one. Null where more have named one than ticked several, which a questionnaire may
 * ask for that shows the question to others too: then nothing can be said of main sources.
 */
function withUnsure(several: readonly Count[], named: readonly MainCount[]): MainCount[] | null {
  const rest = peopleIn(several) - peopleIn(named);
  if (rest < 0 || named.some(({ source }) => source === -1)) return null;
  if (rest === 0) return [...named];
  const left = (of: (count: Count) => number) =>
    several.reduce((sum, count) => sum + of(count), 0) - named.reduce((sum, count) => sum + of(count), 0);
  const weight = left((count) => count.weight);
  const squares = left((count) => count.squares ?? (count.weight * count.weight) / count.n);
  return [...named, { source: null, n: rest, weight, squares: Math.max(0, squares) }];
}
