import { drawing, round, widthOf, wrap } from './drawing';
import { escapeHtml } from './html';

/** Rows of gaps: either two dots on a scale of levels, reported and required, or one dot for how many levels people are short. */
export interface GapPlot {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  scale: { min: number; max: number };
  /** What the marks stand for; `required` only where levels are drawn. */
  words: { required?: string; value: string; interval: string };
  /** Names beside their marks where there is room, above them on a phone. */
  layout: 'beside' | 'above';
  rows: readonly GapPlotRow[];
}

export interface GapPlotRow {
  label: string;
  /** A second line: whose gap it is. */
  group: string;
  href?: string;
  /** The hollow dot; null where there is nothing to draw. */
  value: number | null;
  interval: readonly [number, number] | null;
  /** The filled dot; null where none is drawn. */
  required: number | null;
  /** The figure beside its marks, short. */
  figure: string;
  /** The row in words, told when it is pointed at. */
  words: string;
}

interface Geometry {
  width: number;
  /** The size of letters, as in the stylesheet. */
  letter: number;
  /** From where to where names and marks go. */
  names: [from: number, to: number];
  plot: [from: number, to: number];
  isBeside: boolean;
}

const geometries: Record<GapPlot['layout'], Geometry> = {
  beside: { width: 960, letter: 15, names: [0, 440], plot: [470, 850], isBeside: true },
  above: { width: 400, letter: 17, names: [12, 388], plot: [14, 386], isBeside: false },
};

/** One row for each gap, the figure in numbers beside its marks. */
export function gapPlot(plot: GapPlot): string {
  const { idPrefix, title, description, words, scale, rows, layout } = plot;
  const geometry = geometries[layout];
  const x = positionsOn(scale, geometry);
  const legend = legendOf(words, geometry);
  const top = legend.height + geometry.letter + 12;
  let y = top;
  const drawn = rows.map((row) => {
    const part = rowAt(row, y, geometry, x);
    y += part.height;
    return part.drawn;
  });
  const role = rows.some(({ href }) => href) ? 'group' : 'img';
  const frame = { idPrefix, title, description, role, width: geometry.width } as const;
  return drawing({ ...frame, height: y + geometry.letter + 8 }, [
    ...legend.parts,
    gridOf(scale, x, top, y, geometry),
    ...drawn,
  ]);
}

type Position = (value: number) => number;

/** What lies off the scale stands at its end. */
function positionsOn({ min, max }: GapPlot['scale'], { plot: [from, to] }: Geometry): Position {
  return (value) => {
    const share = max > min ? (value - min) / (max - min) : 0;
    return round(from + Math.min(1, Math.max(0, share)) * (to - from));
  };
}

function rowAt(row: GapPlotRow, y: number, geometry: Geometry, x: Position) {
  const { letter, names, isBeside, width } = geometry;
  const line = letter * 1.25;
  const room = ((names[1] - names[0]) * 17) / letter;
  const label = wrap(row.label, room);
  const group = wrap(row.group, room);
  // On a phone the figure has a line of its own.
  const lines = label.length + group.length + (isBeside ? 0 : 1);
  const height = isBeside ? lines * line + 14 : lines * line + 44;
  const middle = round(isBeside ? y + height / 2 : y + lines * line + 24);
  const from = y + (isBeside ? 7 : 4) + letter;
  const span = (text: string, place: number) =>
    `<tspan x="${names[0]}" y="${round(from + place * line)}">${escapeHtml(text)}</tspan>`;
  const name = `<text class="chart-label">${label.map(span).join(' ')}</text>`;
  const whose = `<text class="chart-tick">${group.map((text, place) => span(text, label.length + place)).join(' ')}</text>`;
  const figure = isBeside
    ? `<text class="chart-label" x="${width}" y="${round(middle + letter / 3)}" text-anchor="end">${escapeHtml(row.figure)}</text>`
    : `<text class="chart-label" x="${names[0]}" y="${round(from + (lines - 1) * line)}">${escapeHtml(row.figure)}</text>`;
  const rule = `<line class="chart-grid" x1="0" x2="${width}" y1="${round(y + height)}" y2="${round(y + height)}"/>`;
  return {
    height,
    drawn: [
      `<g class="chart-row"><title>${escapeHtml(row.words)}</title>`,
      row.href ? `<a href="${escapeHtml(row.href)}">${name}</a>` : name,
      `${whose}${rule}${marksOf(row, middle, x)}${figure}</g>`,
    ].join(''),
  };
}

function marksOf({ value, required, interval }: GapPlotRow, y: number, x: Position): string {
  if (value === null) return '';
  const way =
    required === null
      ? ''
      : `<line class="chart-bar" x1="${x(value)}" x2="${x(required)}" y1="${y}" y2="${y}"/>`;
  const whisker = interval ? whiskerOf(x(interval[0]), x(interval[1]), y) : '';
  const reported = `<circle class="chart-reported" cx="${x(value)}" cy="${y}" r="6.5"/>`;
  const filled =
    required === null ? '' : `<circle class="chart-required" cx="${x(required)}" cy="${y}" r="5.5"/>`;
  return way + whisker + reported + filled;
}

function whiskerOf(from: number, to: number, y: number): string {
  return `<path class="chart-whisker" d="M${from} ${y - 6}V${y + 6}M${from} ${y}H${to}M${to} ${y - 6}V${y + 6}"/>`;
}

/** Whole levels. */
function gridOf(
  { min, max }: GapPlot['scale'],
  x: Position,
  top: number,
  bottom: number,
  { letter }: Geometry,
): string {
  const ticks: string[] = [];
  for (let value = Math.ceil(min); value <= max; value += 1) {
    const tick = (y: number) =>
      `<text class="chart-tick" x="${x(value)}" y="${round(y)}" text-anchor="middle">${value}</text>`;
    ticks.push(
      `<line class="chart-grid" x1="${x(value)}" x2="${x(value)}" y1="${round(top)}" y2="${round(bottom)}"/>${tick(top - 5)}${tick(bottom + letter)}`,
    );
  }
  return ticks.join('');
}

/** The marks in words, as many on a line as fit. */
function legendOf({ required, value, interval }: GapPlot['words'], { width, letter }: Geometry) {
  const mark = (y: number) => round(y - letter / 3);
  const signs: [string, (x: number, y: number) => string][] = [
    [value, (x, y) => `<circle class="chart-reported" cx="${x + 9}" cy="${mark(y)}" r="6.5"/>`],
    ...(required === undefined
      ? []
      : [
          [
            required,
            (x: number, y: number) =>
              `<circle class="chart-required" cx="${x + 9}" cy="${mark(y)}" r="5.5"/>`,
          ] as [string, (x: number, y: number) => string],
        ]),
    [interval, (x, y) => whiskerOf(x, x + 18, mark(y))],
  ];
  let x = 2;
  let line = 0;
  const parts = signs.map(([word, sign]) => {
    const length = 24 + (widthOf(word) * letter) / 17 + 18;
    if (x > 2 && x + length > width) {
      x = 2;
      line += 1;
    }
    const y = round(letter * 1.3 * (line + 1));
    const drawn = `${sign(x, y)}<text class="chart-label" x="${round(x + 24)}" y="${y}">${escapeHtml(word)}</text>`;
    x = round(x + length);
    return drawn;
  });
  return { parts, height: letter * 1.3 * (line + 1) + 8 };
}
