/** Languages commonly asked for in the NHS, Welsh before all. Any other can be named by its code. */
export const usualLanguages = [
  'cy',
  ...['ar', 'bn', 'bg', 'zh-Hans', 'zh-Hant', 'fa', 'fil', 'fr', 'gu', 'hi', 'hu', 'it', 'ckb', 'lt', 'ml'],
  ...['ne', 'ps', 'pl', 'pt', 'pa', 'ro', 'ru', 'sk', 'so', 'es', 'ta', 'ti', 'tr', 'uk', 'ur', 'vi', 'yo'],
];

const english = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'none' });
/** What a definition takes as the name of a language. */
const keepable = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/** The code of a language as it is written properly; nothing where there is no such language. */
export function readLanguage(typed: string): string | undefined {
  try {
    const [code] = Intl.getCanonicalLocales(typed.trim().replaceAll('_', '-'));
    return code && keepable.test(code) && english.of(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Is it the language questionnaires are written in? */
export function isEnglish(code: string): boolean {
  return code === 'en' || code.startsWith('en-');
}

/** "Welsh"; of a code nobody knows, the code. */
export function nameOf(code: string): string {
  return english.of(code) ?? code;
}
