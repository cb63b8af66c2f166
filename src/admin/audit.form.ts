import type { AuditSearch } from '../audit/audit.queries';
import { dayAfter, startOfDay } from '../platform/dates';
import { readDay } from '../platform/days';
import type { FieldErrors, FormResult } from '../platform/form';

const longest = 254;
const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads what is looked for from the address. What is left empty may be anything. */
export function readAuditSearch(query: Readonly<Record<string, unknown>>): FormResult<AuditSearch> {
  const [who, action, id, origin, before] = ['who', 'action', 'id', 'origin', 'before'].map((field) =>
    said(query[field]),
  );
  const [from, until] = [readDay(query, 'from'), readDay(query, 'until')];
  const errors: FieldErrors = {
    ...(id && !idPattern.test(id)
      ? { id: 'Enter the whole id, as it stands in an address or in this list' }
      : {}),
    ...(from === undefined ? { 'from-day': 'Enter a day that is in the calendar, such as 27 3 2027' } : {}),
    ...(until === undefined ? { 'until-day': 'Enter a day that is in the calendar, such as 27 3 2027' } : {}),
    ...(from && until && from > until ? { 'until-day': 'The last day must be the first day or later' } : {}),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return {
    value: {
      ...{ who: who ? who.toLowerCase() : null, action: action || null, subjectId: id || null },
      origin: origin || null,
      from: from ? startOfDay(from) : null,
      until: until ? startOfDay(dayAfter(until)) : null,
      before: before && /^\d{1,15}$/.test(before) ? Number(before) : null,
    },
  };
}

function said(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, longest) : '';
}
