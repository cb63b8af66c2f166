import fc from 'fast-check';
import { judge } from '../../src/corrections/typing-error';

test.each([
  ['How confidnet are you?', 'How confident are you?'],
  ['Recieving a referral', 'Receiving a referral'],
  ['assessing risk', 'Assessing risk.'],
  ['What yuo do', 'What you do'],
  ['You know the the signs of sepsis', 'You know the signs of sepsis'],
  ['You know signs of sepsis', 'You know the signs of sepsis'],
  ['Caring for people to day', 'Caring for people today'],
  ['Caring for peopletoday', 'Caring for people today'],
  ['The childs needs', 'The child’s needs'],
  ['Level 3: independant', 'Level 3: independent'],
  ['Manages ad hoc requests', 'Manages ad-hoc requests'],
  ['Asesu risk yn y gymuned', 'Asesu risg yn y gymuned'],
])('%j to %j is a typing error', (before, after) => {
  expect(judge(before, after)).toEqual({ isTypingError: true });
});

test.each([
  ['You can do this', 'You cannot do this', '“can” would become “cannot”.'],
  ['I am now able to', 'I am not able to', '“now” would become “not”.'],
  ['I am able to', 'I am unable to', '“able” would become “unable”.'],
  ['A hyperglycaemic patient', 'A hypoglycaemic patient', '“hyperglycaemic” would become “hypoglycaemic”.'],
  ['Level 3: independent', 'Level 4: independent', 'A number would change.'],
  ['In the last 12 months', 'In the last months', 'A number would change.'],
  ['Must know', 'May know', '“must” would become “may”.'],
  ['Your own skill', 'Their own skill', '“your” would become “their”.'],
  ['Caring for children', 'Caring for adults', '“children” would become “adults”.'],
  ['Caring for children', 'Caring for children and families', '“and families” would be new.'],
  ['Caring for children and families', 'Caring for children', '“and families” would be left out.'],
  ['Assess risk', '', 'The text would be gone.'],
  ['', 'Assess risk', 'There was no text before.'],
  ["You don't know", 'You do know', "“don't” would become “do”."],
  ['You do no risk assessments', 'You do on risk assessments', '“no” would become “on”.'],
  ['What they do', 'What you do', '“they” would become “you”.'],
  ['With support', 'Without support', '“with” would become “without”.'],
  ['You know not to restrain', 'You know to restrain', '“not” would be left out.'],
])('%j to %j changes the meaning', (before, after, reason) => {
  expect(judge(before, after)).toEqual({ isTypingError: false, reason });
});

test('a text of more than a thousand words is not compared', () => {
  const text = 'word '.repeat(1001);
  expect(judge(text, `${text}s`)).toEqual({
    isTypingError: false,
    reason: 'The text is too long to be sure.',
  });
});

const words = fc.array(
  fc.constantFrom<string>('how', 'well', 'can', 'you', 'assess', 'the', 'risk', 'level', '3'),
  {
    minLength: 1,
    maxLength: 12,
  },
);

test('signs, capitals and spaces never count; a text is no error of itself', () => {
  fc.assert(
    fc.property(words, fc.constantFrom('!', '.', ' – '), (list, sign) => {
      expect(judge(list.join(' '), `${list.join('  ').toUpperCase()}${sign}`)).toEqual({
        isTypingError: true,
      });
    }),
  );
});

test('another word in the place of one is never taken for a typing error', () => {
  fc.assert(
    fc.property(
      words,
      fc.nat(),
      fc.constantFrom('delegate', 'never', 'without', '7'),
      (list, pick, other) => {
        const after = list.with(pick % list.length, other);
        expect(judge(list.join(' '), after.join(' ')).isTypingError).toBe(false);
      },
    ),
  );
});
