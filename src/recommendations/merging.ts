import { contentOf, type RecommendationContent } from './recommendation';

/** The fields of a recommendation that are one thing each: two people cannot both have their way with one of them. */
export const singleFields = ['text', 'route', 'priority', 'owner', 'dueOn'] as const;

export type SingleField = (typeof singleFields)[number];

/** A field that two people changed, each in another way. */
export interface Clash {
  field: SingleField;
  was: string;
  mine: string;
  theirs: string;
}

/** What becomes of a recommendation that two people edited at once. */
export interface Merged {
  /** What only one of them changed is as that one has it; what both did is as mine has it. */
  content: RecommendationContent;
  clashes: Clash[];
  /** The fields that are theirs now, and were not changed by me. */
  taken: (SingleField | 'gaps')[];
}

/**
 * Brings together what I typed and what others saved since I opened the form, field by field. `base` is what my form was filled
 * with. Gaps are brought together one by one: what either added is there, what either took off is gone.
 */
export function merge(
  base: RecommendationContent,
  mine: RecommendationContent,
  theirs: RecommendationContent,
): Merged {
  const content = contentOf(mine);
  const clashes: Clash[] = [];
  const taken: Merged['taken'] = [];
  for (const field of singleFields) {
    if (theirs[field] === base[field] || theirs[field] === mine[field]) continue;
    if (mine[field] === base[field]) {
      Object.assign(content, { [field]: theirs[field] });
      taken.push(field);
      continue;
    }
    const words = (of: RecommendationContent) => of[field] ?? '';
    clashes.push({ field, was: words(base), mine: words(mine), theirs: words(theirs) });
  }
  content.gaps = mergeGaps(base.gaps, mine.gaps, theirs.gaps);
  if (content.gaps.join() !== mine.gaps.join()) taken.push('gaps');
  return { content, clashes, taken };
}

function mergeGaps(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const kept = mine.filter((gap) => theirs.includes(gap) || !base.includes(gap));
  return [...kept, ...theirs.filter((gap) => !base.includes(gap) && !mine.includes(gap))];
}
