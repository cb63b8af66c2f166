import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';

const enter = 'Enter an e-mail address, such as survey.team@example.org';

/** The address that answers are to go to, or a sentence. */
export function readReplyAddress(body: unknown): FormResult<{ email: string }> {
  return readForm(
    z.object({
      email: z
        .string({ error: enter })
        .trim()
        .pipe(z.email({ error: enter }).max(254, { error: enter })),
    }),
    body,
  );
}
