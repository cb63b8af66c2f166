import { z } from 'zod';
import type { Merge } from '../estimates/dimension';
import { type FormResult, readForm } from '../platform/form';
import { clashOf, joined, longestReason } from './asking';
import type { MergeOffer } from './merge-offers';
import { categoryInWords, type Labels } from './problem-in-words';
import { type SmallChanges, type Weighting, weightings } from './release';

const anyReason = z
  .string({ error: 'Enter why there is another report' })
  .trim()
  .max(longestReason, `The reason must be ${longestReason.toLocaleString('en-GB')} characters or fewer`);

const first = z.object({
  weighting: z.enum(weightings, { error: 'Choose how figures are weighted' }),
});

const later = z.object({
  reason: anyReason.min(1, 'Enter why there is another report'),
  smallChanges: z.enum(['refuse', 'carry'], {
    error: 'Choose what is done about groups that changed too little',
  }),
});

/** Reads how a report is to be made: of a survey's first one, or of a later one that follows it. */
export function readRelease(
  body: unknown,
  isLater: boolean,
): FormResult<{ weighting?: Weighting; reason: string; smallChanges: SmallChanges }> {
  if (isLater) return readForm(later, body);
  const form = readForm(first, body);
  if (form.errors) return form;
  return { value: { weighting: form.value.weighting, reason: '', smallChanges: 'refuse' } };
}

/** Reads which of the offers were ticked, by their places, and joins them to what was put together before. */
export function readOffers(
  body: Readonly<Record<string, unknown>>,
  { offers, merges, labels }: { offers: readonly MergeOffer[]; merges: readonly Merge[]; labels: Labels },
): FormResult<Merge[]> {
  const ticked = [body.offer ?? []].flat().map(Number);
  const chosen = offers.filter((_, place) => ticked.includes(place));
  if (chosen.length === 0) return { errors: { offer: 'Choose what to put together' } };
  const all = joined(
    merges,
    chosen.flatMap((offer) => offer.merges),
  );
  const clash = clashOf(all);
  if (!clash) return { value: all };
  const name = categoryInWords(labels, clash.dimension, clash.code);
  return {
    errors: {
      offer: `Two of these put “${name}” together with different others. Choose the one or the other`,
    },
  };
}
