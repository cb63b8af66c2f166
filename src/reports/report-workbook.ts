import type { CsvCell } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { type NewSheet, sheetNames, type WorkbookCell, writeWorkbook } from '../platform/workbook';
import type { ReleasedCategory } from '../releases/release';
import type { ReleasedTexts } from '../texts/released-texts';
import { answeredInWords } from './headline';
import { methodNote } from './method-note';
import type { ReportIndex } from './report-index';
import { type MatrixCell, type ReportMatrix, reportMatrices } from './report-matrix';
import { figuresTable, keyCells } from './report-table';
import {
  belowBoundInWords,
  groupName,
  measureName,
  scaleInWords,
  withheldSign,
  withheldWords,
} from './report-words';
import { quotesTable, themesTable } from './said-tables';

/** A report as an Excel workbook, one sheet for each table: what it is, its groups, its figures, competencies by each dimension, and what all columns mean. */
export function reportWorkbook(report: ReportIndex, texts: ReleasedTexts | null = null): Promise<Buffer> {
  const { header, rows } = figuresTable(report);
  const keyColumns = report.document.dimensions.length * 2;
  const sheets = [
    sheet('About', [['What', 'In words'], ...aboutRows(report)], [30, 100]),
    sheet('Groups', groupRows(report), [22, 30, 16]),
    sheet('Figures', [header, ...rows], [20, 30, 16], keyColumns),
    ...reportMatrices(report).map((matrix) => matrixSheet(report, matrix)),
    ...scaleSheets(report),
    ...textSheets(texts),
    sheet('Codebook', codebookRows(report), [28, 90]),
  ];
  const names = sheetNames(sheets.map(({ name }) => name));
  return writeWorkbook(
    sheets.map((one, place) => ({ ...one, name: names[place]! })),
    report.publishedAt,
  );
}

function sheet(name: string, rows: WorkbookCell[][], widths: number[], frozenColumns = 0): NewSheet {
  return { name, rows, widths, frozenColumns };
}

/** A day as workbooks know it. */
function dayCell(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function aboutRows(report: ReportIndex): WorkbookCell[][] {
  const { survey, period, threshold } = report.document;
  return [
    ['Survey', survey.name],
    ['Code', survey.code],
    ['Report', report.number],
    ['Published on', dayCell(isoDay(report.publishedAt))],
    ['Answers from', dayCell(period.opens)],
    [period.wasOpen ? 'Survey open until' : 'Answers to', dayCell(period.closes)],
    ['State', period.wasOpen ? 'Interim: more answers could still come' : 'Final'],
    ['Made-up answers', survey.simulated ? 'Yes: the figures say nothing about real people' : 'No'],
    ['Smallest group shown', threshold],
    ...methodNote(report, `${answeredInWords(report)}.`).flatMap(({ heading, paragraphs }) =>
      paragraphs.map((paragraph, place): WorkbookCell[] => [place === 0 ? heading : null, paragraph]),
    ),
  ];
}

function groupRows(report: ReportIndex): CsvCell[][] {
  const header = report.document.dimensions.flatMap(({ key }) => [key, `${key}_label`]);
  return [
    [...header, 'group_status', 'group_respondents', 'carried_from'],
    ...report.nodes.map((node) => [
      ...keyCells(report, node),
      ...[node.status, node.respondents, node.carriedFrom],
    ]),
  ];
}

function matrixSheet(report: ReportIndex, matrix: ReportMatrix): NewSheet {
  const { dimension, measure, of, nodes } = matrix;
  const header = ['domain', 'competency', 'title', 'measure', 'figure'];
  const columns = nodes.map((node) => groupName(report.document, node.key));
  const rows = [[...header, ...columns], ...matrixRows(report, matrix)];
  const name = of === 'below' ? `Gaps by ${dimension.key}` : `${measureName(measure)} by ${dimension.key}`;
  return sheet(name, rows, [24, 12, 36, 14, 18, 14], 3);
}

function scaleSheets({ document }: ReportIndex): NewSheet[] {
  if (document.scales.length === 0) return [];
  const header = [
    'domain',
    'domain_title',
    'measure',
    'alpha',
    'alpha_low',
    'alpha_high',
    'omega',
    'n',
    'notes',
  ];
  const rows = document.scales.map(
    ({ domain, domainTitle, measure, alpha, alphaInterval, omega, n, reason, warnings }): WorkbookCell[] => [
      ...[
        domain,
        domainTitle,
        measureName(measure),
        alpha,
        ...(alphaInterval ?? [null, null]),
        omega,
        alpha === null ? null : n,
      ],
      [...(reason ? [reason] : []), ...warnings].map(scaleInWords).join('. '),
    ],
  );
  return [sheet('Reliability', [header, ...rows], [12, 36, 14, 10, 10, 10, 10, 10, 60], 2)];
}

/** What people wrote, as far as it was released. */
function textSheets(texts: ReleasedTexts | null): NewSheet[] {
  if (!texts || texts.questions.length === 0) return [];
  const [themes, quotes] = [themesTable(texts), quotesTable(texts)];
  return [
    sheet('Themes', [themes.header, ...themes.rows], [40, 12, 12, 12, 30, 50, 12], 1),
    ...(quotes.rows.length > 0 ? [sheet('Quotes', [quotes.header, ...quotes.rows], [40, 90, 40], 1)] : []),
  ];
}

function matrixRows({ document }: ReportIndex, { domains, of, measure }: ReportMatrix): CsvCell[][] {
  return domains.flatMap(({ title: domain, rows }) =>
    rows.map(({ item, cells }) => {
      const { competency, title } = document.items[item]!;
      const figure = of === 'below' ? 'per cent below' : 'mean rating';
      return [domain, competency, title, measureName(measure), figure, ...cells.map(matrixCell)];
    }),
  );
}

function matrixCell(cell: MatrixCell): CsvCell {
  if (cell.kind === 'number') return cell.value;
  if (cell.kind === 'bound') return belowBoundInWords(cell.bound);
  if (cell.kind === 'withheld') return withheldSign;
  return cell.kind === 'no-answers' ? '–' : null;
}

const codebook: [string, string][] = [
  ['(dimension)', 'The code of the group’s category in this dimension; empty: all of it'],
  ['(dimension)_label', 'The category in words'],
  ['group_status', 'published: shown; suppressed: withheld; empty: nobody answered'],
  ['group_respondents', 'How many answered, to the nearest five'],
  [
    'carried_from',
    'The number of the earlier report whose figures these are, where too little had changed since',
  ],
  ['competency, title', 'What was rated, by its code and in words'],
  ['domain, domain_title', 'What it is a part of'],
  ['measure', 'The way it was asked'],
  [
    'status',
    'published; withheld; no-requirement: no level is required of this group; no-answers: nobody gave an answer that counts',
  ],
  ['n', 'How many answers count, to the nearest five'],
  ['required', 'The level required, where it is the same for all of them'],
  ['percent_meeting', 'Per cent at the level required or above'],
  ['..._low, ..._high', 'The ends of the 95% interval'],
  [
    'percent_meeting_bound',
    '>=95: all or nearly all meet it; <=5: none or nearly none (all, or all but one or two people, are alike)',
  ],
  [
    'mean_shortfall',
    'How many levels people are short of the level required, on average; being above it is no shortfall',
  ],
  ['mean_level', 'The mean rating'],
  ['rank', 'The place among the gaps of the group, the largest first'],
  [
    'flags',
    'very_small: fewer than 20 people; small: few people; imprecise: a wide interval; one_voice: one person has more than 30% of the weight; unweighted_only: could not be weighted',
  ],
  [
    'skipped, not_shown, not_my_role, dont_know, no_requirement',
    'Who counts in no figure, by why, to the nearest five',
  ],
  ['unweighted_...', 'The same without weights'],
  ['percent_at_...', 'Per cent of each value it was rated on'],
  [
    '(others, with a full stop)',
    'What comes of several ratings: the method, then its figure; >=95 and <=5 as for percent_meeting_bound',
  ],
  ['c', withheldWords],
  ['–', 'Nobody answered'],
];

/** Behind a category that was put together: what it holds. */
function heldBy({ codes, of }: ReleasedCategory): string {
  return codes.length > 1 ? `: ${(of ?? codes).join('; ')} put together` : '';
}

/** What the columns, signs and codes of a report's files mean. */
export function codebookRows({ document }: ReportIndex): CsvCell[][] {
  return [
    ['Column or sign', 'Meaning'],
    ...codebook,
    ...document.dimensions.flatMap((dimension) =>
      dimension.categories.map((category): CsvCell[] => [
        `${dimension.key} ${category.code}`,
        `${category.label}${heldBy(category)}`,
      ]),
    ),
    ...document.items.flatMap((item) =>
      item.values.map(({ value, label }): CsvCell[] => [
        `${item.competency ?? item.domain ?? item.title} ${item.measure} ${value}`,
        label,
      ]),
    ),
  ];
}
