import type { z } from 'zod';

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
