import { groupStatus, toNearestFive } from '../../src/disclosure/threshold';

test.each([
  [0, 'nobody'],
  [1, 'too few'],
  [10, 'too few'],
  [11, 'shown'],
  [600, 'shown'],
])('%i respondents with a threshold of 11: %s', (respondents, status) => {
  expect(groupStatus(respondents, 11)).toBe(status);
});

test.each([
  [11, 10],
  [12, 10],
  [13, 15],
  [598, 600],
])('%i is shown as %i', (count, shown) => {
  expect(toNearestFive(count)).toBe(shown);
});
