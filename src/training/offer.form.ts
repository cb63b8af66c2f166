import { z } from 'zod';
import type { AudienceCodes } from './audience';
import { type OfferDetails, type OfferKind, type OfferStatus, offerKinds, offerStatuses } from './offer';
import { offerFields } from './offer-fields';

/** What a lead types about an offer. */
export function offerForm(known: AudienceCodes): z.ZodType<OfferDetails> {
  return z.object(offerFields(known));
}

/** The offer's revision that a form was filled in for. A form without one is taken for the oldest there can be. */
export function readRevision(body: { revision?: unknown }): number {
  const revision = Number(body.revision);
  return Number.isInteger(revision) && revision > 0 && revision < 2 ** 31 ? revision : 0;
}

/** Which offers a list shows; null is all that are not archived. */
export interface OfferFilter {
  kind: OfferKind | null;
  provider: string | null;
  status: OfferStatus | 'archived' | null;
  page: number;
}

/** The filter in an address. What it cannot mean is as if it were not there. */
export function readOfferFilter(query: Record<string, unknown>): OfferFilter {
  return {
    kind: offerKinds.find((kind) => kind === query.kind) ?? null,
    provider: typeof query.provider === 'string' && query.provider !== '' ? query.provider : null,
    status: ([...offerStatuses, 'archived'] as const).find((status) => status === query.status) ?? null,
    page: readPageNumber(query.page),
  };
}

export function readPageNumber(page: unknown): number {
  return /^[1-9]\d{0,5}$/.test(String(page)) ? Number(page) : 1;
}
