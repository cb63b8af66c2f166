import { readPageNumber } from './offer.form';
import type { Role } from './required-training';

/** What a training map shows: of whom the levels are required, where, and which offers count. */
export interface MapFilter {
  /** As in the address: a profession's code, "tier:" and a tier's, or nothing for everybody. */
  roleValue: string;
  role: Role | null;
  region: string | null;
  /** Whether planned offers count too. */
  planned: boolean;
  /** A domain's lineage, or all. */
  domain: string | null;
  page: number;
}

/** What an address may name. `professions` gives each profession's tier. */
export interface MapTerms {
  professions: ReadonlyMap<string, { tier: string | null }>;
  tiers: ReadonlySet<string>;
  regions: ReadonlySet<string>;
  domains: ReadonlySet<string>;
}

/** The filter in an address. What it cannot mean is as if it were not there. */
export function readMapFilter(query: Record<string, unknown>, known: MapTerms): MapFilter {
  const role = readRole(query.profession, known);
  return {
    roleValue: role ? String(query.profession) : '',
    role,
    region: inSet(query.region, known.regions),
    planned: query.offers !== 'existing',
    domain: inSet(query.domain, known.domains),
    page: readPageNumber(query.page),
  };
}

function readRole(value: unknown, { professions, tiers }: MapTerms): Role | null {
  if (typeof value !== 'string') return null;
  const profession = professions.get(value);
  if (profession) return { profession: value, tier: profession.tier };
  const tier = value.startsWith('tier:') ? value.slice('tier:'.length) : '';
  return tiers.has(tier) ? { profession: null, tier } : null;
}

function inSet(value: unknown, known: ReadonlySet<string>): string | null {
  return typeof value === 'string' && known.has(value) ? value : null;
}
