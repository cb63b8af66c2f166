import type { Figures, ReleasedItem, ReleasedNode } from '../releases/release';
import type { Page } from '../web/layout';
import { shareBars } from '../web/share-bars';
import { selfRated } from './method-note';
import { groupAddress } from './report.page';
import { everybodyIn, type ReportIndex } from './report-index';
import { type NavLink, reportNav } from './report-nav';
import { statisticName, statisticRows } from './report-statistics';
import { type AtReport, breadcrumbsFor } from './report-visit';
import {
  flagInWords,
  fromTo,
  groupName,
  itemName,
  levels,
  measureName,
  meetingBoundInWords,
  mergedInWords,
  oneDecimal,
  percent,
  respondentsInWords,
  withheldSign,
  withheldWords,
} from './report-words';

export interface GroupPage extends Page {
  nav: NavLink[];
  /** How many answered, or why nothing is shown. */
  sentences: string[];
  simulated: boolean;
  selfRated: string;
  domains: { heading: string; items: ItemPart[] }[];
  /** The groups this one is made of, and the ones it is a part of. */
  ways: { heading: string; links: { href: string; text: string; note: string }[] }[];
}

interface ItemPart {
  id: string;
  heading: string;
  measure: string;
  sentences: string[];
  chart: string | null;
  statistics: { heading: string; rows: { name: string; value: string }[] }[];
  flags: string[];
}

/** One group of a report: all there is to say of it. */
export function groupPage(at: AtReport, report: ReportIndex, node: ReleasedNode): GroupPage {
  const { survey } = report.document;
  return {
    title: groupName(report.document, node.key),
    section: survey.name,
    audience: 'staff',
    nav: reportNav(report.id, 'report', at),
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${report.id}`, text: survey.name }),
    sentences: [...groupSentences(node), ...mergedSentences(report, node)],
    simulated: survey.simulated,
    selfRated,
    domains: node.status === 'published' ? domainsOf(report, node) : [],
    ways: waysFrom(report, node),
  };
}

function groupSentences(node: ReleasedNode): string[] {
  if (node.status === 'suppressed') return [`${withheldSign}: ${withheldWords}.`];
  if (node.status === 'empty') return ['Nobody of this group answered.'];
  return [
    `About ${node.respondents} people answered.`,
    ...(node.carriedFrom === null
      ? []
      : [
          `These are the figures of report ${node.carriedFrom}: too few answers came or went since for new ones to be shown.`,
        ]),
  ];
}

/** What the categories of the group hold that were put together. */
function mergedSentences({ document }: ReportIndex, { key }: ReleasedNode): string[] {
  return document.dimensions.flatMap((dimension) =>
    mergedInWords(dimension.categories.filter(({ code }) => code === key[dimension.key])),
  );
}

function domainsOf(report: ReportIndex, node: ReleasedNode): GroupPage['domains'] {
  const domains: GroupPage['domains'] = [];
  report.document.items.forEach((item, place) => {
    const part = itemPart(report, node, item, place);
    const domain = domains.find(({ heading }) => heading === item.domainTitle);
    if (domain) domain.items.push(part);
    else domains.push({ heading: item.domainTitle, items: [part] });
  });
  return domains;
}

function itemPart(report: ReportIndex, node: ReleasedNode, item: ReleasedItem, place: number): ItemPart {
  const { status, figures } = report.figureAt(node, place);
  const part = { id: `item-${place + 1}`, heading: itemName(item), measure: measureName(item.measure) };
  if (!figures) {
    return { ...part, sentences: [missingInWords(status)], chart: null, statistics: [], flags: [] };
  }
  return {
    ...part,
    sentences: figuresInWords(figures, item),
    chart: figures.distribution ? distributionOf(figures.distribution, figures, item, place) : null,
    statistics: statisticsOf(figures, item),
    flags: figures.flags.map(flagInWords),
  };
}

function missingInWords(status: string): string {
  if (status === 'no-requirement') return 'No level is required of this group.';
  if (status === 'no-answers') return 'Nobody gave an answer that counts.';
  return `${withheldSign}: ${withheldWords}.`;
}

function figuresInWords(figures: Figures, item: ReleasedItem): string[] {
  const { n, required, rank, unweighted } = figures;
  const sentences = [`About ${n} answers count.`];
  const meeting = meetingInWords(figures, item);
  if (meeting) sentences.push(meeting);
  if (figures.meanShortfall !== null) {
    sentences.push(
      `On average they are ${levels(figures.meanShortfall)}${intervalInWords(figures.meanShortfallInterval, oneDecimal)} short of it${rank === null ? '' : `: place ${rank} among the gaps of this group that are shown`}.`,
    );
  }
  if (figures.meanLevel !== null) {
    const what = item.measure === 'level' ? 'Mean level' : 'Mean rating';
    const beside = required === null ? '' : `; required: ${required}`;
    sentences.push(
      `${what}: ${oneDecimal(figures.meanLevel)}${intervalInWords(figures.meanLevelInterval, oneDecimal)}${beside}.`,
    );
  }
  const without = unweightedInWords(unweighted);
  if (without) sentences.push(without);
  const excluded = excludedInWords(figures.excluded);
  if (excluded) sentences.push(excluded);
  return sentences;
}

function meetingInWords(figures: Figures, item: ReleasedItem): string | null {
  const { percentMeeting, percentMeetingInterval, percentMeetingBound, required } = figures;
  const label = item.values.find(({ value }) => value === required)?.label;
  const level =
    required === null
      ? 'the level required of them'
      : `level ${required}${label && label !== String(required) ? ` (${label})` : ''}, which is required,`;
  if (percentMeetingBound) {
    const who = meetingBoundInWords(percentMeetingBound);
    return `${who.charAt(0).toUpperCase()}${who.slice(1)} are at ${level} or above.`;
  }
  if (percentMeeting === null) return null;
  return `${percent(percentMeeting)}${intervalInWords(percentMeetingInterval, percent)} are at ${level} or above.`;
}

function intervalInWords(
  interval: readonly [number, number] | null,
  inWords: (value: number) => string,
): string {
  return interval ? ` (95% interval ${fromTo(interval, inWords)})` : '';
}

function unweightedInWords(unweighted: Figures['unweighted']): string | null {
  if (!unweighted) return null;
  const { percentMeeting, meanShortfall, meanLevel } = unweighted;
  const parts = [
    ...(percentMeeting === null ? [] : [`${percent(percentMeeting)} at the level or above`]),
    ...(meanShortfall === null ? [] : [`${levels(meanShortfall)} short`]),
    ...(meanLevel === null ? [] : [`mean ${oneDecimal(meanLevel)}`]),
  ];
  return parts.length === 0 ? null : `Without weights: ${parts.join(', ')}.`;
}

const excludedWords: [keyof NonNullable<Figures['excluded']>, string][] = [
  ['notMyRole', 'said it is no part of their role'],
  ['dontKnow', 'did not know'],
  ['skipped', 'skipped it'],
  ['notShown', 'were not asked'],
  ['noRequirement', 'have no level required of them'],
];

function excludedInWords(excluded: Figures['excluded']): string | null {
  if (!excluded) return null;
  const parts = excludedWords.flatMap(([why, words]) =>
    excluded[why] > 0 ? [`about ${excluded[why]} ${words}`] : [],
  );
  return parts.length === 0 ? null : `Who does not count: ${parts.join(', ')}.`;
}

function distributionOf(
  shares: readonly number[],
  { required }: Figures,
  item: ReleasedItem,
  place: number,
): string {
  const bars = item.values.map(({ value, label }, at) => ({
    label: label === String(value) || label.startsWith(`${value}:`) ? label : `${value} ${label}`,
    percent: shares[at] ?? 0,
    isMarked: item.measure === 'level' && value === required,
  }));
  const words = bars.map(({ label, percent: share }) => `${label}: ${percent(share)}`).join('. ');
  return shareBars({
    idPrefix: `item-${place + 1}-shares`,
    title: `How many chose each answer: ${itemName(item)}`,
    description: `${words}.${required === null ? '' : ` Required: ${required}.`}`,
    bars,
    markWords: 'required',
  });
}

function statisticsOf({ statistics }: Figures, { values }: ReleasedItem): ItemPart['statistics'] {
  const partNames = values.map(({ label }) => label);
  return Object.keys(statistics)
    .sort()
    .map((name) => ({ heading: statisticName(name), rows: statisticRows(statistics[name], partNames) }))
    .filter(({ rows }) => rows.length > 0);
}

/** The ways on from a group: to the groups within it, and out to the larger ones. */
function waysFrom(report: ReportIndex, node: ReleasedNode): GroupPage['ways'] {
  const { dimensions } = report.document;
  const linkTo = (other: ReleasedNode) => ({
    href: groupAddress(report, other.key),
    text: groupName(report.document, other.key),
    note: respondentsInWords(other),
  });
  const without = dimensions.flatMap(({ key }) =>
    (node.key[key] ?? null) === null ? [] : [report.nodeAt({ ...node.key, [key]: null })!],
  );
  const larger = [...new Set([...without, ...(without.length > 0 ? [everybodyIn(report)] : [])])];
  const within = dimensions.flatMap(({ key, label, categories }) =>
    (node.key[key] ?? null) !== null
      ? []
      : [
          {
            heading: `Within this group, by ${label.toLowerCase()}`,
            links: categories.map(({ code }) => linkTo(report.nodeAt({ ...node.key, [key]: code })!)),
          },
        ],
  );
  return [
    ...(larger.length > 0 ? [{ heading: 'Larger groups', links: larger.map(linkTo) }] : []),
    ...(node.status === 'empty' ? [] : within),
  ];
}
