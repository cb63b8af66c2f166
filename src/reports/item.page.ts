import type { Figures, NodeKey, ReleasedDimension, ReleasedItem, ReleasedNode } from '../releases/release';
import type { ReleasedQuote, ReleasedTexts } from '../texts/released-texts';
import { intervalPlot } from '../web/interval-plot';
import type { Page } from '../web/layout';
import type { ReportSection } from './companions';
import {
  distributionOf,
  figuresInWords,
  missingInWords,
  type StatisticPart,
  statisticsOf,
  valueInWords,
} from './figure-words';
import { sourceItems, sourcesByGroup } from './gap-sources-chart';
import { borichRanking, importanceChart } from './importance-chart';
import { selfRated } from './method-note';
import { groupAddress, itemAddress, mapAddress } from './report-addresses';
import type { ChartTable, ReportChart } from './report-chart';
import { type CommentLink, type Comments, commentLink } from './report-comments';
import { depthOf, everybodyIn, type ReportIndex } from './report-index';
import { isCompared, isTicked } from './report-matrix';
import { type NavLink, reportNav } from './report-nav';
import { figurePlace } from './report-place';
import { type AtReport, breadcrumbsFor } from './report-visit';
import {
  flagInWords,
  fromTo,
  groupName,
  itemAndMeasure,
  itemName,
  measureName,
  meetingInCell,
  mergedInWords,
  oneDecimal,
  percent,
  shortfall,
  withheldSign,
} from './report-words';

export interface ItemPage extends Page {
  nav: NavLink[];
  simulated: boolean;
  selfRated: string;
  caption: string;
  domain: string;
  group: Link;
  comment: CommentLink | null;
  /** What is said about the figure, in the margin. */
  beside: ReportSection | null;
  recommend: Link | null;
  sentences: string[];
  flags: string[];
  /** What to do where there is no figure. */
  instead: { href: string; text: string }[];
  /** Bars of the group and, beside them, of everybody. */
  distributions: { heading: string; chart: string }[];
  distribution: ChartTable | null;
  comparisons: Comparison[];
  sources: ReportChart[];
  importance: ReportChart | null;
  borich: ChartTable | null;
  statistics: StatisticPart[];
  texts: ReportSection | null;
  /** Quotes that are told to come from this group. */
  quotes: ReleasedQuote[];
  /** The same competency asked in other ways. */
  others: { href: string; text: string; note: string }[];
  neighbours: { previous: Link | null; next: Link | null };
}

interface Link {
  href: string;
  text: string;
}

/** A group beside the others of one dimension. */
interface Comparison {
  id: string;
  heading: string;
  chart: string | null;
  table: ChartTable;
}

interface At {
  item: number;
  node: ReleasedNode;
  comments: Comments;
  beside: ReportSection | null;
  /** What people of the group said in their own words. */
  texts: ReportSection | null;
  /** Everything that was released of what people wrote. */
  written: ReleasedTexts | undefined;
  /** Can recommendations be written now? */
  recommends: boolean;
}

/** One thing asked in one group, beside everybody and the other groups. */
export function itemPage(
  at: AtReport,
  report: ReportIndex,
  { item: place, node, comments, beside, texts, written, recommends }: At,
): ItemPage {
  const { document } = report;
  const item = document.items[place]!;
  const { status, figures } = report.figureAt(node, place);
  const compared = isCompared(report, place);
  const of = { report, place, node, item, figures };
  return {
    title: itemName(item),
    section: document.survey.name,
    audience: 'staff',
    wide: true,
    nav: reportNav(report.id, 'report', at),
    breadcrumbs: breadcrumbsFor(
      at,
      { href: `/reports/${report.id}`, text: document.survey.name },
      { href: mapOf(of), text: 'Map' },
    ),
    simulated: document.survey.simulated,
    selfRated,
    caption: groupName(document, node.key),
    domain: [item.domainTitle, measureName(item.measure)].filter(Boolean).join(' · '),
    group: { href: groupAddress(report, node.key), text: 'All that was asked of this group' },
    recommend: recommends && figures && at.may('advise') ? recommendLink(of) : null,
    comment: commentLink(report.id, figurePlace(report, place, node.key), comments),
    beside,
    sentences: sentencesOf(of, status),
    flags: figures?.flags.map(flagInWords) ?? [],
    instead: figures ? [] : insteadOf(of),
    ...distributionsOf(of),
    comparisons: isTicked(item.measure) ? [] : comparisonsOf(of, compared),
    sources: sourcesOf(of),
    importance: importanceChart(report, node, place),
    borich: borichRanking(report, node),
    statistics: figures ? statisticsOf(figures, item) : [],
    texts,
    quotes: quotesFrom(written, groupName(document, node.key)),
    others: othersOf(of),
    neighbours: {
      previous: neighbour(of, place - 1),
      next: neighbour(of, place + 1),
    },
  };
}

interface Of {
  report: ReportIndex;
  place: number;
  node: ReleasedNode;
  item: ReleasedItem;
  figures: Figures | null;
}

/** Back to where this figure stands in a map. */
/** Where experts recommend something about the gap. */
function recommendLink({ report, place, node }: Pick<Of, 'report' | 'place' | 'node'>): Link {
  const gap = encodeURIComponent(figurePlace(report, place, node.key));
  return {
    href: `/reports/${report.id}/recommendations/new?gap=${gap}`,
    text: 'Recommend something about this gap',
  };
}

function mapOf({ report, place, node, item }: Of): string {
  const chosen = report.document.dimensions.filter(({ key }) => (node.key[key] ?? null) !== null);
  const by = chosen[0] ?? report.document.dimensions[0];
  if (!by) return `/reports/${report.id}`;
  if (isTicked(item.measure)) return `/reports/${report.id}#where`;
  if (chosen.length > 1) {
    return mapAddress(report, { competency: place + 1, rows: by.key, columns: chosen[1]!.key });
  }
  return `${mapAddress(report, { by: by.key, measure: item.measure })}#item-${place + 1}`;
}

function sentencesOf({ report, node, item, figures }: Of, status: string): string[] {
  const merged = report.document.dimensions.flatMap((dimension) =>
    mergedInWords(dimension.categories.filter(({ code }) => code === node.key[dimension.key])),
  );
  const carried =
    node.carriedFrom === null
      ? []
      : [
          `These are the figures of report ${node.carriedFrom}: too few answers came or went since for new ones to be shown.`,
        ];
  if (figures) return [...figuresInWords(figures, item), ...carried, ...merged];
  if (node.status === 'empty') return ['Nobody of this group answered.', ...merged];
  return [missingInWords(status), ...carried, ...merged];
}

/** Where nothing is shown: the larger groups that show something. */
function insteadOf({ report, place, node }: Of): Link[] {
  return largerGroups(report, node)
    .filter((larger) => report.figureAt(larger, place).figures)
    .map((larger) => ({
      href: itemAddress(report, place, larger.key),
      text: `See ${groupName(report.document, larger.key)}`,
    }));
}

/** With one choice less each, and everybody. */
function largerGroups(report: ReportIndex, node: ReleasedNode): ReleasedNode[] {
  const without = report.document.dimensions.flatMap(({ key }) =>
    (node.key[key] ?? null) === null ? [] : [report.nodeAt({ ...node.key, [key]: null })!],
  );
  return [...new Set([...without, ...(depthOf(node) > 0 ? [everybodyIn(report)] : [])])];
}

function distributionsOf({
  report,
  place,
  node,
  item,
  figures,
}: Of): Pick<ItemPage, 'distributions' | 'distribution'> {
  const everybody = everybodyIn(report);
  const total = report.figureAt(everybody, place).figures;
  const told = [
    { heading: groupName(report.document, node.key), figures, idPrefix: 'shares' },
    ...(node === everybody
      ? []
      : [{ heading: 'Everybody', figures: total, idPrefix: 'shares-of-everybody' }]),
  ].filter(({ figures: of }) => of?.distribution);
  if (told.length === 0) return { distributions: [], distribution: null };
  return {
    distributions: told.map(({ heading, figures: of, idPrefix }) => ({
      heading,
      chart: distributionOf(of!.distribution!, of!, item, idPrefix),
    })),
    distribution: {
      caption: `How many chose each answer: ${itemName(item)}`,
      headings: ['Answer', ...told.map(({ heading }) => heading)],
      rows: item.values.map((value, at) => [
        valueInWords(value),
        ...told.map(({ figures: of }) => percent(of!.distribution![at] ?? 0)),
      ]),
      links: [],
    },
  };
}

/** By each dimension that the group is chosen by, the other groups; of everybody, those of every dimension. */
function comparisonsOf(of: Of, compared: boolean): Comparison[] {
  const { report, node } = of;
  const chosen = report.document.dimensions.filter(({ key }) => (node.key[key] ?? null) !== null);
  const dimensions = chosen.length > 0 ? chosen : report.document.dimensions;
  return dimensions.flatMap((dimension) => {
    const comparison = comparisonBy(of, dimension, compared);
    return comparison ? [comparison] : [];
  });
}

function comparisonBy(
  { report, place, node, item }: Of,
  dimension: ReleasedDimension,
  compared: boolean,
): Comparison | null {
  const { key, label, categories } = dimension;
  const whole = report.nodeAt({ ...node.key, [key]: null })!;
  const nodes = [
    ...new Set([everybodyIn(report), whole]),
    ...categories.map(({ code }) => report.nodeAt({ ...node.key, [key]: code })!),
  ].filter(({ status }) => status !== 'empty');
  const rows = nodes.map((other) => ({ other, ...report.figureAt(other, place) }));
  if (rows.filter(({ figures }) => figures).length < 2) return null;
  const fixed: NodeKey = { ...node.key, [key]: null };
  const within = depthOf({ key: fixed }) > 0 ? ` (${groupName(report.document, fixed)})` : '';
  const heading = `Beside the other groups, by ${label.toLowerCase()}${within}`;
  const id = `by-${dimension.key.replace(/[^a-zA-Z0-9-]/g, '-')}`;
  const nameOf = (other: ReleasedNode) =>
    `${groupName(report.document, other.key)}${other === node ? ' – this group' : ''}`;
  const drawn = rows.flatMap(({ other, figures }) => {
    const value = compared ? figures?.percentMeeting : figures?.meanLevel;
    if (value === null || value === undefined) return [];
    const interval = compared ? figures!.percentMeetingInterval : figures!.meanLevelInterval;
    const words = compared ? `${percent(value)} at the level or above` : `Mean ${oneDecimal(value)}`;
    return [{ label: nameOf(other), href: itemAddress(report, place, other.key), value, interval, words }];
  });
  const values = item.values.map(({ value }) => value);
  return {
    ...{ id, heading },
    chart:
      drawn.length < 2
        ? null
        : intervalPlot({
            idPrefix: `${id}-plot`,
            title: heading,
            description: `${drawn.map(({ label: name, words }) => `${name}: ${words}`).join('. ')}.`,
            scale: compared
              ? { min: 0, max: 100, step: 25, unit: '%' }
              : { min: Math.min(...values), max: Math.max(...values), step: 1, unit: '' },
            words: {
              dot: compared ? 'Share at the level required or above' : 'Mean rating',
              interval: '95% interval',
            },
            rows: drawn,
          }),
    table: {
      caption: `${itemName(item)}, by ${label.toLowerCase()}${within}`,
      headings: [
        'Group',
        ...(compared ? ['Meet the level', '95% interval', 'Mean shortfall in levels', '95% interval'] : []),
        ...[item.measure === 'level' ? 'Mean level' : 'Mean rating', '95% interval', 'Answers'],
      ],
      rows: rows.map(({ other, status, figures }) => [
        nameOf(other),
        ...(figures ? figureCells(figures, compared) : missingCells(status, compared)),
      ]),
      links: rows.map(({ other }) => itemAddress(report, place, other.key)),
    },
  };
}

function figureCells(figures: Figures, compared: boolean): string[] {
  const { percentMeetingInterval, meanShortfall, meanShortfallInterval, meanLevel, meanLevelInterval } =
    figures;
  return [
    ...(compared
      ? [
          meetingInCell(figures),
          percentMeetingInterval ? fromTo(percentMeetingInterval, percent) : '',
          meanShortfall === null ? '' : shortfall(meanShortfall),
          meanShortfallInterval ? fromTo(meanShortfallInterval, oneDecimal) : '',
        ]
      : []),
    meanLevel === null ? '' : oneDecimal(meanLevel),
    meanLevelInterval ? fromTo(meanLevelInterval, oneDecimal) : '',
    `about ${figures.n}`,
  ];
}

const missingWords: Record<string, string> = {
  withheld: `${withheldSign}, withheld`,
  'no-requirement': 'no level required',
  'no-answers': 'nobody answered',
};

function missingCells(status: string, compared: boolean): string[] {
  return [missingWords[status] ?? '', ...new Array<string>(compared ? 6 : 2).fill('')];
}

/** The questions for where the gap in this competency, or in its domain, comes from. */
function sourcesOf({ report, place, item }: Of): ReportChart[] {
  return sourceItems(report)
    .filter((other) => {
      const { competency, domain } = report.document.items[other]!;
      if (other === place) return true;
      return competency === null ? domain === item.domain : competency === item.competency;
    })
    .map((other) => sourcesByGroup(report, other))
    .filter((chart) => chart !== null);
}

function quotesFrom(written: ReleasedTexts | undefined, group: string): ReleasedQuote[] {
  return (written?.questions ?? []).flatMap(({ quotes }) => quotes.filter((quote) => quote.group === group));
}

function othersOf({ report, place, node, item }: Of): ItemPage['others'] {
  if (item.competency === null) return [];
  return report.document.items.flatMap((other, at) => {
    if (at === place || other.competency !== item.competency) return [];
    const { figures, status } = report.figureAt(node, at);
    const note = !figures
      ? (missingWords[status] ?? '')
      : figures.meanLevel === null
        ? ''
        : `mean ${oneDecimal(figures.meanLevel)}`;
    return [{ href: itemAddress(report, at, node.key), text: measureName(other.measure), note }];
  });
}

function neighbour({ report, node }: Of, place: number): Link | null {
  const item = report.document.items[place];
  return item ? { href: itemAddress(report, place, node.key), text: itemAndMeasure(item) } : null;
}
