import { z } from 'zod';

const mostChanges = 500;

/** Which changes a live survey is to take, and why. */
export const correctionForm = z.object({
  change: z
    .union([z.string().transform((one) => [one]), z.array(z.string())], {
      error: 'Select at least one correction',
    })
    .refine((chosen) => chosen.length <= mostChanges, { error: `Select ${mostChanges} corrections at most` }),
  reason: z
    .string({ error: 'Enter why it is corrected' })
    .trim()
    .min(1, { error: 'Enter why it is corrected' })
    .max(500, { error: 'Why it is corrected must be 500 characters or fewer' }),
});
