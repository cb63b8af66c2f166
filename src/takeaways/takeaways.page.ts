import { type FileProgressPart, fileProgressPart } from '../files/file-progress.page';
import { isUnfinished, type MadeFile } from '../files/made-file';
import type { ReportChart } from '../reports/report-chart';
import type { ReportIndex } from '../reports/report-index';
import { type NavLink, reportNav } from '../reports/report-nav';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import type { Page } from '../web/layout';
import { type FileFormat, formatOf } from './report-file';

export interface TakeawaysPage extends Page {
  nav: NavLink[];
  address: string;
  /** What is being made, and what can be fetched. */
  files: FilesPart;
  events: string;
  formats: { format: FileFormat; name: string; holds: string; button: string | null; note: string | null }[];
  json: string;
  charts: { title: string; svg: string; png: string }[];
}

/** The part of the page that changes while it is watched. */
export interface FilesPart {
  says: string;
  list: (FileProgressPart & { name: string; isOlder: boolean })[];
}

const words: Record<FileFormat, { name: string; holds: string }> = {
  pdf: {
    name: 'Document (PDF)',
    holds:
      'The report to read, print and quote: pictures, tables and method, and once it is signed what the group recommends.',
  },
  discussed: {
    name: 'Document with comments (PDF)',
    holds: 'The same with all that was said in comments so far: for those who take part, not for publishing.',
  },
  xlsx: {
    name: 'Workbook (Excel)',
    holds: 'Every figure, one sheet for each table, with a sheet that says what each column means.',
  },
  csv: {
    name: 'Tables for programs (CSV)',
    holds: 'Every figure as one long table, and a codebook: two files in a zip file.',
  },
  charts: {
    name: 'All pictures',
    holds: 'Each picture as a drawing (SVG) and as a picture (PNG), in a zip file.',
  },
};

/** Which wish would give which file now: the document changes while the group is at work. */
export type CurrentEditions = Readonly<Partial<Record<FileFormat, unknown>>>;

/** Taking a report away: what there is, what is being made, what can be fetched. */
export function takeawaysPage(
  at: AtReport,
  report: ReportIndex,
  {
    formats,
    files,
    editions,
    charts,
  }: {
    formats: readonly FileFormat[];
    files: readonly MadeFile[];
    editions: CurrentEditions;
    charts: readonly ReportChart[];
  },
): TakeawaysPage {
  const { id, document, number } = report;
  const address = `/reports/${id}/files`;
  const part = filesPart(id, files, editions);
  return {
    title: 'Take this report away',
    section: `${document.survey.name}, report ${number}`,
    audience: 'staff',
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${id}`, text: document.survey.name }),
    nav: reportNav(id, 'files', at),
    address,
    files: part,
    events: `${address}/events`,
    formats: formats.map((format) => formatRow(format, files, editions)),
    json: `/reports/${id}.json`,
    charts: charts.map(({ name, title }) => ({
      title,
      svg: `/reports/${id}/charts/${name}.svg`,
      png: `/reports/${id}/charts/${name}.png`,
    })),
  };
}

function formatRow(
  format: FileFormat,
  files: readonly MadeFile[],
  editions: CurrentEditions,
): TakeawaysPage['formats'][number] {
  const current = files.find((file) => isCurrent(file, format, editions) && file.state !== 'failed');
  const { name, holds } = words[format];
  if (!current) return { format, name, holds, button: 'Make this file', note: null };
  const note = isUnfinished(current) ? 'It is being made: see above.' : 'It is ready: see above.';
  return { format, name, holds, button: null, note };
}

function isCurrent(file: MadeFile, format: FileFormat, editions: CurrentEditions): boolean {
  return formatOf(file) === format && JSON.stringify(file.options) === JSON.stringify(editions[format]);
}

/** The files of a report as they stand: of each form the newest, older ones while they are kept. One that failed goes when another takes its place. */
export function filesPart(
  reportId: string,
  files: readonly MadeFile[],
  editions: CurrentEditions,
): FilesPart {
  const shown = files.filter((file, place) => file.state !== 'failed' || isNewestOfItsKind(files, place));
  const list = shown.flatMap((file) => {
    const format = formatOf(file);
    if (!format) return [];
    const part = fileProgressPart(file, `/reports/${reportId}/files`);
    return [{ ...part, name: words[format].name, isOlder: !isCurrent(file, format, editions) }];
  });
  return { says: list.map(({ name, summary }) => `${name}: ${summary}`).join(' '), list };
}

/** They come the newest first. */
function isNewestOfItsKind(files: readonly MadeFile[], place: number): boolean {
  return files.slice(0, place).every(({ kind }) => kind !== files[place]!.kind);
}
