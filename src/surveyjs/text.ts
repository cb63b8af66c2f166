import type { Say } from './note';

/** Beginning of a tag. Texts are shown as they are written, so that a tag would be seen as one. */
const tag = /<[a-z/!]/i;

/**
 * A text of a SurveyJS file: a string, or an object with one for each language, of which the default or the English one
 * is taken. Nothing where there is none. What is left out is said.
 */
export function readText(setting: string, value: unknown, say: Say): string | undefined {
  const text = typeof value === 'object' && value !== null ? inEnglish(setting, value, say) : value;
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string') {
    say('unsupported', `The setting "${setting}" must be a text.`);
    return undefined;
  }
  if (tag.test(text)) say('changed', `The setting "${setting}" is shown as it is written, tags included.`);
  return text;
}

function inEnglish(setting: string, texts: object, say: Say): unknown {
  const languages = Object.keys(texts);
  const taken =
    ['default', 'en'].find((language) => languages.includes(language)) ??
    languages.find((language) => /^en\b/i.test(language));
  if (taken === undefined) {
    say('unsupported', `The setting "${setting}" has no text in English.`);
    return undefined;
  }
  const others = languages.filter((language) => language !== taken).map((language) => language.slice(0, 20));
  if (others.length > 0) {
    say(
      'unsupported',
      `Only one language can be shown yet, not also ${others.join(', ')}.`,
      'The other languages are left out.',
    );
  }
  return (texts as Record<string, unknown>)[taken];
}
