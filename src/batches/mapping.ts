import { distance } from 'fastest-levenshtein';
import type { Rows } from '../platform/table';
import { dontKnow, notMyRole } from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import type { Plan, PlanChoice, PlanQuestion } from '../questionnaires/plan';
import { type ForeignColumn, type ForeignTable, plainly } from './foreign-table';

/** What a column answers: a question, or one choice of a question with several. */
export interface Target {
  question: string;
  choice: string | null;
}

/** How a table from elsewhere answers a questionnaire. Survives JSON. */
export interface Mapping {
  /** By the column's index; a column that is not there is left out. */
  columns: Record<string, Target>;
  /** By question and by what the file says: the answer's code, or nothing for "not answered". */
  values: Record<string, Record<string, string>>;
  /** Leave out responses that do not fit, instead of refusing the whole file. */
  partial: boolean;
}

/** The questions that a table can answer, in the order they are asked. */
export function answerable(plan: Plan): PlanQuestion[] {
  return plan.pages.flatMap(({ questions }) => questions).filter(({ kind }) => kind !== 'information');
}

/** The words of a question as a tool repeats them: with its matrix, where it is a row of one. */
export function questionInWords({ title, row }: PlanQuestion): string {
  return row ? `${row.title}: ${title}` : title;
}

/** What the columns most likely answer; each question is answered once at most, each choice too. */
export function suggestColumns(columns: readonly ForeignColumn[], plan: Plan): Mapping['columns'] {
  const questions = answerable(plan);
  const taken = new Set<string>();
  const suggested: Mapping['columns'] = {};
  for (const column of columns) {
    const target = suggestTarget(column, questions);
    const key = target && targetKey(target);
    if (!target || taken.has(key!)) continue;
    taken.add(key!);
    suggested[column.index] = target;
  }
  return suggested;
}

/** A target as one text, as forms and sets hold it. */
export function targetKey({ question, choice }: Target): string {
  return choice === null ? question : `${question}=${choice}`;
}

/** The target of a text, if the questionnaire has it. */
export function targetOf(key: string, plan: Plan): Target | undefined {
  return targetsOf(plan).find((target) => targetKey(target) === key);
}

/** All that a column can answer. */
export function targetsOf(plan: Plan): Target[] {
  return answerable(plan).flatMap((question) => [
    { question: question.name, choice: null },
    ...(question.kind === 'many'
      ? question.choices.map(({ value }) => ({ question: question.name, choice: String(value) }))
      : []),
  ]);
}

function suggestTarget(
  { question: asked, part }: ForeignColumn,
  questions: readonly PlanQuestion[],
): Target | undefined {
  const whole = [asked, part].filter((text) => text !== '').join(' ');
  const named =
    questions.find(
      ({ name }) => [asked, `${asked}.${part}`, `${asked}_${part}`].includes(name) && part === '',
    ) ?? questions.find(({ name }) => name === `${asked}.${part}`);
  if (named) return { question: named.name, choice: null };
  const choice = choiceTarget(asked, part, questions);
  if (choice) return choice;
  const alike = questions.find((question) => wordsOf(question).has(plainly(whole)));
  if (alike) return { question: alike.name, choice: null };
  const row =
    part === '' ? undefined : questions.find((question) => plainly(question.title) === plainly(part));
  return row && { question: row.name, choice: null };
}

function wordsOf(question: PlanQuestion): Set<string> {
  const { name, title, row } = question;
  const texts = [name, title, `${name} ${title}`, ...(row ? [`${row.title} ${title}`] : [])];
  return new Set(texts.map(plainly));
}

/** A column for each choice: the question's words above, and the choice's below. */
function choiceTarget(asked: string, part: string, questions: readonly PlanQuestion[]): Target | undefined {
  if (part === '') return undefined;
  for (const question of questions) {
    if (question.kind !== 'many' || !(question.name === asked || wordsOf(question).has(plainly(asked))))
      continue;
    const choice = question.choices.find(
      ({ value, text }) => String(value) === part || plainly(text) === plainly(part),
    );
    if (choice) return { question: question.name, choice: String(choice.value) };
  }
  return undefined;
}

/** What an answer can be told as, besides the choices offered. */
export interface Option {
  value: string;
  text: string;
}

/** The answers that something in the file can mean. */
export function optionsOf({ choices, measure }: PlanQuestion): Option[] {
  const offered = choices.map(({ value, text }) => ({ value: String(value), text }));
  const has = (code: string) => offered.some(({ value }) => value === code);
  const isRating = measure !== null && ratingMeasures.has(measure);
  return [
    ...offered,
    ...(isRating && !has(notMyRole) ? [{ value: notMyRole, text: 'Not part of my role' }] : []),
    ...(isRating && !has(dontKnow) ? [{ value: dontKnow, text: 'Don’t know' }] : []),
  ];
}

/** Texts, numbers and days are taken as they stand; so is one column for an order, which our own files alone have. */
export function isTranslated({ kind }: PlanQuestion): boolean {
  return kind === 'one' || kind === 'many';
}

const separators = /\s*;\s*/;

/** What a table says in answer to a question with choices: each different thing once, in the order of the file. */
export function saidOf(
  table: Pick<ForeignTable, 'rows'>,
  columns: Mapping['columns'],
  question: PlanQuestion,
): string[] {
  const indexes = columnsOf(columns, question.name).filter(([, { choice }]) => choice === null);
  const said = new Set<string>();
  for (const row of table.rows) {
    for (const [index] of indexes) {
      for (const text of partsIn(question, row[index] ?? '')) said.add(text);
    }
  }
  return [...said];
}

function partsIn({ kind }: PlanQuestion, cell: string): string[] {
  const parts = kind === 'many' ? cell.split(separators) : [cell];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function columnsOf(columns: Mapping['columns'], question: string): [number, Target][] {
  return Object.entries(columns)
    .filter(([, target]) => target.question === question)
    .map(([index, target]) => [Number(index), target]);
}

/** What everything said most likely means; what cannot be told is not there. */
export function suggestValues(
  table: Pick<ForeignTable, 'rows'>,
  columns: Mapping['columns'],
  plan: Plan,
): Mapping['values'] {
  const suggested: Mapping['values'] = {};
  for (const question of answerable(plan).filter(isTranslated)) {
    const options = optionsOf(question);
    const known: Record<string, string> = {};
    for (const said of saidOf(table, columns, question)) {
      const value = suggestValue(said, options, question.choices);
      if (value !== undefined) known[said] = value;
    }
    if (Object.keys(known).length > 0) suggested[question.name] = known;
  }
  return suggested;
}

const notMyRoleWords = new Set(
  ['na', 'n a', 'not applicable', 'not part of my role', 'not my role', 'not relevant'].map(plainly),
);
const dontKnowWords = new Set(
  ['dk', 'do not know', 'don t know', 'dont know', 'not sure', 'unsure'].map(plainly),
);
/** Shorter words are too easily mistaken for each other. */
const shortestAlike = 8;

function suggestValue(
  said: string,
  options: readonly Option[],
  choices: readonly PlanChoice[],
): string | undefined {
  const plain = plainly(said);
  const exact =
    options.find(({ value }) => value === said) ?? options.find(({ text }) => plainly(text) === plain);
  if (exact) return exact.value;
  const offers = (code: string) => (options.some(({ value }) => value === code) ? code : undefined);
  if (notMyRoleWords.has(plain)) return offers(notMyRole);
  if (dontKnowWords.has(plain)) return offers(dontKnow);
  const [, digits, rest] = /^(\d{1,2})\b(?: (.*))?$/.exec(plain) ?? [];
  const numbered = choices.find(({ value }) => typeof value === 'number' && String(value) === digits);
  if (numbered && (!rest || plainly(numbered.text).includes(rest) || rest.includes(plainly(numbered.text)))) {
    return String(numbered.value);
  }
  const alike = options.filter(
    ({ text }) => plain.length >= shortestAlike && distance(plainly(text), plain) <= 2,
  );
  return alike.length === 1 ? alike[0]!.value : undefined;
}

/** What is said in the file and not yet told what it means, by question. */
export function untold(
  table: Pick<ForeignTable, 'rows'>,
  { columns, values }: Mapping,
  plan: Plan,
): { question: PlanQuestion; said: string }[] {
  return answerable(plan)
    .filter(isTranslated)
    .flatMap((question) =>
      saidOf(table, columns, question)
        .filter((said) => !Object.hasOwn(values[question.name] ?? {}, said))
        .map((said) => ({ question, said })),
    );
}

/** Does a column for a single choice say that it was chosen? */
function isTicked(cell: string): boolean {
  const plain = plainly(cell);
  return plain !== '' && !['no', 'n', '0', 'false', 'not selected', 'unchecked'].includes(plain);
}

/**
 * The table as a Responses CSV: its header, and under it a row for each of the file, in the same places, so that what
 * does not fit is told with the line of the file. What is not told in the mapping stays as it is said, and is refused later.
 */
export function asResponses(
  { rows, idColumn }: Pick<ForeignTable, 'rows' | 'idColumn'>,
  mapping: Mapping,
  plan: Plan,
): Rows {
  const questions = answerable(plan).filter(({ name }) => columnsOf(mapping.columns, name).length > 0);
  const header = [...(idColumn === null ? [] : ['response_id']), ...questions.map(({ name }) => name)];
  return [
    header,
    ...rows.slice(1).map((row) => {
      if (row.length === 0) return [];
      const cells = questions.map((question) => cellOf(question, row, mapping));
      return idColumn === null ? cells : [row[idColumn] ?? '', ...cells];
    }),
  ];
}

function cellOf(question: PlanQuestion, row: readonly string[], { columns, values }: Mapping): string {
  const meanings = values[question.name] ?? {};
  const means = (said: string) => (Object.hasOwn(meanings, said) ? meanings[said]! : said);
  const own = columnsOf(columns, question.name);
  if (question.kind === 'date') return dayOf(row[own[0]![0]] ?? '');
  if (!isTranslated(question)) return (row[own[0]![0]] ?? '').trim();
  const said = own.flatMap(([index, { choice }]) => {
    const cell = row[index] ?? '';
    if (choice !== null) return isTicked(cell) ? [choice] : [];
    return partsIn(question, cell).map(means);
  });
  return [...new Set(said.filter((value) => value !== ''))].join(';');
}

/** A day as British forms write it, made the one that our files have. */
function dayOf(cell: string): string {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/.exec(cell.trim()) ?? [];
  if (!day) return cell.trim().slice(0, 10);
  return `${year}-${month!.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
