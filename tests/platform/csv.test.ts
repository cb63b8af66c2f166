import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf, fileNameOf } from '../../src/platform/csv';

/** What readers of our files do: take one apostrophe off a cell that is kept from running. */
const withoutGuard = (cell: string) => (/^'+[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell);

test('a table reads back as it was, whatever its cells begin with', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.tuple(fc.constantFrom('=', "'+", "''-", "'", '\t', '＝'), fc.string()).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1 }), (rows) => {
      const read = parse(csvOf(rows), { bom: true, record_delimiter: '\r\n' });
      expect(read.map((row) => row.map(withoutGuard))).toEqual(rows);
    }),
    { numRuns: 500 },
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
