import { languagesIn } from '../questionnaires/compile';
import type { Definition } from '../questionnaires/definition';
import { nameOf } from '../translations/languages';
import { progressIn } from '../translations/progress';
import { textsFor } from '../translations/translatable';
import { counted } from './asked';
import { type CheckFinding, wholeQuestionnaire } from './check-finding';

/** Languages that are in use and do not say everything, counted as the table of translations counts. */
export function translationFindings(definition: Definition): CheckFinding[] {
  return languagesIn(definition).flatMap((language) => {
    const { translated, of } = progressIn(textsFor(definition, language), language, new Map());
    const missing = of - translated;
    if (missing === 0) return [];
    return [
      {
        rule: 'translation',
        severity: 'warning',
        place: wholeQuestionnaire,
        sentence: `In ${nameOf(language)}, ${counted(missing, 'text')} of ${of} ${missing === 1 ? 'is' : 'are'} missing and shown in English.`,
        elsewhere: 'translations',
        judged: `${language} ${missing}`,
      },
    ];
  });
}
