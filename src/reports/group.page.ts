import type { ReleasedItem, ReleasedNode } from '../releases/release';
import type { Page } from '../web/layout';
import {
  distributionOf,
  figuresInWords,
  missingInWords,
  type StatisticPart,
  statisticsOf,
} from './figure-words';
import { selfRated } from './method-note';
import { groupAddress, itemAddress } from './report-addresses';
import { everybodyIn, type ReportIndex } from './report-index';
import { type NavLink, reportNav } from './report-nav';
import { type AtReport, breadcrumbsFor } from './report-visit';
import {
  flagInWords,
  groupName,
  itemName,
  measureName,
  mergedInWords,
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
  statistics: StatisticPart[];
  /** The page that sets it beside other groups. */
  href: string;
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
  const part = {
    ...{ id: `item-${place + 1}`, heading: itemName(item), measure: measureName(item.measure) },
    href: itemAddress(report, place, node.key),
  };
  if (!figures) {
    return { ...part, sentences: [missingInWords(status)], chart: null, statistics: [], flags: [] };
  }
  return {
    ...part,
    sentences: figuresInWords(figures, item),
    chart: figures.distribution
      ? distributionOf(figures.distribution, figures, item, `item-${place + 1}-shares`)
      : null,
    statistics: statisticsOf(figures, item),
    flags: figures.flags.map(flagInWords),
  };
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
