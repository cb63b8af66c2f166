import { audit, type Certificate } from '../src/disclosure/auditor';
import type { Lattice } from '../src/disclosure/lattice';
import { primaryNodes, protect } from '../src/disclosure/protector';
import { loadSolver, type Solver } from '../src/platform/solver';
import { randomTable, sightingsOf } from '../tests/disclosure/tables';
import { rounded, sum } from './percentiles';
import { secondsSince } from './product';
import type { Stage } from './stage';

const threshold = 11;
const shapes = [
  { sizes: [3, 3], tables: 900 },
  { sizes: [5, 4], tables: 600 },
  { sizes: [8, 6], tables: 300 },
  { sizes: [12, 8], tables: 60 },
  { sizes: [3, 3, 2], tables: 900 },
  { sizes: [4, 3, 3], tables: 240 },
];

/**
 * Random tables of people, sparse on purpose, of which small groups are withheld and whatever else would give them away; and the auditor's
 * attack on each, before and after. Shares are of the groups that are large enough to be shown (METHODS.md 3.4).
 */
export async function disclosure(stage: Stage): Promise<void> {
  const solver = await loadSolver();
  const begin = performance.now();
  const results: Result[] = [];
  for (const { sizes, tables } of shapes) {
    stage.say(`Protecting and attacking ${tables} tables of ${sizes.join(' by ')}`);
    for (let seed = 1; seed <= tables; seed += 1) {
      results.push(attacked(solver, randomTable(sizes, seed * 6007 + sizes.length)));
    }
  }
  const total = (count: (result: Result) => number) => sum(results.map(count));
  stage.print({
    ...{ bench: 'disclosure', tables: results.length },
    primary: total(({ primary }) => primary),
    recoveredUnprotected: total(({ recovered }) => recovered),
    failed: total(({ failed }) => failed),
    withheldShare2d: withheldShare(results, 2),
    withheldShare3d: withheldShare(results, 3),
    seconds: rounded(secondsSince(begin)),
  });
}

interface Result {
  dimensions: number;
  /** Groups that are too small; of those, how many are known exactly where nothing else is withheld. */
  primary: number;
  recovered: number;
  /** How many the auditor could tell to be small, or to have somebody, after all. */
  failed: number;
  /** Groups that are large enough, and how many of those are withheld. */
  large: number;
  withheld: number;
}

function attacked(solver: Solver, lattice: Lattice): Result {
  const primary = primaryNodes(lattice, threshold);
  const bare = auditOf(solver, lattice, new Set(primary));
  const pattern = protect(solver, lattice, threshold);
  const large = lattice.nodes.flatMap(({ count }, place) => (count >= threshold ? [place] : []));
  return {
    dimensions: lattice.sizes.length,
    primary: primary.length,
    recovered: bare.nodes.filter(({ least, most }) => least === most).length,
    failed: auditOf(solver, lattice, pattern).nodes.filter(({ passed }) => !passed).length,
    large: large.length,
    withheld: large.filter((place) => pattern.has(place)).length,
  };
}

function auditOf(solver: Solver, lattice: Lattice, withheld: ReadonlySet<number>): Certificate {
  const small = primaryNodes(lattice, threshold).map((place) => lattice.nodes[place]!.key);
  return audit(solver, lattice.sizes, sightingsOf(lattice, withheld), small, threshold);
}

function withheldShare(results: readonly Result[], wanted: number): number {
  const own = results.filter(({ dimensions }) => dimensions === wanted);
  return rounded(sum(own.map(({ withheld }) => withheld)) / sum(own.map(({ large }) => large)));
}
