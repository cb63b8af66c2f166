import type { NodeKey, ReleasedItem, ReleasedNode } from '../releases/release';
import type { ReportIndex } from '../reports/report-index';
import { groupName, itemName } from '../reports/report-words';
import type { ItemPair } from './compared-items';
import type { Metric } from './metric';

/** A report of one wave, with what its framework calls the same from version to version. */
export interface WaveReport {
  report: ReportIndex;
  /** What people call it: "Autumn survey, wave 2 (report 1)". */
  name: string;
  /** The lineage of a competency, or of a domain, by its code. Undefined where the framework has no such code. */
  lineageOf(kind: 'competency' | 'domain', code: string): string | undefined;
}

/**
 * The same group in another wave's report; or why there is none: dimensions or categories that are not the same people are not
 * compared, whatever they are called.
 */
export function sameGroupIn(
  { report }: Pick<WaveReport, 'report'>,
  other: Pick<WaveReport, 'report' | 'name'>,
  key: Readonly<NodeKey>,
): { node: ReleasedNode; why?: undefined } | { node: null; why: string } {
  const name = groupName(report.document, key);
  for (const { key: dimension, label, categories } of report.document.dimensions) {
    const code = key[dimension] ?? null;
    if (code === null) continue;
    const theirs = other.report.document.dimensions.find((one) => one.key === dimension);
    if (!theirs) {
      return { node: null, why: `${other.name} is not broken down by ${label.toLowerCase()}` };
    }
    const [mine, same] = [categories, theirs.categories].map((list) => list.find((one) => one.code === code));
    if (!same) return { node: null, why: `${other.name} has no group “${name}”` };
    if (!isSameSet(mine!.codes, same.codes)) {
      return { node: null, why: `“${mine!.label}” does not hold the same groups in ${other.name}` };
    }
  }
  const node = other.report.nodeAt(key);
  return node ? { node } : { node: null, why: `${other.name} has no group “${name}”` };
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

/**
 * The items of two waves, each with its counterpart: the same competency by its lineage, in the same measure, on the same values, with the
 * same level required (METHODS.md 2.8). What is not the same is refused with its reason.
 */
export function pairsOfWaves(
  one: WaveReport,
  other: WaveReport,
  nodes: readonly [ReleasedNode, ReleasedNode],
  metric: Metric,
): ItemPair[] {
  const [mine, theirs] = [one, other].map((wave) =>
    wave.report.document.items.flatMap((item, place) =>
      item.measure === metric.measure ? [{ item, place, name: lineageIn(wave, item) }] : [],
    ),
  ) as [Named[], Named[]];
  const nothing = { status: 'no-answers', figures: null } as const;
  const own = mine.map(({ item, place, name }): ItemPair => {
    const first = one.report.figureAt(nodes[0], place);
    const same = theirs.find((candidate) => candidate.name === name);
    if (!same) {
      return { item, first, second: nothing, refusal: `${other.name} did not ask for it` };
    }
    const second = other.report.figureAt(nodes[1], same.place);
    return { item, first, second, refusal: refusalOf([one, other], [item, same.item], [first, second]) };
  });
  const added = theirs
    .filter(({ name }) => !mine.some((candidate) => candidate.name === name))
    .map(({ item, place }) => ({
      ...{ item, first: nothing, second: other.report.figureAt(nodes[1], place) },
      refusal: `${one.name} did not ask for it`,
    }));
  return [...own, ...added];
}

interface Named {
  item: ReleasedItem;
  place: number;
  name: string;
}

/** What stays the same of an item from version to version of its framework. */
function lineageIn({ lineageOf }: WaveReport, item: ReleasedItem): string {
  const { competency, domain } = item;
  if (competency !== null) return `competency ${lineageOf('competency', competency) ?? competency}`;
  if (domain !== null) return `domain ${lineageOf('domain', domain) ?? domain}`;
  return `question ${itemName(item)}`;
}

function refusalOf(
  waves: readonly [WaveReport, WaveReport],
  items: readonly [ReleasedItem, ReleasedItem],
  shown: readonly [ItemPair['first'], ItemPair['second']],
): string | null {
  const [one, other] = waves.map(({ report }) => report.document) as [
    ReportIndex['document'],
    ReportIndex['document'],
  ];
  const scaleOf = ({ values }: ReleasedItem) =>
    JSON.stringify(values.map(({ value, label }) => [value, label]));
  if (scaleOf(items[0]) !== scaleOf(items[1])) return 'It was rated on another scale';
  if (items[0].measure !== 'level') return null;
  const [before, after] = shown.map(({ figures }) => figures?.required ?? null);
  if (before !== null && after !== null && before !== after) {
    return `Another level was required: ${before} in ${waves[0].name}, ${after} in ${waves[1].name}`;
  }
  const framework = one.sources.framework?.id;
  const isSameMatrix = framework !== undefined && framework === other.sources.framework?.id;
  const isShown = shown.every(({ figures }) => figures !== null);
  if (isShown && !isSameMatrix && (before === null || after === null)) {
    return 'People of the group need different levels, and the two surveys rest on different versions of the skills matrix';
  }
  return null;
}
