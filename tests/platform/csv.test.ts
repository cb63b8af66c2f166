import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf, fileNameOf } from '../../src/platform/csv';

test('a table reads back as it was', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((cell) => !/^[=+\-@\t\r＝＋－＠]/.test(cell));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1 }), (rows) => {
      expect(parse(csvOf(rows), { bom: true, record_delimiter: '\r\n' })).toEqual(rows);
    }),
  );
});

test.each(['=1+1', '+441', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
  'the text %j is not run by a spreadsheet',
  (text) => {
    expect(parse(csvOf([['code', text]]), { bom: true, record_delimiter: '\r\n' })).toEqual([
      ['code', `'${text}`],
    ]);
  },
);

test('numbers stay numbers, and nothing stays empty', () => {
  expect(csvOf([[-2, 0, 0.375, null, '']])).toBe('\uFEFF-2,0,0.375,,\r\n');
});

test.each([
  ['Roles - A small framework', 'roles-a-small-framework.csv'],
  ['Café “Ünïon” / ../../etc', 'cafe-union-etc.csv'],
  ['"\r\nSet-Cookie: a=b', 'set-cookie-a-b.csv'],
  ['護理', 'file.csv'],
  ['x'.repeat(300), `${'x'.repeat(80)}.csv`],
])('a file of %j is named %s', (words, name) => {
  expect(fileNameOf(words, 'csv')).toBe(name);
});
