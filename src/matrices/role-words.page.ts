import { domainPath } from '../frameworks/content';
import type { Content, Words } from '../frameworks/framework';
import { displayed } from '../platform/rounding';
import { letterOf } from './role-choice';

/** A cell of a table: what is seen, what is only heard, and how it is shaded. */
export interface TableCell {
  text: string;
  note: string;
  hidden: string;
  classes: string;
}

/** "1 competency", "5 competencies". */
export function countOf(count: number, { competency, competencies }: Words): string {
  return `${count} ${count === 1 ? competency : competencies}`;
}

export function levelsInWords(count: number): string {
  return `${count} ${count === 1 ? 'level' : 'levels'}`;
}

/** "+2", "−1", "0". */
export function signed(difference: number): string {
  if (difference === 0) return '0';
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}

/** A share of 0 to 1 as a whole percentage. What is not quite all or nothing does not look as if it were. */
export function percent(share: number): string {
  const rounded = displayed(100 * share, 0);
  if (rounded === 100 && share < 1) return 'over 99%';
  if (rounded === 0 && share > 0) return 'under 1%';
  return `${rounded}%`;
}

/** "A", "A and C", "A, B and D". */
export function lettersOf(roles: readonly number[]): string {
  const letters = roles.map(letterOf);
  return letters.length < 2 ? letters.join('') : `${letters.slice(0, -1).join(', ')} and ${letters.at(-1)}`;
}

/** Rows of competencies under their domains' paths, in the framework's order; domains without any are left out. */
export function byDomain<Row>(
  { domains }: Pick<Content, 'domains'>,
  rows: ReadonlyMap<string, Row>,
): { heading: string; rows: Row[] }[] {
  return domains
    .map((domain) => ({
      heading: domainPath(domains, domain).join(' > '),
      rows: domain.competencies.flatMap(({ code }) => rows.get(code) ?? []),
    }))
    .filter((group) => group.rows.length > 0);
}
