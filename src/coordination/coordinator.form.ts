import { z } from 'zod';

/** Who is to coordinate which organisation. */
export const coordinatorForm = z.object({
  email: z
    .string({ error: 'Enter their email address' })
    .trim()
    .toLowerCase()
    .min(1, { error: 'Enter their email address' })
    .max(254, { error: 'Enter an email address of 254 characters or fewer' })
    .refine((text) => text === '' || /^[^@\s]+@[^@\s]+$/.test(text), {
      error: 'Enter an email address in the correct format, like name@example.org',
    }),
  organisation: z
    .string({ error: 'Select the organisation' })
    .min(1, { error: 'Select the organisation' })
    .max(120, { error: 'Select the organisation' }),
});

export type CoordinatorForm = z.infer<typeof coordinatorForm>;
