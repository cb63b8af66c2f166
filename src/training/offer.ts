export const offerKinds = ['pre-registration', 'workplace', 'course', 'e-learning'] as const;
export const offerModes = ['in person', 'online live', 'online self-paced', 'blended', 'on the job'] as const;
export const offerStatuses = ['existing', 'planned'] as const;

export type OfferKind = (typeof offerKinds)[number];
export type OfferMode = (typeof offerModes)[number];
export type OfferStatus = (typeof offerStatuses)[number];

/** What of an offer is longer or more than this is refused, with a sentence. */
export const offerLimits = {
  title: 200,
  provider: 200,
  hours: 10_000,
  cost: 1_000_000,
  places: 1_000_000,
  url: 2000,
  /** Offers a project may have, archived ones apart. */
  offers: 2000,
};

/** What somebody says of a training offer. */
export interface OfferDetails {
  title: string;
  provider: string;
  kind: OfferKind;
  mode: OfferMode;
  status: OfferStatus;
  /** How long it takes, in hours; null where it is not known. */
  hours: number | null;
  /** Pounds a year for all its places; 0 is free, null is not known. */
  cost: number | null;
  /** People who can take it in a year; null where it is not known. */
  places: number | null;
  /** Where to read more: http or https, or nothing. */
  url: string;
  /** Codes of the professions it is open to; none means everybody. */
  professions: string[];
  /** Codes of the regions it is open to; none means everywhere. */
  regions: string[];
}

/** An offer as it stands at one revision. */
export interface OfferState extends OfferDetails {
  archived: boolean;
}

/** A course, programme or placement, existing or planned, that brings people to a level of some competencies. */
export interface Offer extends OfferState {
  id: string;
  projectId: string;
  /** Counts its changes, what it teaches included. */
  revision: number;
}

/** The level an offer brings people to, by the competency's lineage. What is not there is not covered. */
export type Levels = ReadonlyMap<string, number>;

/** An offer with what it teaches of a framework. */
export interface TaughtOffer extends Offer {
  levels: Levels;
}

/** One cell of the training map. `competency` is a lineage. */
export interface Coverage {
  offerId: string;
  competency: string;
  level: number;
}

export type OfferField = keyof OfferState;

const allFields: readonly OfferField[] = [
  ...(['title', 'provider', 'kind', 'mode', 'status', 'hours', 'cost', 'places', 'url'] as const),
  ...(['professions', 'regions', 'archived'] as const),
];

/** The fields in which two states of an offer differ. */
export function fieldsThatDiffer(one: OfferState, other: OfferState): OfferField[] {
  return allFields.filter((field) => !sameValue(one[field], other[field]));
}

/** Lists are sets: their order says nothing. */
function sameValue(one: OfferState[OfferField], other: OfferState[OfferField]): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

export function stateOf(offer: OfferState): OfferState {
  return Object.fromEntries(allFields.map((field) => [field, offer[field]])) as unknown as OfferState;
}

/** An offer's fields as texts, as a form holds them: numbers plain, lists with a semicolon between. */
export function textsOf(state: OfferDetails): Record<keyof OfferDetails, string> {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    title: state.title,
    provider: state.provider,
    kind: state.kind,
    mode: state.mode,
    status: state.status,
    hours: text(state.hours),
    cost: text(state.cost),
    places: text(state.places),
    url: state.url,
    professions: [...state.professions].sort().join(';'),
    regions: [...state.regions].sort().join(';'),
  };
}

/** Titles and providers are the same whatever their case and spacing. */
export function nameKey({ title, provider }: Pick<OfferDetails, 'title' | 'provider'>): string {
  return JSON.stringify([title, provider].map((text) => text.trim().replace(/\s+/g, ' ').toLowerCase()));
}
