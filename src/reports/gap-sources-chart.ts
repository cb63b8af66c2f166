import type { ReleasedNode } from '../releases/release';
import { stackedBars } from '../web/stacked-bars';
import { itemAddress } from './report-addresses';
import type { ReportChart } from './report-chart';
import { everybodyIn, marginAt, type ReportIndex } from './report-index';
import { groupName, meetingBoundInWords, withheldSign } from './report-words';

// Where gaps lie, as the release has it (METHODS.md 1(g)).

/** A share as it is shown: a number, words in its place, or nothing. */
type Share = number | '>=95' | '<=5' | null;

export interface GapSources {
  withGap: number;
  gap: Share;
  sources: { code: string; any: Share; main: Share; fractional: Share }[];
  notSure: Share;
}

/** What a node tells of one question for where gaps lie; null where it tells nothing. */
export function sourcesAt(report: ReportIndex, node: ReleasedNode, item: number): GapSources | null {
  const found = report.figureAt(node, item).figures?.statistics.whereTheGapLies;
  return (found as GapSources | undefined) ?? null;
}

/** The questions for where gaps lie, by their places. */
export function sourceItems({ document }: ReportIndex): number[] {
  return document.items.flatMap(({ measure }, item) => (measure === 'where' ? [item] : []));
}

/** One row of the picture: a group, or a domain. */
interface Row {
  name: string;
  node: ReleasedNode;
  item: number;
}

/** Everybody's gaps by what was asked; null where the report asks for one thing only, or tells nothing. */
export function sourcesOverall(report: ReportIndex): ReportChart | null {
  const everybody = everybodyIn(report);
  const items = sourceItems(report);
  if (items.length < 2) return null;
  const rows = items.map((item) => ({ name: titleOf(report, item), node: everybody, item }));
  return chartOf(report, rows, {
    name: 'where-the-gap-lies',
    title: 'Where the gap lies, everybody',
    first: 'Domain',
  });
}

/** The gaps of one thing asked, of everybody and of each group of the first dimension. */
export function sourcesByGroup(report: ReportIndex, item: number): ReportChart | null {
  const [dimension] = report.document.dimensions;
  const nodes = [
    everybodyIn(report),
    ...(dimension?.categories.map(({ code }) => marginAt(report, dimension.key, code)) ?? []),
  ].filter(({ status }) => status !== 'empty');
  const rows = nodes.map((node) => ({ name: groupName(report.document, node.key), node, item }));
  return chartOf(report, rows, {
    name: `where-the-gap-lies-${item + 1}`,
    title: `Where the gap lies: ${titleOf(report, item)}`,
    first: dimension?.label ?? 'Group',
  });
}

function titleOf({ document }: ReportIndex, item: number): string {
  const { title, domainTitle } = document.items[item]!;
  return title || domainTitle;
}

function chartOf(
  report: ReportIndex,
  rows: readonly Row[],
  { name, title, first }: { name: string; title: string; first: string },
): ReportChart | null {
  const told = rows.map((row) => ({ ...row, sources: sourcesAt(report, row.node, row.item) }));
  if (told.every(({ sources }) => sources === null)) return null;
  const labels = labelsOf(report, rows[0]!.item);
  // Main sources add up, where they were asked; else each person's gap is shared out among all they named.
  const isMain = told.every(
    ({ sources }) => sources === null || sources.sources.every(({ main }) => main !== null),
  );
  const sharesOf = ({ sources, notSure }: GapSources): Share[] =>
    isMain ? [...sources.map(({ main }) => main), notSure] : sources.map(({ fractional }) => fractional);
  const parts = isMain ? [...labels, 'Not sure'] : labels;
  return {
    name,
    title,
    notes: [
      `Of people who say they have a gap${isMain ? ': the source each named as the main one' : '; a person who named several sources counts in equal parts for each'}. Rounded shares need not add up to 100.`,
    ],
    svg: ({ narrow = false } = {}) =>
      stackedBars({
        idPrefix: narrow ? `${name}-narrow` : name,
        title,
        description: told
          .map((row) => `${row.name}: ${row.sources ? inWords(parts, sharesOf(row.sources)) : 'not told'}.`)
          .join(' '),
        parts,
        shares: true,
        rows: told.flatMap((row) => {
          if (!row.sources) return [];
          const shares = sharesOf(row.sources);
          const counts = shares.map((share) => (typeof share === 'number' ? share : 0));
          // Words in place of a number cannot be drawn: they stand beside the name.
          const isDrawn = shares.every((share) => typeof share === 'number');
          return isDrawn
            ? [{ label: row.name, counts }]
            : [{ label: `${row.name} – ${inWords(parts, shares)}`, counts: counts.map(() => 0) }];
        }),
      }),
    table: {
      caption: title,
      headings: [
        first,
        'Say they have a gap',
        ...labels.map((label) => `${label}: named`),
        ...(isMain ? labels.map((label) => `${label}: main source`) : []),
        ...(isMain ? ['Not sure of the main source'] : []),
        ...labels.map((label) => `${label}: share of gaps`),
        'People with a gap',
      ],
      rows: told.map(({ name: rowName, sources }) => [
        rowName,
        ...(sources
          ? [
              cellOf(sources.gap),
              ...sources.sources.map(({ any }) => cellOf(any)),
              ...(isMain
                ? [...sources.sources.map(({ main }) => cellOf(main)), cellOf(sources.notSure)]
                : []),
              ...sources.sources.map(({ fractional }) => cellOf(fractional)),
              `about ${sources.withGap}`,
            ]
          : [
              withheldSign,
              ...new Array<string>(labels.length * (isMain ? 3 : 2) + (isMain ? 2 : 1)).fill(''),
            ]),
      ]),
      links: rows.map(({ item, node }) => itemAddress(report, item, node.key)),
    },
  };
}

/** The sources in words, in the order in which the release has them. */
function labelsOf({ document }: ReportIndex, item: number): string[] {
  return document.items[item]!.values.map(({ label }) => label);
}

function inWords(parts: readonly string[], shares: readonly Share[]): string {
  return shares
    .flatMap((share, part) => (share === null ? [] : [`${parts[part]} ${cellOf(share)}`]))
    .join(', ');
}

function cellOf(share: Share): string {
  if (share === null) return '';
  return typeof share === 'number' ? `${share}%` : meetingBoundInWords(share);
}
