import fc from 'fast-check';
import { type Asked, askedBy, readContactList, readContactTable } from '../../src/contacts/contacts-file';
import { readContactsFile, readContactsText } from '../../src/contacts/contacts-source';
import { csvOf } from '../../src/platform/csv';
import { writeWorkbook } from '../../src/platform/workbook';

const asked: Asked = {
  facets: new Map([
    [
      'profession',
      [
        { code: 'midwife', label: 'Midwife' },
        { code: 'rn_adult', label: 'Registered nurse - adult' },
      ],
    ],
    ['setting', [{ code: 'gp_practice', label: 'GP practice' }]],
  ]),
  languages: ['cy'],
  organisation: null,
};
const person = { email: 'nurse@example.org', name: '', language: 'en', facets: {} };
const sentencesOf = (findings: { place: string; sentence: string }[]) =>
  findings.map(({ place, sentence }) => `${place}: ${sentence}`);

describe('a table', () => {
  test.each([
    [['email'], ['nurse@example.org'], person],
    [['E-Mail Address', 'Full name'], ['nurse@example.org', 'A Nurse'], { ...person, name: 'A Nurse' }],
    [
      ['First name', 'SURNAME', 'e-mail'],
      ['A', 'Nurse', 'nurse@example.org'],
      { ...person, name: 'A Nurse' },
    ],
    [['email', 'Preferred language'], ['nurse@example.org', 'Welsh'], { ...person, language: 'cy' }],
    [['email', 'lang'], ['nurse@example.org', 'CYMRAEG'], { ...person, language: 'cy' }],
    [['email'], ['A Nurse <nurse@example.org>'], { ...person, name: 'A Nurse' }],
    [
      ['Job role', 'email', 'Place of work'],
      ['midwife', 'nurse@example.org', 'gp practice'],
      { ...person, facets: { profession: 'midwife', setting: 'gp_practice' } },
    ],
  ])('%j', (header, row, contact) => {
    expect(readContactTable([header, row], asked)).toEqual({ contacts: [contact], leftOut: 0, findings: [] });
  });

  test('may begin with a title, and what is below it counts from there', () => {
    const { contacts, findings } = readContactTable(
      [['Staff 2026'], [], ['email'], ['nurse@'], ['a@b.org']],
      asked,
    );
    expect(contacts).toHaveLength(1);
    expect(sentencesOf(findings)).toEqual([
      'Row 4: “nurse@”: It is not an address such as name@example.org. Left out.',
    ]);
  });

  test('tells what is left out, by row, and goes on with the others', () => {
    const rows = [
      ['email', 'name', 'language', 'profession', 'shoe size'],
      ['nurse@example.org', 'A\r\nBcc: all@example.org', 'Klingon', 'midwif', '41'],
      ['NURSE@example.org'],
      ['', 'Nobody'],
      ['b@ex\u0430mple.org'],
      ['c\u200b@example.org'],
      ['d@example.org', 'x'.repeat(121)],
    ];
    const { contacts, leftOut, findings } = readContactTable(rows, asked);
    expect(contacts).toEqual([
      { ...person, name: 'A Bcc: all@example.org' },
      { ...person, email: 'd@example.org' },
    ]);
    expect(leftOut).toBe(4);
    expect(sentencesOf(findings)).toEqual([
      'Row 1: The column “shoe size” is left out: it is neither a name, an address or a language, nor something the survey asks about people.',
      'Row 4: There is no address. Left out.',
      'Row 5: “b@exаmple.org”: After the @ it holds letters of another alphabet, which could be taken for others. Left out.',
      'Row 6: “c[U+200B]@example.org”: It holds characters that cannot be seen. Type it again by hand. Left out.',
      'Row 3: NURSE@example.org is in row 2 already. Left out.',
      'Row 2: Line breaks, or characters that cannot be seen, were taken out of the name.',
      'Row 7: The name is longer than 120 characters. The person is invited without it.',
      'Row 2: The survey cannot be had in “Klingon”. The person is written to in English.',
      'Row 2: “midwif” is no profession that the survey asks about. Did you mean midwife (Midwife)? It is not counted; the person is invited all the same.',
    ]);
  });

  test('names the first rows of a kind and counts the rest', () => {
    const rows = [['email'], ...Array.from({ length: 50 }, () => ['nobody']), ['a@b.org']];
    const places = readContactTable(rows, asked).findings.map(({ place }) => place);
    expect(places).toHaveLength(11);
    expect(places[0]).toBe('Row 2');
    expect(places[10]).toMatch(/^Rows 12, 13.*, 31 and 20 more$/);
  });

  test('warns of a domain that is nearly that of many others, and keeps it', () => {
    const many = Array.from({ length: 9 }, (_, index) => [`nurse-${index}@nhs.net`]);
    const { contacts, findings } = readContactTable([['email'], ...many, ['nurse@nhs.nte']], asked);
    expect(contacts).toHaveLength(10);
    expect(sentencesOf(findings)).toEqual([
      'Row 11: nurse@nhs.nte ends in “nhs.nte”; 9 others end in “nhs.net”. Check it.',
    ]);
  });

  test('warns of a domain that looks like that of many others, though mail goes to quite another name', () => {
    const many = Array.from({ length: 9 }, (_, index) => [`nurse-${index}@riverside.example`]);
    const { findings } = readContactTable([['email'], ...many, ['nurse@rıverside.example']], asked);
    expect(sentencesOf(findings)).toEqual([
      'Row 11: nurse@xn--rverside-tkb.example ends in “rıverside.example”; 9 others end in “riverside.example”. Check it.',
    ]);
  });

  test.each([
    [[['name'], ['A Nurse']], 'No row names the columns'],
    [[['email']], 'There is nobody on this list'],
    [[['email'], ['nurse']], 'No row of the list has an address'],
    [[['email'], ...Array.from({ length: 50_001 }, (_, row) => [`n${row}@example.org`])], '50,001 rows'],
  ])('cannot be used: %#', (rows, sentence) => {
    const { contacts, findings } = readContactTable(rows, asked);
    expect(contacts).toEqual([]);
    expect(findings[0]).toMatchObject({ severity: 'error', sentence: expect.stringContaining(sentence) });
  });

  test('of a coordinator is of their organisation, and leaves out whom it says to be of another', () => {
    const own = { ...asked, organisation: { code: 'north', label: 'North Trust' } };
    const rows = [
      ['email', 'organisation', 'profession'],
      ['a@example.org', 'North trust', 'midwife'],
      ['b@example.org', '', ''],
      ['c@example.org', 'South Trust', ''],
    ];
    const { contacts, findings } = readContactTable(rows, own);
    expect(contacts.map(({ facets }) => facets)).toEqual([
      { profession: 'midwife', organisation: 'north' },
      { organisation: 'north' },
    ]);
    expect(sentencesOf(findings)).toEqual([
      'Row 4: “South Trust” is not North Trust, the organisation you coordinate. Left out.',
    ]);
  });
});

describe('a pasted list', () => {
  test.each([
    ['a@example.org\nb@example.org', [['a@example.org'], ['b@example.org']]],
    [
      'a@example.org; b@example.org,c@example.org d@example.org',
      [['a@example.org'], ['b@example.org'], ['c@example.org'], ['d@example.org']],
    ],
    [
      '"Nurse, A" <a@example.org>; B Nurse <b@example.org>',
      [
        ['a@example.org', 'A Nurse'],
        ['b@example.org', 'B Nurse'],
      ],
    ],
    [
      'A Nurse <a@example.org>, B Nurse <b@example.org>',
      [
        ['a@example.org', 'A Nurse'],
        ['b@example.org', 'B Nurse'],
      ],
    ],
    ["'A Nurse' <a@example.org>", [['a@example.org', 'A Nurse']]],
  ])('%j', (text, people) => {
    const { contacts, findings } = readContactsText(text, asked);
    expect(findings).toEqual([]);
    expect(contacts).toEqual(people.map(([email, name = '']) => ({ ...person, email, name })));
  });

  test('that names its columns is a table', () => {
    const { contacts } = readContactsText('Email\tName\na@example.org\tA Nurse', asked);
    expect(contacts).toEqual([{ ...person, email: 'a@example.org', name: 'A Nurse' }]);
  });
});

test('formulas stay text: a name that begins like one is kept, and goes out again guarded', async () => {
  const name = '=HYPERLINK("https://example.org";"A")';
  const file = Buffer.from(
    csvOf([
      ['email', 'name'],
      ['a@example.org', name],
      ['=1+1', ''],
    ]),
  );
  expect(file.toString()).toContain(`'=HYPERLINK`);
  const { contacts, findings } = await readContactsFile(file, asked);
  expect(contacts).toEqual([{ ...person, email: 'a@example.org', name }]);
  expect(sentencesOf(findings)).toEqual([
    'Row 3: “=1+1”: It is not an address such as name@example.org. Left out.',
  ]);
});

test('a workbook is read from its first sheet that holds anything', async () => {
  const sheet = (name: string, rows: string[][]) => ({ name, rows, frozenColumns: 0, widths: [20] });
  const bytes = await writeWorkbook([
    sheet('People', [
      ['Email', 'Profession'],
      ['a@example.org', 'Midwife'],
    ]),
    sheet('Notes', [['x']]),
  ]);
  const { contacts, findings } = await readContactsFile(bytes, asked);
  expect(contacts).toEqual([{ ...person, email: 'a@example.org', facets: { profession: 'midwife' } }]);
  expect(sentencesOf(findings)).toEqual([': Only the sheet “People” was read, not “Notes”.']);
});

test('whatever stands in a file, it is read to its end, and no name of it can end a line or hide a sign', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.constantFrom('', 'midwife', '=1', '@'),
  );
  const header = fc.shuffledSubarray(['email', 'name', 'first name', 'language', 'profession', 'other'], {
    minLength: 1,
  });
  fc.assert(
    fc.property(header, fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 }), (names, rows) => {
      for (const reading of [
        readContactTable([names, ...rows], asked),
        readContactList(rows.map((row) => row.join(';')).join('\n'), asked),
      ]) {
        for (const { name, email, language, facets } of reading.contacts) {
          expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
          expect([...name].length).toBeLessThanOrEqual(120);
          expect(email).toMatch(/^[\x21-\x7e]+@[\x21-\x7e]+$/);
          expect(['en', 'cy']).toContain(language);
          expect(Object.values(facets).every((code) => code === 'midwife')).toBe(true);
        }
        expect(new Set(reading.contacts.map(({ email }) => email.toLowerCase())).size).toBe(
          reading.contacts.length,
        );
      }
    }),
  );
});

test.each([
  ['a file', (text: string) => readContactsFile(Buffer.from(text), asked)],
  ['what is pasted', async (text: string) => readContactsText(text, asked)],
])('%s of millions of rows is refused before it is taken apart', async (_what, read) => {
  const { contacts, findings } = await read(`email\n${'a\n'.repeat(3_000_000)}`);
  expect(contacts).toEqual([]);
  expect(findings).toEqual([expect.objectContaining({ sentence: expect.stringContaining('too many rows') })]);
});

test('strange words in every row are each told of no longer than anybody reads them', () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => [`n${row}@example.org`, `strange word ${row}`]);
  const { contacts, findings } = readContactTable([['email', 'profession'], ...rows], asked);
  expect(contacts).toHaveLength(20_000);
  expect(findings).toHaveLength(11);
});

test('whatever bytes come, they are a list or a sentence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const { contacts, findings } = await readContactsFile(Buffer.from(bytes), asked);
      if (contacts.length === 0) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
    }),
  );
});

test('a plan says what can be said of people', () => {
  const choices = [{ value: 'midwife', text: 'Midwife', hint: '', exclusive: false }];
  const question = { facet: 'profession', choices } as never;
  expect(askedBy({ pages: [{ questions: [question] }] as never, languages: ['cy'] }, null)).toEqual({
    facets: new Map([['profession', [{ code: 'midwife', label: 'Midwife' }]]]),
    languages: ['cy'],
    organisation: null,
  });
});
