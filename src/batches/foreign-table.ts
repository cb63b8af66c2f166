import type { Rows } from '../platform/table';
import type { Tool } from '../responses/batch';

export const toolNames: Record<Tool, string> = {
  own: 'a Responses CSV',
  'microsoft forms': 'Microsoft Forms',
  limesurvey: 'LimeSurvey',
  surveymonkey: 'SurveyMonkey',
  other: 'a table',
};

/** A column that may answer something. */
export interface ForeignColumn {
  /** Where its cells stand in a row. */
  index: number;
  /** The name or the words of the question, as the header gives them. */
  question: string;
  /** Of a question with several columns, what this one is of it: a choice, or a row. */
  part: string;
}

/** Answers collected elsewhere, as far as they can be told without knowing the questionnaire. */
export interface ForeignTable {
  tool: Tool;
  columns: ForeignColumn[];
  /** The tool's own name for a response; null where it has none. */
  idColumn: number | null;
  /**
   * Columns that tell who or when, or nothing that was asked. Their cells are dropped before anything is kept; the name
   * for a response is kept until it is brought in.
   */
  dropped: string[];
  /** Cells by column, as the file has them, with blank rows in place of headers and of responses never sent. */
  rows: Rows;
  /** Responses that were begun and not sent. */
  unfinished: number;
}

/** Columns of the tools that tell who answered, from where or when, or that belong to the tool. Compared by `plainly`. */
const about = new Set(
  [
    ...[
      'id',
      'response id',
      'respondent id',
      'collector id',
      'start time',
      'completion time',
      'last modified time',
    ],
    ...[
      'email',
      'e mail',
      'email address',
      'name',
      'first name',
      'last name',
      'firstname',
      'lastname',
      'full name',
    ],
    ...[
      'ip address',
      'ipaddr',
      'ip',
      'custom data 1',
      'custom data 2',
      'custom data',
      'start date',
      'end date',
    ],
    ...[
      'date submitted',
      'submitdate',
      'date started',
      'startdate',
      'date last action',
      'datestamp',
      'last page',
    ],
    ...[
      'lastpage',
      'start language',
      'startlanguage',
      'seed',
      'token',
      'access code',
      'refurl',
      'referrer url',
    ],
    ...[
      'total time',
      'interviewtime',
      'language',
      'total points',
      'quiz feedback',
      'grade posted time',
      'points',
    ],
  ].map(plainly),
);
/** SurveyMonkey's question about the person, with a column for each part: dropped whole. */
const contact = 'contact information';
const timings = /^(group|question)time\d|^(points|feedback) ?-/i;

const idNames = new Set(['id', 'response id', 'respondent id'].map(plainly));
const submitted = new Set(['submitdate', 'date submitted'].map(plainly));

/** Letters and digits of a text in small letters, with one space between words: for comparing what people wrote. */
export function plainly(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Understands the header of an export, and takes out whatever tells who answered and when. */
export function readForeignTable(rows: Rows): ForeignTable {
  const [header = [], second = []] = rows;
  const plain = header.map(plainly);
  const tool = toolOf(plain);
  const headers = tool === 'surveymonkey' ? 2 : 1;
  const questions = tool === 'surveymonkey' ? carriedOn(header) : header;
  const idColumn = plain.findIndex((name) => idNames.has(name));
  const sentColumn = tool === 'limesurvey' ? plain.findIndex((name) => submitted.has(name)) : -1;
  const columns: ForeignColumn[] = [];
  const dropped: string[] = [];
  const width = Math.max(0, ...rows.map((row) => row.length));
  for (let index = 0; index < width; index += 1) {
    const text = questions[index] ?? '';
    if (text === '' && (second[index] ?? '') === '' && isEmpty(rows, index, headers)) continue;
    const isAbout = about.has(plainly(text)) || timings.test(text);
    if (index === idColumn) continue;
    if (isAbout && plain[index] === plainly(text)) dropped.push(text);
    else if (tool === 'surveymonkey' && plainly(text) === contact) {
      dropped.push(`${text} – ${second[index] ?? ''}`);
    } else columns.push({ index, ...partsOf(tool, text, second[index] ?? '') });
  }
  const kept = new Set([...columns.map(({ index }) => index), ...(idColumn < 0 ? [] : [idColumn])]);
  let unfinished = 0;
  const cells = rows.map((row, line) => {
    if (line < headers || row.every((cell) => cell.trim() === '')) return [];
    if (sentColumn >= 0 && (row[sentColumn] ?? '').trim() === '') {
      unfinished += 1;
      return [];
    }
    return Array.from(row, (cell, index) => (kept.has(index) ? cell : ''));
  });
  return { tool, columns, idColumn: idColumn < 0 ? null : idColumn, dropped, rows: cells, unfinished };
}

function toolOf(plain: readonly string[]): Tool {
  const has = (...names: string[]) => names.every((name) => plain.includes(plainly(name)));
  if (has('Respondent ID', 'Collector ID')) return 'surveymonkey';
  if (has('ID', 'Start time', 'Completion time')) return 'microsoft forms';
  if (has('id', 'submitdate') || has('Response ID', 'Date submitted')) return 'limesurvey';
  return 'other';
}

/** SurveyMonkey names a question above its first column only. */
function carriedOn(header: readonly string[]): string[] {
  let last = '';
  return header.map((cell) => {
    if (cell !== '') last = cell;
    return last;
  });
}

function isEmpty(rows: Rows, index: number, headers: number): boolean {
  return rows.slice(headers).every((row) => (row[index] ?? '').trim() === '');
}

function partsOf(tool: Tool, text: string, below: string): Pick<ForeignColumn, 'question' | 'part'> {
  if (tool === 'surveymonkey') {
    return { question: text, part: /^(response|open.ended response)$/i.test(below) ? '' : below };
  }
  if (tool === 'limesurvey') {
    const [, question, part] = /^(.*?)\s*\[([^[\]]*)\]$/s.exec(text) ?? [];
    if (question) return { question, part: part! };
  }
  return { question: text, part: '' };
}
