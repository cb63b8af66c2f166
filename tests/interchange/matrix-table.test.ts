import { usualWords } from '../../src/frameworks/framework';
import { readMatrixTable } from '../../src/interchange/matrix-table';
import { readCsvText } from '../../src/platform/csv-table';
import { scale } from '../support/make';

const known = {
  scale,
  words: usualWords,
  professions: [
    { code: 'rn_adult', label: 'Registered nurse - adult' },
    { code: 'midwife', label: 'Midwife' },
  ],
  tiers: [{ code: '3', label: 'Tier 3 - clinical' }],
  settings: [
    { code: 'gp_practice', label: 'GP practice' },
    { code: 'acute_ward', label: 'Acute ward' },
  ],
};
const read = (text: string) => readMatrixTable(readCsvText(text).rows, known);
const said = (text: string) =>
  read(text).findings.map(({ place, sentence }) => (place ? `${place}: ${sentence}` : sentence));
const header = 'domain,competency,title,description,rn_adult|gp_practice,*|*';
const any = { profession: null, tier: null, setting: null };

test('a table is read: nested and empty domains, levels, and nothing where nothing is required', () => {
  const { source, findings } = read(`${header}
Talking,1.1,Hearing,What people say,3,0
Talking > In groups,CYP 3,Asking,,,2
Writing,,,,,
`);
  expect(findings).toEqual([]);
  expect(source).toEqual({
    domains: [
      {
        title: 'Talking',
        competencies: [{ code: '1.1', title: 'Hearing', description: 'What people say' }],
        domains: [
          { title: 'In groups', competencies: [{ code: 'CYP 3', title: 'Asking', description: '' }] },
        ],
      },
      { title: 'Writing', competencies: [] },
    ],
    columns: [{ profession: 'rn_adult', tier: null, setting: 'gp_practice' }, any],
    requiredLevels: [
      { competency: '1.1', profession: 'rn_adult', tier: null, setting: 'gp_practice', level: 3 },
      { competency: '1.1', ...any, level: 0 },
      { competency: 'CYP 3', ...any, level: 2 },
    ],
  });
});

test.each([
  ['the names in any order and case', 'TITLE;Competency;Domain', 'Hearing;A1;Talking'],
  ['common other names', 'Area;Code;Name', 'Talking;A1;Hearing'],
  ['a competency that is the title', 'Theme,Ref,Competency', 'Talking,A1,Hearing'],
  ['a title above the header', 'Our framework\n\ndomain,competency,title', 'Talking,A1,Hearing'],
])('the header is understood with %s', (_what, names, row) => {
  expect(read(`${names}\n${row}`)).toEqual({
    source: {
      domains: [{ title: 'Talking', competencies: [{ code: 'A1', title: 'Hearing' }] }],
      requiredLevels: [],
    },
    findings: [],
  });
});

test('the framework’s own words name the columns too', () => {
  const words = { domain: 'pillar', domains: 'pillars', competency: 'promise', competencies: 'promises' };
  const rows = readCsvText('Pillar,Promise,Title\nTalking,A1,Hearing').rows;
  expect(readMatrixTable(rows, { ...known, words }).source.domains[0]!.competencies[0]!.code).toBe('A1');
});

test.each([
  ['codes', 'rn_adult|acute_ward', { profession: 'rn_adult', setting: 'acute_ward' }],
  [
    'labels, in capitals or not',
    'registered nurse - adult | GP Practice',
    { profession: 'rn_adult', setting: 'gp_practice' },
  ],
  ['any setting', 'midwife|*', { profession: 'midwife' }],
  ['any profession', '*|gp_practice', { setting: 'gp_practice' }],
  ['a tier by its code', '3|gp_practice', { tier: '3', setting: 'gp_practice' }],
  ['a tier in words', 'Tier 3|*', { tier: '3' }],
  ['a profession alone', 'midwife', { profession: 'midwife' }],
  ['a setting alone', 'GP practice', { setting: 'gp_practice' }],
])('a column is named by %s', (_what, heading, column) => {
  const { source, findings } = read(`domain,competency,title,${heading}\nTalking,A1,Hearing,2`);
  expect(findings).toEqual([]);
  expect(source.columns).toEqual([{ ...any, ...column }]);
});

test('tags, optional and hint are read where there is a column for them', () => {
  const { source } = read(
    'domain,competency,title,tags,optional,hint\nTalking,A1,Hearing,core; night ;core,Yes,Think of a week\n,A2,Asking,,,',
  );
  expect(source.domains[0]!.competencies).toEqual([
    { code: 'A1', title: 'Hearing', tags: ['core', 'night'], optional: true, hint: 'Think of a week' },
    { code: 'A2', title: 'Asking', tags: [], optional: false, hint: '' },
  ]);
});

test.each([
  ['no header', 'Hello,world\n1,2', [/^No row names the columns/]],
  ['nothing below the header', header, ['There is nothing below the row that names the columns.']],
  [
    'no column for the code',
    'domain,title\nTalking,Hearing',
    ['Row 1: No column is called competency (for the code). Add it.'],
  ],
  [
    'an unknown profession',
    'domain,competency,title,rn_adlt|*\nTalking,A1,Hearing,2',
    [
      'Row 1, column D: “rn_adlt” is no profession or staff tier of this project. Did you mean rn_adult (Registered nurse - adult)?',
    ],
  ],
  [
    'an unknown setting',
    'domain,competency,title,*|GP practise\nTalking,A1,Hearing,2',
    ['Row 1, column D: “GP practise” is no setting of this project. Did you mean gp_practice (GP practice)?'],
  ],
  [
    'a setting like no other',
    'domain,competency,title,*|moon\nTalking,A1,Hearing,2',
    ['Row 1, column D: “moon” is no setting of this project.'],
  ],
  [
    'a column twice, once by its label',
    'domain,competency,title,midwife|*,Midwife|\nTalking,A1,Hearing,2,3',
    ['Row 1, column E: “Midwife|” is there twice. Keep one of the two columns.'],
  ],
  [
    'two titles',
    'domain,competency,title,name\nTalking,A1,Hearing,x',
    ['Row 1, column D: There is a second column for the title: “name”. Keep one.'],
  ],
  [
    'a column with too many parts',
    'domain,competency,title,a|b|c\nTalking,A1,Hearing,2',
    [/has more than one “\|”/],
  ],
  ['no domain', `${header}\n,A1,Hearing,,,`, ['Row 2, domain: Enter the domain it belongs to.']],
  ['no code', `${header}\nTalking,,Hearing,,,`, ['Row 2, competency: Enter a code.']],
  ['no title', `${header}\nTalking,A1,,,,`, ['Row 2, title: Enter a title.']],
  [
    'a code twice',
    `${header}\nTalking,A1,Hearing,,,\n\nTalking,A1,Asking,,,`,
    ['Row 4, competency: The code A1 is in row 2 already. Give it another.'],
  ],
  [
    'a code that is none',
    `${header}\nTalking,profession,Hearing,,,`,
    ['Row 2, competency: “profession”: “profession” is used by surveys themselves. Choose another code.'],
  ],
  [
    'a title too long',
    `${header}\nTalking,A1,${'x'.repeat(201)},,,`,
    ['Row 2, title: The title is 201 characters long. It can be 200 at most.'],
  ],
  [
    'a description too long',
    `${header}\nTalking,A1,Hearing,${'x'.repeat(2001)},,`,
    ['Row 2, description: The description is 2001 characters long. It can be 2000 at most.'],
  ],
  [
    'a level off the scale',
    `${header}\nTalking,A1,Hearing,,7,`,
    ['Row 2, rn_adult|gp_practice: “7” is not on the scale. Enter a level from 0 to 4.'],
  ],
  [
    'a level with a fraction',
    `${header}\nTalking,A1,Hearing,,,2.5`,
    ['Row 2, *|*: “2.5” is not a whole number. Enter a level from 0 to 4.'],
  ],
  [
    'a level in words',
    `${header}\nTalking,A1,Hearing,,n/a,`,
    [
      'Row 2, rn_adult|gp_practice: “n/a” is no level. Enter a level from 0 to 4, or leave the cell empty where nothing is required.',
    ],
  ],
  ['a level below nothing', `${header}\nTalking,A1,Hearing,,-1,`, [/“-1” is no level/]],
  [
    'levels without a competency',
    `${header}\nTalking,,,,3,`,
    ['Row 2: It has levels but no competency. Enter its code and title.'],
  ],
  [
    'a description without a competency',
    `${header}\nTalking,,,What?,,`,
    ['Row 2: It names no competency. Enter its code and title.'],
  ],
  [
    'domains too deep',
    `${header}\na > b > c > d,A1,Hearing,,,`,
    ['Row 2, domain: The domain is nested 4 deep. Domains can be nested 3 deep.'],
  ],
  ['a gap in the path', `${header}\na >  > c,A1,Hearing,,,`, [/^Row 2, domain: /]],
  [
    'neither yes nor no',
    'domain,competency,title,optional\nTalking,A1,Hearing,perhaps',
    ['Row 2, optional: “perhaps” is neither yes nor no. Enter yes or no.'],
  ],
])('%s gets a sentence, and is an error', (_what, text, sentences) => {
  expect(said(text)).toEqual(
    sentences.map((one) => (one instanceof RegExp ? expect.stringMatching(one) : one)),
  );
  expect(read(text).findings.every(({ severity }) => severity === 'error')).toBe(true);
});

test('what is left out or guessed is a warning', () => {
  const { findings } = read(
    'domain,competency,title,Notes,,*|*\nTalking,A1,Hearing,x,y,2\n,A2,Asking,,,3.0\n,A3,Telling,,,',
  );
  expect(findings).toEqual([
    {
      place: 'Row 1, column D',
      sentence:
        '“Notes” is no column we know, so it is left out. A column of levels is headed profession|setting.',
      severity: 'warning',
    },
    { place: 'Column E', sentence: 'It has no heading, so it is left out.', severity: 'warning' },
    {
      place: 'Rows 3, 4',
      sentence: 'No domain is named, so that of the row above was taken.',
      severity: 'warning',
    },
  ]);
});

test('5,000 rows get one sentence', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `Talking,C${index},x,y,rubbish,rubbish`);
  expect(said([header, ...rows].join('\n'))).toEqual([
    'There are 5,000 rows. A framework can have 1,000 competencies at most.',
  ]);
});

test('more columns than a matrix can have get one sentence', () => {
  const many = Array.from({ length: 201 }, (_, index) => ({ code: `p${index}`, label: `P ${index}` }));
  const rows = [
    ['domain', 'competency', 'title', ...many.map(({ code }) => `${code}|*`)],
    ['a', 'b', 'c'],
  ];
  const { findings } = readMatrixTable(rows, { ...known, professions: many });
  expect(findings).toMatchObject([
    { sentence: 'There are 201 columns of levels. There can be 200 at most.' },
  ]);
});
