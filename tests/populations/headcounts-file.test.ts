import fc from 'fast-check';
import { writeWorkbook } from '../../src/platform/workbook';
import type { HeadcountTable } from '../../src/populations/headcount';
import { readHeadcount } from '../../src/populations/headcount-text';
import {
  headcountsFile,
  readHeadcountsFile,
  readHeadcountsText,
} from '../../src/populations/headcounts-file';
import { workbookParts, zipOf } from '../support/zip';

const terms = new Map([
  [
    'profession',
    [
      { code: 'midwife', label: 'Midwife' },
      { code: 'rn_adult', label: 'Registered nurse - adult' },
      { code: 'own_lead', label: 'Team lead' },
      { code: 'own_lead_2', label: 'Team  Lead' },
    ],
  ],
  [
    'setting',
    [
      { code: 'gp_practice', label: 'GP practice' },
      { code: 'acute_ward', label: 'Acute ward' },
    ],
  ],
  ['band', [{ code: 'b5', label: 'Band 5' }]],
]);

const read = (text: string) => readHeadcountsText(text, terms);
const saidOf = (text: string) => read(text).findings.map(({ place, sentence }) => `${place}: ${sentence}`);

test('a column for each facet is a joint table, by codes or names, in any order', () => {
  const text = [
    'Head count;Setting;PROFESSION',
    '1,200;GP practice;midwife',
    '"0";acute_ward;registered nurse -  adult',
  ].join('\n');
  expect(read(text)).toEqual({
    table: {
      kind: 'joint',
      facets: ['setting', 'profession'],
      rows: [
        { facet: '', codes: ['gp_practice', 'midwife'], headcount: 1200 },
        { facet: '', codes: ['acute_ward', 'rn_adult'], headcount: 0 },
      ],
    },
    findings: [],
  });
});

test('facet, code and headcount are margins', () => {
  const text = 'facet,code,headcount\nprofession,midwife,7\nsetting,gp_practice,3\nSetting,acute ward,4\n';
  expect(read(text)).toEqual({
    table: {
      kind: 'margins',
      facets: ['profession', 'setting'],
      rows: [
        { facet: 'profession', codes: ['midwife'], headcount: 7 },
        { facet: 'setting', codes: ['gp_practice'], headcount: 3 },
        { facet: 'setting', codes: ['acute_ward'], headcount: 4 },
      ],
    },
    findings: [],
  });
});

test('each thing that is wrong is said with its row and column, and nothing is taken', () => {
  const text = [
    'Staff of the trust',
    'profession,setting,headcount',
    'midwif,gp_practice,1',
    'midwife,,2',
    'midwife,gp_practice,',
    'midwife,gp_practice,-3',
    'midwife,gp_practice,2.5',
    'midwife,gp_practice,10000001',
    'midwife,gp_practice,many',
    'Total,gp_practice,5',
    'team lead,gp_practice,5',
  ].join('\n');
  expect(saidOf(text)).toEqual([
    'Row 3, column profession: “midwif” is no profession of this project. Did you mean midwife (Midwife)?',
    'Row 4, column setting: Enter the setting.',
    'Row 5, column headcount: Enter the headcount, which is 0 where nobody works.',
    'Row 6, column headcount: A headcount cannot be below 0.',
    'Row 7, column headcount: Enter whole people: a headcount is not a number of full-time equivalents.',
    'Row 8, column headcount: A headcount can be 10,000,000 at most.',
    'Row 9, column headcount: Enter the headcount as a whole number, such as 1200.',
    'Row 10, column profession: “Total” is no profession. Take out rows of totals: they are added up here.',
    'Row 11, column profession: Several terms are called “team lead”. Enter the code: own_lead or own_lead_2.',
  ]);
  expect(read(text).table).toBeNull();
});

test('a combination counted twice is refused with both rows', () => {
  const text = 'profession,setting,headcount\nmidwife,gp_practice,1\n,,\nMidwife,GP Practice,1\n';
  expect(saidOf(text)).toEqual([
    'Row 4: Midwife, GP practice is in row 2 already. Keep one of the two rows, or add them up.',
  ]);
  const margins = 'facet,code,headcount\nprofession,midwife,1\nprofession,midwife,2\n';
  expect(saidOf(margins)[0]).toContain('Row 3: Midwife is in row 2 already.');
});

test.each([
  ['', 'The file is empty.'],
  [' , ,\n', 'The file is empty.'],
  ['profession,setting\nmidwife,gp_practice\n', 'No row names the columns.'],
  ['headcount\n12\n', 'No row names the columns.'],
  ['profession,headcount\n', 'There is no row below the names of the columns.'],
  ['profession,Profession,headcount\nmidwife,midwife,1\n', 'A second column says what “Profession” says.'],
  ['profession,headcount,staff\nmidwife,1,1\n', 'A second column says what “staff” says.'],
  ['facet,code,headcount\nshoe size,midwife,1\n', '“shoe size” is no facet.'],
  ['facet,code,headcount\n,midwife,1\n', 'Enter the facet.'],
  ['profession,headcount\n"midwife,1\n', 'A quotation mark opens here and is never closed.'],
])('%j is refused: %s', (text, sentence) => {
  const { table, findings } = read(text);
  expect(table).toBeNull();
  expect(findings.map((finding) => finding.sentence).join(' ')).toContain(sentence);
});

test('other columns are left out and said, full-time equivalents by name', () => {
  const { table, findings } = read('profession,team,WTE,headcount,note\nmidwife,North,3.4,4,\n');
  expect(table!.rows).toEqual([{ facet: '', codes: ['midwife'], headcount: 4 }]);
  expect(findings.map(({ sentence, severity }) => `${severity}: ${sentence}`)).toEqual([
    'warning: “team” is no facet we know, so it is left out.',
    'warning: “WTE” is left out: staff are counted as people, not as full-time equivalents.',
  ]);
});

test('a comma that makes two cells of a headcount is refused, not half read', () => {
  expect(saidOf('profession,headcount\nmidwife,1,200\nrn_adult,5\n')).toEqual([
    'Row 2: There are more cells than columns. Put a headcount with a comma in quotation marks, or leave the comma out.',
  ]);
});

test('a column without a name is left out and said', () => {
  const { table, findings } = read('profession,,headcount\nmidwife,7,4\n');
  expect(table!.rows[0]!.headcount).toBe(4);
  expect(findings).toEqual([
    { place: 'Column B', sentence: 'It has no name, so it is left out.', severity: 'warning' },
  ]);
});

test('long cells are not repeated whole', () => {
  expect(saidOf(`profession,headcount\n${'x'.repeat(5000)},1\n`)[0]!.length).toBeLessThan(250);
});

test('margins within 1 % of the first are told, others are refused, both with the totals', () => {
  const text = (count: number) =>
    `facet,code,headcount\nprofession,midwife,1000\nsetting,acute_ward,${count}\n`;
  expect(read(text(1010)).table).not.toBeNull();
  expect(saidOf(text(1010))).toEqual([
    ': The facets add up to different totals: 1,000 by profession and 1,010 by setting. That is within 1%, so weights bring all of them to 1,000 by profession.',
  ]);
  expect(read(text(1011)).table).toBeNull();
  expect(saidOf(text(1011))[0]).toContain('1,000 by profession and 1,011 by setting. They must be the same');
});

test('more rows than there can be are refused', () => {
  const text = `profession,headcount\n${'midwife,1\n'.repeat(5001)}`;
  expect(saidOf(text)).toEqual([': There are 5,001 rows. There can be 5,000 at most.']);
});

test.each([
  ['12', 12],
  ['0', 0],
  ['1,200', 1200],
  ['1\u00a0200\u2009000', 1_200_000],
  [' 12.0 ', 12],
  ['10,000,000', 10_000_000],
])('%j is the headcount %d', (text, headcount) => {
  expect(readHeadcount(text)).toEqual({ headcount });
});

test.each(['1,20', '1.200', '12,5', '1e3', '0x1f', '-1', '\u22121', '+1', '*', '<5', '1 2', 'Infinity', '٣'])(
  '%j is no headcount',
  (text) => {
    expect(readHeadcount(text)).toHaveProperty('sentence');
  },
);

test('a workbook is read from the sheet that names the columns', async () => {
  const sheet = (name: string, rows: (string | number)[][]) => ({
    name,
    rows,
    frozenColumns: 0,
    widths: [10],
  });
  const bytes = await writeWorkbook([
    sheet('Notes', [['Counted by hand']]),
    sheet('Staff', [
      ['profession', 'headcount'],
      ['midwife', 1200],
    ]),
  ]);
  const { table, findings } = await readHeadcountsFile(bytes, terms);
  expect(table!.rows).toEqual([{ facet: '', codes: ['midwife'], headcount: 1200 }]);
  expect(findings.map(({ sentence }) => sentence)).toEqual(['Only the sheet “Staff” was read, not “Notes”.']);
});

test('hostile and damaged files get a sentence', async () => {
  const parts = workbookParts('<sheetData/>');
  const files = [
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]),
    Buffer.from('PK\x03\x04 broken'),
    Buffer.from([0xff, 0x80, 0x81]),
    Buffer.from('profession\0headcount'),
    zipOf(parts),
    zipOf({ ...parts, 'xl/big.bin': 'x' }, { declared: 2 ** 31 - 1 }),
    zipOf({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><!DOCTYPE x [<!ENTITY a "b">]>' }),
    Buffer.from(`profession,headcount\n${'"'.repeat(10_001)}`),
    Buffer.from(`profession,headcount\n${'x'.repeat(100_000)},1`),
  ];
  for (const bytes of files) {
    const { table, findings } = await readHeadcountsFile(bytes, terms);
    expect(table).toBeNull();
    expect(findings[0]!.severity).toBe('error');
    expect(findings[0]!.sentence).toMatch(/\.$|\?$/);
  }
});

const tables = fc.oneof(
  fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom('midwife', 'rn_adult'),
        fc.constantFrom('gp_practice', 'acute_ward'),
        fc.nat(10_000_000),
      ),
      { minLength: 1, selector: ([one, other]) => `${one} ${other}` },
    )
    .map(
      (rows): HeadcountTable => ({
        kind: 'joint',
        facets: ['profession', 'setting'],
        rows: rows.map(([one, other, headcount]) => ({ facet: '', codes: [one, other], headcount })),
      }),
    ),
  fc.nat(10_000_000).map(
    (headcount): HeadcountTable => ({
      kind: 'margins',
      facets: ['band', 'setting'],
      rows: [
        { facet: 'band', codes: ['b5'], headcount },
        { facet: 'setting', codes: ['acute_ward'], headcount },
      ],
    }),
  ),
);

test('what is written is read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const reading = await readHeadcountsFile(Buffer.from(headcountsFile(table)), terms);
      expect(reading).toEqual({ table, findings: [] });
    }),
  );
});

test('no text makes the reader fail, and what it takes is a table', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      'profession',
      'setting',
      'headcount',
      'facet',
      'code',
      'midwife',
      'GP practice',
      '1,200',
      '-1',
      '',
    ),
    fc.string({ maxLength: 12 }),
  );
  const row = fc.array(cell, { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const { table, findings } = read(rows.map((cells) => cells.join(',')).join('\n'));
      const isWrong = findings.some(({ severity }) => severity === 'error');
      expect(table === null).toBe(isWrong);
      for (const { codes, headcount } of table?.rows ?? []) {
        expect(codes.every((code) => code !== '')).toBe(true);
        expect(Number.isInteger(headcount) && headcount >= 0 && headcount <= 10_000_000).toBe(true);
      }
    }),
  );
});
