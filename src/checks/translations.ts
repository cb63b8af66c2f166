import type { Definition } from '../questionnaires/definition';
import { languagesOf, textIn, textOnlyIn } from '../questionnaires/text';
import { counted, textsIn } from './asked';
import { type CheckFinding, wholeQuestionnaire } from './check-finding';

const languageNames = new Intl.DisplayNames('en-GB', { type: 'language' });

/** Languages that are in use and do not say everything. */
export function translationFindings(definition: Definition): CheckFinding[] {
  const texts = textsIn(definition)
    .map(({ text }) => text)
    .filter((text) => /\p{L}/u.test(textIn(text)));
  const languages = [...new Set(texts.flatMap(languagesOf))].sort();
  return languages.flatMap((language) => {
    const missing = texts.filter((text) => textOnlyIn(text, language) === '').length;
    if (missing === 0) return [];
    const name = languageNames.of(language) ?? language;
    return [
      {
        rule: 'translation',
        severity: 'warning',
        place: wholeQuestionnaire,
        sentence: `In ${name}, ${counted(missing, 'text')} of ${texts.length} ${missing === 1 ? 'is' : 'are'} missing and shown in English.`,
        elsewhere: 'translations',
        judged: `${language} ${missing}`,
      },
    ];
  });
}
