import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import { reasonLimits } from './taken-answers';

const { fewest, most } = reasonLimits;
const tooShort = `Say what you need the answers for, in ${fewest} characters or more`;

const reasonForm = z.object({
  reason: z
    .string({ error: tooShort })
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(fewest, { error: tooShort })
        .max(most, { error: `The reason must be ${most} characters or fewer` }),
    ),
});

/** Why somebody takes answers away. */
export function readReason(body: unknown): FormResult<{ reason: string }> {
  return readForm(reasonForm, body);
}
