import type { Measure } from '../questionnaires/definition';
import type { MapSort } from './heat-map';
import type { ReportIndex } from './report-index';
import { isTicked } from './report-matrix';

/** What a map shows: things asked by the groups of one dimension, or one of them by the groups of two. */
export type MapChoice =
  | { kind: 'competencies'; by: string; measure: Measure; sort: MapSort; domain: string | null }
  | { kind: 'one'; item: number; rows: string; columns: string };

type Query = Readonly<Record<string, unknown>>;

const ofCompetencies = ['by', 'measure', 'sort', 'domain'];
const ofOne = ['competency', 'rows', 'columns'];

/**
 * The map that an address asks for, each choice once at most and only of what the report has; what is not chosen is the first there is.
 * Undefined for whatever else: a map is made of groups of the report and of no others (METHODS.md 3.3, threat 3).
 */
export function readMapChoice(report: Pick<ReportIndex, 'document'>, query: Query): MapChoice | undefined {
  const asked = Object.keys(query);
  if (!asked.every((name) => typeof query[name] === 'string')) return undefined;
  if (asked.every((name) => ofCompetencies.includes(name))) return readCompetencies(report, query);
  if (asked.every((name) => ofOne.includes(name))) return readOne(report, query);
  return undefined;
}

function readCompetencies({ document }: Pick<ReportIndex, 'document'>, query: Query): MapChoice | undefined {
  const measures = mapMeasures(document);
  const by = chosen(
    query.by,
    document.dimensions.map(({ key }) => key),
  );
  const measure = chosen(query.measure, measures);
  const sort = chosen<MapSort>(query.sort, ['framework', 'gap']);
  const domains = mapDomains(document).map(({ code }) => code);
  const domain = query.domain === undefined || query.domain === '' ? null : chosen(query.domain, domains);
  if (!by || !measure || !sort || domain === undefined) return undefined;
  return { kind: 'competencies', by, measure, sort, domain };
}

function readOne({ document }: Pick<ReportIndex, 'document'>, query: Query): MapChoice | undefined {
  const keys = document.dimensions.map(({ key }) => key);
  const item = readItemNumber(document, query.competency);
  const rows = chosen(query.rows, keys);
  const columns = chosen(
    query.columns,
    keys.filter((key) => query.columns !== undefined || key !== rows),
  );
  if (item === undefined || !rows || !columns || rows === columns) return undefined;
  return isTicked(document.items[item]!.measure) ? undefined : { kind: 'one', item, rows, columns };
}

/** What was asked that has this number, from 1; undefined where nothing has. */
export function readItemNumber(
  { items }: Pick<ReportIndex['document'], 'items'>,
  number: unknown,
): number | undefined {
  if (typeof number !== 'string' || !/^[1-9]\d{0,3}$/.test(number)) return undefined;
  return Number(number) <= items.length ? Number(number) - 1 : undefined;
}

/** The ways of asking that can stand in a map: ticks have no number. */
export function mapMeasures({ items }: Pick<ReportIndex['document'], 'items'>): Measure[] {
  return [...new Set(items.map(({ measure }) => measure))].filter((measure) => !isTicked(measure));
}

/** The domains that a map can be narrowed to. */
export function mapDomains({
  items,
}: Pick<ReportIndex['document'], 'items'>): { code: string; title: string }[] {
  const titles = new Map(
    items.flatMap(({ domain, domainTitle }) => (domain === null ? [] : [[domain, domainTitle] as const])),
  );
  return [...titles].map(([code, title]) => ({ code, title }));
}

/** One of these, the first where nothing was asked for. */
function chosen<T extends string>(value: unknown, among: readonly T[]): T | undefined {
  return value === undefined ? among[0] : among.find((one) => one === value);
}
