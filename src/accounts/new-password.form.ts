import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import { passwordFault } from './password-rules';

/** The password somebody chooses for the account of this address. */
export function readNewPassword(body: unknown, email: string): FormResult<{ password: string }> {
  return readForm(
    z.object({
      password: z.string({ error: 'Enter a password' }).superRefine((password, context) => {
        const message = password === '' ? 'Enter a password' : passwordFault(password, email);
        if (message) context.addIssue({ code: 'custom', message });
      }),
    }),
    body,
  );
}
