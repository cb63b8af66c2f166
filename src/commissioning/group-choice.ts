import type { NodeKey, ReleaseDocument } from '../releases/release';

/** A field that chooses a group by one dimension. */
export interface GroupSelect {
  id: string;
  name: string;
  label: string;
  items: { value: string; text: string; selected: boolean }[];
}

/** The fields that choose a group of a report; all of a dimension first. */
export function groupSelects(
  { dimensions }: Pick<ReleaseDocument, 'dimensions'>,
  key: Readonly<NodeKey>,
): GroupSelect[] {
  return dimensions.map(({ key: dimension, label, categories }) => ({
    id: dimension,
    name: dimension,
    label,
    items: [{ code: '', label: 'All' }, ...categories].map(({ code, label }) => ({
      ...{ value: code, text: label },
      selected: (key[dimension] ?? '') === code,
    })),
  }));
}

/** The address of one of the two pages for a group. */
export function pageAddress(
  reportId: string,
  page: 'training' | 'commissioning',
  key: Readonly<NodeKey>,
): string {
  const parameters = new URLSearchParams();
  for (const [dimension, code] of Object.entries(key)) if (code !== null) parameters.set(dimension, code);
  const query = parameters.toString();
  return `/reports/${reportId}/${page}${query === '' ? '' : `?${query}`}`;
}

/** All that the report shows of an item for everybody. */
export function groupAddressOf(reportId: string, place: number): string {
  return `/reports/${reportId}/groups#item-${place + 1}`;
}
