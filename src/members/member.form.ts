import { z } from 'zod';
import { type Role, roles } from '../accounts/account';

/** What somebody can be in a project: everything but the administrator of the platform. */
export const projectRoles = roles.filter((role) => role !== 'platform_admin') as Exclude<
  Role,
  'platform_admin'
>[];

const role = z.enum(projectRoles, { error: 'Select what they are in the project' });

/** Whom to bring into a project, and as what. */
export const newMemberForm = z.object({
  email: z
    .string({ error: 'Enter their email address' })
    .trim()
    .toLowerCase()
    .min(1, { error: 'Enter their email address' })
    .max(254, { error: 'Enter an email address of 254 characters or fewer' })
    .refine((text) => text === '' || /^[^@\s]+@[^@\s]+$/.test(text), {
      error: 'Enter an email address in the correct format, like name@example.org',
    }),
  role,
});

export const roleForm = z.object({ role });

/** Who leads a project from now on, and what becomes of the one who hands it over. */
export const handoverForm = z.object({
  to: z.guid({ error: 'Select who leads the project from now on' }),
  become: z.enum(['leave', ...projectRoles], { error: 'Select what you are in the project afterwards' }),
});

export type Handover = z.infer<typeof handoverForm>;
