import type { NodeKey } from '../releases/release';
import type { ReportIndex } from './report-index';

/**
 * The group that an address asks for: each dimension once at most, by a code that it has; everything that is not named is taken
 * together. Undefined for whatever else: there is no figure but of the groups of the report (METHODS.md 3.3, threat 3).
 */
export function readGroup(
  { document }: Pick<ReportIndex, 'document'>,
  query: Readonly<Record<string, unknown>>,
): NodeKey | undefined {
  const asked = Object.entries(query);
  const known = asked.every(([key, code]) =>
    document.dimensions.some(
      (dimension) => dimension.key === key && dimension.categories.some((category) => category.code === code),
    ),
  );
  if (!known) return undefined;
  return Object.fromEntries(
    document.dimensions.map(({ key }) => [key, Object.hasOwn(query, key) ? String(query[key]) : null]),
  );
}
