import { isoDay } from '../platform/dates';
import type { Services } from '../services';
import { deletePreviewsBefore } from './previews.queries';

/** Test answers are kept for so long after they were last touched. */
export const daysPreviewsAreKept = 30;

/** Forgets test answers that nobody has looked at for a while. */
export async function forgetOldPreviews({ db, clock }: Services): Promise<void> {
  await deletePreviewsBefore(db, isoDay(new Date(clock.now().getTime() - daysPreviewsAreKept * 86_400_000)));
}
