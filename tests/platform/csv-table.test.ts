import fc from 'fast-check';
import { csvOf } from '../../src/platform/csv';
import { readCsv } from '../../src/platform/csv-table';
import { cellText, columnLetters } from '../../src/platform/table';

const rowsOf = (text: string | Buffer) => readCsv(Buffer.from(text)).rows;
const saidOf = (bytes: string | Buffer) =>
  readCsv(Buffer.from(bytes)).findings.map(({ place, sentence }) => [place, sentence].join(': '));

test.each([
  ['commas', 'a,b\r\n1,2\r\n'],
  ['semicolons', 'a;b\n1;2'],
  ['tabs', 'a\tb\n1\t2\n'],
  ['old line ends', 'a,b\r1,2\r'],
  ['mixed line ends', 'a,b\r\n1,2\n'],
  ['a mark at the beginning', '\ufeffa,b\n1,2'],
  ['blank rows and cells at the ends', 'a,b,,\n1,2, ,\n,,,\n\n  \n'],
  ['spaces round the cells, non-breaking ones too', ' a ,\u00a0b\n1 ,2\u00a0\n'],
  ['quotation marks', '"a","b"\n"1",2'],
])('a table is read with %s', (_what, text) => {
  expect(rowsOf(text)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('blank rows in between keep their place, and so does what Excel writes above', () => {
  expect(rowsOf('sep=;\na;b\n\n1;2')).toEqual([[], ['a', 'b'], [], ['1', '2']]);
});

test('a semicolon within words does not part them', () => {
  expect(rowsOf('code,tags,"a; b; c; d"\n1,x;y,z')).toEqual([
    ['code', 'tags', 'a; b; c; d'],
    ['1', 'x;y', 'z'],
  ]);
});

test('Unicode text as Excel saves it is read', () => {
  const text = 'code\ttitle\nA1\tCaffè — “ŵ”';
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  expect(rowsOf(little)[1]).toEqual(['A1', 'Caffè — “ŵ”']);
  expect(rowsOf(Buffer.from(little).swap16())[1]).toEqual(['A1', 'Caffè — “ŵ”']);
});

test.each<[string, string | Buffer, RegExp]>([
  ['an empty file', '', /is empty/],
  ['blanks only', ' \n \n', /is empty/],
  [
    'Windows-1252',
    Buffer.from('code,title\nA1,Caff\xe8', 'latin1'),
    /choose Save As and the type “CSV UTF-8”/,
  ],
  ['a cut UTF-16', Buffer.from([0xff, 0xfe, 0x41]), /CSV UTF-8/],
  ['UTF-16 without its mark', Buffer.from('code,title', 'utf16le'), /not a CSV file/],
  ['a NUL', 'code,title\nA1,\0', /not a CSV file/],
  [
    'a quotation mark never closed',
    'a,b\n"""x""",y\n1,"two\nthree,4\n',
    /^Line 3: A quotation mark opens here/,
  ],
  ['a quotation mark within a cell', 'a,b\n1,5" pipe\n', /^Line 2: A quotation mark stands in the middle/],
])('%s gets a sentence', (_what, bytes, sentence) => {
  expect(rowsOf(bytes)).toEqual([]);
  expect(saidOf(bytes)).toEqual([expect.stringMatching(sentence)]);
});

test('what is written is read back: formulas guarded, apostrophes kept', () => {
  const text = csvOf([['=1+1', "'=x", "''", '-', '@a', "it's", '+44']]);
  expect(text).toContain("'=1+1,''=x");
  expect(rowsOf(text)).toEqual([['=1+1', "'=x", "''", '-', '@a', "it's", '+44']]);
  expect(rowsOf(csvOf([['=one\ntwo', 'three\nfour']]))).toEqual([['=one\ntwo', 'three\nfour']]);
});

test('any table of text survives writing and reading', () => {
  const cell = fc.string({ unit: 'grapheme' }).map(cellText);
  const filled = fc.string({ unit: 'grapheme', minLength: 1 }).map(cellText).filter(Boolean);
  const row = fc
    .tuple(fc.array(cell, { maxLength: 6 }), filled)
    .map(([cells, last]) => ['x', ...cells, last]);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const header = ['code', 'title', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
      expect(rowsOf(csvOf([header, ...rows])).slice(1)).toEqual(rows);
    }),
  );
});

test('columns are named as a spreadsheet names them', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});
