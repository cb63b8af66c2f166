import { columnKey, domainPath } from './content';
import type { Competency, Content, Domain, MatrixColumn } from './framework';

/** A wording before and after. */
export interface Rewording {
  field: 'code' | 'title' | 'description' | 'hint' | 'tags' | 'optional' | 'descriptors';
  before: string;
  after: string;
}

/** What became of one domain or competency. Code and title as they are after, or were before it was removed. */
export interface PartDifference {
  lineageId: string;
  what: 'added' | 'removed' | 'changed';
  code: string;
  title: string;
  reworded: Rewording[];
  /** Where it stood and stands, in words, if that has changed: another domain, or another place among its siblings. */
  moved: { before: string; after: string } | null;
}

/** A required level before and after; null where there is no requirement. */
export interface LevelDifference {
  lineageId: string;
  code: string;
  title: string;
  column: MatrixColumn;
  before: number | null;
  after: number | null;
}

export interface Difference {
  domains: PartDifference[];
  competencies: PartDifference[];
  levels: LevelDifference[];
  columns: { added: MatrixColumn[]; removed: MatrixColumn[]; reordered: boolean };
}

/** What leads from one content to another, by lineage: added, removed, reworded, moved, and levels required anew. */
export function differenceOf(before: Content, after: Content): Difference {
  return {
    domains: partsOf(domainParts(before), domainParts(after)),
    competencies: partsOf(competencyParts(before), competencyParts(after)),
    levels: levelsOf(before, after),
    columns: columnsOf(before.columns, after.columns),
  };
}

/** True when nothing differs. */
export function isSame({ domains, competencies, levels, columns }: Difference): boolean {
  return (
    domains.length + competencies.length + levels.length + columns.added.length + columns.removed.length ===
      0 && !columns.reordered
  );
}

/** A domain or competency with where it stands. */
interface Part {
  lineageId: string;
  code: string;
  title: string;
  wordings: Record<Rewording['field'], string>;
  /** The lineage of what it stands in, and that in words. */
  parent: string | null;
  within: string;
}

function domainParts({ domains }: Content): Part[] {
  return domains.map((domain) => ({
    lineageId: domain.lineageId,
    code: domain.code,
    title: domain.title,
    wordings: { ...noWordings, code: domain.code, title: domain.title, description: domain.description },
    parent: domain.parent,
    within: pathTo(
      domains,
      domains.find(({ lineageId }) => lineageId === domain.parent),
    ),
  }));
}

function competencyParts({ domains }: Content): Part[] {
  return domains.flatMap((domain) =>
    domain.competencies.map((competency) => ({
      lineageId: competency.lineageId,
      code: competency.code,
      title: competency.title,
      wordings: wordingsOf(competency),
      parent: domain.lineageId,
      within: pathTo(domains, domain),
    })),
  );
}

const noWordings = {
  code: '',
  title: '',
  description: '',
  hint: '',
  tags: '',
  optional: '',
  descriptors: '',
};

function wordingsOf(competency: Competency): Part['wordings'] {
  const { code, title, description, hint, tags, optional, descriptors } = competency;
  const own = Object.entries(descriptors).sort(([one], [other]) => Number(one) - Number(other));
  return {
    ...{ code, title, description, hint },
    tags: tags.join(', '),
    optional: optional ? 'Yes' : 'No',
    descriptors: own.map(([level, text]) => `${level}: ${text}`).join('; '),
  };
}

function pathTo(domains: Domain[], domain: Domain | undefined): string {
  return domain ? domainPath(domains, domain).join(' > ') : 'the top';
}

function partsOf(before: Part[], after: Part[]): PartDifference[] {
  const earlier = new Map(before.map((part) => [part.lineageId, part]));
  const later = new Set(after.map(({ lineageId }) => lineageId));
  const overtaken = outOfOrder(before, after);
  const found = after.flatMap((part): PartDifference[] => {
    const old = earlier.get(part.lineageId);
    if (!old) return [{ ...named(part), what: 'added', reworded: [], moved: null }];
    const reworded = rewordings(old, part);
    const moved = moveOf(old, part, overtaken.get(part.lineageId));
    return reworded.length > 0 || moved ? [{ ...named(part), what: 'changed', reworded, moved }] : [];
  });
  const removed = before
    .filter(({ lineageId }) => !later.has(lineageId))
    .map((part) => ({ ...named(part), what: 'removed' as const, reworded: [], moved: null }));
  return [...found, ...removed];
}

function named({ lineageId, code, title }: Part): Pick<Part, 'lineageId' | 'code' | 'title'> {
  return { lineageId, code, title };
}

function rewordings(before: Part, after: Part): Rewording[] {
  const fields = Object.keys(noWordings) as Rewording['field'][];
  return fields
    .filter((field) => before.wordings[field] !== after.wordings[field])
    .map((field) => ({ field, before: before.wordings[field], after: after.wordings[field] }));
}

function moveOf(before: Part, after: Part, places: [number, number] | undefined): PartDifference['moved'] {
  if (before.parent !== after.parent) return { before: before.within, after: after.within };
  if (!places) return null;
  return {
    before: `place ${places[0]} in ${before.within}`,
    after: `place ${places[1]} in ${after.within}`,
  };
}

/** Those which changed places among siblings that stayed, with both places: the fewest that explain the new order. */
function outOfOrder(before: Part[], after: Part[]): Map<string, [number, number]> {
  const places = new Map<string, [number, number]>();
  const siblingsBefore = groupsOf(before);
  for (const [parent, siblings] of groupsOf(after)) {
    const old = siblingsBefore.get(parent) ?? [];
    // Places are counted among those that stayed: what was added or removed in between has moved nobody.
    const here = new Set(siblings.map(({ lineageId }) => lineageId));
    const stayedBefore = old.filter(({ lineageId }) => here.has(lineageId));
    const oldPlace = new Map(stayedBefore.map(({ lineageId }, index) => [lineageId, index + 1]));
    const stayed = siblings
      .filter(({ lineageId }) => oldPlace.has(lineageId))
      .map(({ lineageId }, index) => ({ lineageId, from: oldPlace.get(lineageId)!, to: index + 1 }));
    const inOrder = longestRise(stayed.map(({ from }) => from));
    stayed.forEach(({ lineageId, from, to }, index) => {
      if (!inOrder.has(index)) places.set(lineageId, [from, to]);
    });
  }
  return places;
}

function groupsOf(parts: Part[]): Map<string | null, Part[]> {
  const groups = new Map<string | null, Part[]>();
  for (const part of parts) groups.set(part.parent, [...(groups.get(part.parent) ?? []), part]);
  return groups;
}

/** The indexes of a longest rising subsequence (patience sorting, Fredman 1975). */
export function longestRise(numbers: number[]): Set<number> {
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  numbers.forEach((number, index) => {
    const pile = ends.findIndex((end) => numbers[end]! >= number);
    const at = pile < 0 ? ends.length : pile;
    previous[index] = at > 0 ? ends[at - 1] : undefined;
    ends[at] = index;
  });
  const rise = new Set<number>();
  for (let index = ends.at(-1); index !== undefined; index = previous[index]) rise.add(index);
  return rise;
}

function levelsOf(before: Content, after: Content): LevelDifference[] {
  const earlier = levelCells(before);
  const later = levelCells(after);
  const gone = [...earlier].filter(([key]) => !later.has(key));
  return [
    ...[...later].flatMap(([key, cell]) => {
      const old = earlier.get(key)?.level ?? null;
      return old === cell.level ? [] : [cellDifference(cell, old, cell.level)];
    }),
    ...gone.map(([, cell]) => cellDifference(cell, cell.level, null)),
  ];
}

type Cell = Omit<LevelDifference, 'before' | 'after'> & { level: number };

function cellDifference(
  { level, ...cell }: Cell,
  before: number | null,
  after: number | null,
): LevelDifference {
  return { ...cell, before, after };
}

function levelCells({ domains, requiredLevels }: Content): Map<string, Cell> {
  const byCode = new Map(
    domains
      .flatMap(({ competencies }) => competencies)
      .map((competency) => [competency.code, competency] as const),
  );
  return new Map(
    requiredLevels.map(({ competency, level, profession, tier, setting }) => {
      const { lineageId, code, title } = byCode.get(competency)!;
      const column = { profession, tier, setting };
      return [`${lineageId} ${columnKey(column)}`, { lineageId, code, title, column, level }];
    }),
  );
}

function columnsOf(before: MatrixColumn[], after: MatrixColumn[]): Difference['columns'] {
  const earlier = new Set(before.map(columnKey));
  const later = new Set(after.map(columnKey));
  const stayedBefore = before.map(columnKey).filter((key) => later.has(key));
  const stayedAfter = after.map(columnKey).filter((key) => earlier.has(key));
  return {
    added: after.filter((column) => !earlier.has(columnKey(column))),
    removed: before.filter((column) => !later.has(columnKey(column))),
    reordered: stayedBefore.join() !== stayedAfter.join(),
  };
}
