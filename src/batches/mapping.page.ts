import type { FieldErrors } from '../platform/form';
import type { Project } from '../projects/project';
import type { Plan } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { crumbsTo } from './batches.page';
import { type ForeignTable, toolNames } from './foreign-table';
import {
  answerable,
  isTranslated,
  type Mapping,
  optionsOf,
  questionInWords,
  saidOf,
  targetKey,
  targetsOf,
} from './mapping';
import { columnField, noAnswer, valueField } from './mapping.form';

type Options = Record<string, unknown>;
type Body = Readonly<Record<string, unknown>>;

/** What was typed, where it could not be taken. */
export interface Retry {
  body: Body;
  errors: FieldErrors;
}

export interface ColumnsPage extends Page {
  from: string;
  action: string;
  rows: { column: string; examples: string; select: Options }[];
  unanswered: string[];
}

/** Asks which column of a file answers which question, with what seems most likely filled in. */
export function columnsPage(
  { project, survey, plan }: { project: Project; survey: Survey; plan: Plan },
  staged: { id: string; table: ForeignTable; mapping: Mapping },
  retry?: Retry,
): ColumnsPage {
  const { id, table, mapping } = staged;
  const titles = new Map(answerable(plan).map((question) => [question.name, question]));
  const targets = targetsOf(plan).map((target) => {
    const question = titles.get(target.question)!;
    const choice = question.choices.find(({ value }) => String(value) === target.choice);
    const text = choice ? `${questionInWords(question)} – ${choice.text}` : questionInWords(question);
    return { value: targetKey(target), text: text.slice(0, 120) };
  });
  const answered = new Set(Object.values(mapping.columns).map(({ question }) => question));
  return {
    title: 'Which column answers which question?',
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsTo(project, survey),
    ...(retry ? { errors: retry.errors } : {}),
    from: toolNames[table.tool],
    action: `/surveys/${survey.id}/imports/${id}/columns`,
    rows: table.columns.map(({ index, question, part }) => {
      const field = columnField(index);
      const column = [question, part].filter((text) => text !== '').join(' – ') || `Column ${index + 1}`;
      const target = mapping.columns[index];
      const chosen = retry ? String(retry.body[field] ?? '') : target ? targetKey(target) : '';
      return {
        column,
        examples: examplesOf(table, index),
        select: {
          ...{ id: field, name: field, value: chosen },
          label: { text: `What “${column}” answers`, classes: 'nhsuk-u-visually-hidden' },
          items: [{ value: '', text: 'Leave this column out' }, ...targets],
          ...(retry?.errors[field] ? { errorMessage: { text: retry.errors[field] } } : {}),
        },
      };
    }),
    unanswered: answerable(plan)
      .filter(({ name }) => !answered.has(name))
      .map(questionInWords),
  };
}

/** Few different things said are shown as examples; of a column where everybody says something else, none. */
const mostDifferent = 30;

function examplesOf({ rows }: ForeignTable, index: number): string {
  const said = new Set(rows.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== ''));
  if (said.size > mostDifferent) return `${said.size} different answers`;
  return [...said]
    .slice(0, 3)
    .map((text) => text.slice(0, 40))
    .join('; ');
}

export interface ValuesPage extends Page {
  action: string;
  back: { href: string; text: string };
  questions: { title: string; selects: Options[] }[];
  partial: Options;
}

/** Asks what everything said in the file means, question by question. */
export function valuesPage(
  { survey, plan }: { survey: Survey; plan: Plan },
  staged: { id: string; table: ForeignTable; mapping: Mapping },
  retry?: Retry,
): ValuesPage {
  const { id, table, mapping } = staged;
  const address = `/surveys/${survey.id}/imports/${id}`;
  return {
    title: 'What do these answers mean?',
    section: survey.name,
    audience: 'staff',
    back: { href: `${address}/columns`, text: 'Back to the columns' },
    ...(retry ? { errors: retry.errors } : {}),
    action: `${address}/values`,
    questions: answerable(plan).flatMap((question, place) => {
      const said = isTranslated(question) ? saidOf(table, mapping.columns, question) : [];
      if (said.length === 0) return [];
      const options = optionsOf(question);
      const selects = said.map((text, index) => {
        const field = valueField(place, index);
        const meaning = mapping.values[question.name]?.[text];
        const known = meaning === undefined ? '' : meaning || noAnswer;
        return {
          ...{ id: field, name: field, value: retry ? String(retry.body[field] ?? '') : known },
          label: { text: text.slice(0, 200) },
          items: [
            { value: '', text: 'Select what it means' },
            ...options.map((option) => ({ value: option.value, text: option.text.slice(0, 120) })),
            { value: noAnswer, text: 'Not an answer: leave it empty' },
          ],
          ...(retry?.errors[field] ? { errorMessage: { text: retry.errors[field] } } : {}),
        };
      });
      return [{ title: questionInWords(question), selects }];
    }),
    partial: {
      idPrefix: 'partial',
      name: 'partial',
      fieldset: { legend: { text: 'Rows that do not fit', size: 's' } },
      items: [
        {
          value: 'yes',
          text: 'Leave out rows that do not fit, and bring in the others',
          hint: { text: 'Where this is empty, one such row keeps the whole file out.' },
          checked: retry ? retry.body.partial === 'yes' : mapping.partial,
        },
      ],
    },
  };
}
