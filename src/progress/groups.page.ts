import { inThousands } from '../populations/population';
import { facetNames } from '../vocabularies/vocabulary';
import type { GroupTable, ShownGroup } from './groups';
import type { ShownCount } from './withholding';

export const notEnough = 'Not yet enough answers to show';

export interface GroupsPage {
  caption: string;
  columns: string[];
  rows: { name: string; cells: CellPage[] }[];
  /** Which groups have no line of their own, in a sentence. */
  withheld: string;
  note: string;
}

interface CellPage {
  /** Null where there are not yet enough answers to show. */
  count: string | null;
  rate: string;
}

/** A share as it may be shown: never so high or low that it would speak of every single person. */
export function percentOf(percent: number | null): string {
  if (percent === null) return '–';
  if (percent >= 95) return '95% or more';
  return percent < 1 ? 'under 1%' : `${Math.round(percent)}%`;
}

export function countInWords(count: ShownCount): string {
  return count === null ? notEnough : inThousands(count);
}

function cellPage({ count, of }: ShownGroup, isRate: boolean): CellPage {
  if (count === null) return { count: null, rate: '' };
  if (!isRate || of === null) return { count: inThousands(count), rate: '' };
  if (of === 0) return { count: inThousands(count), rate: 'none known' };
  return { count: inThousands(count), rate: `${percentOf((100 * count) / of)} of ${inThousands(of)}` };
}

/** Lines for the groups of which anything can be said; the others are named in a sentence. */
export function groupsPage(groups: GroupTable): GroupsPage {
  const { facets, cells, rows, columns, total, kind, estimated } = groups;
  const [first, second] = facets;
  const says = (group: ShownGroup) => group.count !== null || (group.of ?? 0) > 0;
  const rowsShown = (first?.choices ?? [])
    .map((_, at) => at)
    .filter((at) => [rows[at]!, ...(cells[at] ?? [])].some(says));
  const columnsShown = (second?.choices ?? [])
    .map((_, at) => at)
    .filter((at) => says(columns[at]!) || cells.some((row) => says(row[at]!)));
  const isRate = kind !== null;
  const line = (own: ShownGroup[], whole: ShownGroup) =>
    [...columnsShown.map((at) => own[at]!), whole].map((group) => cellPage(group, isRate));
  const left = (first?.choices ?? []).filter((_, at) => !rowsShown.includes(at)).map(({ label }) => label);
  const name = (facet: string) => (facetNames[facet] ?? facet).toLowerCase();
  return {
    caption: `People who answered, by ${facets.map(({ facet }) => name(facet)).join(' and ')}`,
    columns: [
      ...columnsShown.map((at) => second!.choices[at]!.label),
      second ? `Every ${name(second.facet)}` : 'People',
    ],
    rows: [
      ...rowsShown.map((at) => ({
        name: first!.choices[at]!.label,
        cells: line(cells[at] ?? [], rows[at]!),
      })),
      ...(second && columnsShown.length > 0
        ? [
            {
              name: `Every ${name(first!.facet)}`,
              cells: line(columns, total),
            },
          ]
        : []),
    ],
    withheld: left.length > 0 ? `${notEnough}: ${new Intl.ListFormat('en-GB').format(left)}.` : '',
    note: [
      kindInWords(kind),
      ...(estimated
        ? ['Staff are counted by one thing at a time only, so the number of each combination is estimated.']
        : []),
    ].join(' '),
  };
}

function kindInWords(kind: GroupTable['kind']): string {
  if (kind === 'response rate')
    return 'The percentages are response rates: of the people invited of each group.';
  if (kind === 'share reached') {
    return 'The percentages are the share of the workforce reached. They are no response rates, for nobody knows who saw the link.';
  }
  return 'There are no percentages, for it is not known how many people there are of each group. Headcounts would give them, or contact lists that say of everybody what they are and where they work.';
}
