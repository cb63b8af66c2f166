import type {
  Competency,
  Content,
  Domain,
  FrameworkSource,
  MatrixColumn,
  SourceColumn,
  SourceDomain,
} from './framework';

/**
 * What a template or a file says, as a framework's content. `newId` gives a lineage to what brings none; domains
 * without a code get one from their place.
 */
export function contentOf(
  source: Pick<FrameworkSource, 'domains' | 'columns' | 'requiredLevels'>,
  newId: () => string,
): Content {
  const requiredLevels = source.requiredLevels.map((row) => ({
    competency: row.competency,
    ...columnOf(row),
    level: row.level,
  }));
  return {
    domains: domainsOf(source.domains, newId),
    columns: uniqueColumns([...(source.columns ?? []).map(columnOf), ...requiredLevels]),
    requiredLevels,
  };
}

function domainsOf(sources: SourceDomain[], newId: () => string): Domain[] {
  const taken = new Set(codesIn(sources));
  const domains: Domain[] = [];
  const place = (siblings: SourceDomain[], parent: string | null, path: string): void => {
    siblings.forEach((source, index) => {
      const here = `${path}${index + 1}`;
      const lineageId = source.identifier ?? newId();
      domains.push({
        lineageId,
        parent,
        code: source.code ?? freeCode(here, taken),
        title: source.title,
        description: source.description ?? '',
        competencies: source.competencies.map(
          ({ identifier, ...competency }): Competency => ({
            description: '',
            hint: '',
            tags: [],
            optional: false,
            descriptors: {},
            ...competency,
            lineageId: identifier ?? newId(),
          }),
        ),
      });
      place(source.domains ?? [], lineageId, `${here}.`);
    });
  };
  place(sources, null, '');
  return domains;
}

function codesIn(domains: SourceDomain[]): string[] {
  return domains.flatMap(({ code, domains: inner }) => [...(code ? [code] : []), ...codesIn(inner ?? [])]);
}

/** The wished code, or that with a number behind it where it is taken. Takes it. */
export function freeCode(wished: string, taken: Set<string>): string {
  let code = wished;
  for (let tries = 0; taken.has(code); tries += 1) code = `${wished}-${tries + 2}`;
  taken.add(code);
  return code;
}

export function columnOf({ profession, tier, setting }: SourceColumn): MatrixColumn {
  return { profession: anyAsNull(profession), tier: anyAsNull(tier), setting: anyAsNull(setting) };
}

function anyAsNull(part: string | null | undefined): string | null {
  return part === undefined || part === '*' ? null : part;
}

/** One string for a column: equal columns have equal keys. */
export function columnKey({ profession, tier, setting }: MatrixColumn): string {
  return JSON.stringify([profession, tier, setting]);
}

/** The columns, each once, where it comes first. */
export function uniqueColumns(columns: readonly MatrixColumn[]): MatrixColumn[] {
  const found = new Map<string, MatrixColumn>();
  for (const { profession, tier, setting } of columns) {
    const column = { profession, tier, setting };
    if (!found.has(columnKey(column))) found.set(columnKey(column), column);
  }
  return [...found.values()];
}

/** A domain's titles from the top down to it. */
export function domainPath(domains: readonly Domain[], domain: Domain): string[] {
  const parent = domains.find(({ lineageId }) => lineageId === domain.parent);
  return parent ? [...domainPath(domains, parent), domain.title] : [domain.title];
}

/** All competencies of a framework in reading order. */
export function competenciesIn(domains: readonly Domain[]): Competency[] {
  return domains.flatMap(({ competencies }) => competencies);
}

/** Rows with a lineage and a parent, put in reading order: each, then those within it. Siblings keep their order. */
export function inReadingOrder<T extends { lineageId: string; parent: string | null }>(
  rows: readonly T[],
): T[] {
  const under = (parent: string | null): T[] =>
    rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...under(row.lineageId)]);
  return under(null);
}
