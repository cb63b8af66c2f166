import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../platform/paths';
import type { Services } from '../services';
import { insertMissingTerms, type NewTerm } from './vocabularies.queries';

/** The files that ship with the product, by the facet they are the terms of. */
const files: Record<string, string> = {
  profession: 'professions.csv',
  setting: 'settings.csv',
  sector: 'sectors.csv',
  employment: 'employment.csv',
  band: 'bands.csv',
  region: 'regions.csv',
  icb: 'icb.csv',
  tier: 'tiers.csv',
};

/** Brings in the vocabularies the product ships with. Run at every start; it only adds what is missing. */
export async function loadDefaultVocabularies({ db }: Pick<Services, 'db'>): Promise<void> {
  await insertMissingTerms(db, Object.keys(files).flatMap(readDefaults));
}

function readDefaults(vocabulary: string): NewTerm[] {
  const file = fromRoot('src/vocabularies/defaults', files[vocabulary]!);
  const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true, skip_empty_lines: true });
  return rows.map((row, position) => ({
    vocabulary,
    position,
    code: row.code ?? row.ods_code!,
    label: row.label ?? row.name!,
    tier: row.tier || null,
    staffGroup: row.group || null,
    parent: row.region_code || row.sector_default || null,
    validFrom: row.valid_from || null,
    validTo: row.valid_to || null,
    successors: (row.successors ?? '').split(' ').filter(Boolean),
  }));
}
