import type { AtReport } from './report-visit';

/** A page of a report. */
export type ReportPart = 'report' | 'comparison';

export interface NavLink {
  href: string;
  text: string;
  current: boolean;
}

const parts: { part: ReportPart; path: string; text: string }[] = [
  { part: 'report', path: '', text: 'Report' },
  { part: 'comparison', path: '/comparison', text: 'Compare' },
];

/** The links between the pages of one report, for somebody who reads it. */
export function reportNav(reportId: string, current: ReportPart, _at: Pick<AtReport, 'may'>): NavLink[] {
  return parts.map(({ part, path, text }) => ({
    href: `/reports/${reportId}${path}`,
    text,
    current: part === current,
  }));
}
