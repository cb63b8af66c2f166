import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import { readListed, readTicked } from './texts.form';
import type { NewTheme } from './theme';
import type { Coding } from './themes.commands';

type Body = Readonly<Record<string, unknown>>;

export function readTheme(body: Body): FormResult<NewTheme> {
  return readForm(
    z.object({
      title: z
        .string({ error: 'Enter what the theme is called' })
        .trim()
        .min(1, { error: 'Enter what the theme is called' })
        .max(80, { error: 'Enter 80 characters or fewer' }),
      definition: z.string().trim().max(300, { error: 'Enter 300 characters or fewer' }).default(''),
    }),
    body,
  );
}

/** What a coder ticked for each text of a list. */
export function readCodings(body: Body): Coding[] {
  return readListed(body).map(({ id, revision }) => ({
    ...{ id, revision },
    themes: readTicked(body, `themes-${id}`),
    back: body[`back-${id}`] === 'yes',
  }));
}
