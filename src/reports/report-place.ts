import type { NodeKey } from '../releases/release';
import { methodNote } from './method-note';
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

type Places = Pick<ReportIndex, 'id' | 'document' | 'nodes' | 'nodeAt'>;

/** The sections that can be spoken about, by their ids on the page. Those of the method note come besides. */
const sections: Record<string, string> = {
  largest: 'The largest gaps',
  map: 'The map of gaps',
  where: 'Where the gap lies',
  importance: 'Importance and performance',
  'what-exists': 'What exists',
  'what-people-said': 'What people said',
  recommendations: 'Recommendations',
  scales: 'How well domains measure one thing',
  method: 'How we worked it out',
};

const partPattern = /^part:([a-z][a-z0-9-]{0,60})$/;
const recommendationPattern = /^recommendation:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The place of this name; undefined where the report has none such. */
export function readPlace(report: Places, name: string): ReportPlace | undefined {
  const of = (title: string, href: string, item: number | null = null, key: NodeKey | null = null) => ({
    ...{ name, title, href: `/reports/${report.id}${href}`, item, key },
  });
  if (name === '') return of('The whole report', '');
  const [, part] = partPattern.exec(name) ?? [];
  if (part) {
    const title = partTitle(report, part);
    return title === undefined ? undefined : of(title, `#${part}`);
  }
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

/** What a section is called, a part of the method note, or one of its paragraphs. */
function partTitle(report: Places, part: string): string | undefined {
  if (Object.hasOwn(sections, part)) return sections[part];
  const [, id = part, paragraph] = /^(.+)-([1-9]\d?)$/.exec(part) ?? [];
  const note = methodNote(report, '').find((one) => one.id === id);
  if (!note) return undefined;
  if (paragraph === undefined) return note.heading;
  return Number(paragraph) <= note.paragraphs.length ? `${note.heading}, paragraph ${paragraph}` : undefined;
}
