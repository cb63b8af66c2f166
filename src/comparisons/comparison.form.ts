import type { NodeKey, ReleaseDocument } from '../releases/release';
import { isId } from '../web/params';
import { type Metric, metricsOf } from './metric';

/** What is compared with what. */
export const kinds = ['groups', 'roles', 'waves', 'weights'] as const;

export type Kind = (typeof kinds)[number];

export const orders = ['size', 'framework'] as const;

/** A comparison as an address asks for it. Everything in it is of the report's own: its groups, its measures. */
export interface Choice {
  kind: Kind;
  first: NodeKey;
  /** The other group; of waves and weights there is none. */
  second: NodeKey;
  /** The report of the other wave; null where none is named. */
  wave: string | null;
  metric: Metric;
  order: (typeof orders)[number];
}

const first = 'first.';
const second = 'second.';

/**
 * Reads an address. Undefined for whatever a report has no place for: there is no figure but of its groups (METHODS.md 3.3, threat 3). An empty
 * choice is "all", and nothing chosen at all is the first two groups of the first dimension.
 */
export function readComparison(
  { dimensions, items }: Pick<ReleaseDocument, 'dimensions' | 'items'>,
  query: Readonly<Record<string, unknown>>,
): Choice | undefined {
  const texts = Object.entries(query);
  if (!texts.every(([, value]) => typeof value === 'string')) return undefined;
  const of = (name: string) => (Object.hasOwn(query, name) ? String(query[name]) : '');
  const kind = kinds.find((one) => one === (of('kind') || kinds[0]));
  const order = orders.find((one) => one === (of('sort') || orders[0]));
  const metrics = metricsOf(items);
  const metric = of('metric') === '' ? metrics[0] : metrics.find(({ name }) => name === of('metric'));
  const wave = of('with') || null;
  if (!kind || !order || !metric || (wave !== null && !isId(wave))) return undefined;
  const groups = texts.flatMap(([name, code]) => {
    const prefix = [first, second].find((start) => name.startsWith(start));
    return prefix ? [{ prefix, key: name.slice(prefix.length), code: String(code) }] : [];
  });
  const known = ['kind', 'metric', 'sort', 'with'];
  if (texts.length !== groups.length + known.filter((name) => Object.hasOwn(query, name)).length) {
    return undefined;
  }
  const isThere = groups.every(({ key, code }) =>
    dimensions.some(
      (dimension) =>
        dimension.key === key &&
        (code === '' || dimension.categories.some((category) => category.code === code)),
    ),
  );
  if (!isThere) return undefined;
  const keyOf = (prefix: string): NodeKey =>
    Object.fromEntries(dimensions.map(({ key }) => [key, of(prefix + key) || null]));
  const choice = { kind, metric, order, wave };
  const isChosen = groups.length > 0;
  return isChosen || kind === 'waves' || kind === 'weights'
    ? { ...choice, first: keyOf(first), second: keyOf(second) }
    : { ...choice, ...firstTwo(dimensions, kind) };
}

function firstTwo(dimensions: ReleaseDocument['dimensions'], kind: Kind): Pick<Choice, 'first' | 'second'> {
  const dimension = kind === 'roles' ? roleDimension(dimensions) : dimensions[0];
  const keyWith = (code: string | undefined): NodeKey =>
    Object.fromEntries(dimensions.map(({ key }) => [key, key === dimension?.key ? (code ?? null) : null]));
  return { first: keyWith(dimension?.categories[0]?.code), second: keyWith(dimension?.categories[1]?.code) };
}

/** The dimension whose categories are roles; undefined where figures are not broken down by one. */
export function roleDimension(
  dimensions: ReleaseDocument['dimensions'],
): ReleaseDocument['dimensions'][number] | undefined {
  return dimensions.find(({ key }) => key === 'profession') ?? dimensions.find(({ key }) => key === 'tier');
}

/** The address of a choice: what is usual is left out. */
export function comparisonAddress(reportId: string, choice: Choice): string {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | null, usual: string) => {
    if (value !== null && value !== usual) parameters.set(name, value);
  };
  set('kind', choice.kind, kinds[0]);
  set('with', choice.wave, '');
  const groups = choice.kind === 'waves' || choice.kind === 'weights' ? [first] : [first, second];
  for (const prefix of groups) {
    const key = prefix === first ? choice.first : choice.second;
    for (const [dimension, code] of Object.entries(key)) set(prefix + dimension, code, '');
  }
  parameters.set('metric', choice.metric.name);
  set('sort', choice.order, orders[0]);
  return `/reports/${reportId}/comparison?${parameters}`;
}

/** The names of the fields that choose a group by a dimension. */
export function fieldOf(side: 'first' | 'second', dimension: string): string {
  return `${side === 'first' ? first : second}${dimension}`;
}
