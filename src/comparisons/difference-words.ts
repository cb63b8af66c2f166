import { fromTo } from '../reports/report-words';
import { type MarkedDifference, outwards, type ShownFigure } from './comparison';
import { digitsOf, type Metric } from './metric';

/** How clear a difference is, in words: never a verdict without its interval (METHODS.md 2.8). */
export function markInWords({ isClear }: Pick<MarkedDifference, 'isClear'>): string {
  return isClear ? 'Clear difference' : 'Not clear';
}

/** "62%", "1.4": a figure in its metric's digits. */
export function figureInWords(value: number, metric: Metric): string {
  return metric.of === 'below' ? `${value}%` : value.toFixed(1);
}

/** "62% (50% to 74%)". */
export function shownInWords({ value, interval }: ShownFigure, metric: Metric): string {
  return `${figureInWords(value, metric)} (${fromTo(interval, (end) => figureInWords(end, metric))})`;
}

/** "+12", "−0.4", "0". */
export function signed(value: number, metric: Metric): string {
  const digits = digitsOf(metric);
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

/** "12", "−0.4": as it is said within a sentence. */
function plain(value: number, metric: Metric): string {
  return signed(value, metric).replace('+', '');
}

/** "+12 (+3 to +21)". */
export function differenceInWords({ difference, interval }: MarkedDifference, metric: Metric): string {
  const ends = outwards(interval, digitsOf(metric));
  return `${signed(difference, metric)} (${fromTo(ends, (end) => signed(end, metric))})`;
}

/** What a difference counts. */
export function unitOf({ of }: Metric): string {
  if (of === 'below') return 'percentage points';
  return 'levels';
}

/** Two figures and what lies between them as a sentence, told from the side that is higher. */
export function comparisonInWords(
  what: string,
  [first, second]: readonly [ShownFigure, ShownFigure],
  { difference, interval }: MarkedDifference,
  metric: Metric,
  names: readonly [string, string],
): string {
  const isTurned = difference < 0;
  const [low, high] = outwards(isTurned ? [-interval[1], -interval[0]] : interval, digitsOf(metric));
  const [more, less] = isTurned ? [names[1], names[0]] : names;
  const figures = `${figureInWords(first.value, metric)} in ${names[0]}, ${figureInWords(second.value, metric)} in ${names[1]}`;
  const size = Math.abs(difference).toFixed(digitsOf(metric));
  const ends = `95% interval ${plain(low, metric)} to ${plain(high, metric)}`;
  return `${what}: ${figures}. That is ${size} ${unitOf(metric)} more in ${more} than in ${less} (${ends}).`;
}
