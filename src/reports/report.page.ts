import type { ReleasedNode } from '../releases/release';
import type { Page } from '../web/layout';
import type { ReportSection } from './companions';
import { sourceItems, sourcesByGroup, sourcesOverall } from './gap-sources-chart';
import { answeredInWords, asksLevels, factsOf, sentencesOf, withoutLevels } from './headline';
import { competencyMap, type HeatMap, type TableCell } from './heat-map';
import { borichRanking, importanceChart } from './importance-chart';
import { type LargestGaps, largestGaps } from './largest-gaps';
import { largestGapsChart, largestGapsTitle } from './largest-gaps-chart';
import { type MapPage, mapTabs } from './map.page';
import { methodNote, type NotePart, selfRated } from './method-note';
import { groupAddress, itemAddress } from './report-addresses';
import type { ChartTable, ReportChart } from './report-chart';
import { type CommentLink, type Comments, commentLink } from './report-comments';
import { everybodyIn, type ReportIndex } from './report-index';
import { reportMatrices } from './report-matrix';
import { type NavLink, reportNav } from './report-nav';
import { type AtReport, breadcrumbsFor } from './report-visit';
import {
  fromTo,
  groupName,
  itemName,
  measureName,
  mergedInWords,
  scaleInWords,
  withheldSign,
} from './report-words';

export interface ReportPage extends Page {
  nav: NavLink[];
  facts: string[];
  status: string[];
  simulated: boolean;
  reason: string | null;
  sentences: string[];
  selfRated: string;
  contents: { href: string; text: string }[];
  comment: CommentLink | null;
  largest: { heading: string; chart: ReportChart | null; none: string; comment: CommentLink | null };
  /** Said where some figures cannot be in the picture. */
  unranked: string | null;
  nearlyAllBelow: { href: string; text: string }[];
  map: { heading: string; tabs: MapPage['tabs']; table: HeatMap; comment: CommentLink | null } | null;
  sources: { overall: ReportChart | null; byGroup: ReportChart[]; comment: CommentLink | null } | null;
  importance: { chart: ReportChart | null; borich: ChartTable | null; comment: CommentLink | null } | null;
  sections: { id: string; section: ReportSection; comment: CommentLink | null }[];
  crossed: CrossedTable[];
  scales: { headings: string[]; rows: string[][] } | null;
  note: (Omit<NotePart, 'paragraphs'> & {
    paragraphs: { id: string; text: string }[];
    comment: CommentLink | null;
  })[];
  everybody: string;
  downloads: { href: string; text: string }[];
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

/** What other rooms have to say in a report. */
export interface Beside {
  comments: Comments;
  training: ReportSection | null;
  texts: ReportSection | null;
  recommendations: ReportSection | null;
  standing: { status: string; sentences: string[] } | null;
}

/** The report of a release: every figure as it was released, and nothing that was not. */
export function reportPage(at: AtReport, report: ReportIndex, beside: Beside): ReportPage {
  const { survey } = report.document;
  const largest = largestGaps(report);
  const commentOn = (part: string) => commentLink(report.id, part && `part:${part}`, beside.comments);
  const parts = {
    largest: {
      heading: largestGapsTitle(largest),
      chart: withFiles(report, largestGapsChart(report, largest)),
      none: asksLevels(report) ? 'There are no gaps to show.' : withoutLevels,
      comment: commentOn('largest'),
    },
    map: mapOf(report, commentOn),
    sources: sourcesOf(report, commentOn),
    importance: importanceOf(report, commentOn),
    sections: sectionsOf(beside, commentOn),
    crossed: crossedTables(report),
    scales: scalesOf(report),
  };
  return {
    title: survey.name,
    section: 'Gap report',
    audience: 'staff',
    wide: true,
    nav: reportNav(report.id, 'report', at),
    breadcrumbs: breadcrumbsFor(at),
    facts: factsOf(report),
    status: beside.standing ? [beside.standing.status, ...beside.standing.sentences] : [],
    simulated: survey.simulated,
    reason: report.reason || null,
    sentences: sentencesOf(report, largest),
    selfRated,
    contents: contentsOf(parts),
    comment: commentOn(''),
    ...parts,
    unranked: unrankedInWords(largest),
    nearlyAllBelow: largest.nearlyAllBelow.map(({ node, item }) => ({
      href: itemAddress(report, item, node.key),
      text: `${itemName(report.document.items[item]!)}: ${groupName(report.document, node.key)}`,
    })),
    note: methodNote(report, `${answeredInWords(report)}.`).map(({ id, heading, paragraphs }) => ({
      ...{ id, heading, comment: commentOn(id) },
      paragraphs: paragraphs.map((text, place) => ({ id: `${id}-${place + 1}`, text })),
    })),
    everybody: groupAddress(report, {}),
    downloads: [
      { href: `/reports/${report.id}/files`, text: 'Document (PDF), workbook, tables and pictures' },
      { href: `/reports/${report.id}.json`, text: 'All figures for programs (JSON)' },
    ],
  };
}

type CommentOn = (part: string) => CommentLink | null;

function contentsOf(
  parts: Pick<ReportPage, 'largest' | 'map' | 'sources' | 'importance' | 'sections' | 'crossed' | 'scales'>,
): ReportPage['contents'] {
  const { largest, map, sources, importance, sections, crossed, scales } = parts;
  return [
    { href: '#largest', text: largest.heading },
    ...(map ? [{ href: '#map', text: map.heading }] : []),
    ...(sources ? [{ href: '#where', text: 'Where the gap lies' }] : []),
    ...(importance ? [{ href: '#importance', text: 'Importance and performance' }] : []),
    ...sections.map(({ id, section }) => ({ href: `#${id}`, text: section.heading })),
    ...crossed.map(({ id, heading }) => ({ href: `#${id}`, text: heading })),
    ...(scales ? [{ href: '#scales', text: 'How well domains measure one thing' }] : []),
    { href: '#method', text: 'How we worked it out' },
    { href: '#downloads', text: 'Downloads' },
  ];
}

/** One map, of the first dimension; the others are pages of their own. */
function mapOf(report: ReportIndex, commentOn: CommentOn): ReportPage['map'] {
  const [matrix] = reportMatrices(report);
  if (!matrix) return null;
  const by = matrix.dimension.label.toLowerCase();
  return {
    heading: matrix.of === 'below' ? `Gaps by ${by}` : `${measureName(matrix.measure)} by ${by}`,
    tabs: mapTabs(report),
    table: competencyMap(report, matrix, { id: 'map-1', sort: 'framework', domain: null }),
    comment: commentOn('map'),
  };
}

function sourcesOf(report: ReportIndex, commentOn: CommentOn): ReportPage['sources'] {
  const overall = withFiles(report, sourcesOverall(report));
  const byGroup = sourceItems(report)
    .map((item) => withFiles(report, sourcesByGroup(report, item)))
    .filter((chart) => chart !== null);
  return overall || byGroup.length > 0 ? { overall, byGroup, comment: commentOn('where') } : null;
}

/** A picture of the report's page, which can be had by itself. */
function withFiles({ id }: ReportIndex, chart: ReportChart | null): ReportChart | null {
  const address = `/reports/${id}/charts/${chart?.name}`;
  return (
    chart && {
      ...chart,
      files: [
        { href: `${address}.svg`, text: 'Drawing (SVG)' },
        { href: `${address}.png`, text: 'Picture (PNG)' },
        { href: `${address}.csv`, text: 'Figures (CSV)' },
      ],
    }
  );
}

function importanceOf(report: ReportIndex, commentOn: CommentOn): ReportPage['importance'] {
  const everybody = everybodyIn(report);
  const [chart, borich] = [
    withFiles(report, importanceChart(report, everybody)),
    borichRanking(report, everybody),
  ];
  return chart || borich ? { chart, borich, comment: commentOn('importance') } : null;
}

function sectionsOf(
  { training, texts, recommendations }: Beside,
  commentOn: CommentOn,
): ReportPage['sections'] {
  const parts: [string, ReportSection | null][] = [
    ['what-exists', training],
    ['what-people-said', texts],
    ['recommendations', recommendations],
  ];
  return parts.flatMap(([id, section]) => (section ? [{ id, section, comment: commentOn(id) }] : []));
}

function unrankedInWords({ unranked }: LargestGaps): string | null {
  if (unranked === 0) return null;
  const are = unranked === 1 ? '1 figure is' : `${unranked} figures are`;
  return `${are} not among those compared here: only how many are below the level required may be told of ${unranked === 1 ? 'it' : 'them'}. The maps show ${unranked === 1 ? 'it' : 'them'}.`;
}

/** How many answered of each pair of categories: for every two dimensions, leading to the groups they make. */
function crossedTables(report: ReportIndex): CrossedTable[] {
  const dimensions = report.document.dimensions.map((dimension) => ({
    ...dimension,
    categories: dimension.categories.filter(
      ({ code }) => report.nodeAt({ [dimension.key]: code })!.status !== 'empty',
    ),
  }));
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
  if (node.status === 'suppressed') {
    return { text: withheldSign, href: '', hidden: 'Withheld', classes: 'heat-withheld' };
  }
  if (node.status === 'empty') return { text: '–', href: '', hidden: 'Nobody', classes: '' };
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
