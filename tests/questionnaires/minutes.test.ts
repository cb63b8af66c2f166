import type { ElementDefinition } from '../../src/questionnaires/definition';
import { estimatedMinutes } from '../../src/questionnaires/minutes';
import { onePage, planOf, radios, words } from './definitions';

/** Minutes for sixty of something on one page, whose own time is a fifth of a minute. */
function minutesFor(make: (name: string) => ElementDefinition): number {
  return estimatedMinutes(planOf(onePage(...Array.from({ length: 60 }, (_, index) => make(`q${index}`)))));
}

test.each<[string, (name: string) => ElementDefinition, number]>([
  ['choices', radios, 8],
  ['numbers', (name) => ({ type: 'text', inputType: 'number', name }), 12],
  ['days', (name) => ({ type: 'text', inputType: 'date', name }), 12],
  ['short texts', (name) => ({ type: 'text', name }), 12],
  ['long texts', words, 20],
  ['orders of three', (name) => ({ type: 'ranking', name, choices: ['a', 'b', 'c'] }), 20],
  ['matrices of one row', (name) => ({ type: 'matrix', name, columns: [1, 2], rows: [{ value: 'r' }] }), 8],
  [
    'matrices of three rows',
    (name) => ({ type: 'matrix', name, columns: [1, 2], rows: ['r', 's', 't'].map((value) => ({ value })) }),
    24,
  ],
  ['hundred words to read', (name) => ({ type: 'html', name, html: 'word '.repeat(100) }), 30],
])('sixty %s', (_, make, minutes) => {
  expect(minutesFor(make)).toBe(minutes);
});

test('is never less than one', () => {
  expect(estimatedMinutes(planOf(onePage(radios('q'))))).toBe(1);
});
