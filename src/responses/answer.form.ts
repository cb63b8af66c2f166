import type { FieldErrors, FormResult } from '../platform/form';
import type { Answer, Answers, PlanChoice, PlanQuestion } from '../questionnaires/plan';

/** What a page's body says: the answers given, and the questions left without one. */
export interface PageAnswers {
  given: Answers;
  left: string[];
}

/** Fields of every form that are no answers. */
const formFields = new Set(['_csrf']);

/**
 * Decodes the body of one page strictly: only the questions that stand on it, only the choices offered,
 * texts of the length allowed. Everything else is a sentence, and nothing of the page is kept.
 */
export function readPageAnswers(
  questions: readonly PlanQuestion[],
  body: Record<string, unknown> | undefined,
): FormResult<PageAnswers> {
  const errors: FieldErrors = {};
  const given: Answers = {};
  const left: string[] = [];
  const asked = new Set(questions.map((question) => question.name));
  for (const field of Object.keys(body ?? {})) {
    if (!asked.has(field) && !formFields.has(field)) {
      errors.form =
        'The form held something this page does not ask for. Check your answers and continue again.';
    }
  }
  for (const question of questions) {
    const read = readAnswer(question, body?.[question.name]);
    if (read.errors) errors[question.name] = read.errors.answer!;
    else if (read.value !== undefined) given[question.name] = read.value;
    else if (question.required) errors[question.name] = question.requiredMessage;
    else left.push(question.name);
  }
  return Object.keys(errors).length > 0 ? { errors } : { value: { given, left } };
}

function readAnswer(question: PlanQuestion, field: unknown): FormResult<Answer | undefined> {
  if (field === undefined || field === '') return { value: undefined };
  if (question.kind === 'text') return readText(question, field);
  return question.kind === 'many' ? readMany(question, field) : readOne(question, field);
}

function readOne(question: PlanQuestion, field: unknown): FormResult<Answer> {
  if (Array.isArray(field)) return wrong('Choose one answer only');
  const choice = offered(question, field);
  return choice ? { value: choice.value } : wrong('Choose one of the answers shown');
}

function readMany(question: PlanQuestion, field: unknown): FormResult<Answer> {
  const values = Array.isArray(field) ? field : [field];
  if (values.length > question.choices.length) return wrong('Choose from the answers shown');
  const choices = values.map((value) => offered(question, value));
  const ticked = choices.filter((choice) => choice !== undefined);
  if (ticked.length < choices.length) return wrong('Choose from the answers shown');
  const distinct = [...new Set(ticked.map((choice) => String(choice.value)))];
  if (distinct.length > 1 && ticked.some((choice) => choice.exclusive)) {
    const alone = ticked.find((choice) => choice.exclusive)!;
    return wrong(`Choose either "${alone.text}" or the other answers, not both`);
  }
  return {
    value: question.choices.map((choice) => String(choice.value)).filter((value) => distinct.includes(value)),
  };
}

function readText(question: PlanQuestion, field: unknown): FormResult<Answer | undefined> {
  if (typeof field !== 'string') return wrong('Enter one text only');
  const text = field.replace(/\r\n?/g, '\n').trim();
  if (hasControlCharacters(text)) return wrong('Enter letters, digits and punctuation only');
  if ([...text].length > question.maxLength) {
    return wrong(`Your text must be ${question.maxLength} characters or fewer`);
  }
  return { value: text === '' ? undefined : text };
}

function offered(question: PlanQuestion, value: unknown): PlanChoice | undefined {
  return question.choices.find((choice) => String(choice.value) === value);
}

/** Characters no keyboard gives, which the database could not keep. Line breaks and tabs are welcome. */
function hasControlCharacters(text: string): boolean {
  return [...text].some((character) => character < ' ' && character !== '\n' && character !== '\t');
}

function wrong(sentence: string): { errors: FieldErrors } {
  return { errors: { answer: sentence } };
}
