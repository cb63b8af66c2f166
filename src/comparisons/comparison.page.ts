import { formatDate } from '../platform/dates';
import type { ReleasedItem, ReleasedNode, WorkforceFigure } from '../releases/release';
import { selfRated } from '../reports/method-note';
import { groupAddress } from '../reports/report-addresses';
import type { ReportIndex } from '../reports/report-index';
import { type NavLink, reportNav } from '../reports/report-nav';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import {
  groupName,
  itemName,
  respondentsInWords,
  withheldSign,
  withheldWords,
} from '../reports/report-words';
import { intervalPlot } from '../web/interval-plot';
import type { Page } from '../web/layout';
import { bySize, type Compared, type ComparedItem, compareItems, type ItemPair } from './compared-items';
import { type Choice, comparisonAddress, fieldOf, type Kind, orders, roleDimension } from './comparison.form';
import type { WaveReportRow } from './comparisons.queries';
import {
  comparisonInWords,
  differenceInWords,
  markInWords,
  shownInWords,
  signed,
  unitOf,
} from './difference-words';
import { disjointPairs, relationOf } from './group-pair';
import { type Metric, metricInWords, metricsOf } from './metric';
import { pairsOfWaves, sameGroupIn, type WaveReport } from './waves';
import { type WeightedItem, weightedItems } from './weighted-items';

export interface ComparisonPage extends Page {
  nav: NavLink[];
  simulated: boolean;
  selfRated: string;
  kinds: { href: string; text: string; current: boolean }[];
  form: {
    action: string;
    kind: Kind;
    fieldsets: { legend: string; selects: Select[] }[];
    selects: Select[];
  };
  refusal: { text: string; offers: { heading: string; links: Link[] } | null } | null;
  result: Result | null;
}

interface Link {
  href: string;
  text: string;
}

interface Select {
  id: string;
  name: string;
  label: string;
  items: { value: string; text: string; selected: boolean }[];
}

interface Result {
  heading: string;
  /** Who is compared, each with a link to all that is shown of them. */
  sides: { href: string; text: string; note: string }[];
  sentences: string[];
  chart: string | null;
  table: { caption: string; headings: string[]; rows: ResultRow[] } | null;
  refused: { heading: string; rows: { heading: string; reason: string }[] } | null;
  how: string[];
}

interface ResultRow {
  href: string;
  heading: string;
  cells: string[];
  /** What is made of the difference; null where nothing can be. */
  mark: { text: string; isClear: boolean } | null;
}

/** The other wave: what can be chosen, and the report that is. */
export interface Waves {
  own: WaveReport;
  offered: readonly WaveReportRow[];
  other: WaveReport | null;
  /** Why there is no comparison with the one that was asked for. */
  refusal: string | null;
}

/** Two groups, roles or waves of a report side by side, or figures with and without weights. */
export function comparisonPage(
  at: AtReport,
  report: ReportIndex,
  choice: Choice,
  waves: Waves | null,
): ComparisonPage {
  const { survey } = report.document;
  const outcome = outcomeOf(report, choice, waves);
  return {
    title: 'Compare',
    section: survey.name,
    audience: 'staff',
    wide: true,
    nav: reportNav(report.id, 'comparison', at),
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${report.id}`, text: survey.name }),
    simulated: survey.simulated || (waves?.other?.report.document.survey.simulated ?? false),
    selfRated,
    kinds: kindsOf(report, choice),
    form: formOf(report, choice, waves),
    refusal: 'refusal' in outcome ? outcome.refusal : null,
    result: 'result' in outcome ? outcome.result : null,
  };
}

type Outcome = { refusal: NonNullable<ComparisonPage['refusal']> } | { result: Result };

function refused(text: string): Outcome {
  return { refusal: { text, offers: null } };
}

function outcomeOf(report: ReportIndex, choice: Choice, waves: Waves | null): Outcome {
  if (choice.kind === 'waves') return waves ? wavesOutcome(report, choice, waves) : refused(noWaves);
  if (choice.kind === 'weights') return weightsOutcome(report, choice);
  return groupsOutcome(report, choice);
}

const kindWords: Record<Kind, string> = {
  groups: 'Two groups',
  roles: 'Two roles',
  waves: 'Two waves',
  weights: 'With and without weights',
};

const noWaves =
  'Waves cannot be compared: this survey is of no series. A survey that repeats another is of its series, and their reports can be compared.';

function kindsOf({ id, document }: ReportIndex, choice: Choice): ComparisonPage['kinds'] {
  const offered: Kind[] = [
    'groups',
    ...(roleDimension(document.dimensions) ? (['roles'] as const) : []),
    'waves',
    'weights',
  ];
  return offered.map((kind) => ({
    href: `/reports/${id}/comparison?kind=${kind}&metric=${choice.metric.name}`,
    text: kindWords[kind],
    current: kind === choice.kind,
  }));
}

function formOf({ id, document }: ReportIndex, choice: Choice, waves: Waves | null): ComparisonPage['form'] {
  const { dimensions } = document;
  const role = roleDimension(dimensions)?.key;
  const choosing = choice.kind === 'roles' ? dimensions.filter(({ key }) => key === role) : dimensions;
  const selectsOf = (side: 'first' | 'second') =>
    choosing.map(({ key, label, categories }) =>
      selectOf(fieldOf(side, key), label, choice[side][key] ?? '', [
        ...(choice.kind === 'roles' ? [] : [{ value: '', text: 'All' }]),
        ...categories.map(({ code, label }) => ({ value: code, text: label })),
      ]),
    );
  const isPair = choice.kind === 'groups' || choice.kind === 'roles';
  const one = choice.kind === 'roles' ? 'role' : 'group';
  return {
    action: `/reports/${id}/comparison`,
    kind: choice.kind,
    fieldsets: isPair
      ? [
          { legend: `First ${one}`, selects: selectsOf('first') },
          { legend: `Second ${one}`, selects: selectsOf('second') },
        ]
      : [{ legend: 'Group', selects: selectsOf('first') }],
    selects: [
      ...(choice.kind === 'waves' && waves && waves.offered.length > 0
        ? [selectOf('with', 'Compare with', choice.wave ?? '', waves.offered.map(waveOption))]
        : []),
      selectOf(
        'metric',
        'What is compared',
        choice.metric.name,
        metricsOf(document.items).map((metric) => ({ value: metric.name, text: metricInWords(metric) })),
      ),
      selectOf(
        'sort',
        'Order',
        choice.order,
        orders.map((order) => ({
          value: order,
          text: order === 'size' ? 'Largest difference first' : 'As in the framework',
        })),
      ),
    ],
  };
}

function waveOption({ id, wave, survey, number, publishedAt }: WaveReportRow) {
  return {
    value: id,
    text: `Wave ${wave}: ${survey}, report ${number}, published on ${formatDate(publishedAt)}`,
  };
}

function selectOf(
  name: string,
  label: string,
  chosen: string,
  options: readonly { value: string; text: string }[],
): Select {
  return {
    id: name.replace('.', '-'),
    name,
    label,
    items: options.map((option) => ({ ...option, selected: option.value === chosen })),
  };
}

function groupsOutcome(report: ReportIndex, choice: Choice): Outcome {
  const { document } = report;
  const keys = [choice.first, choice.second] as const;
  const names = keys.map((key) => groupName(document, key)) as [string, string];
  const dimensions = document.dimensions.map(({ key }) => key);
  const relation = relationOf(dimensions, ...keys);
  if (relation === 'the same') return refused('Choose two different groups.');
  if (relation !== 'disjoint') return overlapping(report, choice, names, relation);
  const nodes = keys.map((key) => report.nodeAt(key)!) as [ReleasedNode, ReleasedNode];
  const missing = notShown(nodes, names);
  if (missing) return refused(missing);
  const pairs = document.items.flatMap((item, place): ItemPair[] =>
    item.measure === choice.metric.measure
      ? [
          {
            ...{ item, refusal: null },
            first: report.figureAt(nodes[0], place),
            second: report.figureAt(nodes[1], place),
          },
        ]
      : [],
  );
  const compared = compareItems(pairs, choice.metric, names);
  const asks = choice.kind === 'roles' ? requirementsInWords(pairs, names) : [];
  return {
    result: resultOf(report, choice, compared, names, {
      sides: nodes.map((node, place) => sideOf(report, node, names[place]!)),
      before: asks,
      how: ['Nobody is in both groups.'],
    }),
  };
}

function overlapping(
  report: ReportIndex,
  choice: Choice,
  names: readonly [string, string],
  relation: 'within' | 'crossing',
): Outcome {
  const { dimensions } = report.document;
  const why =
    relation === 'within'
      ? `${names[0]} and ${names[1]} cannot be compared: one group is part of the other, so the same people would stand on both sides and the interval of a difference would be wrong.`
      : `${names[0]} and ${names[1]} cannot be compared: some people are in both groups, so they would stand on both sides and the interval of a difference would be wrong.`;
  const links = disjointPairs(dimensions, choice.first, choice.second).filter((pair) =>
    [pair.first, pair.second].every((key) => report.nodeAt(key)?.status === 'published'),
  );
  return {
    refusal: {
      text: why,
      offers:
        links.length === 0
          ? null
          : {
              heading: 'Groups that share nobody',
              links: links.slice(0, mostOffers).map((pair) => ({
                href: comparisonAddress(report.id, { ...choice, kind: 'groups', ...pair }),
                text: `${groupName(report.document, pair.first)} and ${groupName(report.document, pair.second)}`,
              })),
            },
    },
  };
}

const mostOffers = 20;
const mostSentences = 3;

/** Why there is nothing of one of two groups; null where both are shown. */
function notShown(nodes: readonly ReleasedNode[], names: readonly string[]): string | null {
  const place = nodes.findIndex(({ status }) => status !== 'published');
  if (place < 0) return null;
  return nodes[place]!.status === 'suppressed'
    ? `${names[place]} cannot be compared. ${withheldSign}: ${withheldWords}.`
    : `${names[place]} cannot be compared: nobody of this group answered.`;
}

function sideOf(report: ReportIndex, node: ReleasedNode, text: string): Result['sides'][number] {
  return { href: groupAddress(report, node.key), text, note: `${respondentsInWords(node)} answered` };
}

/** Where the work requires the same of two roles, and where it does not. */
function requirementsInWords(pairs: readonly ItemPair[], names: readonly [string, string]): string[] {
  const known = pairs.flatMap(({ item, first, second }) => {
    const levels = [levelsRequired(first), levelsRequired(second)] as const;
    return levels[0] && levels[1] ? [{ item, levels }] : [];
  });
  if (known.length === 0) return [];
  const other = known.filter(({ levels }) => levels[0] !== levels[1]);
  const list = other
    .slice(0, mostSentences)
    .map(({ item, levels }) => `${itemName(item)} (${names[0]} ${levels[0]}, ${names[1]} ${levels[1]})`);
  const more = other.length - list.length;
  return [
    `Both roles need the same level in ${known.length - other.length} of the ${known.length} competencies that are shown of both and required of both.${
      other.length === 0
        ? ''
        : ` Other levels are required in ${list.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
    } Each role is compared with what is required of it.`,
  ];
}

/** "3", or "2 to 3" where it depends on more than the role; null where it is not known. */
function levelsRequired({ figures }: ItemPair['first']): string | null {
  if (!figures) return null;
  if (figures.required !== null) return String(figures.required);
  const workforce = figures.statistics.workforce as WorkforceFigure | undefined;
  if (!workforce) return null;
  const { lowest, highest } = workforce;
  return lowest === highest ? String(lowest) : `${lowest} to ${highest}`;
}

function wavesOutcome(report: ReportIndex, choice: Choice, waves: Waves): Outcome {
  const { own, other, offered, refusal } = waves;
  if (refusal) return refused(refusal);
  if (!other) {
    return refused(
      offered.length === 0
        ? 'Waves cannot be compared yet: no other survey of this series has a report that you may read.'
        : 'Choose the report of another wave.',
    );
  }
  if (own.report.document.method.gap !== other.report.document.method.gap && choice.metric.of !== 'mean') {
    return refused(
      `The two waves cannot be compared: their gaps were worked out by different methods, ${own.report.document.method.gap} and ${other.report.document.method.gap}.`,
    );
  }
  const node = report.nodeAt(choice.first)!;
  const same = sameGroupIn(own, other, choice.first);
  if (!same.node) return refused(`This group cannot be compared: ${same.why}.`);
  const names = [own.name, other.name] as [string, string];
  const group = groupName(report.document, choice.first);
  const missing = notShown(
    [node, same.node],
    names.map((name) => `${group} in ${name}`),
  );
  if (missing) return refused(missing);
  const compared = compareItems(
    pairsOfWaves(own, other, [node, same.node], choice.metric),
    choice.metric,
    names,
  );
  return {
    result: resultOf(report, choice, compared, names, {
      heading: group,
      sides: [sideOf(report, node, names[0]), sideOf(other.report, same.node, names[1])],
      before: weightingsInWords(own, other),
      how: [
        'The two surveys are not linked: people who answered both count as if they were others. Where many answered both, the interval is wider than it need be.',
        'Only the same competency in the same measure, on the same scale and with the same level required is compared.',
      ],
    }),
  };
}

function weightingsInWords(own: WaveReport, other: WaveReport): string[] {
  const schemes = [own, other].map(({ report }) => report.document.method.weighting);
  if (schemes[0] === schemes[1]) return [];
  const words = schemes.map((scheme) => (scheme === 'none' ? 'without weights' : `with weights (${scheme})`));
  return [
    `${own.name} counts answers ${words[0]}, ${other.name} ${words[1]}: some of the difference may come of that.`,
  ];
}

function resultOf(
  report: ReportIndex,
  { metric, order }: Choice,
  compared: Compared,
  names: [string, string],
  words: { heading?: string; sides: Result['sides']; before: string[]; how: string[] },
): Result {
  const rows = order === 'size' ? bySize(compared.rows) : compared.rows;
  return {
    heading: words.heading ? `${words.heading}: ${names[0]} and ${names[1]}` : `${names[0]} and ${names[1]}`,
    sides: words.sides,
    sentences: [...words.before, ...summaryOf(compared, metric, names)],
    chart: rows.length > 0 ? chartOf(rows, metric, names) : null,
    table: rows.length > 0 ? tableOf(report, rows, metric, names) : null,
    refused: refusedOf(compared),
    how: [...howOf(metric), ...words.how],
  };
}

function summaryOf({ rows }: Compared, metric: Metric, names: [string, string]): string[] {
  if (rows.length === 0) return ['Nothing that is shown of both can be compared.'];
  const clear = bySize(rows).filter(({ difference }) => difference.isClear);
  const compared = `${rows.length} ${rows.length === 1 ? 'competency was' : 'competencies were'} compared`;
  if (clear.length === 0) {
    return [
      `${compared}. No difference is clear: each may be chance. That is not to say that there is none.`,
    ];
  }
  return [
    `${compared}; ${clear.length} ${clear.length === 1 ? 'shows' : 'show'} a clear difference.`,
    ...clear
      .slice(0, mostSentences)
      .map(({ item, figures, difference }) =>
        comparisonInWords(itemName(item), figures, difference, metric, names),
      ),
  ];
}

function tableOf(
  report: ReportIndex,
  rows: readonly ComparedItem[],
  metric: Metric,
  names: [string, string],
): Result['table'] {
  const isGap = metric.measure === 'level' && metric.of !== 'mean';
  const levelOf = (side: ItemPair['first']) => {
    const levels = isGap ? levelsRequired(side) : null;
    return levels ? `, level ${levels}` : '';
  };
  return {
    caption: `${metricInWords(metric)}: ${names[0]} less ${names[1]}`,
    headings: [names[0], names[1], `Difference in ${unitOf(metric)}`, 'What to make of it'],
    rows: rows.map(({ item, first, second, figures, difference }) => ({
      href: itemAddress(report, item),
      heading: itemName(item),
      cells: [
        shownInWords(figures[0], metric) + levelOf(first),
        shownInWords(figures[1], metric) + levelOf(second),
        differenceInWords(difference, metric),
      ],
      mark: { text: markInWords(difference), isClear: difference.isClear },
    })),
  };
}

/** Everybody's figures of an item; of one that only the other wave asked, the whole group. */
function itemAddress(report: ReportIndex, item: ReleasedItem): string {
  const place = report.document.items.indexOf(item);
  return `${groupAddress(report, {})}${place < 0 ? '' : `#item-${place + 1}`}`;
}

function refusedOf({ refused }: Compared): Result['refused'] {
  if (refused.length === 0) return null;
  return {
    heading: 'What cannot be compared, and why',
    rows: refused.map(({ item, reason }) => ({
      heading: itemName(item),
      reason: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
    })),
  };
}

function chartOf(rows: readonly ComparedItem[], metric: Metric, names: [string, string]): string {
  const reach = Math.max(...rows.flatMap(({ difference: { interval } }) => interval.map(Math.abs)));
  const step = metric.of === 'below' ? 10 : 0.5;
  const half = Math.max(1, Math.ceil(reach / (2 * step))) * step;
  const title = `${metricInWords(metric)}: ${names[0]} less ${names[1]}`;
  return intervalPlot({
    idPrefix: 'differences',
    title,
    description: `Differences in ${unitOf(metric)}. Right of the line at 0 the figure of ${names[0]} is higher, left of it that of ${names[1]}. The table below holds the same figures.`,
    scale: { min: -2 * half, max: 2 * half, step: half, unit: '' },
    words: { dot: `Difference, in ${unitOf(metric)}`, interval: '95% interval' },
    rows: rows.map(({ item, difference }) => ({
      label: `${itemName(item)}${difference.isClear ? ' – clear difference' : ''}`,
      value: difference.difference,
      interval: difference.interval,
      words: `${differenceInWords(difference, metric)}. ${markInWords(difference)}.`,
    })),
  });
}

function howOf(metric: Metric): string[] {
  const interval =
    metric.of === 'below'
      ? 'The interval of a difference between two shares is Newcombe’s, from the intervals of both.'
      : 'The interval of a difference between two means comes from the standard errors that the intervals of both tell, with Student’s t.';
  return [
    'A difference is the first figure less the second. Both stand as the report shows them: differences are worked out from what is shown here and from nothing else.',
    `${interval} Because shown figures are rounded, each is taken to the outer edge of its rounding: the interval is a little wider, and a mark a little rarer, than the answers themselves would give.`,
    '“Clear difference” means that so large a difference would be rare if there were none, allowing for how many competencies are compared on this page (Benjamini and Hochberg, below 5%). “Not clear” does not mean that the two are the same.',
    'Figures that are withheld, or shown as “all or nearly all” or “none or nearly none”, enter no comparison.',
  ];
}

function weightsOutcome(report: ReportIndex, choice: Choice): Outcome {
  const { document } = report;
  if (!document.weights) {
    return refused('There is nothing to compare: this report counts every answer alike, without weights.');
  }
  const node = report.nodeAt(choice.first)!;
  const name = groupName(document, choice.first);
  const missing = notShown([node], [name]);
  if (missing) return refused(missing);
  const { rows, refused: without } = weightedItems(report, node, choice.metric);
  const ordered = choice.order === 'size' ? largestFirst(rows) : rows;
  return {
    result: {
      heading: `${name}: with and without weights`,
      sides: [sideOf(report, node, name)],
      sentences: [
        rows.length === 0
          ? 'Nothing of this group is shown both with and without weights.'
          : `${rows.length} ${rows.length === 1 ? 'competency is' : 'competencies are'} shown both with and without weights.`,
      ],
      chart: null,
      table:
        rows.length === 0
          ? null
          : {
              caption: `${metricInWords(choice.metric)}, with weights less without`,
              headings: ['With weights', 'Without weights', `Difference in ${unitOf(choice.metric)}`],
              rows: ordered.map((row) => weightedRow(report, row, choice.metric)),
            },
      refused: refusedOf({ rows: [], refused: without }),
      how: weightsHow(report),
    },
  };
}

function largestFirst(rows: readonly WeightedItem[]): WeightedItem[] {
  return [...rows].sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
}

function weightedRow(report: ReportIndex, row: WeightedItem, metric: Metric): ResultRow {
  const figure = (value: number) => (metric.of === 'below' ? `${value}%` : value.toFixed(1));
  return {
    href: itemAddress(report, row.item),
    heading: itemName(row.item),
    cells: [figure(row.weighted), figure(row.unweighted), signed(row.difference, metric)],
    mark: null,
  };
}

function weightsHow({ document }: ReportIndex): string[] {
  const effect = document.weights?.designEffect ?? null;
  return [
    'The same people stand on both sides, so the difference is no estimate of anything in the workforce: it has no interval and no mark. It says how much the figure moves when answers count as the workforce is made up.',
    'A large difference means that those who answered are made up differently from the workforce, and answered differently.',
    ...(effect === null
      ? []
      : [
          `Unequal weights cost certainty: the design effect over all answers is ${effect.toFixed(1)}, as if answers had been ${effect.toFixed(1)} times fewer and counted alike.`,
        ]),
  ];
}
