import type { FormResult } from '../platform/form';
import { fieldNamesOf } from '../questionnaires/field-names';
import type { PlanQuestion } from '../questionnaires/plan';
import { formFields, type PageAnswers, readAnswer } from '../responses/answer.form';
import { englishWords, type Words } from '../web/words';

/** What a part of a page says: what can be kept, and the questions whose answer cannot be, as it stands. */
export interface PartAnswers extends PageAnswers {
  refused: string[];
}

/**
 * Decodes part of a page as strictly as the whole of it, but question by question: somebody is in the middle of it, so a
 * date without its year yet is no error. Questions without a field in the body are not spoken of. A field that the page
 * does not ask for refuses everything.
 */
export function readPartAnswers(
  questions: readonly PlanQuestion[],
  body: Readonly<Record<string, unknown>>,
  words: Words = englishWords,
): FormResult<PartAnswers> {
  const asked = new Set(questions.flatMap(fieldNamesOf));
  if (Object.keys(body).some((field) => !asked.has(field) && !formFields.has(field))) {
    return { errors: { form: words.say('notAsked') } };
  }
  const part: PartAnswers = { given: {}, left: [], refused: [] };
  for (const question of questions) {
    if (!fieldNamesOf(question).some((field) => Object.hasOwn(body, field))) continue;
    const { name } = question;
    const read = readAnswer(question, body, words);
    if (read.errors) part.refused.push(name);
    else if (read.value === undefined) part.left.push(name);
    else part.given[name] = read.value;
  }
  return { value: part };
}
