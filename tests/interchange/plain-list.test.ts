import type { SourceDomain } from '../../src/frameworks/framework';
import { readPlainList } from '../../src/interchange/plain-list';

/** A domain as one line for itself and one for each competency, deeper ones further in. */
function outline(domains: SourceDomain[], indent = ''): string[] {
  return domains.flatMap(({ code, title, competencies, domains: inner = [] }) => [
    `${indent}${code ? `[${code}] ` : ''}${title}`,
    ...competencies.map((competency) => `${indent}  ${competency.code} ${competency.title}`),
    ...outline(inner, `${indent}  `),
  ]);
}
const read = (text: string, there: { code: string; title: string }[] = []) => readPlainList(text, there);
const outlineOf = (text: string) => outline(read(text).source.domains);

const twoDomains = ['Talking', '  1.1 Hearing', '  1.2 Asking', 'Writing', '  2.1 Noting'];

test.each([
  ['bullets', 'Talking\n• Hearing\n• Asking\nWriting\n• Noting'],
  ['hyphens', 'Talking\n- Hearing\n- Asking\n\nWriting\n- Noting'],
  ['bullets with tabs, as Word copies them', 'Talking\n•\tHearing\n•\tAsking\nWriting\n•\tNoting'],
  ['bullets of a symbol font', 'Talking\n\uf0b7 Hearing\n\uf0b7 Asking\nWriting\n\uf0b7 Noting'],
  ['indentation', 'Talking\n    Hearing\n    Asking\nWriting\n    Noting'],
  ['tabs', 'Talking\r\n\tHearing\r\n\tAsking\r\nWriting\r\n\tNoting'],
  ['non-breaking spaces', 'Talking\n\u00a0\u00a0Hearing\n\u00a0\u00a0Asking\nWriting\n\u00a0\u00a0Noting'],
  ['Markdown headings', '# Talking\nHearing\nAsking\n# Writing\n- Noting'],
  ['emphasis and colons', '**Talking:**\n- Hearing;\n- Asking,\n**Writing:**\n- Noting'],
  ['nested bullets', '- Talking\n  - Hearing\n  - Asking\n- Writing\n  - Noting'],
])('a list with %s is understood', (_what, text) => {
  expect(outlineOf(text)).toEqual(twoDomains);
  expect(read(text).findings).toEqual([]);
});

test('numbers that begin anew in each domain are no codes', () => {
  expect(outlineOf('Talking\n1. Hearing\n2. Asking\nWriting\n1. Noting')).toEqual(twoDomains);
});

test.each([
  [
    'dotted numbers',
    '1 Talking\n1.1 Hearing\n1.2 Asking\n2 Writing\n2.1 Noting',
    ['[1] Talking', '  1.1 Hearing', '  1.2 Asking', '[2] Writing', '  2.1 Noting'],
  ],
  [
    'dotted numbers with points',
    '1. Talking\n1.1. Hearing\n2. Writing\n2.1. Noting',
    ['[1] Talking', '  1.1 Hearing', '[2] Writing', '  2.1 Noting'],
  ],
  [
    'three levels of numbers',
    '1 Care\n1.1 Night\n1.1.1 Settling\n1.2 Day\n1.2.1 Waking',
    ['[1] Care', '  [1.1] Night', '    1.1.1 Settling', '  [1.2] Day', '    1.2.1 Waking'],
  ],
  [
    'codes with letters',
    'A. Talking\nA1: Hearing\nA2: Asking\nB. Writing\nB1: Noting',
    ['[A] Talking', '  A1 Hearing', '  A2 Asking', '[B] Writing', '  B1 Noting'],
  ],
  [
    'codes of two parts',
    'Children\nCYP 3: Playing\nCYP 4: Growing',
    ['Children', '  CYP 3 Playing', '  CYP 4 Growing'],
  ],
  [
    'codes behind bullets',
    'Talking\n- A1 Hearing\n- A-2 Asking',
    ['Talking', '  A1 Hearing', '  A-2 Asking'],
  ],
  [
    'letters above numbers',
    'A) Talking\n1) Hearing\n2) Asking\nB) Writing\n3) Noting',
    ['[A] Talking', '  1 Hearing', '  2 Asking', '[B] Writing', '  3 Noting'],
  ],
  [
    'numbers above plain lines',
    '1. Talking\nHearing\n2. Writing\nNoting',
    ['[1] Talking', '  1.1 Hearing', '[2] Writing', '  2.1 Noting'],
  ],
])('codes are taken from %s', (_what, text, lines) => {
  expect(outlineOf(text)).toEqual(lines);
});

test.each([
  '3 ways of listening',
  'Year 1 of training',
  'Covid-19 care',
  '24/7 cover',
  '1st contact',
  'Level 3 nursing',
  'A good start',
])('“%s” begins with no code', (title) =>
  expect(outlineOf(`Talking\n- ${title}`)).toEqual(['Talking', `  1.1 ${title}`]),
);

test('a code that may be none is left out of the code', () => {
  expect(outlineOf('Talking\n- A1__x: Hearing')).toEqual(['Talking', '  1.1 A1__x: Hearing']);
});

test('what is there under the same title keeps its code, and no made-up code takes another’s', () => {
  const there = [
    { code: 'L7', title: 'hearing' },
    { code: '1.2', title: 'Something else' },
  ];
  expect(outline(read('Talking\n- Hearing\n- Asking', there).source.domains)).toEqual([
    'Talking',
    '  L7 Hearing',
    '  1.2-2 Asking',
  ]);
});

test('a list without headings is put in one domain, and says so', () => {
  const { source, findings } = read('Hearing\nAsking');
  expect(outline(source.domains)).toEqual(['Competencies', '  1.1 Hearing', '  1.2 Asking']);
  expect(findings).toMatchObject([{ severity: 'warning' }]);
  expect(findings[0]!.sentence).toContain(
    'put a bullet or a space before each line that belongs to one above',
  );
});

test.each(['- ', ' '])('what it says then makes domains: “%s”', (mark) => {
  const { source } = read(`Talking\n${mark}Hearing\nWriting\n${mark}Noting`);
  expect(outline(source.domains)).toEqual(['Talking', '  1.1 Hearing', 'Writing', '  2.1 Noting']);
});

test('a heading with nothing beneath is an empty domain, and says so', () => {
  const { source, findings } = read('Talking\n- Hearing\n# Writing');
  expect(outline(source.domains)).toEqual(['Talking', '  1.1 Hearing', 'Writing']);
  expect(findings).toEqual([
    { place: 'Line 3', sentence: '“Writing” is a domain with nothing in it.', severity: 'warning' },
  ]);
});

test.each([
  ['nothing', ' \n\n', 'Paste a list.'],
  [
    'a title too long',
    `Talking\n- ${'x'.repeat(201)}`,
    'The title is 201 characters long. It can be 200 at most.',
  ],
  [
    'more than three domains deep',
    '# a\n## b\n### c\n#### d\n- e',
    'It stands 4 deep. Domains can be nested 3 deep.',
  ],
  ['too many lines', 'x\n'.repeat(2000), 'There are 2,000 lines. There can be 1,200 at most.'],
  ['the sign of a path', 'a > b\n- c', 'The title of a domain cannot hold “ > ”. Write it another way.'],
])('%s gets a sentence', (_what, text, sentence) => {
  expect(read(text).findings).toContainEqual(expect.objectContaining({ sentence, severity: 'error' }));
});
