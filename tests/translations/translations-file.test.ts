import fc from 'fast-check';
import { applyEdit } from '../../src/edits/edit';
import { readCsvText } from '../../src/platform/csv-table';
import { examineShape } from '../../src/questionnaires/shape';
import { isEnglish, nameOf, readLanguage, usualLanguages } from '../../src/translations/languages';
import { progressIn, rowsOf, type Sources, sourcesFrom, stateOf } from '../../src/translations/progress';
import { faultOf } from '../../src/translations/sent';
import { type Translatable, textsOf, translate } from '../../src/translations/translatable';
import { planImport, readTranslations, translationsFile } from '../../src/translations/translations-file';
import { directionOf } from '../../src/web/words';
import { demoDefinition, onePage, radios } from '../questionnaires/definitions';

const nobody: Sources = new Map();
const definition = onePage(
  radios('a', { title: 'A question', choices: ['=1+1', { value: 'x', text: '-5' }, 3] }),
  { type: 'html', name: 'note', html: '"Quoted", and\nover lines' },
);

test('a file is what is exported, comes back byte for byte, and changes nothing the second time', () => {
  const words = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('=1+1', "'=x", '-5', '@a', 'a\nb', '"', 'a,b;c\t'),
    )
    .map((text) => text.replace(/[{}<\p{Cc}]/gu, '').trim());
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...textsOf(definition).map(({ key }) => key)), words),
      (typed) => {
        const entries = new Map(Object.entries(typed));
        const translated = applyEdit(definition, translate(definition, 'cy', entries)).definition;
        const file = translationsFile(textsOf(translated), 'cy', nobody);
        const rows = readCsvText(file.replace(/^\ufeff/, '')).rows;
        const { texts, findings } = readTranslations(rows, textsOf(definition));
        expect(findings).toEqual([]);
        const planned = planImport(textsOf(definition), { language: 'cy', texts });
        const again = new Map(planned.map(({ text, after }) => [text.key, after]));
        const after = applyEdit(definition, translate(definition, 'cy', again)).definition;
        expect(translationsFile(textsOf(after), 'cy', nobody)).toBe(file);
        expect(planImport(textsOf(after), { language: 'cy', texts })).toEqual([]);
      },
    ),
  );
});

const texts = textsOf(definition);
const head = ['key', 'place', 'what', 'English', 'translation', 'state'];

test.each<[string, string[][], string[]]>([
  ['an empty file', [[]], [': The file is empty.']],
  [
    'other columns',
    [['a', 'b']],
    ['Row 1: The first row must name the columns. It needs “key” and “translation”.'],
  ],
  [
    'keys that are not there, and none',
    [head, ['question:b:title', '', '', '', 'B'], ['', '', '', '', 'C'], ['__proto__', '', '', '', 'D']],
    [
      'Row 2: No text has the key “question:b:title”. It is left out.',
      'Row 3: There is a translation without a key. It is left out.',
      'Row 4: No text has the key “__proto__”. It is left out.',
    ],
  ],
  [
    'a key twice',
    [['KEY', 'Translation'], ['question:a:title', 'A'], [], ['question:a:title', 'B']],
    ['Row 4: The key “question:a:title” is there twice. Keep one of them.'],
  ],
  [
    'English of another day',
    [head, ['question:a:title', '', '', 'An old question', 'A']],
    ['Row 2: The English was “An old question” in the file, and is “A question” now.'],
  ],
  [
    'what cannot be said',
    [
      head,
      ['question:a:title', '', '', 'A question', '{a}'],
      ['question:note:html', '', '', '', '<script>x'],
    ],
    [
      'Row 2: A translation cannot hold braces: { }.',
      'Row 3: This text is shown as it is written: it cannot hold HTML tags.',
      'Row 3: The English was “” in the file, and is “"Quoted", and\nover lines” now.',
    ],
  ],
])('%s is told row by row', (_name, rows, sentences) => {
  const { findings } = readTranslations(rows, texts);
  expect(findings.map(({ place, sentence }) => `${place}: ${sentence}`)).toEqual(sentences);
});

test('an empty cell takes no translation away', () => {
  const { texts: read } = readTranslations([head, ['question:a:title', '', '', 'A question', '']], texts);
  expect(read).toEqual([]);
});

test('a file made from other English leaves its own English as what it was made from', () => {
  const imported = { key: 'question:a:title', translation: 'Cwestiwn', english: 'An old question' };
  const [planned] = planImport(texts, { language: 'cy', texts: [imported] });
  expect(planned).toMatchObject({ before: '', after: 'Cwestiwn', source: 'An old question' });
});

const text = (change: Partial<Translatable>): Translatable => ({
  ...{ key: 'k', page: null, place: '', what: 'Question', own: 'Hello', in: {} },
  ...change,
});
const from = (source: string, translation = 'Helo') => sourcesFrom([{ key: 'k', translation, source }]);

test.each([
  ['missing', text({}), nobody],
  ['needless', text({ own: '3' }), nobody],
  ['needless', text({ own: '–' }), nobody],
  ['missing', text({ own: '你好' }), nobody],
  ['translated', text({ in: { cy: 'Helo' } }), nobody],
  ['translated', text({ own: '3', in: { cy: 'tri' } }), nobody],
  ['translated', text({ in: { cy: 'Helo' } }), from('Hello')],
  ['changed', text({ in: { cy: 'Helo' } }), from('Hi')],
  ['translated', text({ in: { cy: 'Helo' } }), from('Hi', 'Shwmae')],
  ['missing', text({ in: { pl: 'Cześć' } }), nobody],
])('a text is %s', (state, given, sources) => {
  expect(stateOf(given, 'cy', sources)).toBe(state);
});

test('what is there is counted against what has words', () => {
  const demo = textsOf(demoDefinition());
  const words = new Map([['choice:A1:0:text', 'Ddim eto']]);
  const after = textsOf(applyEdit(demoDefinition(), translate(demoDefinition(), 'cy', words)).definition);
  expect(progressIn(demo, 'cy', nobody)).toMatchObject({ translated: 0, changed: 0 });
  expect(progressIn(after, 'cy', nobody).translated).toBe(1);
  expect(progressIn(after, 'cy', nobody).of).toBe(demo.filter(({ own }) => /\p{L}/u.test(own)).length);
});

test('texts that say the same are one row, and every text is in one', () => {
  const demo = textsOf(demoDefinition());
  const rows = rowsOf(demo, 'cy', nobody, false);
  expect(new Set(rows.map((row) => row.text.own)).size).toBe(rows.length);
  expect(rows.reduce((sum, { places }) => sum + places, 0)).toBe(demo.length);
  expect(rows.length).toBeLessThan(demo.length / 2);
  expect(rowsOf(demo, 'cy', nobody, true)).toHaveLength(demo.length);
});

test('every language offered is one that can be kept, asked for and written', () => {
  expect(usualLanguages[0]).toBe('cy');
  for (const code of usualLanguages) {
    expect(readLanguage(code)).toBe(code);
    expect(nameOf(code)).not.toBe(code);
    const said = onePage(radios('a', { title: { default: 'A', [code]: 'B' } }));
    expect(examineShape(said)).toEqual([]);
  }
  expect(usualLanguages.filter((code) => directionOf(code) === 'rtl')).toEqual([
    'ar',
    'fa',
    'ckb',
    'ps',
    'ur',
  ]);
});

test.each([
  ['CY', 'cy'],
  [' pt_br ', 'pt-BR'],
  ['sr-latn', 'sr-Latn'],
  ['xx', undefined],
  ['', undefined],
  ['default', undefined],
  ['__proto__', undefined],
  ['x-private', undefined],
  ['en-GB-u-ca-buddhist-nu-latn-hc-h12', undefined],
])('reads the code "%s"', (typed, code) => {
  expect(readLanguage(typed)).toBe(code);
});

test('whatever is typed as a language can be kept or is refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8}){0,4}$/)),
      (typed) => {
        const code = readLanguage(typed);
        if (code === undefined) return;
        expect(examineShape(onePage(radios('a', { title: { default: 'A', [code]: 'B' } })))).toEqual([]);
        expect(['ltr', 'rtl']).toContain(directionOf(code));
        expect(nameOf(code).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 500 },
  );
  expect(['en', 'en-US', 'enm'].map(isEnglish)).toEqual([true, true, false]);
});

test.each([
  ['question:a:title', '{a', undefined],
  ['question:a:title', '} {', undefined],
  ['question:a:title', '{}', 'A translation cannot hold braces: { }'],
  ['question:a:title', '<b>', undefined],
  ['question:a:html', '<b>', 'This text is shown as it is written: it cannot hold HTML tags'],
  ['question:a:html', '1 < 2', undefined],
])('what %s may say of %s', (key, said, sentence) => {
  expect(faultOf(key, said)).toBe(sentence);
  const name = key.endsWith('html') ? 'html' : 'title';
  const asked = onePage({ type: 'html', name: 'a', [name]: { default: 'A', cy: said } });
  expect(examineShape(asked).length > 0).toBe(sentence !== undefined);
});
