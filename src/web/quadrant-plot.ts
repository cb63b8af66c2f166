import { drawing, letter, round, widthOf, wrap } from './drawing';
import { escapeHtml } from './html';

/** Points on two axes, and a crosshair that parts them into four fields with a name each. */
export interface QuadrantPlot {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  axes: { across: string; up: string };
  scale: { min: number; max: number };
  crosshair: { across: number; up: number };
  /** Names of the fields: above left, above right, below left, below right. */
  fields: readonly [string, string, string, string];
  points: readonly QuadrantPoint[];
}

export interface QuadrantPoint {
  /** A short name, drawn beside the point where there is room. */
  name: string;
  across: number;
  up: number;
  isMarked: boolean;
  /** The point in words, told when it is pointed at. */
  words: string;
}

const [left, right, top, bottom] = [34, 390, 8, 300];

/** A point for each thing; the marked one is filled and larger. */
export function quadrantPlot(plot: QuadrantPlot): string {
  const { idPrefix, title, description, scale, crosshair, axes, fields, points } = plot;
  const share = (value: number) => (value - scale.min) / Math.max(1, scale.max - scale.min);
  const within = (value: number) => Math.min(1, Math.max(0, share(value)));
  const x = (value: number) => round(left + within(value) * (right - left));
  const y = (value: number) => round(bottom - within(value) * (bottom - top));
  const cross = { x: x(crosshair.across), y: y(crosshair.up) };
  return drawing({ idPrefix, title, description, height: bottom + letter * 2.8, role: 'img' }, [
    `<rect class="chart-paper" x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/>`,
    `<path class="chart-grid" d="M${left} ${top}H${right}V${bottom}H${left}Z"/>`,
    ticksOf(scale, x, y),
    `<path class="chart-crosshair" d="M${cross.x} ${top}V${bottom}M${left} ${cross.y}H${right}"/>`,
    fieldNames(fields, cross),
    axisNames(axes),
    ...pointsOf(points, x, y),
  ]);
}

type Position = (value: number) => number;

function ticksOf({ min, max }: QuadrantPlot['scale'], x: Position, y: Position): string {
  const ticks: string[] = [];
  for (let value = Math.ceil(min); value <= max; value += 1) {
    ticks.push(
      `<text class="chart-tick" x="${x(value)}" y="${bottom + letter}" text-anchor="middle">${value}</text>`,
      `<text class="chart-tick" x="${left - 6}" y="${round(y(value) + letter / 3)}" text-anchor="end">${value}</text>`,
    );
  }
  return ticks.join('');
}

function axisNames({ across, up }: QuadrantPlot['axes']): string {
  const middle = round((top + bottom) / 2);
  return [
    `<text class="chart-label" x="${right}" y="${round(bottom + letter * 2.3)}" text-anchor="end">${escapeHtml(`${across} →`)}</text>`,
    `<text class="chart-label" transform="rotate(-90 12 ${middle})" x="12" y="${middle}" text-anchor="middle">${escapeHtml(`${up} →`)}</text>`,
  ].join('');
}

/** In the corners of the picture, where a field is large enough to hold its name. */
function fieldNames(names: QuadrantPlot['fields'], cross: { x: number; y: number }): string {
  const places: [x: number, y: number, anchor: string, room: number, down: 1 | -1][] = [
    [left + 5, top + letter, 'start', cross.x - left, 1],
    [right - 5, top + letter, 'end', right - cross.x, 1],
    [left + 5, bottom - 6, 'start', cross.x - left, -1],
    [right - 5, bottom - 6, 'end', right - cross.x, -1],
  ];
  return names
    .map((name, place) => {
      const [x, y, anchor, room, down] = places[place]!;
      if (room < 40) return '';
      const lines = wrap(name, room - 10, 3);
      const first = down === 1 ? y : y - (lines.length - 1) * letter;
      return lines
        .map(
          (line, at) =>
            `<text class="chart-field" x="${x}" y="${round(first + at * letter)}" text-anchor="${anchor}">${escapeHtml(line)}</text>`,
        )
        .join('');
    })
    .join('');
}

/** The marked point last, on top. A name that would cover another is left to the table. */
function pointsOf(points: readonly QuadrantPoint[], x: Position, y: Position): string[] {
  const taken: [number, number, number][] = [];
  const named = [...points].sort((one, other) => Number(other.isMarked) - Number(one.isMarked));
  const drawn = named.map(({ name, across, up, isMarked, words }) => {
    const [cx, cy] = [x(across), y(up)];
    const length = widthOf(name);
    const isAtEnd = cx + 10 + length > right;
    const from = isAtEnd ? cx - 10 - length : cx + 10;
    const isFree = taken.every(
      ([start, end, level]) => from > end + 2 || from + length < start - 2 || Math.abs(level - cy) > letter,
    );
    if (isFree) taken.push([from, from + length, cy]);
    const text = isFree
      ? `<text class="chart-label" x="${round(from)}" y="${round(cy + letter / 3)}">${escapeHtml(name)}</text>`
      : '';
    const dot = `<circle class="${isMarked ? 'chart-required' : 'chart-reported'}" cx="${cx}" cy="${cy}" r="${isMarked ? 8 : 5}"/>`;
    return `<g class="chart-row"><title>${escapeHtml(words)}</title>${dot}${text}</g>`;
  });
  return drawn.reverse();
}
