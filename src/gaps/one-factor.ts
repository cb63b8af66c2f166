export type OmegaReason =
  | 'fewer_than_3_items'
  /** An item is nothing but the factor: its uniqueness is 0, or would be below. */
  | 'heywood_case'
  | 'not_converged';

/** The factor behind the items of a scale, in the items' units. */
export interface Factor {
  /** Omega total, 0 to 1. */
  omega: number;
  loadings: number[];
  uniquenesses: number[];
}

/** No omega, and why. `items` names those that are nothing but the factor. */
export interface NoFactor {
  omega: null;
  reason: OmegaReason;
  items: number[];
}

export type OneFactor = Factor | NoFactor;

/** A uniqueness below this share of its item's variance counts as 0. */
const heywoodShare = 1e-4;
const tolerance = 1e-12;
const mostRounds = 50_000;

/** Loadings and uniquenesses of items of variance 1. */
interface Model {
  loadings: number[];
  uniquenesses: number[];
}

/**
 * Omega total = (Σλ)²/((Σλ)² + Σθ) of one factor fitted by maximum likelihood without correlated errors (METHODS.md 1(k); McDonald 1999),
 * from the covariances with divisor n of items that vary. EM (Rubin & Thayer 1982), accelerated by squared extrapolation
 * (Varadhan & Roland 2008) that is taken only where the likelihood does not fall.
 */
export function oneFactor(covariances: readonly number[][]): OneFactor {
  if (covariances.length < 3) return { omega: null, reason: 'fewer_than_3_items', items: [] };
  const deviations = covariances.map((row, item) => Math.sqrt(row[item]!));
  const correlations = covariances.map((row, i) =>
    row.map((covariance, j) => covariance / (deviations[i]! * deviations[j]!)),
  );
  let model: Model = {
    loadings: correlations.map(() => 0.8),
    uniquenesses: correlations.map(() => 0.36),
  };
  for (let round = 0; round < mostRounds; round += 1) {
    const next = roundOfEm(correlations, model);
    const heywood = next.uniquenesses.flatMap((share, item) => (share < heywoodShare ? [item] : []));
    if (heywood.length > 0) return { omega: null, reason: 'heywood_case', items: heywood };
    if (isSame(next, model)) return factorOf(next, deviations);
    model = next;
  }
  return { omega: null, reason: 'not_converged', items: [] };
}

function factorOf({ loadings, uniquenesses }: Model, deviations: readonly number[]): Factor {
  const inUnits = loadings.map((loading, item) => loading * deviations[item]!);
  const unique = uniquenesses.map((share, item) => share * deviations[item]! ** 2);
  const common = sum(inUnits) ** 2;
  return { omega: common / (common + sum(unique)), loadings: inUnits, uniquenesses: unique };
}

/** Two steps of EM, and one from where they seem to lead. */
function roundOfEm(correlations: readonly number[][], start: Model): Model {
  const first = emStep(correlations, start);
  const second = emStep(correlations, first);
  const far = emStep(correlations, extrapolated(start, first, second));
  return misfit(correlations, far) <= misfit(correlations, second) ? far : second;
}

function emStep(correlations: readonly number[][], { loadings, uniquenesses }: Model): Model {
  const information = 1 + sum(loadings.map((loading, item) => loading ** 2 / uniquenesses[item]!));
  const scores = loadings.map((loading, item) => loading / uniquenesses[item]! / information);
  const withScores = correlations.map((row) => dot(row, scores));
  const factorVariance = 1 - dot(scores, loadings) + dot(scores, withScores);
  const next = withScores.map((covariance) => covariance / factorVariance);
  return {
    loadings: next,
    uniquenesses: next.map((loading, item) => Math.max(1e-9, 1 - loading * withScores[item]!)),
  };
}

function extrapolated(start: Model, first: Model, second: Model): Model {
  const [a, b, c] = [flat(start), flat(first), flat(second)];
  const step = b.map((value, index) => value - a[index]!);
  const turn = c.map((value, index) => value - b[index]! - step[index]!);
  const bend = Math.sqrt(dot(turn, turn));
  const length = bend === 0 ? 1 : Math.max(1, Math.sqrt(dot(step, step)) / bend);
  const far = a.map((value, index) => value + 2 * length * step[index]! + length ** 2 * turn[index]!);
  const items = start.loadings.length;
  return {
    loadings: far.slice(0, items),
    // Not below a quarter of where EM itself is: a leap to 0 would never come back.
    uniquenesses: far.slice(items).map((share, item) => Math.max(share, second.uniquenesses[item]! / 4)),
  };
}

/** ln|Σ| + tr(RΣ⁻¹), which maximum likelihood makes smallest, for Σ = λλ' + Θ. */
function misfit(correlations: readonly number[][], { loadings, uniquenesses }: Model): number {
  const scaled = loadings.map((loading, item) => loading / uniquenesses[item]!);
  const information = 1 + dot(scaled, loadings);
  const explained = dot(
    scaled,
    correlations.map((row) => dot(row, scaled)),
  );
  return (
    Math.log(information) +
    sum(uniquenesses.map((share) => Math.log(share) + 1 / share)) -
    explained / information
  );
}

function isSame(one: Model, other: Model): boolean {
  const [a, b] = [flat(one), flat(other)];
  return a.every((value, index) => Math.abs(value - b[index]!) < tolerance);
}

function flat({ loadings, uniquenesses }: Model): number[] {
  return [...loadings, ...uniquenesses];
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((total, value, index) => total + value * other[index]!, 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
