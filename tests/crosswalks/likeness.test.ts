import fc from 'fast-check';
import { likeness, suggestionsFor, wordingOf } from '../../src/crosswalks/likeness';

const wording = (title: string, description = '', lineageId = title) =>
  wordingOf({ lineageId, title, description });

const verdict = (one: string, other: string) =>
  suggestionsFor(wording(one), [wording(other)], 1)[0]?.words ?? 'Not alike';

test.each([
  ['Suicide and self-harm risk assessment', 'Assessing risk of suicide and self-harm'],
  ['Trauma-informed care', 'TRAUMA INFORMED CARE'],
  ['Medicines management', 'Management of medicines'],
  ['Sharing information and confidentiality', 'Confidentiality and information sharing'],
  ['Communication with families', 'Communicating with families'],
  ['Café visits', 'Visits to the cafe'],
  ['Keeping records', 'Record keeping'],
  ['Listening actively', 'Active listening'],
  ['Working with interpreters', 'Interpreters: how to work with them'],
])('"%s" and "%s" are very alike', (one, other) => {
  expect(verdict(one, other)).toBe('Very alike');
});

test.each([
  ['Recognising anxiety', 'Recognise anxiety'],
  ['Safeguarding children', 'Safeguarding of children and young people'],
])('"%s" and "%s" are alike', (one, other) => {
  expect(verdict(one, other)).toBe('Alike');
});

test.each([
  ['Safeguarding children', 'Recording consent'],
  ['Working with families', 'Working with interpreters'],
  ['Managing medicines', 'Managing teams'],
  ['Care planning', 'Care of the dying'],
  ['Communication with children', 'Communication with commissioners'],
  ['Recognising depression in young people', 'Supporting young people into work'],
  ['Autism and mental health', 'Mental Health Act rights'],
  ['Leadership', 'Record keeping'],
  ['Leadership', ''],
  ['of the', 'of the'],
])('"%s" and "%s" are not', (one, other) => {
  expect(verdict(one, other)).toBe('Not alike');
});

test('competencies with other titles are alike by their descriptions', () => {
  const words = 'Measures temperature, pulse, breathing and blood pressure, and records them';
  const other = 'Records temperature, pulse, breathing and blood pressure, and measures them';
  const [found] = suggestionsFor(wording('Vital signs', words), [wording('Observations', other)], 1);
  expect(found).toMatchObject({ lineageId: 'Observations', words: 'Very alike' });
});

test('the best come first, and no more than are wanted', () => {
  const candidates = [
    'Listening',
    'Active listening to people',
    'Writing',
    'Listening actively',
    'Active listening',
  ];
  const found = suggestionsFor(
    wording('Active listening'),
    candidates.map((title) => wording(title)),
    2,
  );
  expect(found.map(({ lineageId }) => lineageId)).toEqual(['Active listening', 'Listening actively']);
});

test('likeness is between 0 and 1, the same both ways, and 1 with itself', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
      const [one, other] = [wording(a, b), wording(c, d)];
      const score = likeness(one, other);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(likeness(other, one)).toBe(score);
      if (one.title.sorted) expect(likeness(one, one)).toBe(1);
    }),
  );
});
