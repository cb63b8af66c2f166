import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';

const email = z
  .string({ error: 'Enter your email address' })
  .trim()
  .toLowerCase()
  .min(1, { error: 'Enter your email address' })
  .max(254, { error: 'Enter an email address of 254 characters or fewer' })
  .refine((text) => text === '' || /^[^@\s]+@[^@\s]+$/.test(text), {
    error: 'Enter an email address in the correct format, like name@example.org',
  });

/** A person's e-mail address and password, as typed. */
export const signInForm = z.object({
  email,
  password: z
    .string({ error: 'Enter your password' })
    .min(1, { error: 'Enter your password' })
    .max(1000, { error: 'Enter a password of 1,000 characters or fewer' }),
});

export type SignIn = z.infer<typeof signInForm>;

/** The address of somebody who asks for an e-mail. */
export function readAddress(body: unknown): FormResult<{ email: string }> {
  return readForm(z.object({ email }), body);
}
