import { type Count, peopled, peopleIn, type Sample, sumOf } from './count';
import { tTwoSided } from './distributions';
import { meanFigure } from './estimate';
import { comparable, type Figure } from './figure';
import { type Ranked, rankedBy } from './ranking';

export const method = { name: 'four-ratings', version: 1 };

/** People who rated a task alike, on a scale from 1 to `highest`. */
export interface ImportancePerformanceCount extends Count {
  importance: number;
  performance: number;
}

export interface RatingCount extends Count {
  rating: number;
}

/** The four ratings of one task. Only the first two are needed jointly; of the others each has its own valid answers. */
export interface FourRatings {
  pairs: readonly ImportancePerformanceCount[];
  /** How far a change in how work is organised would help. */
  organisation: readonly RatingCount[];
  /** How far training would help. */
  training: readonly RatingCount[];
}

export type Route = 'training' | 'organisational' | 'both';

/** From which differences on a route is named and shown, on the ratings' scale. */
export interface RouteRules {
  /** Training less organisation, at least. */
  training: number;
  /** Training less organisation, at most. */
  organisational: number;
  /** Need, at least. */
  need: number;
}

export const usualRouteRules: RouteRules = { training: 0.5, organisational: -0.5, need: 1 };

/** What the four ratings of a task say. All on the ratings' scale, but for n, t and p. */
export interface TrainingNeed {
  /** People who gave both importance and performance. */
  n: number;
  importance: Figure;
  performance: Figure;
  /** Importance less performance: the larger, the greater the need for training; below 0 performance exceeds importance. */
  need: Figure;
  /** Unweighted standard deviation of the differences; null with fewer than two people. */
  sd: number | null;
  /** Paired t, unweighted, with n - 1 degrees of freedom; null where nobody differs from another. */
  t: number | null;
  p: number | null;
  organisation: Figure;
  training: Figure;
  /** Training less organisation; null where one of them has no answers. */
  trainingLessOrganisation: number | null;
  route: Route | null;
  /** Is the need large and certain enough to name a route? */
  showsRoute: boolean;
}

/** The samples behind a task's ratings, for each has its own valid answers. */
export interface FourRatingSamples {
  pairs: Sample;
  organisation: Sample;
  training: Sample;
}

/**
 * The needs analysis by four ratings, after Hennessy and Hicks (METHODS.md 1(b)), of one task: need = mean importance less mean
 * performance over those who gave both; the route by how far training would help less how far organising work otherwise would.
 */
export function trainingNeed(
  { pairs, organisation, training }: FourRatings,
  samples: FourRatingSamples,
  highest: number,
  rules: RouteRules = usualRouteRules,
): TrainingNeed {
  const people = peopled(pairs);
  const scale: [number, number] = [1, highest];
  const need = meanFigure(people, difference, samples.pairs, [1 - highest, highest - 1]);
  const forOrganisation = meanFigure(organisation, rating, samples.organisation, scale);
  const forTraining = meanFigure(training, rating, samples.training, scale);
  const helps =
    forTraining.estimate === null || forOrganisation.estimate === null
      ? null
      : forTraining.estimate - forOrganisation.estimate;
  return {
    n: peopleIn(people),
    importance: meanFigure(people, ({ importance }) => importance, samples.pairs, scale),
    performance: meanFigure(people, ({ performance }) => performance, samples.pairs, scale),
    need,
    ...pairedT(people),
    organisation: forOrganisation,
    training: forTraining,
    trainingLessOrganisation: helps,
    route: helps === null ? null : routeOf(helps, rules),
    showsRoute: helps !== null && isCertainNeed(need, rules),
  };
}

function difference({ importance, performance }: ImportancePerformanceCount): number {
  return importance - performance;
}

function rating(count: RatingCount): number {
  return count.rating;
}

function pairedT(people: readonly ImportancePerformanceCount[]): Pick<TrainingNeed, 'sd' | 't' | 'p'> {
  const n = peopleIn(people);
  if (n < 2) return { sd: null, t: null, p: null };
  const mean = sumOf(people, (count) => count.n * difference(count)) / n;
  const sd = Math.sqrt(sumOf(people, (count) => count.n * (difference(count) - mean) ** 2) / (n - 1));
  if (sd === 0) return { sd, t: null, p: null };
  const t = mean / (sd / Math.sqrt(n));
  return { sd, t, p: tTwoSided(t, n - 1) };
}

function routeOf(helps: number, rules: RouteRules): Route {
  if (comparable(helps) >= rules.training) return 'training';
  return comparable(helps) <= rules.organisational ? 'organisational' : 'both';
}

/** Large enough, and its interval leaves out 0. */
function isCertainNeed({ estimate, interval }: Figure, rules: RouteRules): boolean {
  return estimate !== null && comparable(estimate) >= rules.need && interval !== null && interval[0] > 0;
}

/** Tasks by need, the greatest first, then by code. */
export function rankedByNeed<T extends { code: string; needs: TrainingNeed }>(
  tasks: readonly T[],
): Ranked<T>[] {
  return rankedBy(
    tasks,
    ({ needs }) => [needs.need.estimate],
    ({ code }) => code,
  );
}
