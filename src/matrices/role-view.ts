import { letterOf, type RoleChoice } from './role-choice';

/** Which competencies of a comparison are listed. */
export const listings = ['all', 'differing', 'apart', 'shared'] as const;
export type Listing = (typeof listings)[number];

/** What of a comparison is looked at. */
export interface RoleView {
  listing: Listing;
  /** The way whose top-up list is shown, as places in the list of roles; all of them where null. */
  passage: { from: number; to: number } | null;
}

/** Where a comparison of these roles can be found again. */
export function comparisonAddress(
  frameworkId: string,
  choices: readonly Pick<RoleChoice, 'key'>[],
  page: '' | '.csv' | '/pairs.csv' = '',
  further: Record<string, string> = {},
): string {
  const query = new URLSearchParams();
  for (const { key } of choices) query.append('role', key);
  for (const [name, value] of Object.entries(further)) query.append(name, value);
  return `/frameworks/${frameworkId}/roles${page}?${query}`;
}

/** What a way is called in an address: "A-C" leads from the first role to the third. */
export function passageName({ from, to }: { from: number; to: number }): string {
  return `${letterOf(from)}-${letterOf(to)}`;
}
