import { readForeignTable } from '../../src/batches/foreign-table';

test('Microsoft Forms: who and when are dropped, a column is a question', () => {
  const table = readForeignTable([
    [
      'ID',
      'Start time',
      'Completion time',
      'Email',
      'Name',
      'What is your profession?',
      'Hearing what people say',
    ],
    ['1', '2026-01-05', '2026-01-05', 'anonymous', '', 'Midwife', '3 - Independent'],
  ]);
  expect(table.tool).toBe('microsoft forms');
  expect(table.columns).toEqual([
    { index: 5, question: 'What is your profession?', part: '' },
    { index: 6, question: 'Hearing what people say', part: '' },
  ]);
  expect(table.dropped).toEqual(['Start time', 'Completion time', 'Email', 'Name']);
  expect(table.rows[1]).toEqual(['1', '', '', '', '', 'Midwife', '3 - Independent']);
  expect(table.idColumn).toBe(0);
});

test('LimeSurvey: parts stand in brackets, and what was never sent is left out', () => {
  const table = readForeignTable([
    ['id', 'submitdate', 'lastpage', 'startlanguage', 'ipaddr', 'A[A1]', 'where[prereg]', 'groupTime12'],
    ['7', '2026-01-05 10:00:00', '3', 'en', '192.0.2.1', '3', 'Y', '4.2'],
    ['8', '', '1', 'en', '192.0.2.2', '2', '', '1.1'],
  ]);
  expect(table.tool).toBe('limesurvey');
  expect(table.columns).toEqual([
    { index: 5, question: 'A', part: 'A1' },
    { index: 6, question: 'where', part: 'prereg' },
  ]);
  expect(table.unfinished).toBe(1);
  expect(table.rows).toEqual([[], ['7', '', '', '', '', '3', 'Y', ''], []]);
  expect(JSON.stringify(table)).not.toContain('192.0.2');
});

test('SurveyMonkey: who answered is dropped where it is asked for under a heading of its own, too', () => {
  const table = readForeignTable([
    ['Respondent ID', 'Collector ID', 'Contact Information', '', '', 'Which languages?', ''],
    ['', '', 'Name', 'Company', 'Email Address', 'Language', 'Name'],
    ['11', '2', 'A name', 'A ward', 'nurse@example.org', 'Welsh', 'Sign'],
  ]);
  expect(table.dropped).toEqual([
    'Collector ID',
    'Contact Information – Name',
    'Contact Information – Company',
    'Contact Information – Email Address',
  ]);
  expect(table.rows[2]).toEqual(['11', '', '', '', '', 'Welsh', 'Sign']);
});

test('SurveyMonkey: two rows of header, the first carried on over its columns', () => {
  const table = readForeignTable([
    [
      'Respondent ID',
      'Collector ID',
      'IP Address',
      'What is your profession?',
      'Where does the gap come from?',
      '',
      'Comments',
    ],
    ['', '', '', 'Response', 'Pre-registration training', 'Workplace training', 'Open-Ended Response'],
    ['11', '2', '192.0.2.1', 'Midwife', 'Pre-registration training', '', 'None'],
  ]);
  expect(table.tool).toBe('surveymonkey');
  expect(table.columns).toEqual([
    { index: 3, question: 'What is your profession?', part: '' },
    { index: 4, question: 'Where does the gap come from?', part: 'Pre-registration training' },
    { index: 5, question: 'Where does the gap come from?', part: 'Workplace training' },
    { index: 6, question: 'Comments', part: '' },
  ]);
  expect(table.rows.slice(0, 2)).toEqual([[], []]);
});

test.each([
  ['no rows', []],
  ['an empty header', [[]]],
  ['a header alone', [['Question']]],
  ['rows longer than the header', [['Question'], ['a', 'b', 'c']]],
  [
    'names of prototypes',
    [
      ['__proto__', 'constructor'],
      ['1', '2'],
    ],
  ],
])('%s do no harm', (_what, rows) => {
  const table = readForeignTable(rows);
  expect(table.tool).toBe('other');
  expect(table.columns.length).toBeLessThanOrEqual(3);
});
