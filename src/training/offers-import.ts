import type { ImportFinding } from '../staging/staged-import';
import { nameKey, type OfferDetails, type OfferState, offerLimits, stateOf, type TaughtOffer } from './offer';
import type { ImportedOffer, ImportedOffers } from './offers-file';

/** What an import makes of one row: a new offer, or what becomes of one that is there. */
export interface PlannedOffer {
  row: number;
  existing: TaughtOffer | null;
  state: OfferState;
  /** The levels that change, by lineage. */
  levels: { competency: string; before: number | null; after: number | null }[];
}

export interface ImportPlan {
  offers: PlannedOffer[];
  findings: ImportFinding[];
}

const required = ['title', 'provider', 'kind', 'mode', 'status'] as const;

/**
 * What a file's rows would do to the offers there are: matched by id, then by title and provider. A row about an
 * archived offer brings it back. Offers not in the file stay. `scale` are the levels that can be reached, `codeOf` the
 * framework's competencies by lineage.
 */
export function planImport(
  imported: ImportedOffers,
  offers: readonly TaughtOffer[],
  scale: ReadonlySet<number>,
  codeOf: ReadonlyMap<string, string>,
): ImportPlan {
  const findings: ImportFinding[] = [];
  const match = matcher(offers);
  const rowOf = new Map<string, number>();
  // A competency taken out of the draft since the file was read is no longer spoken of.
  const competencies = imported.competencies.filter((competency) => codeOf.has(competency));
  const planned = imported.offers.flatMap((row): PlannedOffer[] => {
    const say = (sentence: string, column?: string) => {
      const place = column ? `Row ${row.row}, column ${column}` : `Row ${row.row}`;
      findings.push({ place, sentence, severity: 'error' });
    };
    const found = match(row);
    if (found === 'several') {
      say(
        'Several offers have this title and provider. Enter the id of the one you mean in the column offer.',
      );
      return [];
    }
    const key = found ? found.id : nameKey({ title: '', provider: '', ...row.details });
    const earlier = rowOf.get(key);
    if (earlier !== undefined) {
      say(`This is the same offer as in row ${earlier}. Keep one of the two rows.`);
      return [];
    }
    rowOf.set(key, row.row);
    const missing = found ? [] : required.filter((field) => row.details[field] === undefined);
    for (const field of missing) say(`A new offer needs a ${field}. Enter it.`, field);
    if (missing.length > 0) return [];
    const levels = changedLevels(competencies, row, found);
    for (const { competency, after } of levels) {
      if (after === null || scale.has(after)) continue;
      const column = codeOf.get(competency) ?? '';
      say(`The levels are ${inWords(scale)}. Enter one of them, or nothing where it is not taught.`, column);
    }
    return [{ row: row.row, existing: found, state: stateAfter(row, found), levels }];
  });
  const active = offers.filter(({ archived }) => !archived).length;
  const added = planned.filter(({ existing }) => !existing || existing.archived).length;
  if (active + added > offerLimits.offers) {
    const most = offerLimits.offers.toLocaleString('en-GB');
    const sentence = `A project can have ${most} offers at most; with this file it would have ${(active + added).toLocaleString('en-GB')}. Archive some first.`;
    findings.push({ place: '', sentence, severity: 'error' });
  }
  return { offers: planned, findings };
}

/** Finds the offer a row is about: by id, then by title and provider, those in use before archived ones. */
function matcher(offers: readonly TaughtOffer[]): (row: ImportedOffer) => TaughtOffer | null | 'several' {
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  const byName = new Map<string, TaughtOffer[]>();
  for (const offer of offers) byName.set(nameKey(offer), [...(byName.get(nameKey(offer)) ?? []), offer]);
  return ({ id, details: { title, provider } }) => {
    const known = id === null ? undefined : byId.get(id);
    if (known) return known;
    if (title === undefined || provider === undefined) return null;
    const same = byName.get(nameKey({ title, provider })) ?? [];
    const inUse = same.filter(({ archived }) => !archived);
    const candidates = inUse.length > 0 ? inUse : same;
    return candidates.length > 1 ? 'several' : (candidates[0] ?? null);
  };
}

function stateAfter({ details }: ImportedOffer, existing: TaughtOffer | null): OfferState {
  if (!existing) return { ...blank, ...(details as OfferDetails), archived: false };
  return { ...stateOf(existing), ...details, archived: false };
}

/** What a new offer says where the file has no column for it. */
const blank = {
  ...{ hours: null, cost: null, places: null, url: '' },
  ...{ professions: [] as string[], regions: [] as string[] },
};

function changedLevels(
  competencies: readonly string[],
  { levels }: ImportedOffer,
  existing: TaughtOffer | null,
): PlannedOffer['levels'] {
  return competencies.flatMap((competency) => {
    const before = existing?.levels.get(competency) ?? null;
    const after = levels[competency] ?? null;
    return before === after ? [] : [{ competency, before, after }];
  });
}

function inWords(scale: ReadonlySet<number>): string {
  return [...scale].sort((a, b) => a - b).join(', ');
}
