import { z } from 'zod';
import { notificationChoices } from './notification';

/** When somebody wants to be written to. */
export const notificationForm = z.object({
  choice: z.enum(notificationChoices, { error: 'Select when you want e-mails' }),
});
