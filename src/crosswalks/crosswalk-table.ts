import { competenciesIn } from '../frameworks/content';
import type { Domain, Framework, FrameworkContent } from '../frameworks/framework';
import type { CsvCell } from '../platform/csv';
import type { Placement } from './crosswalk';

/** The crosswalk as a table: a row for each decision, and for each competency nothing has been decided about. */
export function crosswalkTable(
  master: FrameworkContent,
  sources: { framework: Framework; domains: Domain[]; placements: ReadonlyMap<string, Placement> }[],
): CsvCell[][] {
  const names = new Map(competenciesIn(master.domains).map((one) => [one.lineageId, one]));
  return [
    ['source framework', 'source version', 'code', 'title', 'kind', 'master code', 'master title', 'note'],
    ...sources.flatMap(({ framework, domains, placements }) =>
      competenciesIn(domains).flatMap(({ lineageId, code, title }): CsvCell[][] => {
        const { state, links, omission } = placements.get(lineageId)!;
        const start = [framework.title, framework.version, code, title];
        if (links.length === 0) return [[...start, state, '', '', omission?.reason ?? '']];
        return links.map((link) => {
          const to = names.get(link.competencyLineageId)!;
          return [...start, link.kind, to.code, to.title, link.takenOver ? 'taken over' : ''];
        });
      }),
    ),
  ];
}
