/** Files that would be tricky to translate, each made when asked for. */
export const hostileFiles: Record<string, () => unknown> = {
  'groups 10 deep, each with a long condition, 200 questions within': () =>
    asking(
      nested(
        8,
        (inner, depth) => group(`g${depth}`, inner, `{q0} = '${'x'.repeat(1_000)}${depth}'`),
        list(199),
      ),
    ),
  'a group with a condition of 10,000 characters around 190 questions': () =>
    asking(group('g', list(190), `{q0} = '${'x'.repeat(9_000)}'`)),
  'a matrix of 500 rows and 500 columns': () =>
    asking([{ type: 'matrix', name: 'm', rows: numbers(500), columns: numbers(500) }]),
  '190 matrices of 1 row and 500 columns': () =>
    asking(
      numbers(190).map((name) => ({ type: 'matrix', name: `m${name}`, rows: ['r'], columns: numbers(500) })),
    ),
  'texts in 10,000 languages': () =>
    asking([{ ...question(0), title: Object.fromEntries(numbers(10_000).map((code) => [`l${code}`, 'x'])) }]),
  'choices counted up by nothing': () =>
    asking([{ type: 'dropdown', name: 'q', choicesMin: 1, choicesMax: 5, choicesStep: 0 }]),
  'choices counted up by a trifle': () =>
    asking([{ type: 'dropdown', name: 'q', choicesMin: 0, choicesMax: 1, choicesStep: 1e-9 }]),
  'a rating without an end': () => asking([{ type: 'rating', name: 'q', rateMax: Number.MAX_VALUE }]),
  'names that are all too long, and alike': () =>
    asking(numbers(190).map((number) => ({ ...question(0), name: `${'n'.repeat(3_000)}${number}` }))),
  'a condition with 3,000 names in it, and names to change': () => ({
    pages: [
      { name: 'a', elements: [{ ...question(0), name: '_csrf' }] },
      { name: 'b', elements: [{ ...question(1), visibleIf: `${'{a}+'.repeat(2_400)}1` }] },
    ],
  }),
  'a condition with a path of 4,000 steps, and names to change': () => ({
    pages: [
      { name: 'a', elements: [{ ...question(0), name: '_csrf' }] },
      { name: 'b', elements: [{ ...question(1), visibleIf: `{_csrf${'.a'.repeat(4_000)}} = 1` }] },
    ],
  }),
  'conditions of opening brackets': () => ({
    pages: [
      { name: 'a', elements: [{ type: 'boolean', name: '_csrf' }] },
      {
        name: 'b',
        elements: numbers(90).map((number) => ({ ...question(number), visibleIf: '{'.repeat(9_900) })),
      },
    ],
  }),
  'conditions of blanks about a yes/no question': () => ({
    pages: [
      { name: 'a', elements: [{ type: 'boolean', name: 'b' }] },
      {
        name: 'b',
        elements: numbers(90).map((number) => ({
          ...question(number),
          visibleIf: `${' '.repeat(4_900)}{b}${' '.repeat(4_900)}`,
        })),
      },
    ],
  }),
  '25 conditions of 9,000 characters': () => ({
    pages: [
      { name: 'a', elements: [question(0)] },
      {
        name: 'b',
        elements: numbers(25).map((number) => ({
          ...question(number + 1),
          visibleIf: `${'1+'.repeat(4_400)}${number} > {q0}`,
        })),
      },
    ],
  }),
  'a question that asks for its own answer': () => asking([{ ...question(0), visibleIf: '{q0} notempty' }]),
  'values kept under each other’s names': () => ({
    pages: [
      {
        name: 'a',
        elements: [
          { ...question(0), valueName: 'q1' },
          { ...question(1), valueName: 'q0' },
        ],
      },
      { name: 'b', elements: [{ ...question(2), visibleIf: '{q0} = {q1}' }] },
    ],
  }),
  'two questions with one name': () => asking([question(0), question(0)]),
  'a reference to itself': () =>
    asking([{ $ref: '#/pages/0', type: 'panel', name: 'g', elements: [{ $ref: '#' }] }]),
  'the zero character': () => asking([{ ...question(0), title: 'a\u0000b' }]),
  'half a character': () => asking([{ ...question(0), ours: 'a\ud800b' }]),
  'settings within settings that nobody knows': () => asking([{ ...question(0), ours: deep(40) }]),
};

function question(number: number): Record<string, unknown> {
  return { type: 'radiogroup', name: `q${number}`, choices: ['yes', 'no'] };
}

function list(length: number): unknown[] {
  return numbers(length).map(question);
}

function numbers(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function group(name: string, elements: unknown[], visibleIf: string): unknown[] {
  return [{ type: 'panel', name, elements, visibleIf }];
}

function nested(
  times: number,
  around: (inner: unknown[], depth: number) => unknown[],
  core: unknown[],
): unknown[] {
  return numbers(times).reduce((inner, depth) => around(inner, depth), core);
}

function deep(levels: number): unknown {
  return numbers(levels).reduce<unknown>((inner) => ({ inner }), 'core');
}

function asking(elements: unknown[]): unknown {
  return { title: 'T', pages: [{ name: 'p', elements }] };
}
