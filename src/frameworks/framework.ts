/** One step of a proficiency scale. */
export interface ScaleLevel {
  level: number;
  label: string;
  descriptor: string;
}

/** The scale a new framework starts with. */
export const usualScale: ScaleLevel[] = [
  { level: 0, label: 'None', descriptor: 'I have not learned about this yet.' },
  { level: 1, label: 'Aware', descriptor: 'I know what this is and why it matters.' },
  { level: 2, label: 'With support', descriptor: 'I can do this with help or advice.' },
  { level: 3, label: 'Independent', descriptor: 'I can do this on my own.' },
  { level: 4, label: 'Advanced', descriptor: 'I can do this in difficult situations and teach it.' },
];

/** What a framework calls its parts: some say skill or capability, theme or area. */
export interface Words {
  domain: string;
  domains: string;
  competency: string;
  competencies: string;
}

export const usualWords: Words = {
  domain: 'domain',
  domains: 'domains',
  competency: 'competency',
  competencies: 'competencies',
};

/** What of a framework is longer, deeper or more than this is refused, with a sentence. */
export const frameworkLimits = {
  title: 200,
  code: 40,
  description: 2000,
  domains: 200,
  competencies: 1000,
  columns: 200,
  depth: 3,
  tags: 20,
  tag: 60,
  fewestLevels: 2,
  mostLevels: 10,
};

export interface Competency {
  /** The same in every version of the framework, and in what is exported. A UUID. */
  lineageId: string;
  code: string;
  title: string;
  description: string;
  /** One line beneath the question that asks about it. */
  hint: string;
  tags: string[];
  optional: boolean;
  /** Its own descriptors, by level, where they differ from the scale's. */
  descriptors: Record<string, string>;
}

export interface Domain {
  /** The same in every version of the framework, and in what is exported. A UUID. */
  lineageId: string;
  /** The lineage of the domain it stands in; null on top. */
  parent: string | null;
  code: string;
  title: string;
  description: string;
  competencies: Competency[];
}

/** Whom a column of the skills matrix is for. `null` stands for "any". A tier stands in a profession's place. */
export interface MatrixColumn {
  profession: string | null;
  tier: string | null;
  setting: string | null;
}

/**
 * The level the work needs for one competency. `null` stands for "any": the lookup in `required-level.ts`
 * says which row applies. Where no row applies there is no requirement, which is not level 0.
 */
export interface RequiredLevel extends MatrixColumn {
  /** The competency's code. */
  competency: string;
  level: number;
}

export interface Framework {
  id: string;
  projectId: string;
  /** Its versions share a lineage. */
  lineageId: string;
  version: number;
  /** Travels with exports of this version. A UUID. */
  identifier: string;
  title: string;
  source: string;
  licenceNote: string;
  words: Words;
  scale: ScaleLevel[];
  /** Counts the changes of a draft. */
  revision: number;
  changedAt: Date;
  publishedAt: Date | null;
  retiredAt: Date | null;
  retiredReason: string | null;
}

/** What a framework says: everything that is frozen when it is published. */
export interface Content {
  /** In reading order: a domain, then those within it. */
  domains: Domain[];
  /** The matrix's columns in order. Every required level stands in one of them. */
  columns: MatrixColumn[];
  requiredLevels: RequiredLevel[];
}

/** A framework with everything in it, in order. */
export interface FrameworkContent extends Content {
  framework: Framework;
}

/** A domain as it comes from a template or a file. */
export interface SourceDomain {
  identifier?: string;
  code?: string;
  title: string;
  description?: string;
  competencies: SourceCompetency[];
  domains?: SourceDomain[];
}

/** A competency as it comes from a template or a file. What is left out is not said, so an import leaves it as it is. */
export interface SourceCompetency {
  identifier?: string;
  code: string;
  title: string;
  description?: string;
  hint?: string;
  tags?: string[];
  optional?: boolean;
  descriptors?: Record<string, string>;
}

/** Whom a column is for, as a file says it: `*` or nothing for "any". */
export interface SourceColumn {
  profession?: string | null;
  tier?: string | null;
  setting?: string | null;
}

/** A framework as it comes from a template or a file. */
export interface FrameworkSource {
  identifier?: string;
  title: string;
  source: string;
  licenceNote: string;
  words?: Words;
  scale: ScaleLevel[];
  domains: SourceDomain[];
  /** Columns in order, also those without a level. Left out, the matrix is not spoken of, or follows from the levels. */
  columns?: SourceColumn[];
  requiredLevels: (SourceColumn & { competency: string; level: number })[];
}
