import { isOneAnswer, shareBound } from '../disclosure/class-disclosure';
import { toNearestFive } from '../disclosure/threshold';
import type { ItemEstimates } from '../estimates/estimates';
import type { Figure, Interval } from '../gaps/figure';
import { displayed } from '../platform/rounding';
import type { Figures, ItemDetail } from './release';

/** What of one item in one group may be told. */
export interface Telling {
  detail: ItemDetail;
  /** Levels are compared with what is required: sums are of gaps. */
  compared: boolean;
  /** Is every cell of the group shown? Then other sums of the same people give nothing of others away. */
  isWhole: boolean;
  /** Does each cell of the group have one requirement? Else levels and gaps side by side would take those of a cell apart. */
  isUniform: boolean;
  /** How many people gave each value, unweighted. */
  values: readonly number[];
  /** How many are below and at what is required, unweighted; null where nothing is compared. */
  classes: readonly [number, number] | null;
  statistics: Record<string, object>;
}

/**
 * The figures of one item in one group as every reader sees them (METHODS.md 3.3, steps 5 to 8): rounded, with a bound in the place of a share
 * that would tell what everybody answered, and nothing that goes further than its detail. Ranks are given later, over all items of the group.
 */
export function figuresOf(estimates: ItemEstimates, telling: Telling): Figures {
  const { detail, compared, isWhole, isUniform, values, classes } = telling;
  // One person's answer would be the figure: it is shown without weights (METHODS.md 3.3, step 7).
  const isDominated = estimates.flags.includes('unweighted_only') && estimates.unweighted !== null;
  const shown = isDominated ? { ...estimates, ...estimates.unweighted, unweighted: null } : estimates;
  const inValues = detail === 'levels' || isWhole;
  const hasOneKind = estimates.required === null ? isWhole && isUniform : inValues;
  // Of people who need different levels only how far they are above or below is summed: their levels would be sums of another kind.
  const tellsValues = compared ? hasOneKind : true;
  const oneAnswer = isOneAnswer(values);
  const bound = classes ? shareBound(classes[1], classes[0] + classes[1]) : null;
  const tellsShortfall = compared && inValues && !oneAnswer && bound !== '>=95';
  const perCent = (figure: Figure | null) => number(figure, 0);
  const mean = (figure: Figure | null) => number(figure, 1);
  const meeting = compared && !bound ? shown.percentMeeting : null;
  const shortfall = tellsShortfall ? shown.meanShortfall : null;
  const level = tellsValues && !oneAnswer ? shown.meanLevel : null;
  const plain = shown.unweighted;
  return {
    n: toNearestFive(estimates.n),
    required: estimates.required,
    percentMeeting: perCent(meeting),
    percentMeetingInterval: interval(meeting, 0),
    percentMeetingBound: compared ? bound : null,
    meanShortfall: mean(shortfall),
    meanShortfallInterval: interval(shortfall, 1),
    meanLevel: mean(level),
    meanLevelInterval: interval(level, 1),
    distribution:
      tellsValues && !oneAnswer ? (shown.distribution?.map((share) => displayed(share, 0)) ?? null) : null,
    excluded: excludedOf(estimates, telling),
    rank: null,
    flags: estimates.flags,
    unweighted:
      plain && isWhole
        ? {
            percentMeeting: meeting && perCent(plain.percentMeeting),
            meanShortfall: shortfall && mean(plain.meanShortfall),
            meanLevel: level && mean(plain.meanLevel),
          }
        : null,
    statistics: telling.statistics,
  };
}

/**
 * Of whom nothing is required is nobody's secret: where they are groups that are withheld, their number would be. So it is told only where all of the
 * group is.
 */
function excludedOf({ excluded }: ItemEstimates, { isWhole }: Telling): Figures['excluded'] {
  if (!isWhole && excluded.noRequirement > 0) return null;
  return {
    skipped: toNearestFive(excluded.skipped),
    notShown: toNearestFive(excluded.notShown),
    notMyRole: toNearestFive(excluded.notMyRole),
    dontKnow: toNearestFive(excluded.dontKnow),
    noRequirement: toNearestFive(excluded.noRequirement),
  };
}

function number(figure: Figure | null, digits: number): number | null {
  return figure === null || figure.estimate === null ? null : displayed(figure.estimate, digits);
}

function interval(figure: Figure | null, digits: number): Interval | null {
  if (!figure?.interval) return null;
  const [lower, upper] = figure.interval;
  return [displayed(lower, digits), displayed(upper, digits)];
}
