import type { AuditSearch, FoundEntry } from '../audit/audit.queries';
import { formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import type { Page } from '../web/layout';

export const entriesAPage = 50;

const fields = [
  ...['who', 'action', 'id', 'origin'],
  ...['from-day', 'from-month', 'from-year', 'until-day', 'until-month', 'until-year'],
] as const;

export interface AuditPage extends Page {
  /** What was typed, by field. */
  typed: Record<string, string>;
  entries: {
    when: string;
    who: string;
    /** The address of the network it was done from. */
    origin: string;
    action: string;
    subject: string;
    /** The rest of what was done to the same thing. */
    same: string | null;
    detail: { name: string; value: string }[];
  }[];
  found: string;
  older: string | null;
  isSearch: boolean;
}

/** What of the audit trail was looked for, the newest first. One entry more than a page holds tells that there are older ones. */
export function auditPage(
  query: Readonly<Record<string, unknown>>,
  entries: readonly FoundEntry[],
  errors: FieldErrors = {},
): AuditPage {
  const typed = Object.fromEntries(
    fields.map((field) => [field, typeof query[field] === 'string' ? String(query[field]) : '']),
  );
  const shown = entries.slice(0, entriesAPage);
  const isSearch = Object.values(typed).some((words) => words.trim() !== '');
  return {
    title: 'Audit trail',
    audience: 'staff',
    wide: true,
    errors,
    typed,
    isSearch,
    entries: shown.map(({ at, actor, email, action, subject, subjectId, detail, origin }) => ({
      when: formatDateTime(at),
      who: email ?? actor,
      origin: origin ?? '',
      action,
      subject,
      same: subjectId === null ? null : `/admin/audit?id=${subjectId}`,
      detail: Object.entries(detail).map(([name, value]) => ({
        name,
        value: typeof value === 'string' ? value : JSON.stringify(value),
      })),
    })),
    found: Object.keys(errors).length > 0 ? '' : foundInWords(shown.length, isSearch),
    older: entries.length > entriesAPage ? olderAddress(typed, shown.at(-1)!.id) : null,
  };
}

function foundInWords(count: number, isSearch: boolean): string {
  if (count > 0) return 'The newest first. Times are London time.';
  return isSearch
    ? 'Nothing was found. Leave out a word or a day, and search again.'
    : 'Nothing has been done yet.';
}

function olderAddress(typed: Readonly<Record<string, string>>, before: AuditSearch['before']): string {
  const asked = Object.entries(typed).filter(([, words]) => words.trim() !== '');
  const query = new URLSearchParams([...asked, ['before', String(before)]]);
  return `/admin/audit?${query}`;
}
