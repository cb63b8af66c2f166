import {
  chiSquaredTail,
  fQuantile,
  normalTwoSided,
  tQuantile,
  tTwoSided,
} from '../../src/gaps/distributions';

/** Right to ten digits. Expected values: mpmath 1.3, computed to forty digits. */
function expectSame(actual: number, expected: number) {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-10);
}

test.each([
  [0.975, 1, 12.7062047361747],
  [0.975, 2, 4.302652729749464],
  [0.975, 7, 2.364624251592785],
  [0.975, 63, 1.998340542520742],
  [0.975, 999, 1.96234146113345],
  [0.975, 999_999, 1.959966356816479],
  [0.995, 11.5, 3.078877866802057],
  [0.025, 7, -2.364624251592785],
])('t: below the quantile of %d with %d degrees of freedom', (p, df, expected) => {
  expectSame(tQuantile(p, df), expected);
});

test.each([
  [0.975, 9, 27, 2.630855587922808],
  [0.025, 9, 27, 0.2789826512480546],
  [0.975, 199, 1791, 1.220034389282726],
  [0.975, 29, 29, 2.100995817284213],
  [0.025, 99_999, 899_991, 0.9907859557484099],
])('F: the quantile of %d with %d and %d degrees of freedom', (p, df1, df2, expected) => {
  expectSame(fQuantile(p, df1, df2), expected);
});

test.each([
  [5.3379, 7, 0.001078194356929985],
  [40, 50, 1.241242378437271e-39],
  [-0.1, 3.7, 0.9255252674701903],
  [2.5, 1_000_000, 0.01241948950216325],
  [1.96, 30, 0.05934231289605047],
  [0, 5, 1],
])('t: as far from 0 as %d, with %d degrees of freedom', (t, df, expected) => {
  expectSame(tTwoSided(t, df), expected);
});

test.each([
  [0.2857, 2, 0.8668840917572941],
  [3.841458820694124, 1, 0.05000000000000006],
  [100, 3, 1.554159431389605e-21],
  [12.5, 11, 0.3272558355531481],
  [0.01, 5, 0.9999994699729957],
  [0, 4, 1],
])('chi-squared: at least %d with %d degrees of freedom', (x, df, expected) => {
  expectSame(chiSquaredTail(x, df), expected);
});

test.each([
  [0.5, 0.6170750774519738],
  [1.959963984540054, 0.05000000000000003],
  [-5, 5.733031437583878e-7],
  [12, 3.552964224155358e-33],
  [0, 1],
])('normal: as far from 0 as %d', (z, expected) => {
  expectSame(normalTwoSided(z), expected);
});
