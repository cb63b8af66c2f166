import type { Rows } from '../platform/table';
import type { Plan } from '../questionnaires/plan';
import type { Tool } from '../responses/batch';
import { type FileResponse, type Refusal, readResponses } from '../responses/responses-file.form';
import type { ImportFinding } from '../staging/staged-import';
import type { ForeignTable } from './foreign-table';
import { readForeignTable } from './foreign-table';
import { answerable, asResponses, type Mapping, suggestColumns, suggestValues, untold } from './mapping';

/** What is understood of a file of answers. Survives JSON. */
export interface ImportedAnswers {
  tool: Tool;
  /** As the file has it, without what tells who answered; null for a Responses CSV, which needs no mapping. */
  table: ForeignTable | null;
  mapping: Mapping | null;
  /** What would be stored; empty while something is wrong. */
  responses: FileResponse[];
  /** Rows left out because they do not fit. */
  leftOut: number;
}

export interface AnswersReading {
  understood: ImportedAnswers;
  findings: ImportFinding[];
}

/** Reads the rows of a file: a Responses CSV as it is, an export of another tool with the mapping that seems most likely. */
export function readAnswers(rows: Rows, plan: Plan): AnswersReading {
  if (isOwn(rows, plan)) return readOwn(rows, plan);
  const table = readForeignTable(rows);
  const columns = suggestColumns(table.columns, plan);
  const mapping = { columns, values: suggestValues(table, columns, plan), partial: false };
  return readMapped(table, mapping, plan);
}

/** Does the header name questions of the survey, and nothing else? */
function isOwn(rows: Rows, plan: Plan): boolean {
  const names = new Set(['response_id', ...answerable(plan).map(({ name }) => name)]);
  const header = (rows[0] ?? []).map((cell) => cell.trim());
  return header.length > 1 && header.every((name) => names.has(name));
}

function readOwn(rows: Rows, plan: Plan): AnswersReading {
  const { responses, refusals } = readResponses(rows, plan);
  return {
    understood: {
      tool: 'own',
      table: null,
      mapping: null,
      responses: refusals.length > 0 ? [] : responses,
      leftOut: 0,
    },
    findings: refusals.map((refusal) => findingOf(refusal, 'error')),
  };
}

/** Reads an export of another tool the way the mapping says; what it does not say yet is a finding. */
export function readMapped(table: ForeignTable, mapping: Mapping, plan: Plan): AnswersReading {
  const open = findingsOfMapping(table, mapping, plan);
  const read = open.length > 0 ? null : readResponses(asResponses(table, mapping, plan), plan);
  const refusals = (read?.refusals ?? []).filter(({ line }) => line > 1);
  const missing = (read?.refusals ?? []).filter(({ line }) => line === 1);
  const { partial } = mapping;
  const isWrong = open.length > 0 || missing.length > 0 || (refusals.length > 0 && !partial);
  return {
    understood: {
      tool: table.tool,
      table,
      mapping,
      responses: isWrong ? [] : read!.responses,
      leftOut: partial ? new Set(refusals.map(({ line }) => line)).size : 0,
    },
    findings: [
      ...open,
      ...missing.map(({ column }) =>
        error(`Nothing in the file answers “${column}”, which every response needs.`),
      ),
      ...refusals.map((refusal) => findingOf(refusal, partial ? 'warning' : 'error')),
      ...told(table),
    ],
  };
}

function findingsOfMapping(table: ForeignTable, mapping: Mapping, plan: Plan): ImportFinding[] {
  if (Object.keys(mapping.columns).length === 0) {
    return [error('No column of the file answers a question yet. Say which column answers which question.')];
  }
  return untold(table, mapping, plan).map(({ question, said }) => ({
    place: question.title.slice(0, 80),
    sentence: `Say what “${said.slice(0, 80)}” means.`,
    severity: 'error',
  }));
}

/** What was taken out of the file before anything was kept. */
function told({ dropped, unfinished }: ForeignTable): ImportFinding[] {
  return [
    ...(dropped.length > 0
      ? [warning(`Not kept, for they tell who answered or when: ${dropped.join(', ')}.`)]
      : []),
    ...(unfinished > 0
      ? [
          warning(
            `${unfinished === 1 ? '1 response was' : `${unfinished} responses were`} begun and never sent. Left out.`,
          ),
        ]
      : []),
  ];
}

function findingOf({ line, column, reason }: Refusal, severity: ImportFinding['severity']): ImportFinding {
  const end = severity === 'warning' ? ' Left out.' : '';
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${/[.?!]$/.test(reason) ? '' : '.'}${end}`;
  return { place: `Row ${line}${column ? `, ${column}` : ''}`, sentence, severity };
}

function error(sentence: string): ImportFinding {
  return { place: '', sentence, severity: 'error' };
}

function warning(sentence: string): ImportFinding {
  return { place: '', sentence, severity: 'warning' };
}
