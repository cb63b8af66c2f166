import fc from 'fast-check';
import {
  languagesOf,
  ownLanguage,
  type Text,
  textIn,
  textOnlyIn,
  withText,
} from '../../src/questionnaires/text';

const languages = [ownLanguage, 'cy', 'pl', 'pt-BR'];
const language = fc.constantFrom(...languages);
const said = fc.string({ maxLength: 8 });
const text: fc.Arbitrary<Text | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.string({ minLength: 1, maxLength: 8 }),
  fc
    .dictionary(language, fc.string({ minLength: 1, maxLength: 8 }), { minKeys: 1 })
    .map((texts) => ({ ...texts })),
);

test('what is said in a language is what stands in it', () => {
  fc.assert(
    fc.property(text, language, said, (text, language, said) => {
      expect(textOnlyIn(withText(text, language, said), language)).toBe(said);
    }),
  );
});

test('what is said in one language leaves the others as they are', () => {
  fc.assert(
    fc.property(text, language, said, (text, language, said) => {
      const changed = withText(text, language, said);
      for (const other of languages.filter((one) => one !== language)) {
        expect(textOnlyIn(changed, other)).toBe(textOnlyIn(text, other));
      }
    }),
  );
});

test('a text in the questionnaire’s own language alone is a plain one, and an empty one is none', () => {
  expect(withText('Why?', 'cy', '')).toBe('Why?');
  expect(withText({ default: 'Why?', cy: 'Pam?' }, 'cy', '')).toBe('Why?');
  expect(withText('Why?', ownLanguage, '')).toBeUndefined();
  expect(withText(undefined, 'cy', 'Pam?')).toEqual({ cy: 'Pam?' });
});

test.each<[string, Text | undefined, string | undefined, string]>([
  ['its own where nothing else is asked for', { default: 'Why?', cy: 'Pam?' }, undefined, 'Why?'],
  ['the language asked for', { default: 'Why?', cy: 'Pam?' }, 'cy', 'Pam?'],
  ['its own where that language has none', { default: 'Why?' }, 'cy', 'Why?'],
  ['its own where that language has an empty one', { default: 'Why?', cy: '' }, 'cy', 'Why?'],
  ['a plain text in any language', 'Why?', 'cy', 'Why?'],
  ['nothing where there is no text', undefined, 'cy', ''],
])('a text is shown in %s', (_, text, language, shown) => {
  expect(textIn(text, language)).toBe(shown);
});

test('the languages of a text are those besides its own', () => {
  expect(languagesOf({ default: 'Why?', cy: 'Pam?', pl: 'Dlaczego?' })).toEqual(['cy', 'pl']);
  expect(languagesOf('Why?')).toEqual([]);
});
