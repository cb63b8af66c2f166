/**
 * A text as SurveyJS keeps it: in one language, or in several, the questionnaire's own under `default`.
 * Languages are named as in HTML: "cy", "pl", "pt-BR".
 */
export type Text = string | TextInLanguages;

export interface TextInLanguages {
  default?: string;
  [language: string]: string | undefined;
}

/** The questionnaire's own language, where no other is asked for. */
export const ownLanguage = 'default';

/** The text in a language; in the questionnaire's own where that language has none; empty where there is no text. */
export function textIn(text: Text | undefined, language = ownLanguage): string {
  if (text === undefined || typeof text === 'string') return text ?? '';
  return text[language] || text[ownLanguage] || '';
}

/** The text in just this language, empty where it has none. */
export function textOnlyIn(text: Text | undefined, language: string): string {
  if (typeof text === 'object') return text[language] ?? '';
  return language === ownLanguage ? (text ?? '') : '';
}

/** The same text, saying this in one language. A text in the questionnaire's own language alone stays a plain one. */
export function withText(text: Text | undefined, language: string, said: string): Text | undefined {
  const languages: TextInLanguages =
    typeof text === 'object' ? { ...text } : text ? { [ownLanguage]: text } : {};
  if (said === '') delete languages[language];
  else languages[language] = said;
  const left = Object.keys(languages);
  if (left.length === 0) return undefined;
  return left.length === 1 && left[0] === ownLanguage ? languages[ownLanguage] : languages;
}

/** The languages a text has besides the questionnaire's own. */
export function languagesOf(text: Text | undefined): string[] {
  return typeof text === 'object' ? Object.keys(text).filter((language) => language !== ownLanguage) : [];
}
