import { dontKnow, notMyRole } from '../questionnaires/definition';
import { dayFields, positionField } from '../questionnaires/field-names';
import { nextStep } from '../questionnaires/journey';
import { ratingMeasures } from '../questionnaires/measures';
import type { Answers, Plan, PlanQuestion } from '../questionnaires/plan';
import { readPageAnswers } from './answer.form';
import { facetColumn, idColumn, partSeparator } from './responses-file';

/** One person's answers, as a line of the file gives them. */
export interface FileResponse {
  line: number;
  /** The file's own name for it; sent twice, it is stored once. */
  responseId: string | null;
  answers: Answers;
}

/** Why a line, or the whole file, does not fit. */
export interface Refusal {
  line: number;
  column: string;
  reason: string;
}

const longestId = 200;

/**
 * Reads a table of responses against a plan: one row a person, a column for each facet and each question by its name,
 * and `response_id` where the file has names of its own. Ratings are numbers, `na` not part of the role, `dk` don't know;
 * empty is skipped. Several ticks stand in one cell with semicolons between them, as do things put in order, the first
 * one first. A row of a matrix has a column `matrix.row`; days are written 2026-01-31. A line is read as a respondent would be
 * led, so it can only answer what that person would have been asked.
 */
export function readResponses(
  rows: readonly (readonly string[])[],
  plan: Plan,
): { responses: FileResponse[]; refusals: Refusal[] } {
  const header = (rows[0] ?? []).map((cell) => cell.trim());
  const faults = headerFaults(header, plan);
  if (faults.length > 0) return { responses: [], refusals: faults };
  const responses: FileResponse[] = [];
  const refusals: Refusal[] = [];
  const lineOf = new Map<string, number>();
  rows.slice(1).forEach((row, index) => {
    if (row.every((cell) => cell.trim() === '')) return;
    const line = index + 2;
    const cells = new Map(header.map((name, column) => [name, (row[column] ?? '').trim()]));
    const responseId = cells.get(idColumn) || null;
    const read = readRow(cells, plan);
    const found = [
      ...(row.length > header.length
        ? [{ column: '', reason: `the row has ${row.length} cells, the header ${header.length}` }]
        : []),
      ...idFaults(responseId, lineOf),
      ...read.faults,
    ];
    refusals.push(...found.map((fault) => ({ line, ...fault })));
    if (responseId && !lineOf.has(responseId)) lineOf.set(responseId, line);
    if (found.length === 0) responses.push({ line, responseId, answers: read.answers });
  });
  return { responses, refusals };
}

type Fault = Omit<Refusal, 'line'>;

function headerFaults(header: string[], plan: Plan): Refusal[] {
  const answered = plan.pages.flatMap((page) => page.questions).filter(({ kind }) => kind !== 'information');
  const questions = new Set(answered.map(({ name }) => name));
  const fault = (column: string, reason: string) => ({ line: 1, column, reason });
  if (header.length === 0) return [fault('', 'the file has no header')];
  return [
    ...header
      .filter((name) => name !== idColumn && !questions.has(name))
      .map((name) => fault(name, 'the survey has no such question')),
    ...[...new Set(header.filter((name, index) => header.indexOf(name) < index))].map((name) =>
      fault(name, 'the column stands twice'),
    ),
    ...plan.facets
      .filter((facet) => !header.includes(facetColumn(plan, facet)))
      .map((facet) => fault(facetColumn(plan, facet), 'the column is missing')),
  ];
}

function idFaults(responseId: string | null, lineOf: ReadonlyMap<string, number>): Fault[] {
  if (!responseId) return [];
  if (responseId.length > longestId) {
    return [{ column: idColumn, reason: `it must be ${longestId} characters or fewer` }];
  }
  const before = lineOf.get(responseId);
  return before === undefined ? [] : [{ column: idColumn, reason: `line ${before} has the same` }];
}

function readRow(cells: ReadonlyMap<string, string>, plan: Plan): { answers: Answers; faults: Fault[] } {
  const answers: Answers = {};
  const faults: Fault[] = [];
  const asked = new Set<string>();
  for (let step = nextStep(plan, answers, 0); step; step = nextStep(plan, answers, step.number)) {
    for (const question of step.questions) {
      asked.add(question.name);
      const cell = cells.get(question.name) ?? '';
      if (isNoRating(question, cell)) {
        answers[question.name] = cell;
        continue;
      }
      const body = cell === '' ? {} : bodyOf(question, cell);
      const read = body && readPageAnswers([question], body);
      if (read?.value) Object.assign(answers, read.value.given);
      else {
        const sentence = read?.errors[question.name];
        faults.push({ column: question.name, reason: reasonFor(question, cell, sentence) });
      }
    }
  }
  for (const [name, cell] of cells) {
    if (cell !== '' && name !== idColumn && !asked.has(name) && faults.length === 0) {
      faults.push({ column: name, reason: 'this person would not have been asked' });
    }
  }
  return { answers, faults };
}

/** The answers that are no level stand for themselves, whether or not the page offers them. */
function isNoRating({ measure }: PlanQuestion, cell: string): boolean {
  return measure !== null && ratingMeasures.has(measure) && (cell === notMyRole || cell === dontKnow);
}

/** The fields a respondent would have sent; nothing where a cell does not have the form that is asked for. */
function bodyOf(question: PlanQuestion, cell: string): Record<string, string | string[]> | undefined {
  const { kind, name } = question;
  if (kind === 'date') return dayBody(name, cell);
  if (kind === 'ranking') return orderBody(question, cell);
  return { [name]: kind === 'many' ? partsOf(cell) : cell };
}

function partsOf(cell: string): string[] {
  return cell.split(partSeparator).map((part) => part.trim());
}

function dayBody(name: string, cell: string): Record<string, string> | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(cell) ?? [];
  if (!year || !month || !day) return undefined;
  const [dayField, monthField, yearField] = dayFields(name);
  return { [dayField]: day, [monthField]: month, [yearField]: year };
}

/** The same number of things, each of which is one of the choices, and none of them twice. */
function orderBody({ name, choices }: PlanQuestion, cell: string): Record<string, string> | undefined {
  const order = partsOf(cell);
  const isWhole =
    order.length === choices.length && choices.every(({ value }) => order.includes(String(value)));
  if (!isWhole) return undefined;
  return Object.fromEntries(order.map((value, index) => [positionField(name, value), String(index + 1)]));
}

/** Why a cell is refused; `sentence` is what a respondent would have been told. */
function reasonFor({ kind, choices, maxLength }: PlanQuestion, cell: string, sentence?: string): string {
  if (cell === '') return 'an answer is missing';
  if (kind === 'text') return `the text must be ${maxLength} characters or fewer, without control characters`;
  const values = choices.map(({ value }) => String(value));
  const few = values.length > 12 ? `${values.slice(0, 12).join(', ')} …` : values.join(', ');
  const begun = `“${cell.slice(0, 40)}” cannot be answered here; `;
  if (kind === 'ranking') return `${begun}each of these must stand in it once, between semicolons: ${few}`;
  if (sentence && (kind === 'number' || kind === 'date')) return begun + lowerFirst(sentence);
  if (kind === 'date') return `${begun}a day is written as 2026-01-31`;
  return `${begun}the answers are ${few}`;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
