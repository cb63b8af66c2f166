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

/** What a lead types about a new project. Where there is one organisation only, it is not asked for. */
export function newProjectForm(organisationIds: readonly string[]) {
  const error = 'Select the organisation the project belongs to';
  return projectForm.extend({
    organisationId:
      organisationIds.length === 1
        ? z
            .unknown()
            .optional()
            .transform(() => organisationIds[0]!)
        : z.string({ error }).refine((id) => organisationIds.includes(id), { error }),
  });
}
