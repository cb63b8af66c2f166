/*
 * Tails and quantiles of the normal, t, F and chi-squared distributions, to at least ten significant digits.
 * Our own, because the packages are either exact to 8 digits only (jstat) or some 230 packages (stdlib). Sources: NIST
 * Digital Library of Mathematical Functions 5.11.1 (Stirling's series), 8.17.22 (continued fraction of the
 * incomplete beta function), 8.7.1 and 8.9.2 (incomplete gamma function), 8.17.5 (t and F by the beta function).
 */

const precision = 4 * Number.EPSILON;
const tiny = 1e-300;
/** Far more than any of them takes: a fraction some √max(a, b) steps, Newton some ten. */
const mostSteps = 10_000;
const mostNewtonSteps = 100;

/** How likely a value is that lies at least as far from 0 as `z`, either way. 0 to 1. */
export function normalTwoSided(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** How likely a chi-squared value of at least `x` is, with `df` > 0 degrees of freedom. 0 to 1. */
export function chiSquaredTail(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}

/** How likely a t value is that lies at least as far from 0 as `t`, either way, with `df` > 0 (fractions too). 0 to 1. */
export function tTwoSided(t: number, df: number): number {
  return regularisedBeta(df / (df + t * t), (t * t) / (df + t * t), df / 2, 0.5);
}

/** The value below which a share `p` of the t distribution lies. 0 < p < 1, df > 0. */
export function tQuantile(p: number, df: number): number {
  if (p < 0.5) return -tQuantile(1 - p, df);
  const [x, y] = betaQuantile(2 * p - 1, 0.5, df / 2);
  return Math.sqrt((df * x) / y);
}

/** The value below which a share `p` of the F distribution lies. 0 < p < 1, both degrees of freedom > 0. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const [x, y] = betaQuantile(p, df1 / 2, df2 / 2);
  return (df2 * x) / (df1 * y);
}

/**
 * The x at which the regularised incomplete beta function is p, and 1 - x. Newton's steps, halved into the bracket where they
 * would leave it.
 */
function betaQuantile(p: number, a: number, b: number): [number, number] {
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < mostNewtonSteps; step += 1) {
    const excess = regularisedBeta(x, 1 - x, a, b) - p;
    if (excess > 0) high = x;
    else low = x;
    const next = x - (excess * x * (1 - x)) / powers(x, 1 - x, a, b);
    if (Math.abs(next - x) <= precision * x) break;
    x = next > low && next < high ? next : (low + high) / 2;
  }
  return [x, 1 - x];
}

/** I_x(a, b). `y` is 1 - x, given apart so that nothing is lost where x is nearly 1. */
function regularisedBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  return x > (a + 1) / (a + b + 2) ? 1 - betaByFraction(y, x, b, a) : betaByFraction(x, y, a, b);
}

function betaByFraction(x: number, y: number, a: number, b: number): number {
  const fraction = continuedFraction((step) => {
    if (step === 0) return [1, 1];
    const m = Math.floor(step / 2);
    const term =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + step - 1) * (a + step))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + step));
    return [term, 1];
  });
  return (powers(x, y, a, b) / a) * fraction;
}

/** x^a y^b / B(a, b), without the huge numbers it is made of (after Loader 2000, "Fast and accurate computation of binomial probabilities"). */
function powers(x: number, y: number, a: number, b: number): number {
  const distance = x * b - y * a;
  const exponent = a * Math.log1p(distance / a) + b * Math.log1p(-distance / b);
  const rest = stirlingRest(a + b) - stirlingRest(a) - stirlingRest(b);
  return Math.sqrt(((a / (a + b)) * b) / (2 * Math.PI)) * Math.exp(exponent + rest);
}

/** Q(a, x), the share of the gamma distribution above x. */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.sqrt(a / (2 * Math.PI)) * Math.exp(a * Math.log(x / a) + a - x - stirlingRest(a));
  if (x < a + 1) return 1 - front * gammaSeries(a, x);
  return (
    front *
    continuedFraction((step) => (step === 0 ? [1, x + 1 - a] : [-step * (step - a), x + 2 * step + 1 - a]))
  );
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < mostSteps && term > precision * sum; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
}

/** a0/(b0 + a1/(b1 + ...)) by Lentz's method, from what gives [a, b] of each step. */
function continuedFraction(partsOf: (step: number) => [number, number]): number {
  let value = tiny;
  let numerators = tiny;
  let denominators = 0;
  for (let step = 0; step < mostSteps; step += 1) {
    const [a, b] = partsOf(step);
    denominators = 1 / (b + a * denominators || tiny);
    numerators = b + a / numerators || tiny;
    const change = numerators * denominators;
    value *= change;
    if (Math.abs(change - 1) <= precision) return value;
  }
  return value;
}

/** What Stirling's formula leaves out: ln Γ(x) = (x - 1/2) ln x - x + ln(2π)/2 + this. x > 0. */
function stirlingRest(x: number): number {
  let rest = 0;
  let at = x;
  for (; at < 10; at += 1) rest += (at + 0.5) * Math.log1p(1 / at) - 1;
  const s = 1 / (at * at);
  const series =
    1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))));
  return rest + series / at;
}
