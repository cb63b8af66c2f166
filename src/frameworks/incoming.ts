import { columnKey, columnOf, domainPath, freeCode, inReadingOrder, uniqueColumns } from './content';
import type {
  Competency,
  Content,
  Domain,
  FrameworkSource,
  RequiredLevel,
  SourceCompetency,
  SourceDomain,
} from './framework';

export interface IncomingOptions {
  /** What becomes of domains, competencies and columns of the matrix the file does not name. */
  missing: 'remove' | 'keep';
  /** Gives a lineage to what is new and brings none. */
  newId: () => string;
}

/**
 * What a framework would say after a file has been brought in. Competencies are matched by identifier, then by code;
 * domains by identifier, then code, then title in the same place. What the file leaves unsaid stays as it is; where it
 * says nothing of required levels the matrix stays too.
 */
export function mergeSource(
  current: Content,
  source: Pick<FrameworkSource, 'domains' | 'columns' | 'requiredLevels'>,
  { missing, newId }: IncomingOptions,
): Content {
  const matchedDomains = matchDomains(current.domains, source.domains);
  const matchedCompetencies = matchCompetencies(current.domains, source.domains);
  const taken = new Set([
    ...(missing === 'keep' ? current.domains.map(({ code }) => code) : []),
    ...[...matchedDomains.values()].map(({ code }) => code),
    ...allDomains(source.domains).flatMap(({ code }) => (code ? [code] : [])),
  ]);

  const arrived: Domain[] = [];
  const place = (siblings: SourceDomain[], parent: string | null, path: string): void => {
    siblings.forEach((incoming, index) => {
      const here = `${path}${index + 1}`;
      const known = matchedDomains.get(incoming);
      const lineageId = known?.lineageId ?? incoming.identifier ?? newId();
      arrived.push({
        lineageId,
        parent,
        code: incoming.code ?? known?.code ?? freeCode(here, taken),
        title: incoming.title,
        description: incoming.description ?? known?.description ?? '',
        competencies: incoming.competencies.map((competency) =>
          arrivedCompetency(competency, matchedCompetencies.get(competency), newId),
        ),
      });
      place(incoming.domains ?? [], lineageId, `${here}.`);
    });
  };
  place(source.domains, null, '');

  const domains = missing === 'keep' ? withKept(current.domains, arrived) : arrived;
  return { domains, ...matrixOf(current, source, domains, arrived, missing) };
}

function arrivedCompetency(
  { identifier, ...said }: SourceCompetency,
  known: Competency | undefined,
  newId: () => string,
): Competency {
  const unsaid = known ?? { description: '', hint: '', tags: [], optional: false, descriptors: {} };
  const spoken = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return {
    ...unsaid,
    ...(spoken as typeof said),
    lineageId: known?.lineageId ?? identifier ?? newId(),
  };
}

function allDomains(domains: SourceDomain[]): SourceDomain[] {
  return domains.flatMap((domain) => [domain, ...allDomains(domain.domains ?? [])]);
}

function matchCompetencies(current: Domain[], domains: SourceDomain[]): Map<SourceCompetency, Competency> {
  const incoming = allDomains(domains).flatMap(({ competencies }) => competencies);
  const free = new Set(current.flatMap(({ competencies }) => competencies));
  return matchInTurn(incoming, free, [
    (one, known) => one.identifier === known.lineageId,
    (one, known) => one.code === known.code,
  ]);
}

function matchDomains(current: Domain[], domains: SourceDomain[]): Map<SourceDomain, Domain> {
  const paths = new Map<SourceDomain | Domain, string>();
  for (const domain of current) paths.set(domain, JSON.stringify(domainPath(current, domain)));
  const walk = (siblings: SourceDomain[], above: string[]): void => {
    for (const domain of siblings) {
      paths.set(domain, JSON.stringify([...above, domain.title]));
      walk(domain.domains ?? [], [...above, domain.title]);
    }
  };
  walk(domains, []);
  return matchInTurn(allDomains(domains), new Set(current), [
    (one, known) => one.identifier === known.lineageId,
    (one, known) => one.code === known.code,
    (one, known) => paths.get(one) === paths.get(known),
  ]);
}

/** Matches all that the first test can match, then of the rest what the second can, and so on. */
function matchInTurn<A, B>(
  incoming: A[],
  free: Set<B>,
  tests: ((incoming: A, known: B) => boolean)[],
): Map<A, B> {
  const matched = new Map<A, B>();
  for (const test of tests) {
    for (const one of incoming) {
      if (matched.has(one)) continue;
      const known = [...free].find((candidate) => test(one, candidate));
      if (known === undefined) continue;
      matched.set(one, known);
      free.delete(known);
    }
  }
  return matched;
}

/** What arrived, and behind it in its own place what the file does not name. */
function withKept(current: Domain[], arrived: Domain[]): Domain[] {
  const there = new Set(
    arrived.flatMap(({ competencies }) => competencies.map(({ lineageId }) => lineageId)),
  );
  const domains = new Map(arrived.map((domain) => [domain.lineageId, domain]));
  for (const domain of current) {
    const kept = domain.competencies.filter(({ lineageId }) => !there.has(lineageId));
    const home = domains.get(domain.lineageId) ?? { ...domain, competencies: [] };
    domains.set(domain.lineageId, { ...home, competencies: [...home.competencies, ...kept] });
  }
  return inReadingOrder([...domains.values()]);
}

/** Levels by the competency's lineage survive a new code. The file's cells replace those of the competencies it names. */
function matrixOf(
  current: Content,
  source: Pick<FrameworkSource, 'columns' | 'requiredLevels'>,
  domains: Domain[],
  arrived: Domain[],
  missing: IncomingOptions['missing'],
): Pick<Content, 'columns' | 'requiredLevels'> {
  const codeNow = new Map(
    domains.flatMap(({ competencies }) => competencies.map(({ lineageId, code }) => [lineageId, code])),
  );
  const lineageBefore = new Map(
    current.domains.flatMap(({ competencies }) =>
      competencies.map(({ code, lineageId }) => [code, lineageId]),
    ),
  );
  const speaks = source.columns !== undefined || source.requiredLevels.length > 0;
  const named = new Set(
    arrived.flatMap(({ competencies }) => competencies.map(({ lineageId }) => lineageId)),
  );
  const said = source.requiredLevels.map((row) => ({
    competency: row.competency,
    ...columnOf(row),
    level: row.level,
  }));
  const spokenOf = uniqueColumns([...(source.columns ?? []).map(columnOf), ...said]);
  const spokenKeys = new Set(spokenOf.map(columnKey));
  const kept = current.requiredLevels.flatMap((row): RequiredLevel[] => {
    const lineageId = lineageBefore.get(row.competency)!;
    const code = codeNow.get(lineageId);
    const isSpokenOf = speaks && (missing === 'remove' || spokenKeys.has(columnKey(row)));
    return code === undefined || (isSpokenOf && named.has(lineageId)) ? [] : [{ ...row, competency: code }];
  });
  if (!speaks) return { columns: current.columns, requiredLevels: kept };
  const used = new Set(kept.map(columnKey));
  const stayed = current.columns.filter((column) => missing === 'keep' || used.has(columnKey(column)));
  // A file that holds some of the columns says nothing of the order of all.
  const isPart = stayed.some((column) => !spokenKeys.has(columnKey(column)));
  return {
    columns: uniqueColumns([...(isPart ? stayed : []), ...spokenOf, ...kept]),
    requiredLevels: [...said, ...kept],
  };
}
