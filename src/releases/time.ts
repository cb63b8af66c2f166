import { type Lattice, latticesOf } from '../disclosure/lattice';
import type { Readers } from './answer-tables';

/** How many each stratum counted when something was released, and how many had ever been taken out of it. */
export interface StratumCount {
  stratum: string[];
  respondents: number;
  withdrawn: number;
}

/**
 * For each reader, how many responses only one of two releases counts, in each node: those that came and those that went. Null where the earlier
 * one counted people whom the dimensions have no category for any more.
 */
export function changesSince(readers: Readers, before: readonly StratumCount[]): Lattice[] | null {
  const earlier = new Map(before.map((count) => [JSON.stringify(count.stratum), count]));
  const changes = readers.strata.map((stratum) => {
    const { respondents, withdrawn } = stratum.tally;
    const was = earlier.get(JSON.stringify(stratum.tally.stratum)) ?? { respondents: 0, withdrawn: 0 };
    earlier.delete(JSON.stringify(stratum.tally.stratum));
    const came = respondents + withdrawn - was.respondents - was.withdrawn;
    return { stratum, place: stratum.place, count: came + (withdrawn - was.withdrawn) };
  });
  // A stratum never goes: what is left was counted under other facets.
  const isKnown = [...earlier.values()].every(({ respondents }) => respondents === 0);
  const isPlaced = changes.every(({ place: at }) => at.every((category) => category !== undefined));
  if (!isKnown || !isPlaced) return null;
  return readers.known.map(
    (known) =>
      latticesOf(readers.sizes, [
        changes.map(({ stratum, place: at, count }) => ({
          place: at,
          count: known.has(stratum) ? 0 : count,
        })),
      ])[0]!,
  );
}
