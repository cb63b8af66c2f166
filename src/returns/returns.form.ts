import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import type { Words } from '../web/words';
import { readReturnCode } from './return-code';

const longestTyped = 100;

/** The code somebody typed, or a sentence in their language. */
export function readReturnForm(body: unknown, words: Words): FormResult<{ code: string }> {
  const shape = words.say('returnCodeShape');
  const enter = words.say('enterReturnCode');
  const code = z
    .string({ error: enter })
    .trim()
    .min(1, { error: enter })
    .max(longestTyped, { error: shape })
    .transform((typed, context) => {
      const meant = readReturnCode(typed);
      if (meant !== undefined) return meant;
      context.addIssue({ code: 'custom', message: shape });
      return z.NEVER;
    });
  return readForm(z.object({ code }), body);
}

/** Whether somebody whose browser holds other answers has said that they want these instead. */
export const insteadField = { name: 'instead', ticked: 'yes' };

export function wantsInstead(body: Readonly<Record<string, unknown>>): boolean {
  return body[insteadField.name] === insteadField.ticked;
}
