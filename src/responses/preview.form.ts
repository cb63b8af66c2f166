import type { FieldErrors, FormResult } from '../platform/form';
import type { Answers, Plan } from '../questionnaires/plan';
import { facetQuestionsOf } from './preview';

/** The questionnaire's own language, as addresses name it. */
export const english = 'en';

/** As whom, and in which language, a questionnaire is looked at. */
export interface PreviewWish {
  language: string;
  answers: Answers;
}

/** The form's field for a facet. */
export function facetField(facet: string): string {
  return `facet-${facet}`;
}

/** Reads as whom to preview: for each facet one of the choices respondents have, or none. */
export function readPreviewWish(
  plan: Plan,
  body: Readonly<Record<string, unknown>>,
): FormResult<PreviewWish> {
  const errors: FieldErrors = {};
  const answers: Answers = {};
  for (const question of facetQuestionsOf(plan)) {
    const field = facetField(question.facet!);
    const said = body[field];
    if (said === undefined || said === '') continue;
    const choice = question.choices.find(({ value }) => String(value) === said);
    if (choice) answers[question.name] = choice.value;
    else errors[field] = 'Choose one of those listed, or leave it open';
  }
  const language = body.language === undefined || body.language === '' ? english : String(body.language);
  if (language !== english && !plan.languages.includes(language)) {
    errors.language = 'Choose a language the questionnaire is translated into';
  }
  return Object.keys(errors).length > 0 ? { errors } : { value: { language, answers } };
}
