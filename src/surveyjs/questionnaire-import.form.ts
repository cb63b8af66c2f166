import { z } from 'zod';
import { isId } from '../web/params';

const longestDefinition = 1_000_000;

/** What is sent with a SurveyJS file, or pasted in its place. */
export const questionnaireImportForm = z.object({
  definition: z
    .string()
    .max(longestDefinition, {
      error: `What you paste must be ${longestDefinition.toLocaleString('en-GB')} characters or fewer`,
    })
    .default(''),
  framework: z
    .string()
    .default('')
    .refine((id) => id === '' || isId(id), { error: 'Select a framework from the list' }),
  leaveOut: z
    .string()
    .optional()
    .transform((value) => value === 'yes'),
});
