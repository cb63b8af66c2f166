import type { NodeKey, ReleasedDimension, ReleaseProblem } from './release';

/** The dimensions by the words they have for their categories. */
export type Labels = readonly Pick<ReleasedDimension, 'key' | 'categories'>[];

/** Why there can be no release: a sentence, and the groups it is because of. */
export interface ProblemInWords {
  sentence: string;
  groups: string[];
}

/** A category by its words, or by its code where there are none. */
export function categoryInWords(labels: Labels, dimension: string, code: string): string {
  const categories = labels.find(({ key }) => key === dimension)?.categories ?? [];
  return categories.find((category) => category.code === code)?.label ?? code;
}

/** A group by the words of its categories: "Midwife, Acute ward"; everybody is all of them. */
export function groupInWords(key: NodeKey, dimensions: Labels): string {
  const words = dimensions.flatMap(({ key: dimension, categories }) => {
    const code = key[dimension];
    if (code === null || code === undefined) return [];
    return [categories.find((category) => category.code === code)?.label ?? code];
  });
  return words.length > 0 ? words.join(', ') : 'Everybody';
}

/** Why a release was refused (METHODS.md 3.3, step 9; 2.3). */
export function problemInWords(
  problem: ReleaseProblem,
  dimensions: Labels,
  threshold: number,
): ProblemInWords {
  const named = (nodes: readonly NodeKey[]) => nodes.map((key) => groupInWords(key, dimensions));
  switch (problem.code) {
    case 'nobody answered':
      return { sentence: 'Nobody has answered yet, so there is nothing to report.', groups: [] };
    case 'too few changes':
      return {
        sentence: `In these groups some answers came or went since report ${problem.release}, but fewer than ${threshold}: from the difference of the two reports somebody could be found.`,
        groups: named(problem.nodes),
      };
    case 'other groups than before':
      return {
        sentence: `What is put together and what figures are weighted by must be as in report ${problem.release}.`,
        groups: [],
      };
    case 'weights':
      return { sentence: problem.sentence, groups: [] };
    case 'audit failed':
      return {
        sentence:
          'The check at the end found that a reader might work out figures of a small group. Nothing can be published so; put groups together and prepare it again.',
        groups: named(problem.nodes),
      };
  }
}
