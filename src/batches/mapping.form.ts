import type { FieldErrors } from '../platform/form';
import type { Plan } from '../questionnaires/plan';
import type { ForeignTable } from './foreign-table';
import { answerable, isTranslated, type Mapping, optionsOf, saidOf, targetKey, targetOf } from './mapping';

type Body = Readonly<Record<string, unknown>>;

/** The field of a column; its value is a target's key, or nothing. */
export function columnField(index: number): string {
  return `column-${index}`;
}

/** The field of something said in answer to a question; both by their places, for texts of a file are no names of fields. */
export function valueField(question: number, said: number): string {
  return `value-${question}-${said}`;
}

/** Reads which column answers what. Two columns cannot answer the same. */
export function readColumns(
  body: Body,
  { columns }: Pick<ForeignTable, 'columns'>,
  plan: Plan,
): { value: Mapping['columns']; errors?: undefined } | { value?: undefined; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const read: Mapping['columns'] = {};
  const takenBy = new Map<string, string>();
  for (const { index, question, part } of columns) {
    const field = columnField(index);
    const key = String(body[field] ?? '');
    if (key === '') continue;
    const target = targetOf(key, plan);
    if (!target) errors[field] = 'Select one of the questions shown';
    else if (takenBy.has(key)) errors[field] = `The column “${takenBy.get(key)}” answers this already`;
    else {
      takenBy.set(key, [question, part].filter((text) => text !== '').join(' – '));
      read[index] = target;
    }
  }
  const whole = Object.values(read).filter(({ choice }) => choice === null);
  for (const [index, { question, choice }] of Object.entries(read)) {
    if (choice !== null && whole.some((target) => targetKey(target) === question)) {
      errors[columnField(Number(index))] =
        'Another column answers the whole question. Choose one or the other';
    }
  }
  return Object.keys(errors).length > 0 ? { errors } : { value: read };
}

/** How a form says that something in the file is no answer. */
export const noAnswer = '-';

/** Reads what everything said in the file means. What is not told is an error at its field. */
export function readValues(
  body: Body,
  table: ForeignTable,
  { columns }: Pick<Mapping, 'columns'>,
  plan: Plan,
):
  | { value: Pick<Mapping, 'values' | 'partial'>; errors?: undefined }
  | { value?: undefined; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const values: Mapping['values'] = {};
  answerable(plan).forEach((question, place) => {
    if (!isTranslated(question)) return;
    const options = optionsOf(question);
    saidOf(table, columns, question).forEach((said, index) => {
      const field = valueField(place, index);
      const chosen = body[field];
      const option = options.find(({ value }) => value === chosen);
      if (chosen === noAnswer || option) {
        values[question.name] ??= {};
        values[question.name]![said] = option?.value ?? '';
      } else errors[field] = `Select what “${said.slice(0, 60)}” means`;
    });
  });
  return Object.keys(errors).length > 0 ? { errors } : { value: { values, partial: body.partial === 'yes' } };
}
