import { createHash } from 'node:crypto';
import { domainPath, freeCode, inReadingOrder, uniqueColumns } from '../frameworks/content';
import { findCompetency } from '../frameworks/editing';
import type {
  Competency,
  Content,
  Domain,
  FrameworkContent,
  RequiredLevel,
  ScaleLevel,
} from '../frameworks/framework';
import { grouped } from './crosswalk';

/** A competency of the source that is to be taken over. */
export interface Picked {
  /** Its lineage in the source. */
  lineageId: string;
  /** The lineage of the master's domain it goes into; null for the one that answers to its own domain, made where there is none. */
  domain: string | null;
}

/** A competency as it stands in the master after the take-over. */
export interface TakenOver {
  from: Competency;
  as: Competency;
  /** The titles of the domain it went into, from the top down. */
  path: string[];
  /** How many required levels came along. */
  levels: number;
}

export interface TakeOver {
  content: Content;
  taken: TakenOver[];
  /** The titles of domains that had to be made. */
  newDomains: string[];
}

/**
 * Which level of the master each level of the source becomes: by position, where both scales have the same length.
 * Nothing where they have not.
 */
export function levelMap(
  source: readonly ScaleLevel[],
  master: readonly ScaleLevel[],
): Map<number, number> | undefined {
  if (source.length !== master.length) return undefined;
  return new Map(source.map(({ level }, index) => [level, master[index]!.level]));
}

/**
 * The master's content with competencies of a source copied into it. A code that is taken gets a free one. Descriptors
 * come along where the scales have the same length, required levels where that is wanted besides. `newId` gives a
 * lineage to each copy and each domain that has to be made.
 */
export function takeOver(
  master: FrameworkContent,
  source: FrameworkContent,
  picks: readonly Picked[],
  withLevels: boolean,
  newId: () => string,
): TakeOver {
  const levels = levelMap(source.framework.scale, master.framework.scale);
  const domains = master.domains.map((domain) => ({ ...domain, competencies: [...domain.competencies] }));
  const takenCodes = new Set(domains.flatMap(({ competencies }) => competencies.map(({ code }) => code)));
  const rowsOf = grouped(source.requiredLevels, ({ competency }) => competency);
  const required: RequiredLevel[] = [];
  const newDomains: string[] = [];
  const taken = picks.map(({ lineageId, domain: wished }): TakenOver => {
    const { domain: home, competency: from } = findCompetency(source.domains, lineageId)!;
    const domain =
      domains.find((one) => one.lineageId === wished) ?? answering(domains, source.domains, home);
    const as = {
      ...from,
      lineageId: newId(),
      code: freeCode(from.code, takenCodes),
      descriptors: levels ? mappedDescriptors(from.descriptors, levels) : {},
    };
    domain.competencies.push(as);
    const rows = withLevels && levels ? (rowsOf.get(from.code) ?? []) : [];
    required.push(...rows.map((row) => ({ ...row, competency: as.code, level: levels!.get(row.level)! })));
    return { from, as, path: domainPath(domains, domain), levels: rows.length };
  });
  return {
    content: {
      domains: inReadingOrder(domains),
      columns: uniqueColumns([...master.columns, ...required]),
      requiredLevels: [...master.requiredLevels, ...required],
    },
    taken,
    newDomains,
  };

  /** The master's domain with the same titles from the top down as this one of the source, made where there is none. */
  function answering(known: Domain[], all: readonly Domain[], wanted: Domain): Domain {
    const above = all.find(({ lineageId }) => lineageId === wanted.parent);
    const parent = above ? answering(known, all, above).lineageId : null;
    const there = findTitled(known, parent, wanted.title);
    if (there) return there;
    const codes = new Set(known.map(({ code }) => code));
    const made = {
      ...wanted,
      lineageId: newId(),
      parent,
      code: freeCode(wanted.code, codes),
      competencies: [],
    };
    known.push(made);
    newDomains.push(made.title);
    return made;
  }
}

/** The master's domain that a domain of the source would be taken over into, if there is one already. */
export function answeringDomain(
  master: readonly Domain[],
  source: readonly Domain[],
  wanted: Domain,
): Domain | undefined {
  const above = source.find(({ lineageId }) => lineageId === wanted.parent);
  const parent = above ? answeringDomain(master, source, above) : null;
  return parent === undefined ? undefined : findTitled(master, parent?.lineageId ?? null, wanted.title);
}

function findTitled<T extends Domain>(
  domains: readonly T[],
  parent: string | null,
  title: string,
): T | undefined {
  const plain = (text: string) => text.trim().toLowerCase();
  return domains.find((one) => one.parent === parent && plain(one.title) === plain(title));
}

function mappedDescriptors(
  descriptors: Record<string, string>,
  levels: Map<number, number>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(descriptors).flatMap(([level, text]) => {
      const mapped = levels.get(Number(level));
      return mapped === undefined ? [] : [[String(mapped), text]];
    }),
  );
}

/** One string for what a take-over would add: whoever agreed to a preview agreed to this and nothing else. */
export function digestOf({ taken }: TakeOver): string {
  const added = taken.map(({ from, as, path, levels }) => [from.lineageId, as.code, as.title, path, levels]);
  return createHash('sha256').update(JSON.stringify(added)).digest('base64url');
}
