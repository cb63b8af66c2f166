import { writeXlsx } from 'hucre/xlsx';
import { readWorkbook, writeWorkbook } from '../../src/platform/workbook';
import { workbookParts, zipOf } from '../support/zip';

const read = async (sheet: string) => (await readWorkbook(zipOf(workbookParts(sheet)))).sheets![0]!;
const cell = (place: string, inside: string) =>
  `<row r="${place.replace(/\D/g, '')}"><c r="${place}" ${inside}</c></row>`;

test('text, numbers, yes and no come out as they are seen; blanks at the ends are gone', async () => {
  const sheet = await read(
    `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">  A1\u00a0</t></is></c><c r="B1"><v>3</v></c><c r="C1"><v>0.30000000000000004</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="inlineStr"><is><t> </t></is></c></row><row r="9"><c r="A9" t="inlineStr"><is><t> </t></is></c></row></sheetData>`,
  );
  expect(sheet).toEqual({ name: 'Sheet1', rows: [['A1', '3', '0.3', 'true']], findings: [] });
});

test('a formula gives its last result, and says so; without one it is an error', async () => {
  const shared = `<row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="0">1+2</f><v>3</v></c></row><row r="4"><c r="A4"><f t="shared" si="0"/><v>4</v></c></row>`;
  const sheet = await read(
    `<sheetData>${cell('A1', '><f>1+1</f><v>2</v>')}${cell('B2', '><f>1+1</f>')}${shared}</sheetData>`,
  );
  expect(sheet.rows).toEqual([['2'], [], ['3'], ['4']]);
  expect(sheet.findings).toEqual([
    expect.objectContaining({ place: 'Cell B2', severity: 'error' }),
    { place: 'Cells A1, A3, A4', sentence: 'A formula. Its last result was taken.', severity: 'warning' },
  ]);
});

test('merged cells hold their value once, and say so', async () => {
  const sheet = await read(
    `<sheetData>${cell('A1', '><v>1</v>')}</sheetData><mergeCells><mergeCell ref="A1:B3"/></mergeCells>`,
  );
  expect(sheet.rows).toEqual([['1']]);
  expect(sheet.findings).toEqual([
    {
      place: 'Cell A1:B3',
      sentence: 'Merged. The value counts for the first cell only.',
      severity: 'warning',
    },
  ]);
});

test('a date is an error, for it may have been a code; a number in words stays one', async () => {
  const day = new Date(Date.UTC(2026, 1, 1));
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Dates',
        rows: [
          ['007', day],
          [1.5, '1-2'],
        ],
      },
    ],
  });
  const sheet = (await readWorkbook(Buffer.from(bytes))).sheets![0]!;
  expect(sheet.rows).toEqual([
    ['007', '2026-02-01'],
    ['1.5', '1-2'],
  ]);
  expect(sheet.findings).toMatchObject([{ place: 'Cell B1', severity: 'error' }]);
});

test('hidden sheets are left out', async () => {
  const sheets = [
    { name: 'Old', hidden: true, rows: [['x']] },
    { name: 'New', rows: [['y']] },
    { name: 'Secret', veryHidden: true, rows: [['z']] },
  ];
  const bytes = Buffer.from(await writeXlsx({ sheets }));
  expect((await readWorkbook(bytes)).sheets!.map(({ name }) => name)).toEqual(['New']);
});

test('errors of Excel are errors', async () => {
  const sheet = await read(`<sheetData>${cell('C1', 't="e"><v>#REF!</v>')}</sheetData>`);
  expect(sheet.findings).toMatchObject([{ place: 'Cell C1', severity: 'error' }]);
});

test('what no text may hold is taken out', async () => {
  const sheet = await read(
    `<sheetData>${cell('A1', 't="inlineStr"><is><t>a&#0;b&#xD800;c_x0000_d</t></is>')}</sheetData>`,
  );
  expect(sheet.rows[0]![0]).toMatch(/^a.*b.*c.*d$/u);
  expect(sheet.rows[0]![0]).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
});

test.each<[string, Buffer, RegExp]>([
  ['an empty file', Buffer.alloc(0), /is empty/],
  ['a text', Buffer.from('domain,competency'), /not an Excel workbook/],
  ['a picture in a zip', zipOf({ 'a.png': 'x' }), /not an Excel workbook/],
  ['half a workbook', zipOf(workbookParts('<sheetData/>')).subarray(0, 700), /not an Excel workbook/],
  [
    'a workbook whose list of sheets is cut off',
    zipOf({ ...workbookParts(''), 'xl/workbook.xml': '<workbook><she' }),
    /damaged/,
  ],
  [
    'an old .xls',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    /old Excel file/,
  ],
  [
    'a workbook with a password',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    /protected with a password/,
  ],
  ['a zip with a password', zipOf(workbookParts('<sheetData/>'), { flags: 1 }), /protected with a password/],
  [
    'a zip bomb',
    zipOf({ ...workbookParts('<sheetData/>'), 'xl/b.xml': Buffer.alloc(60 * 1024 * 1024) }),
    /too large/,
  ],
  [
    'a zip bomb that says it is small',
    zipOf(
      { ...workbookParts('<sheetData/>'), 'xl/b.xml': Buffer.alloc(60 * 1024 * 1024) },
      { declared: 1000 },
    ),
    /too large/,
  ],
  [
    'a million small files',
    zipOf(Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`${index}`, '']))),
    /too large/,
  ],
])('%s gets a sentence', async (_what, bytes, sentence) => {
  expect((await readWorkbook(bytes)).problem).toMatch(sentence);
});

test('more rows than a table may have are an error', async () => {
  const rows = Array.from({ length: 5001 }, () => ['x']);
  const bytes = await writeWorkbook([{ name: 'Long', rows, frozenColumns: 0, widths: [10] }]);
  const { sheets } = await readWorkbook(bytes);
  expect(sheets![0]!.rows).toHaveLength(5000);
  expect(sheets![0]!.findings).toEqual([
    { place: '', sentence: 'The sheet has more than 5,000 rows.', severity: 'error' },
  ]);
});

test('a cell far away costs nothing, and many columns are an error', async () => {
  const far = await read(
    `<sheetData>${cell('A1', '><v>1</v>')}${cell('XFD1048576', '><v>1</v>')}</sheetData>`,
  );
  expect(far.rows).toEqual([['1']]);
  const wide = await read(`<sheetData><row r="1">${'<c><v>1</v></c>'.repeat(251)}</row></sheetData>`);
  expect(wide.findings).toMatchObject([{ sentence: 'The sheet has more than 250 columns.' }]);
});

test('what is written is read back: text that looks like a formula, numbers, several sheets', async () => {
  const rows = [
    ['code', 'level', 'words'],
    ['1.2', 3, '=1+1'],
    ['1-2', null, 'two\nlines'],
    ["'=x", 0, '+44 "quoted" <b>&amp; ž 🩺'],
  ];
  const bytes = await writeWorkbook([
    { name: 'One', rows, frozenColumns: 1, widths: [10, 20] },
    { name: 'Two', rows: [['x']], frozenColumns: 0, widths: [10] },
  ]);
  expect((await readWorkbook(bytes)).sheets).toEqual([
    { name: 'One', rows: rows.map((row) => row.map((value) => String(value ?? ''))), findings: [] },
    { name: 'Two', rows: [['x']], findings: [] },
  ]);
});
