import type { Right } from '../projects/access';
import type { AtReport } from './report-visit';

/** A page of a report. */
export type ReportPart =
  | 'report'
  /** Reached from the report: not every one has it. */
  | 'said'
  | 'training'
  | 'commissioning'
  | 'comparison'
  | 'comments'
  | 'recommendations'
  | 'sign-off'
  | 'files'
  | 'people';

export interface NavLink {
  href: string;
  text: string;
  current: boolean;
}

/** Each page, and the right without which its link is not shown. */
const parts: { part: ReportPart; path: string; text: string; right: Right }[] = [
  { part: 'report', path: '', text: 'Report', right: 'read reports' },
  { part: 'training', path: '/training', text: 'What to do', right: 'read reports' },
  { part: 'commissioning', path: '/commissioning', text: 'What to commission', right: 'read reports' },
  { part: 'comparison', path: '/comparison', text: 'Compare', right: 'read reports' },
  { part: 'comments', path: '/comments', text: 'Comments', right: 'comment' },
  { part: 'recommendations', path: '/recommendations', text: 'Recommendations', right: 'read reports' },
  { part: 'sign-off', path: '/sign-off', text: 'Sign-off', right: 'read reports' },
  { part: 'files', path: '/files', text: 'Take away', right: 'read reports' },
  { part: 'people', path: '/people', text: 'People', right: 'invite to reports' },
];

/** The links between the pages of one report, for somebody who reads it. */
export function reportNav(reportId: string, current: ReportPart, at: Pick<AtReport, 'may'>): NavLink[] {
  const shown = parts.filter(({ right }) => at.may(right));
  return shown.map(({ part, path, text }) => ({
    href: `/reports/${reportId}${path}`,
    text,
    current: part === current,
  }));
}
