import { z } from 'zod';
import { isoDay } from '../platform/dates';
import { readDay } from '../platform/days';
import type { FieldErrors, FormResult } from '../platform/form';
import { paragraphs, readForm } from '../platform/form';
import { discussionLimits as limits } from './subject';

const said = paragraphs(limits.comment, 'your comment').pipe(
  z.string().min(1, { error: 'Enter your comment' }),
);

/** A list of ids: nothing, one or several, each once. */
const people = (known: ReadonlySet<string>, sentence: string) =>
  z
    .union([z.string(), z.array(z.string())], { error: sentence })
    .optional()
    .transform((value) => [...new Set(value === undefined ? [] : [value].flat())])
    .refine((ids) => ids.every((id) => known.has(id)), { error: sentence });

/** A comment on a place. `places` are the names there are; '' is the whole. */
export function newThreadForm(places: ReadonlySet<string>) {
  return z.object({
    place: z
      .string({ error: 'Select what you comment on' })
      .refine((place) => places.has(place), { error: 'Select what you comment on from the list' }),
    text: said,
  });
}

export const replyForm = z.object({ text: said });

const requestForm = (members: ReadonlySet<string>) =>
  z.object({
    person: people(members, 'Select people from the list').refine((ids) => ids.length > 0, {
      error: 'Select who is asked',
    }),
    note: paragraphs(limits.note, 'the note').default(''),
  });

/** Who is asked, what for and until when. */
export interface RequestWish {
  person: string[];
  note: string;
  dueOn: string | null;
}

/** Reads the form that asks for reviews; `now` tells whether the day lies ahead. */
export function readRequest(
  body: Readonly<Record<string, unknown>>,
  members: ReadonlySet<string>,
  now: Date,
): FormResult<RequestWish> {
  const form = readForm(requestForm(members), body);
  const dueOn = readDay(body, 'due');
  const errors: FieldErrors = { ...form.errors, ...dayFault(dueOn, isoDay(now)) };
  if (form.value === undefined || dueOn === undefined || Object.keys(errors).length > 0) return { errors };
  return { value: { ...form.value, dueOn } };
}

function dayFault(day: string | null | undefined, today: string): FieldErrors {
  if (day === undefined) return { 'due-day': 'Enter a day that is in the calendar, such as 27 3 2027' };
  if (day !== null && day < today) return { 'due-day': 'The day must be today or later' };
  return {};
}

/** What somebody asked to review answers. Whoever asks for changes says which. */
export const answerForm = z
  .object({
    answer: z.enum(['approved', 'changes asked'], { error: 'Select your answer' }),
    reason: paragraphs(limits.comment, 'your reason').default(''),
    revision: z.string().max(100).default(''),
  })
  .refine(({ answer, reason }) => answer === 'approved' || reason !== '', {
    path: ['reason'],
    error: 'Enter what needs to change',
  });

/** The approvals a project asks for. */
export function approvalRuleForm(members: ReadonlySet<string>) {
  const sentence = `Enter a whole number from 0 to ${limits.approvals}`;
  return z.object({
    needed: z
      .string({ error: sentence })
      .trim()
      .regex(/^\d{1,2}$/, { error: sentence })
      .transform(Number)
      .refine((needed) => needed <= limits.approvals, { error: sentence }),
    person: people(members, 'Select people from the list').refine((ids) => ids.length <= limits.approvals, {
      error: `Select ${limits.approvals} people at most`,
    }),
  });
}
