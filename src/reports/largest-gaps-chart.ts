import { type GapPlot, type GapPlotRow, gapPlot } from '../web/gap-plot';
import type { LargestGaps, ShownGap } from './largest-gaps';
import { itemAddress } from './report-addresses';
import type { ReportChart } from './report-chart';
import type { ReportIndex } from './report-index';
import {
  fromTo,
  groupName,
  itemName,
  levels,
  meetingInCell,
  oneDecimal,
  percent,
  shortfall,
} from './report-words';

const numbers = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "The ten largest gaps", "The largest gap". */
export function largestGapsTitle({ gaps }: Pick<LargestGaps, 'gaps'>): string {
  if (gaps.length === 0) return 'Largest gaps';
  return gaps.length === 1 ? 'The largest gap' : `The ${numbers[gaps.length]} largest gaps`;
}

/**
 * The largest gaps as a picture: reported and required level as two dots where most of the rows may tell both, how many levels people are
 * short where most may not. One kind for all rows; a row that has no levels of its own has its figure only, for levels are never made up.
 */
export function largestGapsChart(report: ReportIndex, largest: LargestGaps): ReportChart | null {
  const { gaps } = largest;
  if (gaps.length === 0) return null;
  const withLevels = gaps.filter(hasLevels).length;
  const isOfLevels = withLevels * 2 > gaps.length;
  const title = largestGapsTitle(largest);
  return {
    name: 'largest-gaps',
    title,
    notes: isOfLevels ? levelNotes(gaps.length - withLevels) : shortfallNotes(withLevels),
    svg: ({ narrow = false, linked = false } = {}) =>
      gapPlot({
        idPrefix: narrow ? 'largest-gaps-narrow' : 'largest-gaps',
        title,
        description: `${isOfLevels ? levelsDescription : shortfallDescription} The table holds the same figures.`,
        ...(isOfLevels ? levelsFrame(report, gaps) : shortfallFrame(gaps)),
        layout: narrow ? 'above' : 'beside',
        rows: gaps.map((gap) => rowOf(report, gap, { isOfLevels, linked })),
      }),
    table: tableOf(report, gaps, title),
  };
}

const levelsDescription =
  'For each competency and group: the mean level people report with its 95% interval, and the level required.';
const shortfallDescription =
  'For each competency and group: how many levels short of the level required people are on average, with the 95% interval.';

function hasLevels({ figures }: ShownGap): boolean {
  return figures.required !== null && figures.meanLevel !== null;
}

function levelNotes(without: number): string[] {
  return [
    'Ordered by how far people are short on average. Those above the level required do not make up for those below it, so this can be more than the way between the dots.',
    ...(without === 0
      ? []
      : [
          `${without === 1 ? 'A row' : 'Rows'} without dots: people there need different levels, so there is no one level to draw.`,
        ]),
  ];
}

function shortfallNotes(withLevels: number): string[] {
  return [
    `Ordered by how far people are short on average. ${withLevels === 0 ? 'Reported and required levels are not drawn: in these groups people need different levels, or no more may be told.' : 'Reported and required levels are not drawn: in most of these groups people need different levels, or no more may be told. The table has them where they are.'}`,
  ];
}

function levelsFrame({ document }: ReportIndex, gaps: readonly ShownGap[]): Pick<GapPlot, 'scale' | 'words'> {
  const values = gaps.flatMap(({ item }) => document.items[item]!.values.map(({ value }) => value));
  return {
    scale: { min: Math.min(...values), max: Math.max(...values) },
    words: { required: 'Level required', value: 'Mean level reported', interval: '95% interval' },
  };
}

function shortfallFrame(gaps: readonly ShownGap[]): Pick<GapPlot, 'scale' | 'words'> {
  const ends = gaps.map(({ figures }) => figures.meanShortfallInterval?.[1] ?? figures.meanShortfall!);
  return {
    scale: { min: 0, max: Math.max(1, ...ends.map(Math.ceil)) },
    words: { value: 'Mean shortfall, in levels', interval: '95% interval' },
  };
}

function rowOf(
  report: ReportIndex,
  gap: ShownGap,
  { isOfLevels, linked }: { isOfLevels: boolean; linked: boolean },
): GapPlotRow {
  const { node, item, figures } = gap;
  const label = nameOf(report, item);
  const group = groupName(report.document, node.key);
  const drawsLevels = isOfLevels && hasLevels(gap);
  const short = `${levels(figures.meanShortfall!)} short`;
  const marks = isOfLevels
    ? {
        value: drawsLevels ? figures.meanLevel : null,
        interval: drawsLevels ? figures.meanLevelInterval : null,
        required: drawsLevels ? figures.required : null,
      }
    : { value: figures.meanShortfall, interval: figures.meanShortfallInterval, required: null };
  const dots = drawsLevels
    ? ` Mean level ${oneDecimal(figures.meanLevel!)}, required ${figures.required}.`
    : '';
  return {
    ...{ label, group, ...marks, figure: short, words: `${label}. ${group}. ${short}.${dots}` },
    ...(linked ? { href: itemAddress(report, item, node.key) } : {}),
  };
}

function nameOf({ document }: ReportIndex, item: number): string {
  return itemName(document.items[item]!);
}

function tableOf(report: ReportIndex, gaps: readonly ShownGap[], title: string): ReportChart['table'] {
  return {
    caption: `${title}, with their 95% intervals`,
    headings: [
      ...[
        'Competency',
        'Group',
        'Mean shortfall in levels',
        '95% interval',
        'Meet the level',
        '95% interval',
      ],
      ...['Mean level', '95% interval', 'Required', 'Answers'],
    ],
    rows: gaps.map(({ node, item, figures }) => [
      nameOf(report, item),
      groupName(report.document, node.key),
      shortfall(figures.meanShortfall!),
      figures.meanShortfallInterval ? fromTo(figures.meanShortfallInterval, oneDecimal) : '',
      meetingInCell(figures),
      figures.percentMeetingInterval ? fromTo(figures.percentMeetingInterval, percent) : '',
      figures.meanLevel === null ? '' : oneDecimal(figures.meanLevel),
      figures.meanLevelInterval ? fromTo(figures.meanLevelInterval, oneDecimal) : '',
      figures.required === null ? 'differs' : String(figures.required),
      `about ${figures.n}`,
    ]),
    links: gaps.map(({ node, item }) => itemAddress(report, item, node.key)),
  };
}
