import { z } from 'zod';

/** What a platform administrator types about an organisation. */
export const organisationForm = z.object({
  name: z
    .string({ error: 'Enter the name of the organisation' })
    .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, { error: 'Enter the name of the organisation' })
        .max(120, { error: 'The name must be 120 characters or fewer' }),
    ),
});
