import type { Competency, Content, Domain, Framework, ScaleLevel } from './framework';

// What the forms of a framework are filled with: one text for each field, so that two people's words can be compared.

export type Fields = Record<string, string>;

export function detailsFields({
  title,
  source,
  licenceNote,
  words,
}: Pick<Framework, 'title' | 'source' | 'licenceNote' | 'words'>): Fields {
  return { title, source, licenceNote, ...words };
}

export function scaleFields(scale: readonly ScaleLevel[]): Fields {
  const rows = scale.flatMap(({ label, descriptor }, index) => [
    [`label-${index}`, label],
    [`descriptor-${index}`, descriptor],
  ]);
  return { first: String(scale[0]?.level ?? 0), ...Object.fromEntries(rows) };
}

export function domainFields({
  code,
  title,
  description,
  parent,
}: Omit<Domain, 'lineageId' | 'competencies'>): Fields {
  return { code, title, description, parent: parent ?? '' };
}

export function competencyFields(domain: string, competency: Omit<Competency, 'lineageId'>): Fields {
  const own = Object.entries(competency.descriptors).map(([level, text]) => [`descriptor-${level}`, text]);
  return {
    domain,
    code: competency.code,
    title: competency.title,
    description: competency.description,
    hint: competency.hint,
    tags: competency.tags.join(', '),
    optional: competency.optional ? 'yes' : '',
    ...Object.fromEntries(own),
  };
}

/** The domain and the competency with this lineage, if the framework holds it. */
export function findCompetency(
  domains: readonly Domain[],
  lineageId: string,
): { domain: Domain; competency: Competency } | undefined {
  for (const domain of domains) {
    const competency = domain.competencies.find((one) => one.lineageId === lineageId);
    if (competency) return { domain, competency };
  }
  return undefined;
}

/** A domain and all that stand within it, at any depth. */
export function withInner(domains: readonly Domain[], lineageId: string): Domain[] {
  const within = new Set([lineageId]);
  // In reading order a domain comes before those within it.
  for (const domain of domains) if (domain.parent && within.has(domain.parent)) within.add(domain.lineageId);
  return domains.filter((domain) => within.has(domain.lineageId));
}

/** The content without a competency. */
export function withoutCompetency(content: Content, lineageId: string): Content {
  const found = findCompetency(content.domains, lineageId);
  if (!found) return content;
  return {
    ...content,
    domains: content.domains.map((domain) => ({
      ...domain,
      competencies: domain.competencies.filter((one) => one.lineageId !== lineageId),
    })),
    requiredLevels: content.requiredLevels.filter((row) => row.competency !== found.competency.code),
  };
}

/** The content without a domain, and without all that is in it. */
export function withoutDomain(content: Content, lineageId: string): Content {
  const gone = withInner(content.domains, lineageId);
  const codes = new Set(gone.flatMap(({ competencies }) => competencies.map(({ code }) => code)));
  return {
    ...content,
    domains: content.domains.filter((domain) => !gone.includes(domain)),
    requiredLevels: content.requiredLevels.filter((row) => !codes.has(row.competency)),
  };
}

/** The lineages with one of them moved a place up or down among its siblings; the same list where it cannot move. */
export function movedAmong(siblings: readonly string[], lineageId: string, by: -1 | 1): string[] {
  const from = siblings.indexOf(lineageId);
  const to = from + by;
  if (from < 0 || to < 0 || to >= siblings.length) return [...siblings];
  const order = [...siblings];
  [order[from], order[to]] = [order[to]!, order[from]!];
  return order;
}
