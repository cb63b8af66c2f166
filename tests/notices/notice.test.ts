import fc from 'fast-check';
import {
  changedFields,
  fieldIn,
  inForceFrom,
  missingFrom,
  noticeContent,
  noticeFields,
  plainFields,
  spokenFields,
} from '../../src/notices/notice';
import { readMadeFrom, readNotice, typedNotice } from '../../src/notices/notice.form';
import { usualNotice } from '../../src/notices/usual-notice';
import { closingInWords } from '../../src/responses/told.page';
import { englishWords, wordsIn } from '../../src/web/words';
import { filledIn } from './make';

const lastDay = '2026-04-17';

test.each<[string, string, Record<string, unknown>]>([
  ['controller', 'Enter the name of the organisation that is asking', { controller: ' ' }],
  [
    'controller',
    'The name of who is asking must be 120 characters or fewer',
    { controller: 'x'.repeat(121) },
  ],
  ['controller', 'The name of who is asking must be one text', { controller: ['a', 'b'] }],
  ['controller-cy', 'The name of who is asking must be 120', { 'controller-cy': 'x'.repeat(121) }],
  ['purpose', 'Enter what the answers are used for', { purpose: undefined }],
  ['purpose', 'The purpose must be 1000 characters or fewer', { purpose: 'x'.repeat(1_001) }],
  ['contactName', 'Enter a role or a team that people can ask', { contactName: '\n' }],
  ['contactEmail', 'Enter an email address or a telephone number that people can ask', { contactEmail: ' ' }],
  ['contactEmail', 'Enter an email address in the correct format', { contactEmail: 'workforce' }],
  ['contactEmail', 'Enter an email address in the correct format', { contactEmail: ['a@b.org', 'c@d.org'] }],
  ['contactPhone', 'Enter a telephone number', { contactPhone: 'ring me' }],
  ['contactPhone', 'Enter a telephone number', { contactPhone: '0'.repeat(41) }],
  ['contactPhone', 'Enter a telephone number', { contactPhone: 'javascript:alert(123)' }],
  ['complaintsEmail', 'for complaints', { complaintsName: 'Data protection' }],
  ['complaintsName', 'Enter a role or a team that takes complaints', { complaintsPhone: '01632 960 001' }],
  ['lawfulBasis', 'Select why you are allowed', { lawfulBasis: 'consent' }],
  ['lawfulBasis', 'Select why you are allowed', { lawfulBasis: undefined }],
  ['retention', 'Enter how long answers are kept', { retention: '' }],
  [
    'deletedOn-day',
    'in the calendar',
    { 'deletedOn-day': '31', 'deletedOn-month': '2', 'deletedOn-year': '2031' },
  ],
  [
    'deletedOn-day',
    'after the survey closes',
    { 'deletedOn-day': '17', 'deletedOn-month': '4', 'deletedOn-year': '2026' },
  ],
  ['more', '4000 characters or fewer', { more: 'x'.repeat(4_001) }],
])('a notice with a wrong %s is refused: %s', (field, sentence, change) => {
  const { errors } = readNotice({ ...filledIn, ...change }, ['cy'], lastDay);
  expect(errors?.[field]).toContain(sentence);
});

test('what is typed is tidied, and only the fields of the form are read', () => {
  const typed = {
    ...filledIn,
    controller: '  North\tVale \u0000 Care Trust ',
    more: 'One \r\n\r\n two\u0007 three\r',
    contactPhone: '+44 (0)1632 960 001 ext 3',
    ...{ 'deletedOn-day': '18', 'deletedOn-month': '4', 'deletedOn-year': '2026' },
    ...{
      'controller-cy': ' Ymddiriedolaeth ',
      'controller-pl': 'Nie',
      __proto__: { x: 'y' },
      strange: 'field',
    },
  };
  const { value } = readNotice(typed, ['cy'], lastDay);
  expect(value).toMatchObject({
    controller: 'North Vale Care Trust',
    'controller-cy': 'Ymddiriedolaeth',
    more: 'One\n\ntwo three',
    contactPhone: '+44 (0)1632 960 001 ext 3',
    deletedOn: '2026-04-18',
  });
  expect(Object.keys(value!)).not.toEqual(expect.arrayContaining(['strange']));
  expect(value).not.toHaveProperty('controller-pl');
  expect(typedNotice({ ...typed, purpose: ['a', 'b'] }, ['cy'])).toMatchObject({
    purpose: '',
    'deletedOn-day': '18',
  });
});

test('a day alone says when answers are deleted', () => {
  const day = { 'deletedOn-day': '31', 'deletedOn-month': '3', 'deletedOn-year': '2031' };
  expect(readNotice({ ...filledIn, retention: '', ...day }, [], lastDay).errors).toBeUndefined();
});

test.each([
  ['3', 3],
  ['200', 200],
  ['201', 1],
  ['0', 1],
  ['-1', 1],
  ['1.5', 1],
  ['many', 1],
  [undefined, 1],
  [['2', '3'], 1],
])('a form says it was made from version %j: %i', (madeFrom, number) => {
  expect(readMadeFrom({ madeFrom })).toBe(number);
});

test('a form gives back the notice it was filled from, in every language', () => {
  const languages = fc.uniqueArray(fc.constantFrom('cy', 'pl', 'pt-BR', 'ar'));
  fc.assert(
    fc.property(languages, fc.infiniteStream(fc.string({ maxLength: 9 })), (spoken, texts) => {
      const next = () => texts.next().value as string;
      const names = ['default', ...spoken].flatMap((language) =>
        spokenFields.map((field) => fieldIn(field, language)),
      );
      const fields = Object.fromEntries([...names, ...plainFields].map((name) => [name, next()]));
      expect(noticeFields(noticeContent(fields, spoken), spoken)).toEqual(fields);
      expect(changedFields(fields, { ...fields })).toEqual([]);
    }),
  );
});

test.each([
  ['anonymous', true, '2026-03-28T23:59:00Z', '2026-03-29T00:00:00.000Z'],
  ['anonymous', true, '2026-03-29T12:00:00Z', '2026-03-29T23:00:00.000Z'],
  ['anonymous', true, '2026-07-01T23:30:00Z', '2026-07-02T23:00:00.000Z'],
  ['anonymous', false, '2026-03-20T10:00:00Z', '2026-03-20T10:00:00.000Z'],
  ['confidential', true, '2026-03-20T10:00:00Z', '2026-03-20T10:00:00.000Z'],
] as const)(
  'a version of an %s survey, people answering: %s, saved %s, is in force from %s',
  (promise, answering, now, from) => {
    expect(inForceFrom(promise, answering, new Date(now)).toISOString()).toBe(from);
  },
);

test('the usual notice says in Welsh what it says in English, and lacks only what nobody can know', () => {
  const content = usualNotice('', ['cy', 'pl']);
  expect(noticeFields(content, ['cy', 'pl'])).toMatchObject({
    purpose: expect.stringContaining('training'),
    'purpose-cy': expect.stringContaining('hyfforddiant'),
    'purpose-pl': '',
    lawfulBasis: 'public task',
  });
  expect(missingFrom(content)).toEqual([
    'the name of the organisation that is asking',
    'an email address or telephone number to ask',
  ]);
  expect(missingFrom({ ...usualNotice('North Vale', []), contactPhone: '01632 960 001' })).toEqual([]);
});

test.each([
  [
    '2026-07-02T10:00:00Z',
    '2026-07-01T23:30:00Z',
    'It closes today at 11:00am, London time',
    'Mae’n cau heddiw am 11:00, amser Llundain',
  ],
  [
    '2026-07-01T23:00:00Z',
    '2026-07-01T12:00:00Z',
    'It closes today at midnight, London time',
    'Mae’n cau heddiw am hanner nos, amser Llundain',
  ],
  [
    '2026-07-01T23:00:00Z',
    '2026-06-30T12:00:00Z',
    'It closes on 1 July 2026',
    'Mae’n cau ar 1 Gorffennaf 2026',
  ],
  [
    '2026-12-01T17:05:00Z',
    '2026-12-01T09:00:00Z',
    'It closes today at 5:05pm, London time',
    'Mae’n cau heddiw am 17:05, amser Llundain',
  ],
])('a survey that closes at %s says so at %s: %s', (closes, now, english, welsh) => {
  const said = (words: typeof englishWords) =>
    closingInWords({ closesAt: new Date(closes), words }, new Date(now));
  expect(said(englishWords)).toBe(english);
  expect(said(wordsIn('cy'))).toBe(welsh);
});
