import type {
  NodeKey,
  ReleaseDocument,
  ReleasedFigure,
  ReleasedItem,
  ReleasedOffer,
  WorkforceFigure,
} from '../releases/release';
import {
  type Audience,
  coverageOf,
  coveragePercent,
  metPercent,
  type Need,
  needWeightedCoveragePercent,
  openTo,
  type Purchase,
  purchaseList,
  type TeachingOffer,
  type UnmetNeed,
  unmetNeeds,
} from '../training/training-coverage';

/** An offer as it was frozen with the release, and as the method of METHODS.md 1(i) sees it. */
export interface Taught extends TeachingOffer {
  offer: ReleasedOffer;
}

export function taught(offer: ReleasedOffer): Taught {
  return {
    id: offer.id,
    levels: new Map(Object.entries(offer.levels)),
    places: offer.places,
    cost: offer.cost,
    professions: offer.professions.map(({ code }) => code),
    regions: offer.regions.map(({ code }) => code),
    offer,
  };
}

/** Whom a group holds, as far as offers ask: none is everybody. */
export function audiencesOf({ dimensions }: Pick<ReleaseDocument, 'dimensions'>, key: NodeKey): Audience[] {
  const codesOf = (dimension: string): readonly string[] | null => {
    const code = key[dimension] ?? null;
    const found = dimensions.find((one) => one.key === dimension);
    return code === null ? null : (found?.categories.find((one) => one.code === code)?.codes ?? null);
  };
  const professions = codesOf('profession');
  const regions = codesOf('region') ?? [null];
  return regions.map((region) => ({ professions, region }));
}

/** The offers that are open to somebody of a group. */
export function openToGroup(offers: readonly Taught[], audiences: readonly Audience[]): Taught[] {
  const open = new Set(audiences.flatMap((audience) => openTo(offers, audience)));
  return offers.filter((offer) => open.has(offer));
}

/** A competency whose level is required of a group, with what is known of those below it and of the training there is. */
export interface CompetencyNeed {
  /** The item's place in the report. */
  place: number;
  item: ReleasedItem;
  /** The lowest and the highest level required of people of the group: an offer counts where it reaches the highest. */
  lowest: number;
  level: number;
  /** The per cent below, as shown; null where words stand in its place. */
  share: number | null;
  bound: '>=95' | '<=5' | null;
  /** Of the workforce: people something is required of, and those below by the share shown. Null where they are not counted. */
  staff: number | null;
  people: number | null;
  peopleInterval: [number, number] | null;
  /** Existing offers that reach the level; planned ones that will; and existing ones that stay below it. */
  full: Taught[];
  planned: Taught[];
  below: Taught[];
  /** Places a year, what is left of the need, and its rank by that; null where people are not known. */
  unmet: Pick<UnmetNeed<Taught>, 'supply' | 'unmet' | 'ratio' | 'rank'> | null;
  /** Some offer that reaches the level does not say how many places it has. */
  placesUnknown: boolean;
}

export interface GroupNeeds {
  needs: CompetencyNeed[];
  /** Items of levels whose figures are withheld here. */
  withheld: ReleasedItem[];
  /** How many have no requirement here, and how many no answer. */
  without: { requirement: number; answers: number };
  /** Which levels are required is not kept with the report: one of before they were. */
  unknown: ReleasedItem[];
}

export interface Figured {
  item: ReleasedItem;
  place: number;
  figure: Pick<ReleasedFigure, 'status' | 'figures'>;
}

/**
 * What a group needs to learn, by the figures shown of it, and what there is to learn it from (METHODS.md 1(a), "people below requirement in the
 * workforce", and 1(i)). People are those of `statistics.workforce`, which rest on the share that is shown.
 */
export function needsOf(figured: readonly Figured[], offers: readonly Taught[]): GroupNeeds {
  const levels = figured.filter(({ item }) => item.measure === 'level' && item.competency !== null);
  const inStatus = (status: string) => levels.filter(({ figure }) => figure.status === status);
  const read = inStatus('published').flatMap((row) => {
    const { figures } = row.figure;
    const compared =
      figures !== null && (figures.percentMeeting !== null || figures.percentMeetingBound !== null);
    return compared ? [{ ...row, figures, required: requiredOf(figures) }] : [];
  });
  const known = read.flatMap((row) =>
    row.required && row.required.highest > 0 ? [{ ...row, required: row.required }] : [],
  );
  const requirements = known.map(({ item, required }) => ({
    competency: item.competency!,
    level: required.highest,
  }));
  const existing = coverageOf(
    requirements,
    offers.filter(({ offer }) => offer.status === 'existing'),
  );
  const planned = coverageOf(
    requirements,
    offers.filter(({ offer }) => offer.status === 'planned'),
  );
  const rows = known.map(({ item, place, figures, required }, at): CompetencyNeed => {
    const { full, below } = existing[at]!;
    return {
      ...{ place, item, lowest: required.lowest, level: required.highest },
      share: figures.percentMeeting === null ? null : 100 - figures.percentMeeting,
      bound: figures.percentMeetingBound,
      ...{ staff: required.staff, people: required.below, peopleInterval: required.belowInterval },
      ...{ full, planned: planned[at]!.full, below, unmet: null },
      placesUnknown: full.some(({ places }) => places === null),
    };
  });
  return {
    needs: withUnmet(rows),
    withheld: inStatus('withheld').map(({ item }) => item),
    without: { requirement: inStatus('no-requirement').length, answers: inStatus('no-answers').length },
    unknown: read.filter(({ required }) => required === null).map(({ item }) => item),
  };
}

/** What is required of the group: from what is known of its workforce, or else the one level that is required of all of it. */
function requiredOf(figures: NonNullable<Figured['figure']['figures']>): WorkforceFigure | null {
  const workforce = figures.statistics.workforce as WorkforceFigure | undefined;
  if (workforce) return workforce;
  const { required } = figures;
  return required === null
    ? null
    : { staff: null, below: null, belowInterval: null, lowest: required, highest: required };
}

function withUnmet(rows: readonly CompetencyNeed[]): CompetencyNeed[] {
  const unmet = new Map(unmetNeeds(rows.flatMap(needOf)).map((need) => [need.requirement.competency, need]));
  return rows.map((row) => {
    const found = row.people === null ? undefined : unmet.get(row.item.competency!);
    return found
      ? { ...row, unmet: { supply: found.supply, unmet: found.unmet, ratio: found.ratio, rank: found.rank } }
      : row;
  });
}

function needOf({ item, level, people, full, below }: CompetencyNeed): Need<Taught>[] {
  return people === null
    ? []
    : [{ requirement: { competency: item.competency!, level }, people, full, below }];
}

/** Is somebody below the level, as far as is shown? */
export function hasGap({ share, bound }: Pick<CompetencyNeed, 'share' | 'bound'>): boolean {
  return bound === '<=5' || (share ?? 0) > 0;
}

/**
 * The needs by what is to be done first: those that no offer meets before all others, then the largest unmet need, or where nobody counted
 * the staff the largest share below. Where all or nearly all are below, that comes before what is told in numbers.
 */
export function inOrderOfNeed(needs: readonly CompetencyNeed[]): CompetencyNeed[] {
  return needs
    .filter(hasGap)
    .sort(
      (one, other) =>
        Number(one.full.length > 0) - Number(other.full.length > 0) ||
        bySize(one, other) ||
        one.place - other.place,
    );
}

/** The same without regard to offers. */
export function bySize(one: CompetencyNeed, other: CompetencyNeed): number {
  const isAll = (need: CompetencyNeed) => Number(need.bound === '<=5');
  return (
    isAll(other) - isAll(one) ||
    (other.unmet?.unmet ?? -1) - (one.unmet?.unmet ?? -1) ||
    (other.people ?? -1) - (one.people ?? -1) ||
    (other.share ?? 0) - (one.share ?? 0)
  );
}

/** Coverage over all that is required of a group, in per cent; null where there is nothing to divide by. */
export interface Coverage {
  /** Of the competencies. */
  competencies: number;
  covered: number;
  percent: number | null;
  /** Of the people below, where they are counted: those whose competency some offer reaches, and those there are places for. */
  needWeighted: number | null;
  met: number | null;
}

export function coverageIn(needs: readonly CompetencyNeed[]): Coverage {
  const counted = needs.flatMap(needOf);
  return {
    competencies: needs.length,
    covered: needs.filter(({ full }) => full.length > 0).length,
    percent: coveragePercent(needs),
    needWeighted: needWeightedCoveragePercent(counted),
    met: metPercent(unmetNeeds(counted)),
  };
}

/** What to buy with a budget in pounds: planned offers, and existing ones once more for as many places again (METHODS.md 1(i)). */
export function purchasesFor(
  needs: readonly CompetencyNeed[],
  offers: readonly Taught[],
  budget: number,
): { list: Purchase<Taught>[]; unpriced: Taught[] } {
  const unmet = unmetNeeds(needs.flatMap(needOf)).filter((need) => need.unmet > 0);
  const reaching = offers.filter(({ levels }) =>
    unmet.some(({ requirement: { competency, level } }) => (levels.get(competency) ?? 0) >= level),
  );
  return {
    list: purchaseList(unmet, reaching, budget),
    unpriced: reaching.filter(({ cost, places }) => cost === null || places === null),
  };
}
