import type { NodeKey } from '../releases/release';
import type { ReportIndex } from './report-index';
import { groupName, itemName } from './report-words';

/**
 * A place of a report that people can speak about, as text: '' is the whole; 'part:ID' a section or paragraph by its id on the page; 'item:3' the third of
 * what was asked; 'group:profession=rn_adult' a group; 'figure:3:profession=rn_adult' an item in a group ('figure:3:' in everybody);
 * 'recommendation:ID'. Groups are those of the report and no others.
 */
export interface ReportPlace {
  name: string;
  title: string;
  /** Where it is seen. */
  href: string;
  /** What of the figures it is about. */
  item: number | null;
  key: NodeKey | null;
}

type Places = Pick<ReportIndex, 'id' | 'document' | 'nodeAt'>;

const partPattern = /^part:([a-z][a-z0-9-]{0,60})$/;
const recommendationPattern = /^recommendation:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The place of this name; undefined where the report has none such. */
export function readPlace(report: Places, name: string): ReportPlace | undefined {
  const of = (title: string, href: string, item: number | null = null, key: NodeKey | null = null) => ({
    ...{ name, title, href: `/reports/${report.id}${href}`, item, key },
  });
  if (name === '') return of('The whole report', '');
  const [, part] = partPattern.exec(name) ?? [];
  if (part) return of(partTitle(part), `#${part}`);
  const [, recommendation] = recommendationPattern.exec(name) ?? [];
  if (recommendation) return of('A recommendation', `/recommendations/${recommendation}`);
  const [kind, ...rest] = name.split(':');
  if (kind === 'item' && rest.length === 1) {
    const item = readItem(report, rest[0]!);
    return item === undefined ? undefined : of(titleOf(report, item), `/items/${item + 1}`, item);
  }
  if (kind === 'group' && rest.length === 1) {
    const key = readKey(report, rest[0]!);
    return key && of(groupName(report.document, key), `/groups${queryOf(report, key)}`, null, key);
  }
  if (kind === 'figure' && rest.length === 2) {
    const item = readItem(report, rest[0]!);
    const key = readKey(report, rest[1]!);
    if (item === undefined || !key) return undefined;
    const title = `${titleOf(report, item)}: ${groupName(report.document, key)}`;
    return of(title, `/items/${item + 1}${queryOf(report, key)}`, item, key);
  }
  return undefined;
}

/** The name of an item's place in a group. */
export function figurePlace(report: Places, item: number, key: NodeKey): string {
  return `figure:${item + 1}:${keyText(report, key)}`;
}

/** The name of a group's place. */
export function groupPlace(report: Places, key: NodeKey): string {
  return `group:${keyText(report, key)}`;
}

function titleOf({ document }: Places, item: number): string {
  return itemName(document.items[item]!);
}

function readItem({ document }: Places, text: string): number | undefined {
  if (!/^[1-9]\d{0,3}$/.test(text)) return undefined;
  const item = Number(text) - 1;
  return item < document.items.length ? item : undefined;
}

/** Only in the form that `keyText` gives: a place has one name. */
function readKey(report: Places, text: string): NodeKey | undefined {
  const chosen = new Map(
    text === '' ? [] : text.split('&').map((pair) => pair.split('=') as [string, string]),
  );
  const key: NodeKey = {};
  for (const { key: dimension } of report.document.dimensions) key[dimension] = chosen.get(dimension) || null;
  const isKnown = report.nodeAt(key) !== undefined && keyText(report, key) === text;
  return isKnown ? key : undefined;
}

function keyText({ document }: Places, key: NodeKey): string {
  return document.dimensions
    .flatMap(({ key: dimension }) => {
      const code = key[dimension] ?? null;
      return code === null ? [] : [`${dimension}=${code}`];
    })
    .join('&');
}

function queryOf(report: Places, key: NodeKey): string {
  const text = report.document.dimensions
    .flatMap(({ key: dimension }) => {
      const code = key[dimension] ?? null;
      return code === null ? [] : [`${encodeURIComponent(dimension)}=${encodeURIComponent(code)}`];
    })
    .join('&');
  return text === '' ? '' : `?${text}`;
}

function partTitle(part: string): string {
  const words = part.replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
