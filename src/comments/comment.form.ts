import { z } from 'zod';
import { replyForm } from '../discussions/discussion.form';
import { type FormResult, readForm } from '../platform/form';
import { type Mentionable, mentionsIn } from './mention';

/** What somebody says, and whom they tell of it: ticked, or mentioned in the text. */
export interface CommentWish {
  text: string;
  told: string[];
}

const longestShown = 80;

/** Reads a comment; `people` are those who can be told of it. */
export function readComment(body: unknown, people: readonly Mentionable[]): FormResult<CommentWish> {
  const known = new Set(people.map(({ accountId }) => accountId));
  const sentence = 'Select people from the list';
  const person = z
    .union([z.string(), z.array(z.string())], { error: sentence })
    .optional()
    .transform((value) => [...new Set(value === undefined ? [] : [value].flat())])
    .refine((ids) => ids.every((id) => known.has(id)), { error: sentence });
  const form = readForm(replyForm.extend({ person }), body);
  if (form.errors) return form;
  const { accountIds, unknown } = mentionsIn(form.value.text, people);
  if (unknown.length > 0) {
    return {
      errors: {
        text: `@${unknown[0]!.slice(0, longestShown)} cannot comment on this report, or is you, and cannot be told. Take the first @ away, or have them invited`,
      },
    };
  }
  return { value: { text: form.value.text, told: [...new Set([...form.value.person, ...accountIds])] } };
}

/** The people ticked, as the form brings them back. */
export function tickedIn(body: Readonly<Record<string, unknown>>): string[] {
  return [body.person ?? []].flat().map(String);
}
