import type { ReleasedOffer } from '../releases/release';
import { itemName } from '../reports/report-words';
import { bySize, type CompetencyNeed, hasGap, type Taught } from './competency-need';
import { listed, offerInWords } from './offer-words';

/** What to commission for a group, in plain sentences. */
export interface Advice {
  place: number;
  heading: string;
  /** Why: the share and the people below. */
  why: string;
  /** What there is. */
  exists: string;
  /** What to buy or build. */
  todo: string;
}

const mostOffers = 3;

/** The competencies to commission first for a group, at most so many: the largest unmet needs, whether or not there is an offer. */
export function adviceFor(needs: readonly CompetencyNeed[], most: number): Advice[] {
  return needs
    .filter((need) => hasGap(need) && !isMet(need))
    .sort((one, other) => bySize(one, other) || one.place - other.place)
    .slice(0, most)
    .map((need) => ({
      place: need.place,
      heading: `${itemName(need.item)}: ${levelInWords(need)}`,
      why: whyInWords(need),
      exists: existsInWords(need),
      todo: todoInWords(need),
    }));
}

/** Are there as many places as people below? */
function isMet({ unmet }: CompetencyNeed): boolean {
  return unmet !== null && unmet.unmet <= 0;
}

export function levelInWords({ level, lowest }: Pick<CompetencyNeed, 'level' | 'lowest'>): string {
  return lowest === level ? `level ${level}` : `level ${level} (${lowest} for some)`;
}

/** "81% are below it: about 120 of 150 staff". */
export function whyInWords({ share, bound, people, staff }: CompetencyNeed): string {
  const who = bound === '<=5' ? 'All or nearly all' : `${share}%`;
  const count = (number: number) => number.toLocaleString('en-GB');
  if (people !== null && staff !== null) {
    return `${who} are below the level: about ${count(people)} of ${count(staff)} staff of whom it is required.`;
  }
  return staff === null
    ? `${who} are below the level.`
    : `${who} of the ${count(staff)} staff of whom it is required are below the level.`;
}

/** What there is, in one short sentence. */
export function existsShortly({ level, full, planned, below }: CompetencyNeed): string {
  if (full.length > 0) {
    return `${full.length} ${full.length === 1 ? 'offer reaches' : 'offers reach'} level ${level}.`;
  }
  if (planned.length > 0) {
    return `No offer reaches level ${level} yet; ${planned.length === 1 ? 'one is' : `${planned.length} are`} planned.`;
  }
  return below.length > 0
    ? `No offer reaches level ${level}; what there is stays below it.`
    : `No offer teaches it.`;
}

function names(offers: readonly Taught[]): string {
  return listed(
    offers.map(({ offer }) => offerInWords(offer)),
    mostOffers,
  );
}

function existsInWords({ item, level, full, below, planned }: CompetencyNeed): string {
  const parts = [
    full.length > 0
      ? `Reaching level ${level}: ${names(full)}.`
      : `No existing offer reaches level ${level}.`,
    ...(planned.length > 0 ? [`Planned: ${names(planned)}.`] : []),
    ...(full.length === 0 && below.length > 0
      ? [`Below the level: ${belowNames(below, item.competency!)}.`]
      : []),
  ];
  return parts.join(' ');
}

function belowNames(offers: readonly Taught[], competency: string): string {
  return listed(
    offers.map(({ offer }) => `${offerInWords(offer)}, to level ${taughtLevel(offer, competency)}`),
    mostOffers,
  );
}

function taughtLevel({ levels }: ReleasedOffer, competency: string): number {
  return levels[competency] ?? 0;
}

function todoInWords(need: CompetencyNeed): string {
  const { level, full, planned, below, unmet, people, placesUnknown } = need;
  const count = (number: number) => number.toLocaleString('en-GB');
  if (full.length > 0) {
    if (placesUnknown) return 'Ask the providers how many places they have, then buy what is missing.';
    if (unmet) return `Buy places for about ${count(unmet.unmet)} more people, or a further offer.`;
    return 'Check that there are places enough for those below.';
  }
  const whom = people === null ? '' : ` for about ${count(people)} people`;
  if (planned.length > 0) {
    return `See that what is planned goes ahead${whom === '' ? '' : ` and has places${whom}`}.`;
  }
  if (below.length > 0) {
    return `Have one of the offers below the level extended to level ${level}${whom}, or buy or build training that reaches it.`;
  }
  return `Buy or build training to level ${level}${whom}.`;
}
