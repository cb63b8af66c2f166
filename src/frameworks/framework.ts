/** One step of a proficiency scale. */
export interface ScaleLevel {
  level: number;
  label: string;
  descriptor: string;
}

export interface Competency {
  id: string;
  code: string;
  title: string;
  description: string;
  hint: string;
}

export interface Domain {
  id: string;
  code: string;
  title: string;
  description: string;
  competencies: Competency[];
}

/**
 * The level the work needs for one competency. `null` stands for "any": the lookup in `required-level.ts`
 * says which row applies. Where no row applies there is no requirement, which is not level 0.
 */
export interface RequiredLevel {
  competency: string;
  profession: string | null;
  tier: string | null;
  setting: string | null;
  level: number;
}

export interface Framework {
  id: string;
  projectId: string;
  version: number;
  title: string;
  source: string;
  licenceNote: string;
  scale: ScaleLevel[];
  publishedAt: Date | null;
}

/** A framework with everything in it, in order. */
export interface FrameworkContent {
  framework: Framework;
  domains: Domain[];
  requiredLevels: RequiredLevel[];
}

/** A framework as it comes from a template or an import: no ids yet, `*` or nothing for "any". */
export interface FrameworkSource {
  title: string;
  source: string;
  licenceNote: string;
  scale: ScaleLevel[];
  domains: {
    code: string;
    title: string;
    description?: string;
    competencies: { code: string; title: string; description?: string; hint?: string }[];
  }[];
  requiredLevels: {
    competency: string;
    profession?: string | null;
    tier?: string | null;
    setting?: string | null;
    level: number;
  }[];
}
