import { z } from 'zod';
import { linkKinds } from './crosswalk';

const longestReason = 500;

/** Which frameworks are to be merged: one box or several. */
export const sourcesForm = z.object({
  sources: z
    .union([z.uuid(), z.array(z.uuid()).min(1)], { error: 'Select the frameworks to merge' })
    .transform((ids) => [ids].flat()),
});

/** The choice of a domain that is to be made. */
export const newDomain = 'new';

export const takeOverForm = z.object({
  domain: z
    .union([z.uuid(), z.literal(newDomain)], { error: 'Select where it goes' })
    .transform((choice) => (choice === newDomain ? null : choice)),
  levels: z
    .literal('yes')
    .optional()
    .transform((choice) => choice === 'yes'),
});

export const linkForm = z.object({
  competency: z.uuid({ error: 'Select what it answers to' }),
  kind: z.enum(linkKinds, { error: 'Select how near the two are' }),
  seen: z.string().default(''),
});

export const omissionForm = z.object({
  reason: z
    .string({ error: 'Enter why it is left out' })
    .trim()
    .min(1, { error: 'Enter why it is left out' })
    .max(longestReason, { error: `The reason must be ${longestReason} characters or fewer` }),
});

export const takeOverAllForm = z.object({
  seen: z.string().default(''),
  levels: z
    .literal('yes')
    .optional()
    .transform((choice) => choice === 'yes'),
});

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const linkButton = new RegExp(`^link:(${uuid}):(${uuid}):(${linkKinds.join('|')})$`);
const takeButton = new RegExp(`^take:(${uuid})$`);

/** What one button of the list asks for. */
export type ListAction =
  | { do: 'link'; lineageId: string; competency: string; kind: (typeof linkKinds)[number] }
  | { do: 'take'; lineageId: string };

/** Reads the button of the list that was pressed; nothing where it is none of ours. */
export function readListAction(value: unknown): ListAction | undefined {
  const [, linked, competency, kind] = linkButton.exec(String(value)) ?? [];
  if (linked && competency) {
    return { do: 'link', lineageId: linked, competency, kind: linkKinds.find((one) => one === kind)! };
  }
  const [, taken] = takeButton.exec(String(value)) ?? [];
  return taken ? { do: 'take', lineageId: taken } : undefined;
}

/** Which competencies of a source are listed. */
export const filters = ['open', 'placed', 'left', 'all'] as const;
export type Filter = (typeof filters)[number];

/** The part of the list somebody is looking at, from the address or a form. */
export function readView({ show, page }: Record<string, unknown>): {
  show: Filter | undefined;
  page: number;
} {
  const number = Number(page);
  return {
    show: filters.find((filter) => filter === show),
    page: Number.isSafeInteger(number) && number > 0 ? number : 1,
  };
}
