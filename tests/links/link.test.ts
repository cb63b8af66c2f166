import fc from 'fast-check';
import { closureOf, linksForEach, longestName, prefilledBy, prefillInWords } from '../../src/links/link';
import { readLink, readList } from '../../src/links/link.form';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition } from '../../src/questionnaires/definition';

const definition: Definition = {
  title: 'How do you care?',
  introduction: 'We ask how you care.',
  thanks: 'Thank you.',
  pages: [
    {
      name: 'about',
      title: 'About you',
      elements: [
        {
          type: 'radiogroup',
          name: 'place',
          facet: 'setting',
          title: 'Where do you work?',
          choices: [
            { value: 'gp_practice', text: 'GP practice' },
            { value: 'acute_ward', text: 'Acute ward' },
          ],
        },
        {
          type: 'radiogroup',
          name: 'team',
          facet: 'organisation',
          title: 'Which team is yours?',
          choices: [
            { value: 1, text: 'North' },
            { value: 2, text: 'South' },
          ],
        },
        {
          type: 'radiogroup',
          name: 'often',
          title: 'How often?',
          choices: ['Often', 'Never'],
        },
      ],
    },
  ],
};
const { plan } = compilePlan(definition);

test.each([
  [{ facet: 'setting', value: 'acute_ward' }, { place: 'acute_ward' }, 'Setting: Acute ward'],
  [{ facet: 'organisation', value: '2' }, { team: 2 }, 'Organisation: South'],
  [{ facet: 'setting', value: 'gone' }, {}, 'Setting: gone'],
  [{ facet: 'profession', value: 'midwife' }, {}, 'Profession: midwife'],
  [{ facet: '', value: '' }, {}, ''],
])('%j answers %j beforehand', (prefill, answers, words) => {
  expect(prefilledBy(plan, prefill)).toEqual(answers);
  expect(prefillInWords(plan, prefill)).toBe(words);
});

const open = { closedAt: null, facet: 'setting', value: 'gp_practice' };

test.each([
  ['open', open, [], undefined],
  ['closed by somebody', { ...open, closedAt: new Date(0) }, [], 'closed'],
  ['full', open, [{ facet: 'setting', value: 'gp_practice', action: 'close links' as const }], 'full'],
  [
    'of another value',
    open,
    [{ facet: 'setting', value: 'ward', action: 'close links' as const }],
    undefined,
  ],
  [
    'turned away later',
    open,
    [{ facet: 'setting', value: 'gp_practice', action: 'turn away' as const }],
    undefined,
  ],
  [
    'answering nothing',
    { ...open, facet: '', value: '' },
    [{ facet: 'setting', value: 'gp_practice', action: 'close links' as const }],
    undefined,
  ],
])('a link that is %s', (_what, link, fullQuotas, closure) => {
  expect(closureOf(link, fullQuotas)).toBe(closure);
});

test('one link for each answer leaves out those there are, and every name is its own', () => {
  const [question] = plan.pages[0]!.questions;
  expect(linksForEach(question!, [])).toEqual([
    { name: 'GP practice', code: '', facet: 'setting', value: 'gp_practice' },
    { name: 'Acute ward', code: '', facet: 'setting', value: 'acute_ward' },
  ]);
  const known = [
    { name: 'Whatever', code: 'AAAA', facet: 'setting', value: 'gp_practice' },
    { name: 'acute WARD', code: 'BBBB', facet: '', value: '' },
    { name: 'Acute ward (Setting)', code: 'CCCC', facet: '', value: '' },
  ];
  expect(linksForEach(question!, known).map(({ name }) => name)).toEqual(['Acute ward (Setting 2)']);
});

test.each([
  [
    { name: ' Ward\t5 ', code: 'ward-5a' },
    { name: 'Ward 5', code: 'WARD5A', facet: '', value: '' },
  ],
  [
    { name: 'N', code: 'north', answer: 'setting=gp_practice' },
    { name: 'N', code: 'NORTH', facet: 'setting', value: 'gp_practice' },
  ],
])('%j is a link', (body, value) => {
  expect(readLink(body, plan)).toEqual({ value });
});

test.each([
  [{}, { name: 'Enter a name for the link', code: 'Enter a code' }],
  [
    { name: ' ', code: 'AB' },
    { name: 'Enter a name for the link', code: 'Enter a code of 4 to 20 letters A to Z and digits' },
  ],
  [
    { name: 'x'.repeat(longestName + 1), code: 'ÄBCD' },
    {
      name: 'The name must be 120 characters or fewer',
      code: 'Enter a code of 4 to 20 letters A to Z and digits',
    },
  ],
  [{ name: 'N', code: 'NORTH', answer: 'setting=nowhere' }, { answer: 'Select one of the answers shown' }],
  [{ name: 'N', code: 'NORTH', answer: ['a', 'b'] }, { answer: 'Select one of the answers shown' }],
  [{ name: ['a', 'b'], code: 'NORTH' }, { name: 'Enter a name for the link' }],
])('%j is none', (body, errors) => {
  expect(readLink(body, plan)).toEqual({ errors });
});

test('a list gives a link a line, with its code where it has one', () => {
  const list = 'North Hospital; north1\r\n\r\n  South, old site \nEast\teast-22\t\n';
  expect(readList({ list }, plan)).toEqual({
    value: {
      links: [
        { name: 'North Hospital', code: 'NORTH1', facet: '', value: '' },
        { name: 'South, old site', code: '', facet: '', value: '' },
        { name: 'East', code: 'EAST22', facet: '', value: '' },
      ],
      lines: [1, 3, 4],
    },
  });
});

test('names of a list that answer a question are looked for among its answers, by words or by code', () => {
  expect(readList({ list: 'gp  PRACTICE\nacute_ward', facet: 'setting' }, plan).value?.links).toEqual([
    { name: 'gp PRACTICE', code: '', facet: 'setting', value: 'gp_practice' },
    { name: 'acute_ward', code: '', facet: 'setting', value: 'acute_ward' },
  ]);
});

test.each([
  [{}, { list: 'Enter at least one name' }],
  [{ list: ' \n ' }, { list: 'Enter at least one name' }],
  [{ list: 'A; 1' }, { list: 'Line 1: enter a code of 4 to 20 letters A to Z and digits' }],
  [{ list: 'A\n; NORTH' }, { list: 'Line 2: enter a name for the link' }],
  [{ list: 'A; NORTH; more' }, { list: 'Line 1: write a name, a semicolon and a code' }],
  [{ list: 'Moon', facet: 'setting' }, { list: 'Line 1: “Moon” is no answer to “Where do you work?”' }],
  [{ list: 'Moon', facet: 'moon' }, { facet: 'Select one of the questions shown' }],
  [{ list: 'n\n'.repeat(501) }, { list: 'Enter at most 500 links' }],
  [
    { list: 'A;1\n'.repeat(7) },
    {
      list: `${[1, 2, 3, 4, 5].map((line) => `Line ${line}: enter a code of 4 to 20 letters A to Z and digits`).join('; ')}, and 2 more lines`,
    },
  ],
])('%j is no list', (body, errors) => {
  expect(readList(body, plan)).toEqual({ errors });
});

test('whatever is typed, what is read can be kept', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'setting'), (list, facet) => {
      const { value } = readList({ list, facet }, plan);
      for (const link of value?.links ?? []) {
        expect(link.name).toMatch(/^\S(.*\S)?$/su);
        expect(link.name).not.toMatch(/\p{Cc}/u);
        expect([...link.name].length).toBeLessThanOrEqual(longestName);
        expect(link.code).toMatch(/^([A-Z0-9]{4,20})?$/);
      }
    }),
  );
});
