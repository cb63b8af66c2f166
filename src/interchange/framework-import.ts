import type { Content, FrameworkSource, MatrixColumn } from '../frameworks/framework';
import { usualScale } from '../frameworks/framework';
import type { Term } from '../vocabularies/vocabulary';
import type { FrameworkReading, Known, KnownTerm } from './reading';

/** What a staged import of a framework keeps. */
export interface UnderstoodFramework {
  source: FrameworkReading['source'];
  /** What becomes of competencies the file does not name. */
  missing: 'keep' | 'remove';
}

/** A framework before there is one. */
export const nothing: Content = { domains: [], columns: [], requiredLevels: [] };

/** A new framework as a file and a person say it together: what was typed goes before what the file says. */
export function newFramework(
  source: FrameworkReading['source'],
  typed: { title: string; scale: FrameworkSource['scale'] | null },
): FrameworkSource {
  return {
    source: '',
    licenceNote: '',
    ...source,
    title: typed.title || source.title || '',
    scale: typed.scale ?? source.scale ?? usualScale,
  };
}

/** "matrix" of "matrix.csv": what a framework is called whose file and importer say no title. */
export function titleFromFileName(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').trim();
}

/** The terms a file may name: those of the vocabularies, and those the framework uses already. */
export function knownTerms(
  terms: readonly Term[],
  columns: readonly MatrixColumn[],
): Pick<Known, 'professions' | 'tiers' | 'settings'> {
  const of = (part: keyof MatrixColumn): KnownTerm[] => {
    const known = terms.filter(({ vocabulary }) => vocabulary === part);
    const used = new Set(columns.map((column) => column[part]).filter((code) => code !== null));
    for (const { code } of known) used.delete(code);
    return [...known, ...[...used].map((code) => ({ code, label: code }))];
  };
  return { professions: of('profession'), tiers: of('tier'), settings: of('setting') };
}
