import { domainPath } from '../frameworks/content';
import { crumbsTo, type Place } from '../frameworks/editing.page';
import type { FrameworkContent, MatrixColumn, ScaleLevel } from '../frameworks/framework';
import { type ColumnTerms, capital, columnInWords } from '../frameworks/framework.page';
import { formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import type { Term } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { cellWord, columnWord, type Grid, type GridCell } from './matrix';
import type { GridForm } from './matrix.form';

/** What of the grid is shown: all where nothing is chosen. */
export interface GridFilter {
  domain: string;
  tier: string;
  setting: string;
}

export interface MatrixPage extends Page {
  address: string;
  canEdit: boolean;
  /** The form is shown once more, with what was typed. */
  retried: boolean;
  state: string;
  /** What to do first where there is nothing to show. */
  empty: { text: string; links: { href: string; text: string }[] } | null;
  lastChange: { text: string; undo: string } | null;
  links: { href: string; text: string }[];
  filters: {
    id: string;
    name: string;
    label: string;
    value: string;
    items: { value: string; text: string }[];
  }[];
  legend: { className: string; text: string }[];
  hidden: { name: string; value: string }[];
  levels: { value: string; text: string }[];
  copyFrom: { value: string; text: string }[];
  /** Whom columns are for, those of the same people side by side. */
  people: { heading: string; span: number }[];
  columns: { heading: string; name: string; ticked: boolean; count: number }[];
  heading: string;
  groups: {
    heading: string;
    rows: { index: number; code: string; title: string; ticked: boolean; cells: CellView[] }[];
  }[];
  span: number;
  caption: string;
}

export interface CellView {
  name: string;
  /** The row and the column, which name the cell. */
  labels: string;
  value: string;
  className: string;
  inherited: string;
  /** "Level 2, from Registered nurse - adult". */
  origin: string;
  error: boolean;
}

const steps = 5;

/** The skills matrix: a grid to read, or to fill in while the framework is a draft. */
export function matrixPage(
  place: Place,
  content: FrameworkContent,
  grid: Grid,
  more: {
    terms: ColumnTerms;
    filter: GridFilter;
    mayChange: boolean;
    lastChange: { id: string; summary: string; madeAt: Date } | undefined;
    /** A form that is shown once more, with what is wrong besides its cells. */
    form?: GridForm;
    errors?: FieldErrors;
  },
): MatrixPage {
  const { project, framework } = place;
  const { terms, filter, form } = more;
  const address = `/frameworks/${framework.id}/matrix`;
  const canEdit = more.mayChange && !framework.publishedAt;
  const shown = filtered(grid, content, filter, terms);
  const heat = heatOf(framework.scale);
  const people = peopleOf(shown.columns, terms);
  const groupAt = people.flatMap(({ columns }, group) => columns.map(() => group));
  const inherited = inheritedWords(terms);
  const ticked = {
    rows: new Set(form?.tickedRows ?? []),
    columns: new Set((form?.tickedColumns ?? []).map(columnWord)),
  };
  const errors: FieldErrors = { ...more.errors };
  const groups = content.domains.flatMap((domain) => {
    const rows = shown.rows.filter((row) => row.domain === domain);
    return rows.length === 0
      ? []
      : [
          {
            heading: domainPath(content.domains, domain).join(' > '),
            rows: rows.map((row) => {
              const index = shown.rows.indexOf(row);
              return {
                index,
                code: row.competency.code,
                title: row.competency.title,
                ticked: ticked.rows.has(row.competency.lineageId),
                cells: row.cells.map((cell, column) => {
                  const view = cellView(cell, index, column, groupAt[column]!, heat, inherited);
                  if (!form) return view;
                  const word = cellWord({ competency: row.competency.lineageId, ...shown.columns[column]! });
                  const fault = form.faults.get(word);
                  if (fault) errors[view.name] = fault;
                  return { ...view, value: form.typed.get(word) ?? view.value, error: fault !== undefined };
                }),
              };
            }),
          },
        ];
  });
  return {
    title: 'Skills matrix',
    section: framework.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsTo(project, framework),
    errors,
    address,
    canEdit,
    retried: form !== undefined,
    state: framework.publishedAt
      ? 'This version is published: its required levels never change.'
      : canEdit
        ? ''
        : 'You can read this matrix. Ask the project lead if something should change.',
    empty: emptyWords(address, content, canEdit),
    lastChange:
      canEdit && more.lastChange
        ? {
            text: `${more.lastChange.summary}, ${formatDateTime(more.lastChange.madeAt)}`,
            undo: `/frameworks/${framework.id}/changes/${more.lastChange.id}/undo`,
          }
        : null,
    links: [
      ...(canEdit ? [{ href: `${address}/columns`, text: 'Add or remove columns' }] : []),
      { href: `/frameworks/${framework.id}/roles`, text: 'Compare roles' },
      { href: `/frameworks/${framework.id}/export`, text: 'Export' },
    ],
    filters: filtersOf(content, terms, filter),
    legend: [
      ...framework.scale.map(({ level, label }) => ({ className: heat(level), text: `${level}: ${label}` })),
      { className: 'matrix-inherited', text: 'italic: inherited from a wider column' },
      { className: 'heat-none', text: 'empty: no requirement, which is not level 0' },
    ],
    hidden: [
      { name: 'revision', value: String(form?.revision ?? framework.revision) },
      { name: 'rows', value: shown.rows.map(({ competency }) => competency.lineageId).join(' ') },
      { name: 'columns', value: shown.columns.map(columnWord).join(' ') },
      { name: 'view', value: viewOf(filter) },
    ],
    levels: [
      { value: '', text: 'Select a level' },
      ...framework.scale.map(({ level, label }) => ({ value: String(level), text: `${level}: ${label}` })),
      { value: '-', text: 'No requirement' },
    ],
    copyFrom: [
      { value: '', text: 'Select a column' },
      ...grid.columns.map((column) => ({ value: columnWord(column), text: columnInWords(column, terms) })),
    ],
    people: people.map(({ heading, columns }) => ({ heading, span: columns.length })),
    columns: shown.columns.map((column, index) => ({
      heading:
        column.setting === null
          ? 'Any setting'
          : columnInWords({ ...nobody, setting: column.setting }, terms),
      name: columnInWords(column, terms),
      ticked: ticked.columns.has(columnWord(column)),
      count: shown.rows.filter(({ cells }) => cells[index]!.own !== null).length,
    })),
    heading: capital(framework.words.competency),
    groups,
    span: shown.columns.length + 1,
    caption: `Level required of each group, by ${framework.words.competency}`,
  };
}

function emptyWords(address: string, content: FrameworkContent, canEdit: boolean): MatrixPage['empty'] {
  const { framework, domains, columns } = content;
  if (domains.every(({ competencies }) => competencies.length === 0)) {
    return {
      text: `This framework has no ${framework.words.competencies} yet.`,
      links: [{ href: `/frameworks/${framework.id}`, text: 'Go to the framework' }],
    };
  }
  if (columns.length > 0) return null;
  return {
    text: 'The matrix has no columns yet, so no level is required of anybody.',
    links: canEdit ? [{ href: `${address}/columns`, text: 'Choose for whom levels are set' }] : [],
  };
}

/** The address's part that brings the same view back. */
export function viewOf(filter: GridFilter): string {
  const chosen = Object.entries(filter).filter(([, value]) => value !== '');
  return new URLSearchParams(chosen).toString();
}

const nobody: MatrixColumn = { profession: null, tier: null, setting: null };

/** Columns side by side that are for the same people. */
function peopleOf(
  columns: readonly MatrixColumn[],
  terms: ColumnTerms,
): { heading: string; columns: MatrixColumn[] }[] {
  const people: { heading: string; columns: MatrixColumn[] }[] = [];
  for (const column of columns) {
    const heading = columnInWords({ ...column, setting: null }, terms);
    if (people.at(-1)?.heading === heading) people.at(-1)!.columns.push(column);
    else people.push({ heading, columns: [column] });
  }
  return people;
}

/** The part of the grid that was asked for, the columns of the same people together, any setting first. */
function filtered(grid: Grid, content: FrameworkContent, filter: GridFilter, terms: ColumnTerms): Grid {
  const order = grid.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => isShown(column, filter, terms));
  const whom = (column: MatrixColumn) => columnWord({ ...column, setting: null });
  const first = new Map<string, number>();
  for (const { column, index } of order) if (!first.has(whom(column))) first.set(whom(column), index);
  const wide = ({ setting }: MatrixColumn) => (setting === null ? 0 : 1);
  order.sort(
    (one, other) =>
      first.get(whom(one.column))! - first.get(whom(other.column))! ||
      wide(one.column) - wide(other.column) ||
      one.index - other.index,
  );
  const domains = new Set(within(content, filter.domain));
  return {
    columns: order.map(({ column }) => column),
    rows: grid.rows
      .filter(({ domain }) => filter.domain === '' || domains.has(domain.lineageId))
      .map((row) => ({ ...row, cells: order.map(({ index }) => row.cells[index]!) })),
  };
}

function isShown(
  { profession, tier, setting }: MatrixColumn,
  filter: GridFilter,
  terms: ColumnTerms,
): boolean {
  const tierHere = tier ?? (profession === null ? null : (terms.professions.get(profession)?.tier ?? null));
  return (
    (filter.tier === '' || tierHere === filter.tier) &&
    (filter.setting === '' || (filter.setting === '*' ? setting === null : setting === filter.setting))
  );
}

function within({ domains }: FrameworkContent, lineageId: string): string[] {
  const found = new Set([lineageId]);
  for (const domain of domains) if (domain.parent && found.has(domain.parent)) found.add(domain.lineageId);
  return [...found];
}

function filtersOf(content: FrameworkContent, terms: ColumnTerms, filter: GridFilter): MatrixPage['filters'] {
  const { domains, columns, framework } = content;
  const tiers = new Set(
    columns.map(
      ({ tier, profession }) => tier ?? (profession ? terms.professions.get(profession)?.tier : null),
    ),
  );
  const settings = new Set(columns.map(({ setting }) => setting));
  const labelled = (known: ReadonlyMap<string, Term>, used: Set<string | null | undefined>) =>
    [...known.values()]
      .filter(({ code }) => used.has(code))
      .map(({ code, label }) => ({ value: code, text: label }));
  return [
    {
      name: 'domain',
      label: capital(framework.words.domain),
      items: domains.map((domain) => ({
        value: domain.lineageId,
        text: domainPath(domains, domain).join(' > '),
      })),
    },
    { name: 'tier', label: 'Staff tier', items: labelled(terms.tiers, tiers) },
    {
      name: 'setting',
      label: 'Setting',
      items: [
        ...(settings.has(null) ? [{ value: '*', text: 'Any setting' }] : []),
        ...labelled(terms.settings, settings),
      ],
    },
  ]
    .filter(({ items }) => items.length > 1)
    .map(({ name, label, items }) => ({
      ...{ id: `filter-${name}`, name, label, value: filter[name as keyof GridFilter] },
      items: [{ value: '', text: 'All' }, ...items],
    }));
}

/** A shade for each level: five steps over the scale, whatever its length. */
export function heatOf(scale: readonly ScaleLevel[]): (level: number) => string {
  const first = scale[0]?.level ?? 0;
  const last = scale.at(-1)?.level ?? 0;
  return (level) => {
    const share = last > first ? (level - first) / (last - first) : 0;
    return `heat-${Math.round(share * (steps - 1))}`;
  };
}

/** Where a level comes from, in words made once for each column. */
function inheritedWords(terms: ColumnTerms): (cell: GridCell) => string {
  const words = new Map<MatrixColumn, string>();
  return ({ inherited }) => {
    if (!inherited) return '';
    let from = words.get(inherited.from);
    if (from === undefined) {
      from = columnInWords(inherited.from, terms);
      words.set(inherited.from, from);
    }
    return `Level ${inherited.level}, from ${from}`;
  };
}

function cellView(
  cell: GridCell,
  row: number,
  column: number,
  group: number,
  heat: (level: number) => string,
  inherited: (cell: GridCell) => string,
): CellView {
  const level = cell.own ?? cell.inherited?.level;
  return {
    name: `l${row}.${column}`,
    labels: `r${row} g${group} c${column}`,
    value: cell.own === null ? '' : String(cell.own),
    className: level === undefined ? 'heat-none' : cell.own === null ? 'matrix-inherited' : heat(level),
    inherited: cell.inherited ? String(cell.inherited.level) : '',
    origin: inherited(cell),
    error: false,
  };
}
