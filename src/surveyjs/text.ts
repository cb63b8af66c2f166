import type { Text } from '../questionnaires/text';
import { languagesOf, ownLanguage, textIn } from '../questionnaires/text';
import type { Say } from './note';

/** Beginning of a tag. Texts are shown as they are written, so that a tag would be seen as one. */
export const tag = /<[a-z/!]/i;
/** What follows the bracket of a tag that brings a program with it, by itself or as an attribute of another. */
const program =
  /^(script|iframe|object|embed)\b|^[a-z][^>]*[\s"'/](on[a-z]+\s*=|[a-z]+\s*=[\s"']*(javascript|data):)/i;
/** A language as HTML names it. */
const languageName = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/**
 * A text of a SurveyJS file: a string, or an object with one for each language, of which the default or the English one
 * is the questionnaire's own. Nothing where there is none. What is left out is said.
 */
export function readText(setting: string, value: unknown, say: Say): Text | undefined {
  const text = typeof value === 'object' && value !== null ? inLanguages(setting, value, say) : value;
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string' && typeof text !== 'object') {
    say('unsupported', `The setting "${setting}" must be a text.`);
    return undefined;
  }
  const wordings = Object.values(typeof text === 'string' ? [text] : text!).map(String);
  if (wordings.some(holdsProgram)) {
    say('refused', `The setting "${setting}" holds a script, which no text for respondents needs.`);
  } else if (wordings.some((said) => tag.test(said))) {
    say('changed', `The setting "${setting}" is shown as it is written, tags included.`);
  }
  return text as Text;
}

/** Would a browser that took the text for HTML run something? Nothing of ours does; but nobody means well by it. */
function holdsProgram(text: string): boolean {
  return text
    .split('<')
    .slice(1)
    .some((part) => program.test(part));
}

/** A text that can be had in one language only, such as the name of a file. */
export function readOwnText(setting: string, value: unknown, say: Say): string | undefined {
  const text = readText(setting, value, say);
  return text === undefined ? undefined : textIn(text);
}

function inLanguages(setting: string, texts: object, say: Say): Text | undefined {
  const given = texts as Record<string, unknown>;
  const languages = Object.keys(given);
  const own =
    [ownLanguage, 'en'].find((language) => languages.includes(language)) ??
    languages.find((language) => /^en\b/i.test(language));
  if (own === undefined || typeof given[own] !== 'string') {
    say('unsupported', `The setting "${setting}" has no text in English.`);
    return undefined;
  }
  const others = languages.filter((language) => language !== own && given[language] !== '');
  const isKept = (language: string) => languageName.test(language) && typeof given[language] === 'string';
  const lost = others.filter((language) => !isKept(language)).map((language) => language.slice(0, 20));
  if (lost.length > 0) say('unsupported', `The text in ${lost.join(', ')} cannot be kept.`);
  const kept = others.filter(isKept);
  const said = given[own] as string;
  if (kept.length === 0) return said;
  return {
    [ownLanguage]: said,
    ...Object.fromEntries(kept.map((language) => [language, given[language] as string])),
  };
}

/** Several texts made into one, in each language any of them has. */
export function inEachLanguage(texts: readonly Text[], join: (...said: string[]) => string): Text {
  const languages = [...new Set(texts.flatMap(languagesOf))];
  const inOne = (language?: string) => join(...texts.map((text) => textIn(text, language)));
  if (languages.length === 0) return inOne();
  return {
    [ownLanguage]: inOne(),
    ...Object.fromEntries(languages.map((language) => [language, inOne(language)])),
  };
}

/** Elements of HTML whose content is nothing to read. */
const unread = /^(script|style|template|iframe|object|svg)\b/i;
/** Elements that end a line. */
const lineEnd = /^(br|\/(p|div|li|h[1-6]|tr|ul|ol))\b/i;
const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of some HTML, a line for each paragraph. Nothing but words is taken over: no links, no scripts. */
export function wordsOfHtml(html: string): string {
  const [before = '', ...parts] = html.split('<');
  let text = before;
  let inside: string | undefined;
  for (const part of parts) {
    if (inside !== undefined) {
      if (!part.toLowerCase().startsWith(`/${inside}`)) continue;
      inside = undefined;
    } else if (!/^[a-z/!?]/i.test(part)) {
      text += `<${part}`;
      continue;
    } else inside = unread.exec(part)?.[1]?.toLowerCase();
    const end = part.indexOf('>');
    if (lineEnd.test(part)) text += '\n';
    if (inside === undefined && end >= 0) text += part.slice(end + 1);
  }
  const words = text.replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (whole, name: string) =>
    name === '#39' ? "'" : (characters[name] ?? whole),
  );
  return words
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
    .replace(/<(?=[a-z/!])/gi, '< ');
}
