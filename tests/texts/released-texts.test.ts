import fc from 'fast-check';
import { saidForPdf } from '../../src/takeaways/said-for-pdf';
import {
  type CountedTexts,
  type EarlierTexts,
  type ReleasedTexts,
  type TextsFrame,
  type TextsOfQuestion,
  workOutTexts,
} from '../../src/texts/released-texts';

const theme = (id: string) => ({ id, question: 'helps', title: `About ${id}`, definition: '' });

/** So many texts, and how many of them are about each theme. */
const textsWith = (count: number, about: Record<string, number> = {}, from = 0): CountedTexts =>
  Object.fromEntries(
    Array.from({ length: count }, (_, place) => [
      `t${from + place}`,
      Object.keys(about).filter((id) => place < about[id]!),
    ]),
  );

const questionOf = (counted: CountedTexts, more: Partial<TextsOfQuestion> = {}): TextsOfQuestion => ({
  ...{ name: 'helps', title: 'What would help?', counted, partly: false, quotes: [] },
  ...{ frame: [theme('a'), theme('b')], ...more },
});

const frameOf = (more: Partial<TextsFrame> = {}): TextsFrame => ({
  ...{ threshold: 11, isEverybodyShown: true, groupName: () => null, before: undefined, earlier: [] },
  ...more,
});

const tell = (counted: CountedTexts, more: Partial<TextsFrame> = {}) =>
  workOutTexts([questionOf(counted)], frameOf(more)).released.questions[0]!;

test.each([
  [10, { a: 5 }, 'too few', []],
  [
    11,
    { a: 5 },
    'shown',
    [
      [45, 5, null],
      [null, null, '<=5'],
    ],
  ],
  [
    40,
    { a: 2, b: 3 },
    'shown',
    [
      [null, null, '<=5'],
      [8, 5, null],
    ],
  ],
  [
    40,
    { a: 38, b: 37 },
    'shown',
    [
      [null, null, '>=95'],
      [93, 35, null],
    ],
  ],
  [0, {}, 'too few', []],
])('%i texts, %j: %s', (count, about, status, themes) => {
  const told = tell(textsWith(count, about as Record<string, number>));
  expect(told.status).toBe(status);
  expect(told.themes.map(({ percent, n, bound }) => [percent, n, bound])).toEqual(themes);
  expect(told.answered).toBe(status === 'shown' ? 5 * Math.round(count / 5) : null);
});

test('where the group of everybody is withheld nothing is told of texts, and no words are quoted', () => {
  const quotes = [{ words: 'More time', groups: { profession: 'midwife' }, label: ['profession'] }];
  const question = questionOf(textsWith(30, { a: 9 }), { quotes });
  const hidden = workOutTexts([question], frameOf({ isEverybodyShown: false, groupName: () => 'Midwife' }));
  expect(hidden.released.questions[0]).toMatchObject({ status: 'too few', themes: [], quotes: [] });
  expect(hidden.counted).toEqual([]);
});

test('words name their group only where the report shows it, and where that was agreed', () => {
  const words = (label: string[]) => ({
    words: 'More time',
    groups: { profession: 'midwife', setting: 'acute_ward' },
    label,
  });
  const question = questionOf(textsWith(12), {
    quotes: [words([]), words(['profession']), words(['profession', 'setting'])],
  });
  const groupName = (codes: Record<string, string>) =>
    codes.setting ? null : `Midwife ${Object.keys(codes)}`;
  const told = workOutTexts([question], frameOf({ groupName })).released.questions[0]!;
  expect(told.quotes.map(({ group }) => group)).toEqual([null, 'Midwife profession', null]);
});

test.each([
  ['nothing changed', textsWith(30, { a: 9 }), null],
  ['one came', textsWith(31, { a: 9 }), 1],
  ['one went', textsWith(29, { a: 9 }), 1],
  ['one was coded otherwise', textsWith(30, { a: 10 }), 1],
  ['ten came', textsWith(40, { a: 9 }), 1],
  ['one went and ten came', textsWith(40, { a: 9 }, 1), null],
  ['eleven came', textsWith(41, { a: 9 }), null],
])('beside an earlier release, when %s', (_, counted, carriedFrom) => {
  const first = workOutTexts([questionOf(textsWith(30, { a: 9 }))], frameOf());
  const earlier: EarlierTexts[] = first.counted.map(({ question, texts }) => ({
    number: 1,
    question,
    counted: texts,
  }));
  const again = workOutTexts([questionOf(counted)], frameOf({ before: first.released, earlier }));
  const [told] = again.released.questions;
  expect(told!.carriedFrom).toBe(carriedFrom);
  if (carriedFrom === null) return;
  expect({ ...told, carriedFrom: null }).toEqual(first.released.questions[0]);
  expect(again.counted).toEqual([]);
});

test('of any releases one after another, no two that count anew differ by fewer people than the threshold', () => {
  const step = fc.record({ come: fc.nat(14), go: fc.nat(4), turn: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      let texts: CountedTexts = textsWith(20, { a: 7 });
      let before: ReleasedTexts | undefined;
      const earlier: EarlierTexts[] = [];
      let next = 1000;
      for (const [place, { come, go, turn }] of [{ come: 0, go: 0, turn: 0 }, ...steps].entries()) {
        const kept = Object.entries(texts).slice(go);
        const turned = kept.map(([id, themes], at) => [id, at < turn ? [...themes, 'b'].slice(-1) : themes]);
        texts = { ...Object.fromEntries(turned), ...textsWith(come, { a: 2 }, next) };
        next += come;
        const worked = workOutTexts([questionOf(texts)], frameOf({ before, earlier }));
        for (const { texts: counted } of worked.counted) {
          for (const { counted: other } of earlier) {
            const ids = [...new Set([...Object.keys(counted), ...Object.keys(other)])];
            const changed = ids.filter(
              (id) => JSON.stringify(counted[id]) !== JSON.stringify(other[id]),
            ).length;
            expect(changed === 0 || changed >= 11).toBe(true);
          }
          earlier.push({ number: place + 1, question: 'helps', counted });
        }
        before = worked.released;
      }
    }),
  );
});

test('the document says the same: shares, people, bounds and words', () => {
  const quotes = [{ words: 'More time', groups: {}, label: [] }];
  const question = questionOf(textsWith(40, { a: 20, b: 39 }), { quotes });
  const { released } = workOutTexts(
    [question, { ...question, name: 'else', title: 'Else?', counted: {} }],
    frameOf(),
  );
  const section = saidForPdf(released)!;
  expect(section.heading).toBe('What people said');
  expect(section.entries).toEqual([
    {
      name: 'What would help?',
      lines: [
        'About 40 people wrote an answer that was read.',
        'About a: 50% of those who wrote, about 20 people',
        'About b: 95% or more of those who wrote',
        '“More time”',
      ],
    },
    {
      name: 'Else?',
      lines: ['Too few people wrote something in their own words for any of it to be shown.'],
    },
  ]);
  expect(saidForPdf({ questions: [] })).toBeNull();
  expect(saidForPdf(undefined)).toBeNull();
});
