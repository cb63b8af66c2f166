import { captionHeight, drawing, labelOf, letter, margin, round, width, widthOf, wrap } from './drawing';
import { escapeHtml } from './html';

export interface StackedBars {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  /** What the parts of a bar are, from the left; at most four, each with a texture of its own. */
  parts: readonly string[];
  /** Parts, by their place, that the key leaves out because there are none of them. */
  skipped?: readonly number[];
  rows: readonly StackedBarsRow[];
  /** Counts are shares of each row's own, in per cent: all bars are of one length, though rounded shares add up to 99 or 101. */
  shares?: boolean;
}

export interface StackedBarsRow {
  label: string;
  /** How much of each part there is. */
  counts: readonly number[];
}

const barHeight = 18;
const swatch = 22;

/**
 * One bar for each row, its parts set off by texture as well as by colour: filled, striped, dotted, empty. A bar is as
 * long as its row counts, beside the longest; bars of shares are of one length. The label stands above its bar, so that it can be read on a phone.
 */
export function stackedBars({
  idPrefix,
  title,
  description,
  parts,
  skipped = [],
  rows,
  shares = false,
}: StackedBars): string {
  const longest = Math.max(1, ...rows.map(({ counts }) => total(counts)));
  const legend = legendOf(idPrefix, parts, skipped);
  let y = legend.height + captionHeight / 2;
  const drawn = rows.map((row) => {
    const lines = wrap(row.label, width - 2 * margin);
    const bar = y + letter + (lines.length - 1) * captionHeight + 8;
    const whole = shares ? Math.max(1, total(row.counts)) : longest;
    const words = parts.map((part, place) => `${part}: ${row.counts[place] ?? 0}${shares ? '%' : ''}`);
    const drawnRow = rowOf(idPrefix, row, words, lines, y + letter, bar, whole);
    y = bar + barHeight + 14;
    return drawnRow;
  });
  return drawing({ idPrefix, title, description, height: y, role: 'img' }, [
    texturesOf(idPrefix),
    ...legend.parts,
    ...drawn,
  ]);
}

function rowOf(
  idPrefix: string,
  { label, counts }: StackedBarsRow,
  words: readonly string[],
  lines: string[],
  labelY: number,
  y: number,
  whole: number,
): string {
  const room = width - 2 * margin;
  let x = margin;
  const segments = counts.map((count, part) => {
    const at = x;
    const length = (count / whole) * room;
    x += length;
    return count > 0 ? segment(idPrefix, part, at, y, length, barHeight) : '';
  });
  return `<g class="chart-row"><title>${escapeHtml(`${label}. ${words.join('. ')}.`)}</title>${labelOf(lines, labelY)}${segments.join('')}</g>`;
}

function segment(
  idPrefix: string,
  part: number,
  x: number,
  y: number,
  length: number,
  height: number,
): string {
  const texture = part === 1 || part === 2 ? ` fill="url(#${escapeHtml(idPrefix)}-texture-${part})"` : '';
  return `<rect class="chart-part chart-part-${part}" x="${round(x)}" y="${round(y)}" width="${round(length)}" height="${height}"${texture}/>`;
}

/** Stripes and dots. A texture belongs to its drawing: the ids of a page must differ. */
function texturesOf(idPrefix: string): string {
  const id = escapeHtml(idPrefix);
  const texture = (part: number, size: number, mark: string) =>
    `<pattern id="${id}-texture-${part}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect class="chart-paper" width="${size}" height="${size}"/>${mark}</pattern>`;
  return `<defs>${texture(1, 8, '<path class="chart-stripe" d="M-2 2L2 -2M0 8L8 0M6 10L10 6"/>')}${texture(2, 7, '<circle class="chart-dot" cx="3.5" cy="3.5" r="1.4"/>')}</defs>`;
}

/** The parts in words, as many on a line as fit. */
function legendOf(
  idPrefix: string,
  parts: readonly string[],
  skipped: readonly number[],
): { parts: string[]; height: number } {
  let x = margin;
  let line = 0;
  const drawn = parts.map((word, part) => {
    if (skipped.includes(part)) return '';
    const length = swatch + 8 + widthOf(word) + 14;
    if (x > margin && x + length > width) {
      x = margin;
      line += 1;
    }
    const at = x;
    x += length;
    const y = line * captionHeight * 1.3;
    return `${segment(idPrefix, part, at, y + 2, swatch, 14)}<text class="chart-label" x="${round(at + swatch + 8)}" y="${round(y + letter - 2)}">${escapeHtml(word)}</text>`;
  });
  return { parts: drawn, height: (line + 1) * captionHeight * 1.3 };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
