import { type CsvCell, csvBegin, csvLines } from '../platform/csv';
import type { Plan, PlanQuestion } from '../questionnaires/plan';
import { partSeparator, responsesTable, type StoredResponse } from '../responses/responses-file';

/** A person's own answers in the words they were asked in, to be handed over to them. */
export interface OwnAnswers {
  survey: string;
  questionnaire: string;
  submittedOn: string;
  /** The version of the privacy notice they were shown; null where none is known. */
  noticeVersion: number | null;
  answers: { page: string; question: string; answer: string }[];
}

/** Puts one stored response into words. Questions without an answer say so by an empty one. */
export function ownAnswers(
  survey: { name: string },
  plan: Plan,
  response: StoredResponse & { submittedOn: string },
  noticeVersion: number | null,
): OwnAnswers {
  const { header, rowOf } = responsesTable(plan);
  const cells = new Map(rowOf(response).map((cell, place) => [header[place]!, cell]));
  return {
    survey: survey.name,
    questionnaire: plan.title,
    submittedOn: response.submittedOn,
    noticeVersion,
    answers: plan.pages.flatMap((page) =>
      page.questions
        .filter(({ kind }) => kind !== 'information')
        .map((question) => ({
          page: page.title,
          question: question.row ? `${question.row.title}: ${question.title}` : question.title,
          answer: answerInWords(question, cells.get(question.name) ?? null),
        })),
    ),
  };
}

function answerInWords({ kind, choices }: PlanQuestion, cell: CsvCell): string {
  const typed = String(cell ?? '');
  if (choices.length === 0 || typed === '') return typed;
  const parts = kind === 'many' || kind === 'ranking' ? typed.split(partSeparator) : [typed];
  return parts
    .map((code) => choices.find(({ value }) => String(value) === code)?.text ?? code)
    .join(`${partSeparator} `);
}

/** The same as a table that spreadsheets open. */
export function ownAnswersCsv({ answers, ...about }: OwnAnswers): string {
  const rows: CsvCell[][] = [
    ['Survey', about.survey, ''],
    ['Questionnaire', about.questionnaire, ''],
    ['Sent in on', about.submittedOn, ''],
    ['Version of the privacy notice', about.noticeVersion ?? '', ''],
    ['Page', 'Question', 'Answer'],
    ...answers.map(({ page, question, answer }) => [page, question, answer]),
  ];
  return csvBegin + csvLines(rows);
}
