import type { NodeKey } from '../releases/release';
import type { ReportIndex } from './report-index';

// Where the pages of a report are. Every choice stands in the address, and every address is of a group that the report has.

type Of = Pick<ReportIndex, 'id' | 'document'>;

/** The page of a group. */
export function groupAddress(report: Of, key: NodeKey): string {
  return `/reports/${report.id}/groups${queryOf(chosenIn(report, key))}`;
}

/** The page of one thing asked, in a group; things asked are numbered from 1. */
export function itemAddress(report: Of, item: number, key: NodeKey = {}): string {
  return `/reports/${report.id}/items/${item + 1}${queryOf(chosenIn(report, key))}`;
}

/** What a map shows: what was asked by one dimension, or one thing asked by two. */
export interface MapChoice {
  by?: string;
  measure?: string;
  sort?: string;
  domain?: string;
  competency?: number;
  rows?: string;
  columns?: string;
}

/** The page of a map. */
export function mapAddress(report: Of, choice: MapChoice): string {
  const asked = Object.entries(choice).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `/reports/${report.id}/map${queryOf(asked)}`;
}

function chosenIn({ document }: Of, key: NodeKey): [string, string][] {
  return document.dimensions.flatMap((dimension): [string, string][] => {
    const code = key[dimension.key] ?? null;
    return code === null ? [] : [[dimension.key, code]];
  });
}

function queryOf(asked: readonly (readonly [string, string])[]): string {
  if (asked.length === 0) return '';
  return `?${asked.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}
