import { type Term, type TermsByCode, termsByCode } from '../vocabularies/vocabulary';

/** The words an audience is told in. */
export interface AudienceTerms {
  professions: TermsByCode;
  regions: TermsByCode;
}

/** The codes an audience may name. */
export interface AudienceCodes {
  professions: ReadonlySet<string>;
  regions: ReadonlySet<string>;
}

/** Terms of both vocabularies, put apart. */
export function audienceOf(terms: readonly Term[]): AudienceTerms {
  const of = (vocabulary: string) => termsByCode(terms.filter((term) => term.vocabulary === vocabulary));
  return { professions: of('profession'), regions: of('region') };
}

export function audienceCodes({ professions, regions }: AudienceTerms): AudienceCodes {
  return { professions: new Set(professions.keys()), regions: new Set(regions.keys()) };
}
