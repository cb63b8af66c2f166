import { z } from 'zod';

/** What a lead types about a project. */
export const projectForm = z.object({
  name: z
    .string({ error: 'Enter a name for the project' })
    .trim()
    .min(1, { error: 'Enter a name for the project' })
    .max(120, { error: 'The name must be 120 characters or fewer' }),
  purpose: z
    .string()
    .trim()
    .max(2000, { error: 'What it is for must be 2,000 characters or fewer' })
    .default(''),
});

export type ProjectForm = z.infer<typeof projectForm>;
