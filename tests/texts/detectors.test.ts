import fc from 'fast-check';
import { detectorsFor, isNhsNumber, masked } from '../../src/texts/detectors';

const detectors = detectorsFor({
  organisations: ['Riverbank Health', 'Our organisation', 'Number', 'St. Elsewhere (North)'],
  terms: ['Registered nurse - adult', 'Mental Health Support Team', 'GP practice'],
});
const maskOf = (text: string) => masked(detectors, text).text;

test.each([
  ['It was 943 476 5919.', 'It was [NHS number].'],
  ['9434765919 was seen', '[NHS number] was seen'],
  ['Case 943-476-5918 again', 'Case [number] again'],
  ['Write to jo.bloggs+ward@trust.nhs.uk now', 'Write to [e-mail address] now'],
  ['See https://example.org/a?b=1 or www.example.org', 'See [web address] or [web address]'],
  ['I am @night_shift on there', 'I am [web address] on there'],
  ['Ring 07700 900123 or 020 7946 0123', 'Ring [phone number] or [phone number]'],
  ['Ring +44 (0)20 7946 0123', 'Ring [phone number]'],
  ['bleep 4512, or ext. 20311', '[phone number], or [phone number]'],
  ['We are in SW1A 1AA, or m1 1ae', 'We are in [postcode], or [postcode]'],
  ['My PIN is 12A3456E', 'My PIN is [NMC PIN]'],
  ['On 03/04/2025 it happened', 'On [date] it happened'],
  ['Yesterday Susan Miles said no', 'Yesterday [name] said no'],
  ['I asked Siân O’Brien-Hughes twice', 'I asked [name] twice'],
  ['Dr Patel and Sister Jones know', '[name] and [name] know'],
  ['dr. McDonald never came', '[name] never came'],
  ['At riverbank  health we do not', 'At [organisation] we do not'],
  ['St. Elsewhere (North) closed', '[organisation] closed'],
  ['The Grange Surgery is full', '[organisation] is full'],
  ['The ward manager at the Grange shouts', 'The [role and place] shouts'],
  ['our team leader on ward 7b left', 'our [role and place] left'],
  ['the matron at Hillside Grove', 'the [role and place]'],
])('%s', (text, expected) => {
  expect(maskOf(text)).toBe(expected);
});

test.each([
  'The Mental Health Support Team needs more time on Monday mornings.',
  'Registered Nurse training should include Mental Health Act 1983 updates.',
  'I have 12 years of practice, about 300 contacts, and 2 days of training a year.',
  'Our organisation never has time. The manager does what she can.',
  'NHS CAMHS PTSD ADHD: all of it, please. I would like CBT training',
  'Nurse Practitioner posts. Thank You. In January I will go. Since March It Is Better.',
  '',
])('nothing is found in: %s', (text) => {
  expect(masked(detectors, text)).toEqual({ text, found: [] });
});

test('what was found is told once, in the order of the text', () => {
  expect(masked(detectors, 'Susan Miles, SW1A 1AA, Peter Miles').found).toEqual(['name', 'postcode']);
});

test('an NHS number is checked by its last digit', () => {
  expect(isNhsNumber('9434765919')).toBe(true);
  expect(isNhsNumber('9434765918')).toBe(false);
  expect(isNhsNumber('943476591')).toBe(false);
});

/** Pieces that detectors look for, and pieces that they stumble over, in any order. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'Susan',
          'Miles',
          'Dr',
          'dr.',
          'Mental',
          'Health',
          'at',
          'the',
          'ward',
          'manager',
          'of',
          'Number',
        ],
        ...[
          '943 476 5919',
          '07700900123',
          'SW1A 1AA',
          '12A3456E',
          'a@b.uk',
          'Riverbank Health',
          '[name]',
          '[',
        ],
        ...[
          'Grange Surgery',
          '1',
          '22',
          '.',
          ',',
          '@',
          "O'Brien",
          'É',
          'www.',
          '/',
          '-',
          '\n',
          '(0)',
          '3/4/25',
        ],
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 40 },
  )
  .chain((pieces) => fc.constantFrom(pieces.join(' '), pieces.join('')));

test('a masked text has nothing left that would be found, and is not masked further', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = masked(detectors, text);
      expect(detectors.spansIn(once.text)).toEqual([]);
      expect(masked(detectors, once.text)).toEqual({ text: once.text, found: [] });
    }),
    { numRuns: 2000 },
  );
});

test('spans lie in the text, in order, and do not overlap', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let end = 0;
      for (const { from, to } of detectors.spansIn(text)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('what is a number, an address or a pin is found wherever it stands', () => {
  const secrets = ['943 476 5919', '07700 900123', 'jo@example.org', '12A3456E', 'SW1A 1AA', 'Susan Miles'];
  fc.assert(
    fc.property(
      fc.constantFrom(...secrets),
      fc.lorem({ maxCount: 12 }),
      fc.lorem({ maxCount: 12 }),
      (secret, before, after) => {
        expect(maskOf(`${before} ${secret} ${after}`)).not.toContain(secret);
      },
    ),
  );
});

test.each([
  'a',
  'A',
  'Aa ',
  '1',
  '1 ',
  '@',
  'a@',
  '0 (',
  'Ab',
  "A'",
  'nurse at ',
  'The Ward ',
  'www.',
  '[name]',
])('a text of many “%s” is gone through', (piece) => {
  expect(maskOf(piece.repeat(20_000 / piece.length)).length).toBeGreaterThan(0);
});
