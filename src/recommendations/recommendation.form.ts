import { z } from 'zod';
import { readDay } from '../platform/days';
import { type FieldErrors, type FormResult, paragraphs, readForm } from '../platform/form';
import { type SingleField, singleFields } from './merging';
import {
  recommendationLimits as limits,
  priorities,
  type RecommendationContent,
  routes,
  type Status,
  statuses,
} from './recommendation';

/** What came in, as the form sent it. */
export type Sent = Readonly<Record<string, unknown>>;

const contentForm = (gaps: ReadonlySet<string>) =>
  z.object({
    text: paragraphs(limits.text, 'what you recommend').pipe(
      z.string().min(1, { error: 'Enter what you recommend' }),
    ),
    gap: z
      .array(z.string())
      .min(1, { error: 'Select at least one gap that it answers' })
      .max(limits.gaps, { error: `Select ${limits.gaps} gaps at most` })
      .refine((names) => names.every((name) => gaps.has(name)), {
        error: 'Select gaps from the list: this report shows no figure at one of those that came',
      }),
    route: z.enum(routes, { error: 'Select the route' }),
    priority: z.enum(priorities, { error: 'Select the priority' }),
    owner: paragraphs(limits.owner, 'who should do it').default(''),
  });

/** Reads a recommendation; `isShown` tells whether the report shows a figure at a place. */
export function readRecommendation(
  body: Sent,
  isShown: (gap: string) => boolean,
): FormResult<RecommendationContent> {
  const gap = chosenGaps(body);
  const form = readForm(contentForm(new Set(gap.filter(isShown))), { ...body, gap });
  const dueOn = readDay(body, 'due');
  const errors: FieldErrors = {
    ...form.errors,
    ...(dueOn === undefined ? { 'due-day': 'Enter a day that is in the calendar, such as 27 3 2027' } : {}),
  };
  if (form.value === undefined || dueOn === undefined) return { errors };
  const { gap: gaps, ...rest } = form.value;
  return { value: { ...rest, gaps, dueOn } };
}

/** The gaps ticked, each once, in the order they came; more than a form ever holds are left. */
export function chosenGaps(body: Sent): string[] {
  const sent = body.gap === undefined ? [] : [body.gap].flat();
  return [...new Set(sent.map(String))].slice(0, 200);
}

/** The version that a form was filled in for, and where the recommendation stood. A form without one is taken for the first. */
export function readSeen(body: Sent): { revision: number; status: Status } {
  const revision = Number(body.revision);
  return {
    revision: Number.isInteger(revision) && revision > 0 && revision < 2 ** 31 ? revision : 1,
    status: statuses.find((status) => status === body.status) ?? 'draft',
  };
}

/** How a person settles a field that two changed: mine, theirs, or, of the text, both as they brought them together. */
const choices = ['mine', 'theirs', 'both'] as const;

/**
 * The form with every clash settled as chosen: the chosen words stand where the field is. Undecided fields are named, and keep what
 * was typed.
 */
export function readSettled(body: Sent): { body: Sent; undecided: SingleField[] } {
  const settled: Record<string, unknown> = { ...body };
  const undecided: SingleField[] = [];
  for (const field of singleFields) {
    if (body[`clash-${field}`] === undefined) continue;
    const choice = choices.find((one) => one === body[`keep-${field}`]);
    if (!choice || (choice === 'both' && field !== 'text')) {
      undecided.push(field);
      continue;
    }
    if (choice === 'mine') continue;
    const words = String(body[`${choice}-${field}`] ?? '');
    if (field === 'dueOn') Object.assign(settled, dayFields(words));
    else settled[field] = words;
  }
  return { body: settled, undecided };
}

function dayFields(day: string): Record<string, string> {
  const [year = '', month = '', date = ''] = day.split('-');
  return { 'due-day': date, 'due-month': month, 'due-year': year };
}

/** What somebody holds of a recommendation. Whoever disagrees says why. */
export const opinionForm = z
  .object({
    answer: z.enum(['agree', 'disagree'], { error: 'Select whether you agree' }),
    reason: paragraphs(limits.opinion, 'your reason').default(''),
    revision: z.coerce.number().int().min(1).catch(1),
  })
  .refine(({ answer, reason }) => answer === 'agree' || reason !== '', {
    path: ['reason'],
    error: 'Enter why you disagree',
  });

/** A step of the status; to reject something takes a reason. */
export const stepForm = z
  .object({
    to: z.enum(statuses, { error: 'Select where it stands now' }),
    reason: paragraphs(limits.reason, 'the reason').default(''),
    revision: z.coerce.number().int().min(1).catch(1),
  })
  .refine(({ to, reason }) => to !== 'rejected' || reason !== '', {
    path: ['reason'],
    error: 'Enter why it is rejected',
  });

/** What a list is narrowed by; null is all. What an address cannot mean is as if it were not there. */
export function readListFilter(query: Sent): {
  route: RecommendationContent['route'] | null;
  status: Status | null;
} {
  return {
    route: routes.find((route) => route === query.route) ?? null,
    status: statuses.find((status) => status === query.status) ?? null,
  };
}
