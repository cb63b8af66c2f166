import { formatDate } from '../platform/dates';
import type { PdfBlock, PdfCell, PdfContent, PdfTable } from '../platform/pdf';
import type { ReleasedDimension, ReleasedNode, ReleasedOffer } from '../releases/release';
import { answeredInWords, factsOf, sentencesOf } from '../reports/headline';
import { borichRanking } from '../reports/importance-chart';
import { largestGaps } from '../reports/largest-gaps';
import { methodNote, selfRated } from '../reports/method-note';
import type { ReportChart } from '../reports/report-chart';
import { reportCharts } from '../reports/report-charts';
import { everybodyIn, type ReportIndex } from '../reports/report-index';
import { type MatrixCell, type ReportMatrix, reportMatrices } from '../reports/report-matrix';
import {
  belowBoundInWords,
  fromTo,
  groupName,
  itemAndMeasure,
  itemName,
  measureName,
  meetingBoundInWords,
  meetingInCell,
  mergedInWords,
  oneDecimal,
  percent,
  respondentsInWords,
  scaleInWords,
  shortfall,
  withheldSign,
} from '../reports/report-words';
import type { ReleasedTextQuestion, ReleasedTexts } from '../texts/released-texts';
import { chartMarks } from '../web/chart-marks';
import type { ChartStyles } from '../web/chart-styles';
import type { PdfParts, PdfSection } from './pdf-parts';
import { chartDrawing } from './report-pictures';

export interface DocumentFacts {
  /** The training offers that there were. */
  training: readonly ReleasedOffer[];
  /** What people wrote, as far as it was released. */
  texts: ReleasedTexts | null;
  parts: PdfParts;
  styles: ChartStyles;
}

/** A published report on paper: the figures of its pages, each picture with its table, nothing that was not released. */
export function reportDocument(
  report: ReportIndex,
  { training, texts, parts, styles }: DocumentFacts,
): PdfContent {
  const { survey } = report.document;
  const title = `${survey.name}: gap report ${report.number}`;
  return {
    title,
    lang: 'en-GB',
    made: report.publishedAt,
    footer: `${survey.code} – gap report ${report.number}, ${formatDate(report.publishedAt)}`,
    pageNumber: (page, pages) => `Page ${page} of ${pages}`,
    blocks: [
      ...titleBlocks(report, parts),
      { kind: 'break' },
      ...headlineBlocks(report),
      ...reportCharts(report).flatMap((chart) => chartBlocks(chart, styles)),
      ...borichBlocks(report),
      ...everybodyBlocks(report),
      ...reportMatrices(report).flatMap((matrix) => matrixBlocks(report, matrix)),
      ...respondentsBlocks(report),
      ...scaleBlocks(report),
      ...trainingBlocks(training),
      ...textBlocks(texts),
      ...parts.sections.flatMap(sectionBlocks),
      ...noteBlocks(report),
    ],
  };
}

function heading(level: 1 | 2 | 3, text: string): PdfBlock {
  return { kind: 'heading', level, text };
}

function paragraph(text: string): PdfBlock {
  return { kind: 'paragraph', text };
}

function titleBlocks(report: ReportIndex, { standing }: PdfParts): PdfBlock[] {
  const { survey, period, threshold } = report.document;
  const facts: [string, string | null][] = [
    ['Gap report', `Number ${report.number}, published on ${formatDate(report.publishedAt)}`],
    ['Survey', `${survey.name} (${survey.code})`],
    ['State', period.wasOpen ? 'Interim: more answers could still come' : 'Final: the survey had closed'],
    ['Sign-off', standing?.status ?? null],
    ['Checksum of what was signed', standing?.checksum ?? null],
    ['Why there is another report', report.reason || null],
    ['Smallest group shown', `${threshold} people`],
  ];
  return [
    heading(1, survey.name),
    ...(survey.simulated ? [paragraph('Made-up answers: the figures say nothing about real people.')] : []),
    {
      kind: 'list',
      items: facts.flatMap(([name, text]) => (text === null ? [] : [{ name, lines: [text] }])),
    },
    ...(standing?.sentences ?? []).map(paragraph),
  ];
}

function headlineBlocks(report: ReportIndex): PdfBlock[] {
  const sentences = sentencesOf(report, largestGaps(report));
  return [
    heading(2, 'In short'),
    ...[...factsOf(report).map((fact) => `${fact}.`), ...sentences, selfRated].map(paragraph),
  ];
}

/** A heading keeps its picture on its page, where that leaves room for both. */
const mostWithHeading = 600;

/** The picture under its heading, then the same in figures. */
function chartBlocks(chart: ReportChart, styles: ChartStyles): PdfBlock[] {
  const svg = chartDrawing(chart, styles);
  const { caption, headings, rows } = chart.table;
  const description = /<desc[^>]*>([^<]*)<\/desc>/.exec(svg)?.[1] ?? '';
  const drawn = chartMarks(svg);
  return [
    {
      kind: 'heading',
      level: 2,
      text: chart.title,
      with: Math.min(mostWithHeading, drawn.height * 0.85 + 60),
    },
    ...chart.notes.map(paragraph),
    { kind: 'figure', alt: `${chart.title}. ${description}`, ...drawn },
    { kind: 'table', caption, head: headings, rows },
  ];
}

function borichBlocks(report: ReportIndex): PdfBlock[] {
  const ranking = borichRanking(report, everybodyIn(report));
  if (!ranking) return [];
  const { caption, headings, rows } = ranking;
  return [heading(2, 'Borich needs assessment'), { kind: 'table', caption, head: headings, rows }];
}

const everybodyHeadings = ['Competency', 'Level required', 'Meet it', 'Short by', 'Mean', 'Answers'];

function everybodyBlocks(report: ReportIndex): PdfBlock[] {
  const everybody = everybodyIn(report);
  if (everybody.status !== 'published') return [];
  const rows = report.document.items.flatMap((item, place) => {
    if (item.values.length === 0 || isTicked(item.measure)) return [];
    return [[itemAndMeasure(item), ...figureCells(report, everybody, place)]];
  });
  return [
    heading(2, 'All figures of everybody'),
    paragraph(
      `“Meet it”: the share at the level required or above. “Short by”: how many levels people are short of it on average. In brackets: the 95% interval. ${signs}`,
    ),
    { kind: 'table', caption: 'Figures of everybody', head: everybodyHeadings, rows, numbers: true },
  ];
}

const signs = `${withheldSign}: withheld, so that nobody can be found. –: nobody answered. †: wide interval, the figure could be quite different.`;

/** Ticks have no mean: their shares stand beside their picture. */
function isTicked(measure: string): boolean {
  return measure === 'where' || measure === 'where_main';
}

function figureCells(report: ReportIndex, node: ReleasedNode, item: number): string[] {
  const { status, figures } = report.figureAt(node, item);
  if (!figures) {
    const sign = status === 'no-requirement' ? 'none' : status === 'no-answers' ? '–' : withheldSign;
    return [sign, ...everybodyHeadings.slice(2).map(() => '')];
  }
  const { required, meanShortfall, meanLevel, n } = figures;
  const within = (found: [number, number] | null, inWords: (value: number) => string) =>
    found ? ` (${fromTo(found, inWords)})` : '';
  return [
    required === null ? '' : String(required),
    `${meetingInCell(figures)}${within(figures.percentMeetingInterval, percent)}`,
    meanShortfall === null
      ? ''
      : `${shortfall(meanShortfall)}${within(figures.meanShortfallInterval, oneDecimal)}`,
    meanLevel === null ? '' : `${oneDecimal(meanLevel)}${within(figures.meanLevelInterval, oneDecimal)}`,
    `about ${n}`,
  ];
}

/** Columns beside the first that a page has room for. */
const mostColumns = 6;

/** A wide table as several, each with the first column; their captions say which part they are. */
function inParts(table: PdfTable): PdfTable[] {
  const columns = table.head.length - 1;
  const count = Math.ceil(columns / mostColumns);
  if (count <= 1) return [table];
  const each = Math.ceil(columns / count);
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [1 + part * each, 1 + (part + 1) * each];
    return {
      ...table,
      caption: `${table.caption} (part ${part + 1} of ${count})`,
      head: [table.head[0]!, ...table.head.slice(from, to)],
      rows: table.rows.map((row) => (row.length === 1 ? row : [row[0]!, ...row.slice(from, to)])),
    };
  });
}

/** Behind the steps of a map: dark letters can be read on each of them. */
const shades = ['#ffffff', '#e6eff8', '#cbdef0', '#afcde8', '#94bce0'];

function matrixBlocks(report: ReportIndex, matrix: ReportMatrix): PdfBlock[] {
  const { dimension, measure, of, nodes, domains } = matrix;
  const by = dimension.label.toLowerCase();
  const isBelow = of === 'below';
  const table: PdfTable = {
    kind: 'table',
    caption: isBelow
      ? `Share below the level required, by ${by}`
      : `${measureName(measure)}: mean rating, by ${by}`,
    head: [
      'Competency',
      ...nodes.map((node) => `${groupName(report.document, node.key)} (${respondentsInWords(node)})`),
    ],
    rows: domains.flatMap(({ title, rows }): PdfCell[][] => [
      [title],
      ...rows.map(({ item, cells }) => [
        itemName(report.document.items[item]!),
        ...cells.map((cell) => matrixCell(cell, isBelow)),
      ]),
    ]),
    numbers: true,
  };
  return [
    heading(2, isBelow ? `Gaps by ${by}` : `${measureName(measure)} by ${by}`),
    paragraph(
      isBelow
        ? `The share of people below the level their work requires; darker cells have more people below it. ${signs} Blank: no level is required.`
        : `The mean rating; darker cells are higher. ${signs}`,
    ),
    ...mergedInWords(dimension.categories).map(paragraph),
    ...inParts(table),
  ];
}

function matrixCell(cell: MatrixCell, isBelow: boolean): PdfCell {
  if (cell.kind === 'bound') return { text: belowBoundInWords(cell.bound), shade: shades[cell.step]! };
  if (cell.kind !== 'number') return instead[cell.kind];
  const number = isBelow ? percent(cell.value) : oneDecimal(cell.value);
  return { text: cell.isImprecise ? `${number}†` : number, shade: shades[cell.step]! };
}

const instead = { withheld: withheldSign, 'no-requirement': '', 'no-answers': '–' };

/** How many answered of each pair of categories, for every two dimensions. */
function respondentsBlocks(report: ReportIndex): PdfBlock[] {
  const { dimensions } = report.document;
  return dimensions.flatMap((rows, place) =>
    dimensions.slice(place + 1).flatMap((columns) => pairBlocks(report, rows, columns)),
  );
}

function pairBlocks(report: ReportIndex, rows: ReleasedDimension, columns: ReleasedDimension): PdfBlock[] {
  const by = `${rows.label.toLowerCase()} and ${columns.label.toLowerCase()}`;
  const table: PdfTable = {
    kind: 'table',
    caption: `About how many answered, by ${by}`,
    head: [rows.label, ...columns.categories.map(({ label }) => label)],
    rows: rows.categories.map((row) => [
      row.label,
      ...columns.categories.map((column) =>
        respondentsCell(report.nodeAt({ [rows.key]: row.code, [columns.key]: column.code })!),
      ),
    ]),
    numbers: true,
  };
  const isCarried = report.nodes.some(({ carriedFrom }) => carriedFrom !== null);
  return [
    heading(2, `Who answered, by ${by}`),
    paragraph(
      `People to the nearest five. ${withheldSign}: withheld, so that nobody can be found. –: nobody answered.${isCarried ? ' *: as in an earlier report.' : ''}`,
    ),
    ...inParts(table),
  ];
}

function respondentsCell({ status, respondents, carriedFrom }: ReleasedNode): string {
  if (status === 'suppressed') return withheldSign;
  if (status === 'empty') return '–';
  return `${respondents}${carriedFrom === null ? '' : '*'}`;
}

const scaleHeadings = ['Domain', 'Asked', 'Alpha', '95% interval', 'Omega', 'People', 'What to know'];

function scaleBlocks({ document }: ReportIndex): PdfBlock[] {
  if (document.scales.length === 0) return [];
  const twoDecimals = (value: number) => value.toFixed(2);
  const rows = document.scales.map(
    ({ domainTitle, measure, alpha, alphaInterval, omega, n, reason, warnings }) => [
      ...[domainTitle, measureName(measure), alpha === null ? '–' : twoDecimals(alpha)],
      alphaInterval ? fromTo(alphaInterval, twoDecimals) : '',
      omega === null ? '–' : twoDecimals(omega),
      alpha === null ? '' : `about ${n}`,
      [...(reason ? [reason] : []), ...warnings].map(scaleInWords).join('. '),
    ],
  );
  return [
    heading(2, 'How well domains measure one thing'),
    paragraph(
      'Alpha and omega say how far the ratings of a domain go together. Below 0.70 they should not be averaged; above 0.95 some may ask the same twice.',
    ),
    { kind: 'table', caption: 'Reliability of the domains, over everybody', head: scaleHeadings, rows },
  ];
}

function trainingBlocks(offers: readonly ReleasedOffer[]): PdfBlock[] {
  if (offers.length === 0) return [];
  const rows = offers.map(({ title, provider, status, places, levels }) => [
    title,
    provider,
    status === 'planned' ? 'Planned' : 'Now',
    places === null ? 'not known' : String(places),
    Object.entries(levels)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([code, level]) => `${code} to ${level}`)
      .join('; '),
  ]);
  return [
    heading(2, 'What training there was'),
    paragraph('The training offers as they were when this report was worked out.'),
    {
      kind: 'table',
      caption: 'Training offers',
      head: ['Offer', 'Provider', 'When', 'Places a year', 'Competencies, and the level it leads to'],
      rows,
    },
  ];
}

function textBlocks(texts: ReleasedTexts | null): PdfBlock[] {
  if (!texts || texts.questions.length === 0) return [];
  return [heading(2, 'What people wrote'), ...texts.questions.flatMap(questionBlocks)];
}

function questionBlocks({
  title,
  status,
  answered,
  partly,
  carriedFrom,
  themes,
  quotes,
}: ReleasedTextQuestion): PdfBlock[] {
  if (status === 'too few') {
    return [heading(3, title), paragraph('Too few people wrote something to tell more of it.')];
  }
  const about = `About ${answered} people wrote something that was read${partly ? '; more had not been read yet' : ''}.`;
  const older =
    carriedFrom === null
      ? []
      : [`These are the figures of report ${carriedFrom}: too little has changed since.`];
  const rows = themes.map(({ title: theme, definition, percent: share, n, bound }) => [
    theme,
    definition,
    bound ? meetingBoundInWords(bound) : share === null ? '' : percent(share),
    n === null ? '' : `about ${n}`,
  ]);
  return [
    heading(3, title),
    ...[about, ...older].map(paragraph),
    ...(rows.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: `Themes: ${title}`,
            head: ['Theme', 'What it means', 'Wrote about it', 'People'],
            rows,
          },
        ]
      : []),
    ...(quotes.length > 0
      ? [
          {
            kind: 'list' as const,
            items: quotes.map(({ text, group }) => ({ name: `“${text}”`, lines: group ? [group] : [] })),
          },
        ]
      : []),
  ];
}

function sectionBlocks({ heading: text, sentences, entries }: PdfSection): PdfBlock[] {
  return [
    heading(2, text),
    ...sentences.map(paragraph),
    ...(entries.length > 0 ? [{ kind: 'list' as const, items: entries }] : []),
  ];
}

function noteBlocks(report: ReportIndex): PdfBlock[] {
  return [
    heading(2, 'How we worked it out'),
    ...methodNote(report, `${answeredInWords(report)}.`).flatMap((part) => [
      heading(3, part.heading),
      ...part.paragraphs.map(paragraph),
    ]),
  ];
}
