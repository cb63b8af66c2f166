import { crumbsTo, type Place } from '../frameworks/editing.page';
import type { FrameworkContent } from '../frameworks/framework';
import { type ColumnTerms, capital, columnInWords } from '../frameworks/framework.page';
import { levelInWords } from '../frameworks/versions.page';
import type { Page } from '../web/layout';
import { columnWord, type Grid } from './matrix';
import type { Comparison } from './matrix.commands';
import { packCells } from './matrix.form';

export interface PreviewPage extends Page {
  sentences: string[];
  hidden: { name: string; value: string }[];
  action: string;
  submit: string | null;
  cancel: { href: string; text: string };
  rows: { competency: string; whom: string; before: string; after: string; note: string }[];
  more: string;
}

const mostShown = 500;

/** Every cell that would change, before it changes. */
export function previewPage(
  place: Place,
  content: FrameworkContent,
  grid: Grid,
  { cells, gone }: Comparison,
  terms: ColumnTerms,
  view: string,
): PreviewPage {
  const isPublished = place.framework.publishedAt !== null;
  const { project, framework } = place;
  const titles = new Map(
    content.domains.flatMap(({ competencies }) =>
      competencies.map(({ lineageId, code, title }) => [lineageId, `${code} ${title}`]),
    ),
  );
  const overtaken = cells.filter(({ seen, now }) => seen !== now).length;
  const inheritedAt = inheritanceIn(grid);
  const address = `/frameworks/${framework.id}/matrix`;
  return {
    title: isPublished
      ? 'This version is published'
      : overtaken > 0
        ? 'Somebody else has set some of these levels'
        : 'What would change',
    section: framework.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsTo(project, framework),
    sentences: [
      ...(isPublished
        ? [
            'Somebody has published this version since you opened the matrix, so nothing was saved. A published version never changes: start a new version, and set there what is listed here.',
          ]
        : []),
      ...(overtaken > 0
        ? [
            `${overtaken === 1 ? 'One level has' : `${overtaken} levels have`} been set by somebody else since you opened the matrix. Nothing has been saved yet, and nothing you entered is lost.`,
          ]
        : []),
      ...(gone > 0
        ? [
            `${gone === 1 ? 'One level you entered belongs' : `${gone} levels you entered belong`} to rows or columns that somebody has removed since, and cannot be set.`,
          ]
        : []),
      cells.length === 0
        ? 'Nothing would change.'
        : `${cells.length === 1 ? 'One required level' : `${cells.length.toLocaleString('en-GB')} required levels`} would change.${isPublished ? '' : ' You can undo this afterwards.'}`,
    ],
    hidden: [
      ...Object.entries(packCells(cells)).map(([name, value]) => ({ name, value })),
      { name: 'revision', value: String(framework.revision) },
      { name: 'view', value: view },
    ],
    action: `${address}/levels`,
    submit:
      cells.length === 0 || isPublished ? null : overtaken > 0 ? 'Set them all the same' : 'Set these levels',
    cancel: {
      href: view ? `${address}?${view}` : address,
      text: 'Go back to the matrix without changing anything',
    },
    rows: cells.slice(0, mostShown).map((cell) => ({
      competency: titles.get(cell.competency) ?? '',
      whom: columnInWords(cell, terms),
      before: capital(cellInWords(cell.now, inheritedAt(cell))),
      after: capital(cellInWords(cell.after, inheritedAt(cell))),
      note: cell.seen === cell.now ? '' : `You saw ${levelInWords(cell.seen)}; somebody has changed it since`,
    })),
    more:
      cells.length > mostShown
        ? `The first ${mostShown} are listed. ${(cells.length - mostShown).toLocaleString('en-GB')} more would change in the same way.`
        : '',
  };
}

/** Whether a cell takes its level from a wider column now. */
function inheritanceIn({ columns, rows }: Grid): (cell: Comparison['cells'][number]) => boolean {
  const columnAt = new Map(columns.map((column, index) => [columnWord(column), index]));
  const rowAt = new Map(rows.map((row) => [row.competency.lineageId, row]));
  return (cell) => rowAt.get(cell.competency)?.cells[columnAt.get(columnWord(cell)) ?? -1]?.inherited != null;
}

function cellInWords(level: number | null, inherits: boolean): string {
  return level === null && inherits ? 'inherits from a wider column' : levelInWords(level);
}
