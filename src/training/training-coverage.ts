// Coverage of required levels by training offers, and the need that stays unmet: METHODS.md 1(i).

/** An offer as the method sees it. */
export interface TeachingOffer {
  id: string;
  /** The level taught, by competency; what is missing or 0 is not covered. */
  levels: ReadonlyMap<string, number>;
  /** Places a year; null where not known, which supplies nothing that can be counted. */
  places: number | null;
  /** Pounds a year for all its places; 0 is free, null is not known. */
  cost: number | null;
  /** Codes of the professions it is open to; none means everybody. */
  professions: readonly string[];
  /** Codes of the regions it is open to; none means everywhere. */
  regions: readonly string[];
}

/** Who is to be trained, and where; null means that it does not matter. */
export interface Audience {
  /** One profession, or those of a staff tier, any of which will do. */
  professions: readonly string[] | null;
  region: string | null;
}

/** A level the work requires: 1 or more, for a level of 0 asks nobody to learn anything. */
export interface Requirement {
  competency: string;
  level: number;
}

/** A required level with the offers that reach it, and those that teach the competency and stay below. */
export interface Covered<O> {
  requirement: Requirement;
  full: O[];
  below: O[];
}

/** The offers open to an audience. */
export function openTo<O extends Pick<TeachingOffer, 'professions' | 'regions'>>(
  offers: readonly O[],
  { professions, region }: Audience,
): O[] {
  return offers.filter(
    (offer) =>
      (professions === null ||
        offer.professions.length === 0 ||
        professions.some((code) => offer.professions.includes(code))) &&
      (region === null || offer.regions.length === 0 || offer.regions.includes(region)),
  );
}

/**
 * Which offers reach each required level: F_c = {o: t_oc >= q_c}, and below it {o: 0 < t_oc < q_c}. `offers` are those
 * that count: active, and open to the audience.
 */
export function coverageOf<O extends Pick<TeachingOffer, 'levels'>>(
  requirements: readonly Requirement[],
  offers: readonly O[],
): Covered<O>[] {
  const teaching = new Map<string, { offer: O; level: number }[]>();
  for (const offer of offers) {
    for (const [competency, level] of offer.levels) {
      if (level <= 0) continue;
      if (!teaching.has(competency)) teaching.set(competency, []);
      teaching.get(competency)!.push({ offer, level });
    }
  }
  return requirements.map((requirement) => {
    const taught = teaching.get(requirement.competency) ?? [];
    return {
      requirement,
      full: taught.filter(({ level }) => level >= requirement.level).map(({ offer }) => offer),
      below: taught.filter(({ level }) => level < requirement.level).map(({ offer }) => offer),
    };
  });
}

/** 100 * #{c: F_c not empty} / #{c}, from 0 to 100; null where nothing is required. */
export function coveragePercent(covered: readonly Pick<Covered<unknown>, 'full'>[]): number | null {
  return share(covered.filter(({ full }) => full.length > 0).length, covered.length);
}

/** A required level with the people below it, weighted: the need N_c, a count and never a percentage. */
export interface Need<O> extends Covered<O> {
  people: number;
}

/** 100 * sum of N_c over covered c / sum of N_c, from 0 to 100; null where nobody needs anything. */
export function needWeightedCoveragePercent(needs: readonly Need<unknown>[]): number | null {
  return share(sum(needs.filter(({ full }) => full.length > 0).map(({ people }) => people)), total(needs));
}

/** What is left of a need after the places there are. */
export interface UnmetNeed<O> extends Need<O> {
  /** S_c: places a year of the offers that reach the level. Not to be summed over competencies: a place may serve two. */
  supply: number;
  /** U_c = max(0, N_c - S_c), in people. */
  unmet: number;
  /** U_c / N_c, from 0 to 1; null where nobody needs it. */
  ratio: number | null;
  /** Competition rank by unmet need, the largest first; ties share it. */
  rank: number;
  /** Some offer that reaches the level does not say how many places it has: the supply may be larger. */
  placesUnknown: boolean;
}

/** The needs with what stays unmet of them, the largest first, ties in the order of competency and level. */
export function unmetNeeds<O extends Pick<TeachingOffer, 'places'>>(
  needs: readonly Need<O>[],
): UnmetNeed<O>[] {
  const rows = needs.map((need) => {
    const supply = sum(need.full.map(({ places }) => places ?? 0));
    const unmet = Math.max(0, need.people - supply);
    return {
      ...need,
      supply,
      unmet,
      ratio: need.people > 0 ? unmet / need.people : null,
      rank: 0,
      placesUnknown: need.full.some(({ places }) => places === null),
    };
  });
  rows.sort((a, b) => rounded(b.unmet) - rounded(a.unmet) || inOrder(a.requirement, b.requirement));
  rows.forEach((row, index) => {
    const above = rows[index - 1];
    row.rank = above && rounded(above.unmet) === rounded(row.unmet) ? above.rank : index + 1;
  });
  return rows;
}

/** 100 * sum of min(N_c, S_c) / sum of N_c, from 0 to 100; null where nobody needs anything. */
export function metPercent(needs: readonly UnmetNeed<unknown>[]): number | null {
  return share(sum(needs.map(({ people, supply }) => Math.min(people, supply))), total(needs));
}

/** An offer to buy, what it costs, and how many places of those missing it fills, summed over competencies. */
export interface Purchase<O> {
  offer: O;
  cost: number;
  fills: number;
}

/**
 * What to buy with a budget in pounds: again and again the offer that fills most for its cost, sum of min(P_o, U_c) over
 * the levels it reaches, until nothing affordable fills anything. Each offer is bought once, for it has no more places;
 * free ones come first, the fuller first; ties by id. Offers without a cost or places that are known are left out.
 * Greedy, so not always the best list for the money: say so where it is shown.
 */
export function purchaseList<O extends TeachingOffer>(
  needs: readonly Pick<UnmetNeed<unknown>, 'requirement' | 'unmet'>[],
  candidates: readonly O[],
  budget: number,
): Purchase<O>[] {
  const unmet = needs.map(({ requirement, unmet }) => ({ ...requirement, people: unmet }));
  let left = [...candidates];
  let money = budget;
  const bought: Purchase<O>[] = [];
  for (;;) {
    const best = left
      .flatMap((offer) => (offer.cost === null ? [] : [{ offer, cost: offer.cost, fills: filledBy(offer) }]))
      .filter(({ cost, fills }) => cost <= money && fills > 0)
      .sort(
        (a, b) =>
          byValue(a, b) ||
          b.fills - a.fills ||
          (a.offer.id < b.offer.id ? -1 : a.offer.id > b.offer.id ? 1 : 0),
      )[0];
    if (!best) return bought;
    bought.push(best);
    money -= best.cost;
    left = left.filter((offer) => offer !== best.offer);
    for (const need of unmet) {
      if (reaches(best.offer, need)) need.people = Math.max(0, need.people - (best.offer.places ?? 0));
    }
  }

  function filledBy(offer: O): number {
    return sum(
      unmet.filter((need) => reaches(offer, need)).map(({ people }) => Math.min(offer.places ?? 0, people)),
    );
  }
}

function reaches({ levels }: Pick<TeachingOffer, 'levels'>, { competency, level }: Requirement): boolean {
  const taught = levels.get(competency) ?? 0;
  return taught > 0 && taught >= level;
}

/** More for the pound first. Multiplied out, so that nothing is divided by a cost of 0. */
function byValue(a: { cost: number; fills: number }, b: { cost: number; fills: number }): number {
  if (a.cost === 0 || b.cost === 0) return Number(a.cost > 0) - Number(b.cost > 0);
  return b.fills * a.cost - a.fills * b.cost;
}

function inOrder(a: Requirement, b: Requirement): number {
  if (a.competency !== b.competency) return a.competency < b.competency ? -1 : 1;
  return a.level - b.level;
}

function total(needs: readonly Need<unknown>[]): number {
  return sum(needs.map(({ people }) => people));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? (100 * part) / whole : null;
}

/** Equal to nine decimals counts as equal, as for every rank (METHODS.md 0). */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
