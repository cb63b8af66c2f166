import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Plan, PlanQuestion } from '../questionnaires/plan';
import type { Questionnaire } from '../questionnaires/questionnaire';
import type { Page } from '../web/layout';
import {
  type Condition,
  canLookAt,
  choicesToName,
  expressionOf,
  type Operator,
  operatorsFor,
  takesTyped,
  tidy,
  valuesTaken,
} from './condition';
import { type MenuRow, type Menus, mostRows, type Typed } from './condition.form';
import { conditionInWords, sentenceOf, shortened, titleOf, wordsOf } from './condition-words';
import type { SimulatedWalk } from './simulated-walks';
import type { Target } from './target';

type Params = Record<string, unknown>;

export interface ConditionPage extends Page {
  caption: string;
  action: string;
  of: string;
  seen: string;
  /** Who sees it now, or will with what stands in the form. */
  preview: { heading: string; sentence: string; faults: string[]; share: string };
  /** Why there is nothing to choose from; empty where there is. */
  nothing: string;
  notes: string[];
  menus: { join: Params; parts: MenuPart[]; rows: number; buttons: Params[] } | null;
  expression: { heading: string; text: string; field: Params | null; save: Params };
  other: { href: string; text: string } | null;
  always: Params | null;
  cancel: { href: string; text: string };
}

/** A row by itself, or a group of rows. */
interface MenuPart {
  legend: string;
  rows: RowOnPage[];
  add: Params | null;
}

interface RowOnPage {
  legend: string;
  group: { name: string; value: string };
  question: Params;
  show: Params;
  operator: Params | null;
  values: { component: string; params: Params }[];
  remove: Params;
}

export interface ConditionWish {
  plan: Pick<Plan, 'pages'>;
  target: Target;
  /** What stands in the menus; nothing where the expression is written by hand. */
  menus: Menus | null;
  /** What stands in the text field. */
  written: string;
  /** Could menus show what is saved? */
  canUseMenus: boolean;
  /** What the form says already, where it says something. */
  said: Condition | null;
  seen: string;
  /** Why what is saved keeps the questionnaire from being published. */
  faults: readonly string[];
  walks: readonly SimulatedWalk[] | null;
  errors?: FieldErrors;
}

/** The questions a condition on this page, or on one of its questions, can look at: those of the pages before. */
export function offeredQuestions(plan: Pick<Plan, 'pages'>, page: number): PlanQuestion[] {
  return plan.pages
    .slice(0, page)
    .flatMap(({ questions }) => questions)
    .filter((question) => operatorsFor(question).length > 0 && canLookAt(question));
}

/** When a page or question is shown: by menus, or by an expression. */
export function conditionPage(
  project: Project,
  questionnaire: Questionnaire,
  wish: ConditionWish,
): ConditionPage {
  const { plan, target, menus, errors = {} } = wish;
  const offered = offeredQuestions(plan, target.page);
  const address = `/questionnaires/${questionnaire.id}`;
  const action = addressOfCondition(questionnaire.id, target);
  return {
    title: target.of === 'page' ? 'When is this page shown?' : 'When is this question shown?',
    caption: target.title,
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(
      project,
      { href: address, text: questionnaire.title },
      { href: `${address}/pages/${encodeURIComponent(target.pageName)}`, text: `Page ${target.page + 1}` },
    ),
    ...(Object.keys(errors).length > 0 ? { errors } : {}),
    action,
    of: target.of,
    seen: wish.seen,
    preview: previewOf(wish),
    nothing: nothingToLookAt(offered, target),
    notes: notesOn(target, menus !== null && offered.length > 0),
    menus: menus && offered.length > 0 ? menusOnPage(menus, offered, plan, target, errors) : null,
    expression: expressionOnPage(wish, menus === null),
    other: otherWay(wish, action, offered.length > 0),
    always:
      target.expression === ''
        ? null
        : {
            text: 'Always show',
            name: 'do',
            value: 'always',
            variant: 'secondary',
            preventDoubleClick: true,
          },
    cancel: { href: `${address}/map`, text: 'Go to the map of the questionnaire' },
  };
}

export function addressOfCondition(
  questionnaireId: string,
  { of, name }: Pick<Target, 'of' | 'name'>,
): string {
  return `/questionnaires/${questionnaireId}/conditions/${encodeURIComponent(name)}?of=${of}`;
}

function previewOf({ plan, target, menus, said, faults, walks }: ConditionWish): ConditionPage['preview'] {
  const thing = target.of === 'page' ? 'page' : 'question';
  const sentence = said
    ? `This ${thing} is shown if ${sentenceOf(tidy(said), plan)}.`
    : target.expression === ''
      ? `This ${thing} is shown to everybody${target.of === 'question' ? ' who is shown its page' : ''}.`
      : `This ${thing} is shown if ${conditionInWords(target.expression, plan)}.`;
  const isAsSaved = !said || expressionOf(said) === target.expression || menus === null;
  return {
    heading: isAsSaved ? 'Who sees it now' : 'Who will see it',
    sentence,
    faults: isAsSaved ? faults.map((fault) => `To put right: ${fault}`) : [],
    share: shareOf(target, walks),
  };
}

function shareOf({ of, name, names, page }: Target, walks: readonly SimulatedWalk[] | null): string {
  if (!walks) return '';
  const isShown = (walk: SimulatedWalk) =>
    walk.pages.some(
      (met) =>
        met.place === page &&
        (of === 'page' ||
          met.questions.some((one) => one === name || names.some((other) => one.startsWith(`${other}.`)))),
    );
  const count = walks.filter(isShown).length;
  return `${Math.round((100 * count) / walks.length)} % of ${walks.length} made-up respondents who choose at random would see it.`;
}

function nothingToLookAt(offered: readonly PlanQuestion[], { page, of }: Target): string {
  if (offered.length > 0) return '';
  const why =
    'A condition can only look at answers given on earlier pages, because a page is sent as a whole.';
  return page === 0
    ? `This ${of} is on the first page, so there is no earlier answer to look at. ${why}`
    : `No question on an earlier page can be looked at. ${why}`;
}

function notesOn({ of, names, page }: Target, hasMenus: boolean): string[] {
  const notes: string[] = [];
  if (hasMenus) {
    notes.push(
      `You can choose from the questions on ${page === 1 ? 'page 1' : `pages 1 to ${page}`}. Later questions, and those on the same page, cannot be looked at, because a page is sent as a whole.`,
      'People who left a question out, or were not shown it, have chosen none of its answers: “is not” is true of them.',
    );
  }
  if (names.length > 1)
    notes.push('It is shown row by row with a second rating: both get the same condition.');
  if (of === 'question') notes.push('The condition of its page must be true as well.');
  return notes;
}

function otherWay(
  { menus, canUseMenus }: ConditionWish,
  action: string,
  hasQuestions: boolean,
): ConditionPage['other'] {
  if (menus) return { href: `${action}&as=expression`, text: 'Write the expression yourself' };
  if (!hasQuestions) return null;
  return canUseMenus
    ? { href: action, text: 'Use menus instead' }
    : { href: `${action}&as=menus`, text: 'Begin again with menus' };
}

function expressionOnPage(
  { said, written, errors, canUseMenus, target }: ConditionWish,
  isByHand: boolean,
): ConditionPage['expression'] {
  const save = { text: 'Save condition', name: 'do', value: 'save', preventDoubleClick: true };
  const text = said ? expressionOf(tidy(said)) : target.expression;
  const heading = said ? 'The same as an expression' : 'What is saved, as an expression';
  if (!isByHand) return { heading, text, field: null, save };
  return {
    heading,
    text,
    save,
    field: {
      id: 'expression',
      name: 'expression',
      label: { text: 'Expression', size: 's' },
      hint: {
        text: `${canUseMenus ? '' : 'The menus cannot show this expression. '}Names of questions stand in { }, texts in quotes: {setting} = 'school' and {years} >= 3`,
      },
      rows: 5,
      spellcheck: false,
      value: written,
      classes: 'condition-expression',
      ...(errors?.expression ? { errorMessage: { text: errors.expression } } : {}),
    },
  };
}

function menusOnPage(
  { join, rows }: Menus,
  offered: readonly PlanQuestion[],
  plan: Pick<Plan, 'pages'>,
  { of }: Target,
  errors: FieldErrors,
): NonNullable<ConditionPage['menus']> {
  const isFull = rows.length >= mostRows;
  const parts: MenuPart[] = [];
  for (const [index, row] of rows.entries()) {
    const shown = rowOnPage(row, index, offered, plan, errors);
    const goesOn = row.group !== '' && rows[index - 1]?.group === row.group;
    if (goesOn) parts.at(-1)!.rows.push(shown);
    else
      parts.push({
        legend: row.group === '' ? '' : groupLegend(join),
        rows: [shown],
        add: addTo(row.group, isFull),
      });
  }
  return {
    rows: rows.length,
    join: {
      idPrefix: 'join',
      name: 'join',
      fieldset: { legend: { text: `Show this ${of} if`, size: 'm' } },
      inline: true,
      small: true,
      value: join,
      items: [
        { value: 'and', text: 'all of these are true' },
        { value: 'or', text: 'any of these is true' },
      ],
    },
    parts,
    buttons: isFull
      ? []
      : [
          { text: 'Add a row', name: 'do', value: 'add row', variant: 'secondary', small: true },
          { text: 'Add a group', name: 'do', value: 'add group', variant: 'secondary', small: true },
        ],
  };
}

function groupLegend(join: Menus['join']): string {
  return join === 'and' ? 'A group: any of these is true' : 'A group: all of these are true';
}

function addTo(group: string, isFull: boolean): Params | null {
  if (group === '' || isFull) return null;
  const text = 'Add a row to this group';
  return { text, name: 'do', value: `add to group:${group}`, variant: 'secondary', small: true };
}

function rowOnPage(
  row: MenuRow,
  index: number,
  offered: readonly PlanQuestion[],
  plan: Pick<Plan, 'pages'>,
  errors: FieldErrors,
): RowOnPage {
  const question = offered.find(({ name }) => name === row.question);
  const operators = question ? operatorsFor(question) : [];
  const operator = operators.find((one) => one === row.operator) ?? operators[0];
  return {
    legend: `Row ${index + 1}`,
    group: { name: `group-${index}`, value: row.group },
    question: {
      ...fieldOf(`question-${index}`, 'Question', errors),
      items: [{ value: '', text: 'Choose a question' }, ...questionItems(offered, plan)],
      value: question?.name ?? '',
    },
    show: {
      html: `Show its answers<span class="nhsuk-u-visually-hidden"> for row ${index + 1}</span>`,
      name: 'do',
      value: 'show',
      variant: 'secondary',
      small: true,
    },
    operator:
      question && operator
        ? {
            ...fieldOf(`operator-${index}`, 'What must be true', errors),
            items: operators.map((one) => ({ value: one, text: wordsOf(one, question) })),
            value: operator,
          }
        : null,
    values: question && operator ? valuesOnPage(row, index, question, operator, errors) : [],
    remove: {
      html: `Remove<span class="nhsuk-u-visually-hidden"> row ${index + 1}</span>`,
      name: 'do',
      value: `remove:${index}`,
      variant: 'secondary',
      small: true,
    },
  };
}

function questionItems(offered: readonly PlanQuestion[], plan: Pick<Plan, 'pages'>): Params[] {
  const pageOf = new Map(
    plan.pages.flatMap(({ questions }, index) => questions.map(({ name }) => [name, index + 1] as const)),
  );
  return offered.map((question) => ({
    value: question.name,
    text: `Page ${pageOf.get(question.name)}: ${titleOf(question)}`,
  }));
}

function fieldOf(id: string, text: string, errors: FieldErrors): Params {
  return { id, name: id, label: { text }, ...(errors[id] ? { errorMessage: { text: errors[id] } } : {}) };
}

function valuesOnPage(
  row: MenuRow,
  index: number,
  question: PlanQuestion,
  operator: Operator,
  errors: FieldErrors,
): RowOnPage['values'] {
  const taken = valuesTaken[operator];
  if (taken === 0) return [];
  if (!takesTyped(question, operator)) return [tickedOnPage(row, index, question, taken === 1, errors)];
  const labels = taken === 2 ? ['From', 'To'] : [question.kind === 'date' ? 'Day' : 'Number'];
  return labels.map((label, place) => {
    const field = `${place === 0 ? 'from' : 'to'}-${index}`;
    const typed = row.typed[place as 0 | 1];
    return question.kind === 'date'
      ? { component: 'dateInput', params: dayOnPage(field, label, typed, errors) }
      : { component: 'input', params: numberOnPage(field, label, typed, question, errors) };
  });
}

function tickedOnPage(
  row: MenuRow,
  index: number,
  question: PlanQuestion,
  isOne: boolean,
  errors: FieldErrors,
) {
  const id = `value-${index}`;
  const choices = choicesToName(question);
  const unnamed = question.choices.length - choices.length;
  const hints = [
    isOne ? 'Choose one' : 'Choose one or more',
    unnamed > 0
      ? `${unnamed === 1 ? 'One answer cannot' : `${unnamed} answers cannot`} be told apart from others, or written, in an expression: change the value behind it first`
      : '',
  ];
  const params: Params = {
    idPrefix: id,
    name: id,
    small: true,
    classes: choices.length > 8 ? 'condition-choices' : undefined,
    fieldset: { legend: { text: 'Answers', size: 's' } },
    hint: { text: hints.filter((hint) => hint !== '').join('. ') },
    items: choices.map(({ value, text }) => ({
      value: String(value),
      text: shortened(text, 120),
      checked: row.values.includes(String(value)),
    })),
    ...(errors[id] ? { errorMessage: { text: errors[id] } } : {}),
  };
  return { component: 'checkboxes', params };
}

function dayOnPage(field: string, label: string, { day }: Typed, errors: FieldErrors): Params {
  const error = errors[`${field}-day`];
  return {
    id: field,
    fieldset: { legend: { text: label, size: 's' } },
    items: ['day', 'month', 'year'].map((part) => ({
      name: `${field}-${part}`,
      id: `${field}-${part}`,
      label: { text: part[0]!.toUpperCase() + part.slice(1) },
      width: part === 'year' ? 4 : 2,
      value: day[part] ?? '',
    })),
    ...(error ? { errorMessage: { text: error } } : {}),
  };
}

function numberOnPage(
  field: string,
  label: string,
  { number }: Typed,
  { min, max }: PlanQuestion,
  errors: FieldErrors,
): Params {
  const range =
    min !== null && max !== null ? { hint: { text: `The answers go from ${min} to ${max}` } } : {};
  return { ...fieldOf(field, label, errors), ...range, inputmode: 'decimal', width: 5, value: number };
}
