import type { FrameworkSource, ScaleLevel, Words } from '../frameworks/framework';
import type { ImportFinding } from '../staging/staged-import';
import type { Term } from '../vocabularies/vocabulary';

/** What a file may say about a framework as a whole; a table of cells says none of it. */
type AboutFramework = Pick<
  FrameworkSource,
  'identifier' | 'title' | 'source' | 'licenceNote' | 'words' | 'scale'
>;

/** What was understood of a file. */
export interface FrameworkReading {
  source: Partial<AboutFramework> & Pick<FrameworkSource, 'domains' | 'columns' | 'requiredLevels'>;
  findings: ImportFinding[];
}

/** What a reader knows beforehand: the scale levels must be on, the framework's own words, the terms columns may name. */
export interface Known {
  scale: readonly ScaleLevel[];
  words: Words;
  professions: readonly KnownTerm[];
  tiers: readonly KnownTerm[];
  settings: readonly KnownTerm[];
}

export type KnownTerm = Pick<Term, 'code' | 'label'>;

export const nothingRead: FrameworkReading['source'] = { domains: [], requiredLevels: [] };

export function error(place: string, sentence: string): ImportFinding {
  return { place, sentence, severity: 'error' };
}

export function warning(place: string, sentence: string): ImportFinding {
  return { place, sentence, severity: 'warning' };
}

/** Says that a file's scale is not taken, where it is another than the one that was settled before. */
export function otherScale(
  ofFile: readonly ScaleLevel[] | undefined,
  settled: readonly ScaleLevel[],
  place: string,
): ImportFinding[] {
  const words = (scale: readonly ScaleLevel[]) =>
    JSON.stringify(scale.map(({ level, label, descriptor }) => [level, label, descriptor]));
  if (!ofFile || words(ofFile) === words(settled)) return [];
  const own = settled.map(({ level, label }) => `${level} ${label}`).join(', ');
  return [warning(place, `The file has another scale. It is left out, and the scale stays ${own}.`)];
}
