import { captionHeight, drawing, labelOf, letter, margin, round, width, wrap } from './drawing';
import { escapeHtml } from './html';

export interface IntervalPlot {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  scale: { min: number; max: number; step: number; unit: string };
  /** What dot and whisker stand for. */
  words: { dot: string; interval: string };
  rows: readonly IntervalPlotRow[];
}

export interface IntervalPlotRow {
  label: string;
  href?: string;
  value: number;
  interval: readonly [number, number] | null;
  /** The row in words, told when it is pointed at. */
  words: string;
}

/** A name of two parts must not lose the second, which tells it from others. */
const mostLines = 4;

/** One row for each figure: a dot where it is, a whisker for how sure it is. Its label stands above it, so that it can be read on a phone. */
export function intervalPlot({ idPrefix, title, description, scale, words, rows }: IntervalPlot): string {
  const x = (value: number) => {
    const share = (value - scale.min) / (scale.max - scale.min);
    return round(margin + Math.min(1, Math.max(0, share)) * (width - 2 * margin));
  };
  const top = captionHeight * 3.6;
  let y = top + 10;
  const drawn = rows.map((row) => {
    const lines = wrap(row.label, width - 2 * margin, mostLines);
    const line = y + letter + (lines.length - 1) * captionHeight + 20;
    const mark = rowOf(row, lines, y + letter, line, x);
    y = line + 22;
    return mark;
  });
  const role = rows.some((row) => row.href) ? 'group' : 'img';
  return drawing({ idPrefix, title, description, height: y + captionHeight + 6, role }, [
    keyOf(words),
    gridOf(scale, x, top, y),
    ...drawn,
  ]);
}

function rowOf(
  { label, href, value, interval, words }: IntervalPlotRow,
  lines: string[],
  labelY: number,
  y: number,
  x: (value: number) => number,
): string {
  return [
    `<g class="chart-row"><title>${escapeHtml(`${label}. ${words}`)}</title>`,
    labelOf(lines, labelY, href),
    interval ? whisker(x(interval[0]), x(interval[1]), y) : '',
    `<circle class="chart-required" cx="${x(value)}" cy="${y}" r="6"/></g>`,
  ].join('');
}

function whisker(from: number, to: number, y: number): string {
  return `<path class="chart-whisker" d="M${from} ${y - 6}V${y + 6}M${from} ${y}H${to}M${to} ${y - 6}V${y + 6}"/>`;
}

function keyOf({ dot, interval }: IntervalPlot['words']): string {
  const line = (at: number, sign: string, word: string) =>
    `${sign}<text class="chart-label" x="${margin + 26}" y="${round(at)}">${escapeHtml(word)}</text>`;
  const middle = (at: number) => round(at - letter / 3);
  const [first, second] = [captionHeight, captionHeight * 2];
  return (
    line(first, `<circle class="chart-required" cx="${margin + 9}" cy="${middle(first)}" r="6"/>`, dot) +
    line(second, whisker(margin, margin + 18, middle(second)), interval)
  );
}

function gridOf(
  { min, max, step, unit }: IntervalPlot['scale'],
  x: (value: number) => number,
  top: number,
  bottom: number,
): string {
  const ticks: string[] = [];
  for (let value = min; value <= max; value += step) {
    const anchor = value === min ? 'start' : value === max ? 'end' : 'middle';
    const at = value === min ? margin - 6 : value === max ? x(value) + 6 : x(value);
    const tick = (y: number) =>
      `<text class="chart-tick" x="${at}" y="${round(y)}" text-anchor="${anchor}">${value < 0 ? `−${-value}` : value}${unit}</text>`;
    // Where figures go both ways, the line between them is what they are read against.
    const sign = value === 0 && min < 0 ? 'chart-axis' : 'chart-grid';
    const line = `<line class="${sign}" x1="${x(value)}" x2="${x(value)}" y1="${round(top)}" y2="${round(bottom)}"/>`;
    ticks.push(line + tick(top - 5) + tick(bottom + letter));
  }
  return ticks.join('');
}
