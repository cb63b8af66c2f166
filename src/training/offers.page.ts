import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { type Offer, offerKinds } from './offer';
import type { OfferFilter } from './offer.form';
import { capitalised, costInWords, numberInWords, statusTag } from './offer.page';

const perPage = 100;

export interface OffersPage extends Page {
  /** Where to add one, for those who may. */
  add: string | null;
  maps: { href: string; text: string }[];
  filter: {
    action: string;
    kinds: Choice[];
    providers: Choice[];
    statuses: Choice[];
    clear: string | null;
  } | null;
  /** "12 offers", or what to do where there are none. */
  count: string;
  empty: string | null;
  rows: {
    href: string;
    title: string;
    provider: string;
    kind: string;
    tag: { text: string; classes: string };
    places: string;
    cost: string;
    competencies: string;
  }[];
  pagination: Record<string, unknown> | null;
}

interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

/** A project's training offers, as many as a filter lets through. */
export function offersPage(
  project: Project,
  offers: readonly Offer[],
  competencies: ReadonlyMap<string, number>,
  frameworks: readonly { id: string; title: string }[],
  filter: OfferFilter,
  mayChange: boolean,
): OffersPage {
  const address = `/projects/${project.id}/training`;
  const fitting = offers.filter((offer) => fits(offer, filter));
  const pages = Math.max(1, Math.ceil(fitting.length / perPage));
  const page = Math.min(filter.page, pages);
  const isFiltered = filter.kind !== null || filter.provider !== null || filter.status !== null;
  return {
    title: 'Training offers',
    section: project.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project),
    add: mayChange ? `${address}/new` : null,
    maps: frameworks.map(({ id, title }) => ({ href: `/frameworks/${id}/training`, text: title })),
    filter:
      offers.length > 0 ? { ...filterOf(offers, filter, address), clear: isFiltered ? address : null } : null,
    count: fitting.length === 1 ? '1 offer' : `${fitting.length.toLocaleString('en-GB')} offers`,
    empty: emptyOf(offers, fitting, mayChange),
    rows: fitting.slice((page - 1) * perPage, page * perPage).map((offer) => ({
      href: `/training/${offer.id}`,
      title: offer.title,
      provider: offer.provider,
      kind: capitalised(offer.kind),
      tag: statusTag(offer),
      places: numberInWords(offer.places),
      cost: costInWords(offer.cost),
      competencies: (competencies.get(offer.id) ?? 0).toLocaleString('en-GB'),
    })),
    pagination: paginationOf(page, pages, (number) => pageAddress(address, filter, number)),
  };
}

function fits(offer: Offer, { kind, provider, status }: OfferFilter): boolean {
  if (offer.archived !== (status === 'archived')) return false;
  return (
    (kind === null || offer.kind === kind) &&
    (provider === null || offer.provider === provider) &&
    (status === null || status === 'archived' || offer.status === status)
  );
}

function filterOf(offers: readonly Offer[], filter: OfferFilter, action: string) {
  const choices = (values: readonly string[], chosen: string | null, any: string, inWords = capitalised) => [
    { value: '', text: any, selected: chosen === null },
    ...values.map((value) => ({ value, text: inWords(value), selected: value === chosen })),
  ];
  const providers = [...new Set(offers.map(({ provider }) => provider))].sort((a, b) =>
    a.localeCompare(b, 'en-GB'),
  );
  return {
    action,
    kinds: choices(offerKinds, filter.kind, 'Any kind'),
    providers: choices(providers, filter.provider, 'Any provider', (provider) => provider),
    statuses: choices(['existing', 'planned', 'archived'], filter.status, 'Existing and planned'),
  };
}

function emptyOf(offers: readonly Offer[], fitting: readonly Offer[], mayChange: boolean): string | null {
  if (fitting.length > 0) return null;
  if (offers.every(({ archived }) => archived)) {
    return mayChange
      ? 'There are no training offers yet. Add the courses, programmes and placements that exist or are planned: the training map then shows which required levels they reach.'
      : 'There are no training offers yet.';
  }
  return 'No offer fits this filter. Choose less, or show them all.';
}

function pageAddress(address: string, { kind, provider, status }: OfferFilter, page: number): string {
  const query = new URLSearchParams();
  if (kind) query.set('kind', kind);
  if (provider) query.set('provider', provider);
  if (status) query.set('status', status);
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `${address}?${query}` : address;
}

/** Links to the pages before and after; none where there is one page. */
export function paginationOf(
  page: number,
  pages: number,
  addressOf: (page: number) => string,
): Record<string, unknown> | null {
  if (pages === 1) return null;
  const label = (number: number) => `Page ${number} of ${pages}`;
  return {
    ...(page > 1 ? { previousUrl: addressOf(page - 1), previousPage: label(page - 1) } : {}),
    ...(page < pages ? { nextUrl: addressOf(page + 1), nextPage: label(page + 1) } : {}),
  };
}
