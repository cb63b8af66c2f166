import { largestShare } from '../../src/gaps/count';
import { type Reliability, reliabilityFlags } from '../../src/gaps/reliability-flags';

const sound: Reliability = {
  n: 40,
  effective: 35,
  largestShare: 0.05,
  interval: [40, 60],
  unit: 'per cent',
  unweightedOnly: false,
};

test.each<[string, Partial<Reliability>, string[]]>([
  ['a sound figure', {}, []],
  ['19 people', { n: 19 }, ['very_small']],
  ['20 people', { n: 20 }, []],
  ['an effective number of 29.9', { effective: 29.9 }, ['small']],
  ['an effective number of 30', { effective: 30 }, []],
  ['an interval of more than 20 points', { interval: [40, 60.1] }, ['imprecise']],
  ['an interval of 20 points after rounding', { interval: [0.1, 20.1 + 1e-12] }, []],
  ['an interval of more than a level', { interval: [1, 2.1], unit: 'levels' }, ['imprecise']],
  ['an interval of a level', { interval: [1, 2], unit: 'levels' }, []],
  ['no interval', { interval: null }, []],
  ['one person with more than 30 % of the weight', { largestShare: 0.31 }, ['one_voice']],
  ['weights refused', { unweightedOnly: true }, ['unweighted_only']],
  [
    'all at once',
    { n: 2, effective: 1.5, largestShare: 0.8, interval: [0, 90], unweightedOnly: true },
    ['very_small', 'small', 'imprecise', 'one_voice', 'unweighted_only'],
  ],
])('%s', (_what, of, flags) => {
  expect(reliabilityFlags({ ...sound, ...of })).toEqual(flags);
});

test('the largest share of one person, whoever weighs alike', () => {
  expect(
    largestShare([
      { n: 10, weight: 10 },
      { n: 2, weight: 10 },
    ]),
  ).toBe(0.25);
  expect(largestShare([])).toBe(0);
});
