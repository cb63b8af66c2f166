import { toNearestFive } from '../disclosure/threshold';
import type { ScaleEstimates } from '../estimates/scales';
import { displayed } from '../platform/rounding';
import type { ReleasedScale } from './release';

/** A scale as a reader sees it, but for the domain's title. */
export type WorkedScale = Omit<ReleasedScale, 'domainTitle'>;

/**
 * How far the ratings of each domain measure one thing, of everybody (METHODS.md 1(k)): to two decimals. Of fewer people than the threshold nothing is told,
 * and of fewer than thirty no coefficient.
 */
export function releasedScales(scales: readonly ScaleEstimates[], threshold: number): WorkedScale[] {
  return scales.flatMap(({ domain, measure, items, reliability }): WorkedScale[] => {
    if (reliability.n < threshold) return [];
    const scale = { domain, measure, items, n: toNearestFive(reliability.n) };
    if (!reliability.reliable) {
      return [
        { ...scale, alpha: null, alphaInterval: null, omega: null, reason: reliability.reason, warnings: [] },
      ];
    }
    const { alpha, interval, omega, warnings } = reliability;
    return [
      {
        ...scale,
        alpha: displayed(alpha, 2),
        alphaInterval: [displayed(interval[0], 2), displayed(interval[1], 2)],
        omega: omega.omega === null ? null : displayed(omega.omega, 2),
        reason: omega.omega === null ? omega.reason : null,
        warnings,
      },
    ];
  });
}
