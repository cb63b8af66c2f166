import {
  captionHeight,
  drawing,
  labelOf,
  letter,
  margin,
  round,
  shorten,
  width,
  widthOf,
  wrap,
} from './drawing';
import { escapeHtml } from './html';

export interface DotPlot {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  /** Levels from `min` to `max`; `labels` may name them, the lowest first. */
  scale: { min: number; max: number; labels?: readonly string[] };
  rows: readonly DotPlotRow[];
  words?: Partial<Words>;
}

export interface DotPlotRow {
  label: string;
  href?: string;
  required: number;
  reported: number;
  /** The interval around what was reported. */
  low?: number;
  high?: number;
}

interface Words {
  required: string;
  reported: string;
  interval: string;
}

const english: Words = { required: 'Required', reported: 'Reported', interval: 'Interval' };

/**
 * One row for each competency and group: a hollow dot where people say they are, a filled one where the work needs them,
 * a bar for the way between. The label stands above its line, not beside it, so that it can be read on a phone.
 */
export function dotPlot({ idPrefix, title, description, scale, rows, words: given }: DotPlot): string {
  const words = { ...english, ...given };
  const x = positions(scale);
  const hasIntervals = rows.some((row) => intervalOf(row) !== undefined);
  let y = 0;
  const legend = legendOf(words, hasIntervals, captionHeight);
  y += captionHeight * 1.6;
  const names = namesOf(scale, y + letter);
  if (names) y += captionHeight;
  const top = y + captionHeight;
  y = top + 10;
  const drawn: string[] = [];
  for (const row of rows) {
    const lines = wrap(row.label, width - 2 * margin);
    const line = y + letter + (lines.length - 1) * captionHeight + 20;
    drawn.push(rowOf(row, lines, y + letter, line, x, words));
    y = line + 22;
  }
  const bottom = y;
  const height = bottom + captionHeight + 6;
  const role = rows.some((row) => row.href) ? 'group' : 'img';
  return drawing({ idPrefix, title, description, height, role }, [
    legend,
    names,
    gridOf(scale, x, top, bottom),
    ...drawn,
  ]);
}

type Position = (level: number) => number;

/** Where a level stands. What lies off the scale stands at its end. */
function positions({ min, max }: DotPlot['scale']): Position {
  const room = width - 2 * margin;
  return (level) => {
    const share = max > min ? (level - min) / (max - min) : 0.5;
    return round(margin + Math.min(1, Math.max(0, share)) * room);
  };
}

function rowOf(
  row: DotPlotRow,
  lines: string[],
  labelY: number,
  y: number,
  x: Position,
  words: Words,
): string {
  const interval = intervalOf(row);
  const label = labelOf(lines, labelY, row.href);
  const parts = [
    `<title>${escapeHtml(`${row.label}. ${inWords(row, words)}`)}</title>`,
    label,
    `<line class="chart-bar" x1="${x(row.reported)}" x2="${x(row.required)}" y1="${y}" y2="${y}"/>`,
  ];
  if (interval) parts.push(whisker(x(interval.low), x(interval.high), y));
  parts.push(
    `<circle class="chart-reported" cx="${x(row.reported)}" cy="${y}" r="7"/>`,
    `<circle class="chart-required" cx="${x(row.required)}" cy="${y}" r="5.5"/>`,
  );
  return `<g class="chart-row">${parts.join('')}</g>`;
}

function intervalOf({ low, high }: DotPlotRow): { low: number; high: number } | undefined {
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** A thin line with an upright at each end, drawn as one path. */
function whisker(from: number, to: number, y: number): string {
  return `<path class="chart-whisker" d="M${from} ${y - 6}V${y + 6}M${from} ${y}H${to}M${to} ${y - 6}V${y + 6}"/>`;
}

function inWords(row: DotPlotRow, words: Words): string {
  const interval = intervalOf(row);
  const range = interval ? ` (${round(interval.low)}–${round(interval.high)})` : '';
  return `${words.reported}: ${round(row.reported)}${range}. ${words.required}: ${round(row.required)}.`;
}

function gridOf(scale: DotPlot['scale'], x: Position, top: number, bottom: number): string {
  return levelsOf(scale)
    .map((level) => {
      const at = x(level);
      const tick = (y: number) =>
        `<text class="chart-tick" x="${at}" y="${round(y)}" text-anchor="middle">${level}</text>`;
      const line = `<line class="chart-grid" x1="${at}" x2="${at}" y1="${round(top)}" y2="${round(bottom)}"/>`;
      return line + tick(top - 5) + tick(bottom + letter);
    })
    .join('');
}

/** Every level; on a long scale, about ten of them. */
function levelsOf({ min, max }: DotPlot['scale']): number[] {
  const step = Math.max(1, Math.ceil((max - min) / 10));
  const levels: number[] = [];
  for (let level = Math.ceil(min); level <= max; level += step) levels.push(level);
  return levels;
}

/** The names of the lowest and the highest level; those between would not fit. */
function namesOf({ labels }: DotPlot['scale'], y: number): string {
  if (!labels || labels.length < 2) return '';
  const name = (text: string, at: number, anchor: string) =>
    `<text class="chart-tick" x="${at}" y="${round(y)}" text-anchor="${anchor}">${escapeHtml(shorten(text, width / 2 - margin))}</text>`;
  return name(labels[0]!, 0, 'start') + name(labels.at(-1)!, width, 'end');
}

function legendOf(words: Words, hasIntervals: boolean, y: number): string {
  const mark = round(y - letter / 3);
  const signs: [string, (x: number) => string][] = [
    [words.reported, (x) => `<circle class="chart-reported" cx="${x + 9}" cy="${mark}" r="7"/>`],
    [words.required, (x) => `<circle class="chart-required" cx="${x + 9}" cy="${mark}" r="5.5"/>`],
  ];
  if (hasIntervals) signs.push([words.interval, (x) => whisker(x, x + 18, mark)]);
  let x = 2;
  return signs
    .map(([word, sign]) => {
      const at = round(x);
      x += 24 + widthOf(word) + 18;
      return `${sign(at)}<text class="chart-label" x="${at + 24}" y="${round(y)}">${escapeHtml(word)}</text>`;
    })
    .join('');
}
