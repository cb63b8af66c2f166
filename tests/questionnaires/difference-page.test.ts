import type { Definition } from '../../src/questionnaires/definition';
import { differenceOf } from '../../src/questionnaires/difference';
import { countInWords, differenceGroups } from '../../src/questionnaires/difference.page';
import { definitionOf, onePage, radios, words } from './definitions';

/** Groups as plain lines. */
function linesOf(before: Definition, after: Definition): string[] {
  return differenceGroups(differenceOf(before, after), after).flatMap(({ heading, lines }) => [
    `# ${heading}`,
    ...lines.flatMap(({ tag, text, details }) => [
      `${tag.text}: ${text}`,
      ...details.map((line) => `- ${line}`),
    ]),
  ]);
}

test('what changed is told page by page as they stand now, each place once', () => {
  const before = definitionOf(
    { name: 'one', title: 'First', elements: [radios('a', { title: 'A?' }), words('b', { title: 'B?' })] },
    { name: 'two', title: 'Second', elements: [words('c', { title: 'C?' })] },
  );
  const after: Definition = {
    title: 'A better questionnaire',
    pages: [
      {
        name: 'three',
        title: 'Third',
        visibleIf: "{a} = 'yes'",
        elements: [words('b', { title: 'B?', isRequired: true }), radios('d', { title: 'D?' })],
      },
      {
        name: 'one',
        title: 'First',
        elements: [radios('a', { title: 'Really?', choices: ['no', { value: 'yes', text: 'Yes' }] })],
      },
    ],
  };
  expect(linesOf(before, after)).toEqual([
    '# The questionnaire as a whole',
    'Reworded: A better questionnaire',
    '- Wording: “A questionnaire” → “A better questionnaire”',
    '# Page 1. Third',
    'Added: The page “Third”',
    'Changed: B?',
    '- Moved from place 2 of the page “First” to place 1 of the page “Third”',
    '- Must be answered: no → yes',
    'Added: D?',
    '- One of: yes; no',
    '# Page 2. First',
    'Changed: Really?',
    '- Wording: “A?” → “Really?”',
    '- Choice “no” moved from place 2 to place 1',
    '- Choice “Yes”: nothing → “Yes”',
    '# Pages that are gone',
    'Removed: The page “Second”',
    'Removed: C?',
  ]);
});

test.each([
  [{ visibleIf: '{x} = 1' }, {}, 'Changed: q', '- Shown if: “{x} = 1” → always'],
  [{}, { type: 'dropdown' }, 'Changed: q', '- Kind of question: one choice → one choice from a list'],
  [{ odd: { a: 1 } }, {}, 'Changed: q', '- The setting “odd”: “{"a":1}” → nothing'],
  [
    { description: { default: 'Hi', cy: 'Sut' } },
    { description: 'Hi' },
    'Reworded: q',
    '- Help text in the language “cy”: “Sut” → nothing',
  ],
  [
    { choices: [{ value: 1, hint: 'x' }] },
    { choices: [{ value: 1, hint: 'y' }] },
    'Reworded: q',
    '- Choice “1”, help text: “x” → “y”',
  ],
  [
    { choices: [{ value: 1, isExclusive: true }] },
    { choices: [1] },
    'Changed: q',
    '- Choice “1”, clears the other choices: yes → no',
  ],
  [{ rows: ['r'] }, { rows: [] }, 'Changed: q', '- Row “r” removed'],
  [{ odd: 'x'.repeat(700) }, {}, 'Changed: q', `- The setting “odd”: “${'x'.repeat(600)}…” → nothing`],
])('%.60j to %.60j', (before, after, ...expected) => {
  const lines = linesOf(onePage(radios('q', before as object)), onePage(radios('q', after as object)));
  expect(lines.slice(1)).toEqual(expected);
});

test('places are counted, not changes', () => {
  const before = onePage(radios('q'), words('r'));
  expect(countInWords(differenceOf(before, before))).toBe('Nothing has changed');
  expect(
    countInWords(differenceOf(before, onePage(radios('q', { title: 'Q', isRequired: true }), words('r')))),
  ).toBe('One place has changed');
  expect(countInWords(differenceOf(before, onePage()))).toBe('2 places have changed');
});
