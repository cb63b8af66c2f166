import { z } from 'zod';

/** A sentence per field, by the field's name. */
export type FieldErrors = Record<string, string>;

/** What came in, understood; or a sentence for each field that was not. */
export type FormResult<T> = { value: T; errors?: undefined } | { value?: undefined; errors: FieldErrors };

/** Reads a posted body against a schema. The first sentence of each field wins. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): FormResult<T> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return { value: result.data };
  const errors: FieldErrors = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? 'form');
    errors[field] ??= issue.message;
  }
  return { errors };
}

/** What cannot be seen; line breaks and tabs can. */
const unseen = /[^\P{Cc}\n\t]/gu;

/** Text in paragraphs, as typed, without what cannot be seen. `what` names it in the sentences: "your comment". */
export function paragraphs(longest: number, what: string) {
  return z
    .string({ error: `Enter ${what}` })
    .transform((text) => text.replaceAll('\r\n', '\n').replace(unseen, '').trim())
    .pipe(
      z.string().max(longest, {
        error: `Shorten ${what} to ${longest.toLocaleString('en-GB')} characters or fewer`,
      }),
    );
}

/** What somebody else has changed while a form was open. */
export interface Meanwhile {
  field: string;
  was: string;
  is: string;
}

/**
 * Puts together what was typed and what somebody else has saved since the form was opened. `seen` is what the form was
 * filled with; what one of them lacks counts as empty. Fields that only one of the two touched keep that one's words; where both did, what was typed stays in
 * the form, to be decided by the person. No changes: nobody else was there, or they wrote the same.
 */
export function mergeEdits(
  seen: Readonly<Record<string, string>>,
  typed: Readonly<Record<string, string>>,
  current: Readonly<Record<string, string>>,
): { fields: Record<string, string>; changes: Meanwhile[] } {
  const fields: Record<string, string> = {};
  const changes: Meanwhile[] = [];
  for (const field of Object.keys({ ...seen, ...typed, ...current })) {
    const [was, mine, is] = [seen, typed, current].map((words) => words[field] ?? '') as [
      string,
      string,
      string,
    ];
    fields[field] = mine === was ? is : mine;
    if (was !== is && mine !== is) changes.push({ field, was, is });
  }
  return { fields, changes };
}

/** What a form was filled with, as its hidden field brings it back. What cannot be read counts as nothing. */
export function readSeen(text: unknown): Record<string, string> {
  try {
    const seen: unknown = JSON.parse(String(text));
    if (typeof seen !== 'object' || seen === null) return {};
    return Object.fromEntries(Object.entries(seen).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}
