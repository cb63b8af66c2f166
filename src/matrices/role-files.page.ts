import { domainPath } from '../frameworks/content';
import type { FrameworkContent } from '../frameworks/framework';
import type { CsvCell } from '../platform/csv';
import type { RoleChoice } from './role-choice';
import type { Passage, RoleComparison } from './role-comparison';

interface Compared {
  content: FrameworkContent;
  choices: readonly RoleChoice[];
  comparison: RoleComparison;
}

/**
 * One row for each competency: the level of each role, empty where there is no requirement, and for each pair the first
 * role's level less the second's, empty where neither requires anything.
 */
export function levelsTable({ content: { domains }, choices, comparison }: Compared): CsvCell[][] {
  const levels = new Map(comparison.competencies.map((row) => [row.competency, row.levels]));
  const differences = comparison.pairs.map(
    (pair) => new Map(pair.differences.map(({ competency, difference }) => [competency, difference])),
  );
  const keyOf = (role: number) => choices[role]!.key;
  return [
    [
      ...['domain', 'competency', 'title', 'optional'],
      ...choices.map(({ key }) => key),
      ...comparison.pairs.map(({ first, second }) => `${keyOf(first)} minus ${keyOf(second)}`),
    ],
    ...domains.flatMap((domain) => {
      const path = domainPath(domains, domain).join(' > ');
      return domain.competencies.map(({ code, title, optional }) => [
        ...[path, code, title, optional ? 'yes' : ''],
        ...levels.get(code)!,
        ...differences.map((difference) => difference.get(code) ?? null),
      ]);
    }),
  ];
}

/** One row for each pair of roles: every figure at full precision, empty where it cannot be worked out. */
export function pairsTable({ choices, comparison }: Compared): CsvCell[][] {
  return [
    [
      ...['first', 'second', 'first_name', 'second_name', 'shared', 'in_either'],
      ...['jaccard', 'overlap_coefficient', 'ruzicka', 'mean_absolute_level_difference'],
      ...['levels_required_by_first', 'levels_required_by_second'],
      ...['credit_first_to_second', 'top_up_competencies_first_to_second', 'top_up_levels_first_to_second'],
      ...['credit_second_to_first', 'top_up_competencies_second_to_first', 'top_up_levels_second_to_first'],
    ],
    ...comparison.pairs.map((pair) => {
      const [first, second] = [choices[pair.first]!, choices[pair.second]!];
      return [
        ...[first.key, second.key, first.name, second.name, pair.intersection, pair.union],
        ...[pair.jaccard, pair.overlapCoefficient, pair.ruzicka, pair.meanAbsoluteDifference],
        ...[pair.backward.required, pair.forward.required],
        ...passageCells(pair.forward),
        ...passageCells(pair.backward),
      ];
    }),
  ];
}

function passageCells({ credit, topUp }: Passage): CsvCell[] {
  return [credit, topUp.length, topUp.reduce((sum, { amount }) => sum + amount, 0)];
}
