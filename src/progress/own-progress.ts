import { groupStatus } from '../disclosure/threshold';
import { toNearestFive, toNearestFiveOf } from '../platform/rounding';
import { type HeadcountTable, totalOf } from '../populations/headcount';
import type { Plan } from '../questionnaires/plan';
import {
  type Denominators,
  facetsWatched,
  type GroupTable,
  groupTable,
  organisationFacet,
  type ShownGroup,
  type Stratum,
} from './groups';
import { totalBesideOwn } from './neighbours';
import type { ShownCount } from './withholding';

/** What is counted of one organisation and of all, exactly. */
export interface OwnCounts {
  organisation: string;
  strata: Stratum[];
  /** Who began by the links that answer beforehand which organisation it is; null where there is none. */
  startedByLink: number | null;
  /** People of the organisation invited by name; null where nobody was. */
  invited: HeadcountTable | null;
  /** Do people also answer without having been invited by name? */
  isMixed: boolean;
  /** The organisation's own headcounts. */
  workforce: HeadcountTable | null;
}

/** What a coordinator may see. */
export interface OwnProgress {
  /** Null where fewer than the threshold have answered. */
  submitted: ShownCount;
  startedByLink: ShownCount | 'no link';
  invited: number | null;
  rate: { kind: Denominators['kind']; of: number } | null;
  /** Profession by setting, of those who answered here; null where too few have. */
  groups: GroupTable | null;
  /** Everybody's; null where it would give another organisation away. */
  total: number | null;
}

/**
 * How a survey goes in one organisation, as its coordinator may see it. Their own figures are to the nearest five and withheld
 * under the threshold as everybody's are: in their organisation they know the people. Of others they see at most the total,
 * and that only where with their own figure it gives none of them away.
 */
export function ownProgressOf(
  counts: OwnCounts,
  { plan, dimensions, threshold }: { plan: Plan; dimensions: string[]; threshold: number },
): OwnProgress {
  const place = plan.facets.indexOf(organisationFacet);
  const byOrganisation = new Map<string, number>();
  for (const { stratum, respondents } of counts.strata) {
    byOrganisation.set(stratum[place]!, (byOrganisation.get(stratum[place]!) ?? 0) + respondents);
  }
  const own = byOrganisation.get(counts.organisation) ?? 0;
  // Who named no organisation belongs to none that could be given away.
  const others = [...byOrganisation].filter(([code]) => code !== counts.organisation && code !== '');
  const named = others.map(([, people]) => people);
  const isShown = groupStatus(own, threshold) === 'shown';
  const denominators = denominatorsOf(counts);
  const facets = facetsWatched(
    plan,
    dimensions.filter((facet) => facet !== organisationFacet),
  );
  return {
    submitted: isShown ? toNearestFiveOf(own, mostOf(denominators)) : null,
    startedByLink: counts.startedByLink === null ? 'no link' : shown(counts.startedByLink, threshold),
    invited: counts.invited && toNearestFive(totalOf(counts.invited)),
    rate: denominators && {
      kind: denominators.kind,
      of: shownWhole(denominators, totalOf(denominators.table)),
    },
    groups: isShown
      ? withShownWholes(
          groupTable(
            plan,
            counts.strata.filter(({ stratum }) => stratum[place] === counts.organisation),
            facets,
            threshold,
            denominators,
          ),
        )
      : null,
    total: totalBesideOwn(own, named, threshold),
  };
}

function shown(count: number, threshold: number): ShownCount {
  return groupStatus(count, threshold) === 'shown' ? toNearestFive(count) : null;
}

/**
 * How many there are of a group. Of people invited to the nearest five: a coordinator who brings one address and sees the number
 * stay would learn that somebody else has brought it before, or that its owner asked for no e-mails.
 */
function shownWhole({ kind }: Pick<Denominators, 'kind'>, of: number): number {
  return kind === 'response rate' ? toNearestFive(of) : of;
}

function withShownWholes(table: GroupTable): GroupTable {
  const { kind } = table;
  if (kind === null) return table;
  const shown = (group: ShownGroup) => ({ ...group, of: group.of && shownWhole({ kind }, group.of) });
  const { cells, rows, columns, total } = table;
  return {
    ...{ ...table, cells: cells.map((row) => row.map(shown)), rows: rows.map(shown) },
    ...{ columns: columns.map(shown), total: shown(total) },
  };
}

/** How many can have answered, as far as that is known. */
function mostOf(denominators: Denominators | null): number {
  return denominators?.kind === 'response rate' ? totalOf(denominators.table) : Number.POSITIVE_INFINITY;
}

function denominatorsOf({ workforce, invited, isMixed }: OwnCounts): Denominators | null {
  if (invited && !isMixed) return { kind: 'response rate', table: invited };
  return workforce && totalOf(workforce) > 0 ? { kind: 'share reached', table: workforce } : null;
}
