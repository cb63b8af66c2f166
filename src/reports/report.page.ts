import { formatDate } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { NodeKey, ReleasedNode } from '../releases/release';
import { intervalPlot } from '../web/interval-plot';
import type { Page } from '../web/layout';
import { type LargestGaps, largestGaps, type ShownGap } from './largest-gaps';
import { methodNote, type NotePart, selfRated } from './method-note';
import { everybodyIn, type ReportIndex } from './report-index';
import { type MatrixCell, type ReportMatrix, reportMatrices } from './report-matrix';
import { type NavLink, reportNav } from './report-nav';
import { type AtReport, breadcrumbsFor } from './report-visit';
import {
  belowBoundInWords,
  fromTo,
  groupName,
  itemName,
  levels,
  measureName,
  mergedInWords,
  oneDecimal,
  percent,
  respondentsInWords,
  scaleInWords,
  withheldSign,
} from './report-words';

export interface ReportPage extends Page {
  nav: NavLink[];
  facts: string[];
  simulated: boolean;
  interim: string | null;
  reason: string | null;
  sentences: string[];
  selfRated: string;
  contents: { href: string; text: string }[];
  largest: { chart: string; headings: string[]; rows: LinkedRow[] } | null;
  /** Said where some figures cannot be in the picture. */
  unranked: string | null;
  nearlyAllBelow: { href: string; text: string }[];
  tables: MatrixTable[];
  crossed: CrossedTable[];
  scales: { headings: string[]; rows: string[][] } | null;
  note: NotePart[];
  everybody: string;
  downloads: { href: string; text: string }[];
}

interface LinkedRow {
  href: string;
  heading: string;
  cells: string[];
}

interface MatrixTable {
  id: string;
  heading: string;
  caption: string;
  explained: string[];
  legend: { classes: string; text: string }[];
  columns: { href: string; heading: string; respondents: string }[];
  span: number;
  groups: { heading: string; rows: { heading: string; cells: TableCell[] }[] }[];
}

interface CrossedTable {
  id: string;
  heading: string;
  caption: string;
  /** Are there figures of an earlier report? */
  carried: boolean;
  explained: string[];
  columns: string[];
  rows: { heading: string; cells: TableCell[] }[];
}

/** A cell: what is seen, where it leads, what is only heard, how it is shaded. */
export interface TableCell {
  text: string;
  href: string;
  hidden: string;
  classes: string;
}

/** The report of a release: every figure as it was released, and nothing that was not. */
export function reportPage(at: AtReport, report: ReportIndex): ReportPage {
  const { survey, period } = report.document;
  const largest = largestGaps(report);
  const tables = reportMatrices(report).map((matrix, place) => matrixTable(report, matrix, place));
  const crossed = crossedTables(report);
  return {
    title: survey.name,
    section: 'Gap report',
    audience: 'staff',
    wide: true,
    nav: reportNav(report.id, 'report', at),
    breadcrumbs: breadcrumbsFor(at),
    facts: factsOf(report),
    simulated: survey.simulated,
    interim: period.wasOpen
      ? 'Interim report: the survey was still open, and more answers could come.'
      : null,
    reason: report.reason || null,
    sentences: sentencesOf(report, largest),
    selfRated,
    contents: [
      { href: '#largest', text: 'Ten largest gaps' },
      ...tables.map(({ id, heading }) => ({ href: `#${id}`, text: heading })),
      ...crossed.map(({ id, heading }) => ({ href: `#${id}`, text: heading })),
      ...(report.document.scales.length > 0
        ? [{ href: '#scales', text: 'How well domains measure one thing' }]
        : []),
      { href: '#method', text: 'How we worked it out' },
      { href: '#downloads', text: 'Downloads' },
    ],
    largest: largest.gaps.length > 0 ? largestOf(report, largest.gaps) : null,
    unranked: unrankedInWords(largest),
    nearlyAllBelow: largest.nearlyAllBelow.map(({ node, item }) => ({
      href: groupAddress(report, node.key, item),
      text: `${nameOf(report, item)}: ${groupName(report.document, node.key)}`,
    })),
    tables,
    crossed,
    scales: scalesOf(report),
    note: methodNote(report),
    everybody: groupAddress(report, {}),
    downloads: [
      { href: `/reports/${report.id}.csv`, text: 'All figures as a table (CSV)' },
      { href: `/reports/${report.id}.xlsx`, text: 'All figures as a workbook (Excel)' },
      { href: `/reports/${report.id}.json`, text: 'All figures for programs (JSON)' },
    ],
  };
}

/** The page of a group; with an item, the place of that on it. */
export function groupAddress({ id, document }: ReportIndex, key: NodeKey, item?: number): string {
  const asked = document.dimensions.flatMap((dimension) => {
    const code = key[dimension.key] ?? null;
    return code === null ? [] : [`${encodeURIComponent(dimension.key)}=${encodeURIComponent(code)}`];
  });
  const query = asked.length > 0 ? `?${asked.join('&')}` : '';
  return `/reports/${id}/groups${query}${item === undefined ? '' : `#item-${item + 1}`}`;
}

function nameOf({ document }: ReportIndex, item: number): string {
  return itemName(document.items[item]!);
}

function factsOf(report: ReportIndex): string[] {
  const { period } = report.document;
  const everybody = everybodyIn(report);
  const answered =
    everybody.status === 'published'
      ? `About ${everybody.respondents} people answered`
      : 'Too few people answered to show anything';
  return [
    answered,
    period.wasOpen
      ? `Answers since ${formatDay(period.opens)}; the survey was open until ${formatDay(period.closes)}`
      : `Answers from ${formatDay(period.opens)} to ${formatDay(period.closes)}`,
    `Report ${report.number}, published on ${formatDate(report.publishedAt)}${period.wasOpen ? ', interim' : ', final'}`,
  ];
}

/** Three sentences: the largest gap of a group, the largest of everybody, and how much is shown. */
function sentencesOf(report: ReportIndex, { gaps, nearlyAllBelow }: LargestGaps): string[] {
  const [first] = gaps;
  const sentences: string[] = [];
  if (first) {
    sentences.push(
      `The largest gap of a group that can be shown: ${groupName(report.document, first.node.key)}, ${nameOf(report, first.item)}. ${gapInWords(first)}`,
    );
  } else {
    sentences.push(
      nearlyAllBelow.length > 0
        ? 'In the groups with the largest gaps none or nearly none meet the level required.'
        : 'There is no gap that can be shown.',
    );
  }
  sentences.push(everybodysSentence(report));
  const { shown, withheld, empty } = report.document.groups;
  sentences.push(
    `Figures of ${shown} of ${shown + withheld + empty} groups are shown; ${withheld} ${withheld === 1 ? 'is' : 'are'} withheld so that nobody can be found in them${empty > 0 ? `, and in ${empty} nobody answered` : ''}.`,
  );
  return sentences;
}

function gapInWords({ figures }: ShownGap): string {
  const short = `On average people are ${levels(figures.meanShortfall!)} short of the level required`;
  if (figures.percentMeetingBound) return `${short}.`;
  const meeting = figures.percentMeeting === null ? '' : `; ${meetingInWords(figures)} meet it`;
  return `${short}${meeting}.`;
}

function meetingInWords({ percentMeeting, percentMeetingInterval, n }: ShownGap['figures']): string {
  const interval = percentMeetingInterval ? ` (95% interval ${fromTo(percentMeetingInterval, percent)})` : '';
  return `${percent(percentMeeting!)}${interval} of about ${n}`;
}

function everybodysSentence(report: ReportIndex): string {
  const everybody = everybodyIn(report);
  const gaps = report.document.items.flatMap((_, item): ShownGap[] => {
    const { figures } = report.figureAt(everybody, item);
    return figures?.meanShortfall ? [{ node: everybody, item, figures }] : [];
  });
  // Ranks come of unrounded figures: two that look alike need not be.
  const place = ({ figures }: ShownGap) => figures.rank ?? Number.POSITIVE_INFINITY;
  const largest = gaps.reduce<ShownGap | undefined>(
    (first, gap) => (first && place(first) <= place(gap) ? first : gap),
    undefined,
  );
  if (!largest) return 'Over everybody there is no gap that can be shown.';
  return `Over everybody the largest gap is ${nameOf(report, largest.item)}. ${gapInWords(largest)}`;
}

function unrankedInWords({ unranked }: LargestGaps): string | null {
  if (unranked === 0) return null;
  const are = unranked === 1 ? '1 figure is' : `${unranked} figures are`;
  return `${are} not among those compared here: only how many are below the level required may be told of ${unranked === 1 ? 'it' : 'them'}. The tables below show ${unranked === 1 ? 'it' : 'them'}.`;
}

function largestOf(report: ReportIndex, gaps: readonly ShownGap[]): NonNullable<ReportPage['largest']> {
  const named = gaps.map((gap) => ({
    ...gap,
    group: groupName(report.document, gap.node.key),
    competency: nameOf(report, gap.item),
    href: groupAddress(report, gap.node.key, gap.item),
  }));
  const most = Math.max(1, ...named.map(({ figures }) => Math.ceil(endOf(figures))));
  return {
    chart: intervalPlot({
      idPrefix: 'largest-gaps',
      title: 'The ten largest gaps',
      description:
        'For each competency and group: how many levels short of the level required people are on average, with its 95% interval. The table below holds the same figures.',
      scale: { min: 0, max: most, step: 1, unit: '' },
      words: { dot: 'Mean shortfall, in levels', interval: '95% interval' },
      rows: named.map(({ group, competency, href, figures }) => ({
        label: `${competency} – ${group}`,
        href,
        value: figures.meanShortfall!,
        interval: figures.meanShortfallInterval,
        words: `${levels(figures.meanShortfall!)} short`,
      })),
    }),
    headings: [
      ...[
        'Competency',
        'Group',
        'Mean shortfall in levels',
        '95% interval',
        'Meet the level',
        '95% interval',
      ],
      ...['Mean level', 'Answers'],
    ],
    rows: named.map(({ group, competency, href, figures }) => ({
      href,
      heading: competency,
      cells: [
        group,
        oneDecimal(figures.meanShortfall!),
        figures.meanShortfallInterval ? fromTo(figures.meanShortfallInterval, oneDecimal) : '',
        meetingCell(figures),
        figures.percentMeetingInterval ? fromTo(figures.percentMeetingInterval, percent) : '',
        figures.meanLevel === null ? '' : oneDecimal(figures.meanLevel),
        `about ${figures.n}`,
      ],
    })),
  };
}

function endOf(figures: ShownGap['figures']): number {
  return figures.meanShortfallInterval?.[1] ?? figures.meanShortfall!;
}

function meetingCell({ percentMeeting, percentMeetingBound }: ShownGap['figures']): string {
  if (percentMeetingBound)
    return percentMeetingBound === '>=95' ? 'all or nearly all' : 'none or nearly none';
  return percentMeeting === null ? '' : percent(percentMeeting);
}

const withoutNumber: Record<'withheld' | 'no-requirement' | 'no-answers', TableCell> = {
  withheld: { text: withheldSign, href: '', hidden: 'Withheld', classes: 'heat-withheld' },
  'no-requirement': { text: '', href: '', hidden: 'No requirement', classes: 'heat-none' },
  'no-answers': { text: '–', href: '', hidden: 'Nobody', classes: '' },
};

function matrixTable(report: ReportIndex, matrix: ReportMatrix, place: number): MatrixTable {
  const { dimension, measure, of, nodes, domains } = matrix;
  const by = dimension.label.toLowerCase();
  const isBelow = of === 'below';
  const heading = isBelow ? `Gaps by ${by}` : `${measureName(measure)} by ${by}`;
  return {
    id: `table-${place + 1}`,
    heading,
    caption: isBelow
      ? `Share below the level required, by ${by}`
      : `${measureName(measure)}: mean rating, by ${by}`,
    explained: [
      isBelow
        ? 'Each cell shows the share of people below the level their work requires. Darker cells have more people below it. Follow a number for all there is to say of it.'
        : 'Each cell shows the mean rating. Darker cells are higher. Follow a number for all there is to say of it.',
      ...mergedInWords(dimension.categories),
    ],
    legend: legendOf(isBelow),
    columns: nodes.map((node) => ({
      href: groupAddress(report, node.key),
      heading: groupName(report.document, node.key),
      respondents: respondentsInWords(node),
    })),
    span: nodes.length + 1,
    groups: domains.map(({ title, rows }) => ({
      heading: title,
      rows: rows.map(({ item, cells }) => ({
        heading: nameOf(report, item),
        cells: cells.map((cell, column) =>
          tableCell(cell, isBelow, groupAddress(report, nodes[column]!.key, item)),
        ),
      })),
    })),
  };
}

function tableCell(cell: MatrixCell, isBelow: boolean, href: string): TableCell {
  if (cell.kind === 'bound') {
    return { text: belowBoundInWords(cell.bound), href, hidden: '', classes: `heat-${cell.step}` };
  }
  if (cell.kind !== 'number') return withoutNumber[cell.kind];
  const number = isBelow ? percent(cell.value) : oneDecimal(cell.value);
  return {
    text: cell.isImprecise ? `${number}†` : number,
    href,
    hidden: cell.isImprecise ? ' wide interval' : '',
    classes: `numeric heat-${cell.step}`,
  };
}

function legendOf(isBelow: boolean): MatrixTable['legend'] {
  const steps = isBelow
    ? ['0–19%', '20–39%', '40–59%', '60–79%', '80–100%']
    : ['lowest fifth of the scale', 'second', 'middle', 'fourth', 'highest fifth'];
  return [
    ...steps.map((text, step) => ({ classes: `heat-${step}`, text })),
    { classes: 'heat-withheld', text: `${withheldSign}: withheld, so that nobody can be found` },
    ...(isBelow ? [{ classes: 'heat-none', text: 'blank: no level is required' }] : []),
    { classes: '', text: '–: nobody answered' },
    { classes: '', text: '†: wide interval, the figure could be quite different' },
  ];
}

/** How many answered of each pair of categories: for every two dimensions, leading to the groups they make. */
function crossedTables(report: ReportIndex): CrossedTable[] {
  const { dimensions } = report.document;
  const pairs = dimensions.flatMap((rows, place) =>
    dimensions.slice(place + 1).map((columns) => ({ rows, columns })),
  );
  return pairs.map(({ rows, columns }, place) => {
    const by = `${rows.label.toLowerCase()} and ${columns.label.toLowerCase()}`;
    return {
      id: `respondents-${place + 1}`,
      heading: `Who answered, by ${by}`,
      caption: `About how many answered, by ${by}`,
      carried: report.nodes.some(({ carriedFrom }) => carriedFrom !== null),
      explained: [...mergedInWords(rows.categories), ...mergedInWords(columns.categories)],
      columns: columns.categories.map(({ label }) => label),
      rows: rows.categories.map((row) => ({
        heading: row.label,
        cells: columns.categories.map((column) =>
          respondentsCell(report, report.nodeAt({ [rows.key]: row.code, [columns.key]: column.code })!),
        ),
      })),
    };
  });
}

function respondentsCell(report: ReportIndex, node: ReleasedNode): TableCell {
  if (node.status === 'suppressed') return withoutNumber.withheld;
  if (node.status === 'empty') return withoutNumber['no-answers'];
  return {
    text: `${node.respondents}${node.carriedFrom === null ? '' : '*'}`,
    href: groupAddress(report, node.key),
    hidden: node.carriedFrom === null ? '' : ` as in report ${node.carriedFrom}`,
    classes: 'numeric',
  };
}

function scalesOf({ document }: ReportIndex): ReportPage['scales'] {
  if (document.scales.length === 0) return null;
  return {
    headings: ['Domain', 'Asked', 'Alpha', '95% interval', 'Omega', 'People', 'What to know'],
    rows: document.scales.map((scale) => [
      scale.domainTitle,
      measureName(scale.measure),
      scale.alpha === null ? '–' : scale.alpha.toFixed(2),
      scale.alphaInterval ? fromTo(scale.alphaInterval, (value) => value.toFixed(2)) : '',
      scale.omega === null ? '–' : scale.omega.toFixed(2),
      scale.alpha === null ? '' : `about ${scale.n}`,
      [...(scale.reason ? [scale.reason] : []), ...scale.warnings].map(scaleInWords).join('. '),
    ]),
  };
}
