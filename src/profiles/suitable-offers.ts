import type { TaughtOffer } from '../training/offer';

/** What is to be learned, and by whom. */
export interface Need {
  /** The competency's lineage. */
  lineageId: string;
  level: number;
  required: number;
  profession: string | null;
  region: string | null;
}

/** An offer that brings somebody on. */
export interface SuitableOffer {
  offer: TaughtOffer;
  /** The level it brings people to. */
  teaches: number;
  /** Does it reach the level required? */
  full: boolean;
}

/**
 * The offers that bring somebody nearer to a level, the best first: those that reach it (METHODS.md 1(i)), existing before
 * planned, the cheapest place, the shortest, by title. Archived ones never, nor those for other people or places: where
 * profession or region are not known, nobody is left out for it.
 */
export function suitableOffers(need: Need, offers: readonly TaughtOffer[]): SuitableOffer[] {
  return offers
    .filter((offer) => isOpenTo(need, offer))
    .map((offer) => ({ offer, teaches: offer.levels.get(need.lineageId) ?? -1 }))
    .filter(({ teaches }) => teaches > need.level)
    .map(({ offer, teaches }) => ({ offer, teaches, full: teaches >= need.required }))
    .sort(bestFirst);
}

function isOpenTo({ profession, region }: Need, { archived, professions, regions }: TaughtOffer): boolean {
  return !archived && includes(professions, profession) && includes(regions, region);
}

/** None named means everybody. */
function includes(audience: readonly string[], code: string | null): boolean {
  return audience.length === 0 || code === null || audience.includes(code);
}

function bestFirst(one: SuitableOffer, other: SuitableOffer): number {
  return (
    Number(other.full) - Number(one.full) ||
    // Of those that only go part of the way, the one that goes furthest.
    (one.full ? 0 : other.teaches - one.teaches) ||
    Number(one.offer.status === 'planned') - Number(other.offer.status === 'planned') ||
    compare(costOf(one.offer), costOf(other.offer)) ||
    compare(one.offer.hours ?? Number.POSITIVE_INFINITY, other.offer.hours ?? Number.POSITIVE_INFINITY) ||
    compare(one.offer.title, other.offer.title) ||
    compare(one.offer.provider, other.offer.provider) ||
    compare(one.offer.id, other.offer.id)
  );
}

/** Pounds for one place; what cannot be said comes last. */
function costOf({ cost, places }: TaughtOffer): number {
  if (cost === 0) return 0;
  return cost !== null && places ? cost / places : Number.POSITIVE_INFINITY;
}

/** Also of infinite values, whose difference is no number. */
function compare<T extends number | string>(one: T, other: T): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
