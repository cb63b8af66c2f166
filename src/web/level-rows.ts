import { captionHeight, drawing, letter, margin, round, shorten, width, wrap } from './drawing';
import { escapeHtml } from './html';

/** Rows of levels: a dot where somebody is, a tick where their work needs them to be, and the same in words. */
export interface LevelRows {
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  scale: { min: number; max: number; lowest: string; highest: string };
  /** What the dot and the tick stand for. */
  key: { reported: string; required: string };
  rows: readonly LevelRow[];
}

export interface LevelRow {
  label: string;
  words: string;
  reported: number | null;
  required: number | null;
}

/** What a picture is made of, so that a page and a document draw the same one. Lengths are those of drawing.ts. */
export type Mark =
  | { kind: 'line'; look: 'grid' | 'between' | 'needed'; x1: number; y1: number; x2: number; y2: number }
  | { kind: 'dot'; x: number; y: number; radius: number }
  | { kind: 'text'; look: 'label' | 'strong' | 'tick'; x: number; y: number; end: boolean; text: string };

export interface Drawn {
  width: number;
  height: number;
  marks: Mark[];
}

const tickReach = 11;
const radius = 7;
const line = captionHeight;
const keyHeight = line * 3.6;

/** Where every line, dot and word of the rows stands. Labels stand above their line, so that they can be read on a phone. */
export function drawLevelRows({ scale, key, rows }: LevelRows): Drawn {
  const x = (level: number) => {
    const share = scale.max > scale.min ? (level - scale.min) / (scale.max - scale.min) : 0.5;
    return round(margin + Math.min(1, Math.max(0, share)) * (width - 2 * margin));
  };
  const marks: Mark[] = keyOf(key);
  let y = keyHeight;
  marks.push(
    text('tick', 0, y, shorten(`${scale.min}: ${scale.lowest}`, width / 2 - margin)),
    text('tick', width, y, shorten(`${scale.max}: ${scale.highest}`, width / 2 - margin), true),
  );
  y += line * 0.8;
  for (const row of rows) {
    for (const label of wrap(row.label, width - 2 * margin)) {
      y += line;
      marks.push(text('strong', margin, y, label));
    }
    for (const words of wrap(row.words, width - 2 * margin)) {
      y += line;
      marks.push(text('label', margin, y, words));
    }
    y += tickReach + 9;
    marks.push(...trackOf(row, scale, x, y));
    y += tickReach + 7;
  }
  return { width, height: round(y), marks };
}

function trackOf(
  { reported, required }: LevelRow,
  { min, max }: LevelRows['scale'],
  x: (level: number) => number,
  y: number,
): Mark[] {
  const upright = (level: number, reach: number, look: 'grid' | 'needed'): Mark => ({
    ...{ kind: 'line', look, x1: x(level), x2: x(level) },
    ...{ y1: round(y - reach), y2: round(y + reach) },
  });
  const across = (from: number, to: number, look: 'grid' | 'between'): Mark => ({
    ...{ kind: 'line', look, x1: x(from), x2: x(to), y1: round(y), y2: round(y) },
  });
  const marks = [across(min, max, 'grid')];
  for (let level = Math.ceil(min); level <= max; level += 1) marks.push(upright(level, 4, 'grid'));
  if (reported !== null && required !== null) marks.push(across(reported, required, 'between'));
  if (reported !== null) marks.push({ kind: 'dot', x: x(reported), y: round(y), radius });
  if (required !== null) marks.push(upright(required, tickReach, 'needed'));
  return marks;
}

/** One sign under the other: in some languages the words are long. */
function keyOf({ reported, required }: LevelRows['key']): Mark[] {
  const [first, second] = [line, line * 2.2];
  const middle = (y: number) => round(y - letter / 3);
  return [
    { kind: 'dot', x: margin, y: middle(first), radius },
    text('label', margin + 18, first, shorten(reported, width - 3 * margin)),
    {
      ...{ kind: 'line', look: 'needed', x1: margin, x2: margin },
      ...{ y1: middle(second) - tickReach + 2, y2: middle(second) + tickReach - 2 },
    },
    text('label', margin + 18, second, shorten(required, width - 3 * margin)),
  ];
}

function text(look: 'label' | 'strong' | 'tick', x: number, y: number, words: string, end = false): Mark {
  return { kind: 'text', look, x: round(x), y: round(y), end, text: words };
}

/** The rows as SVG. `idPrefix` begins every id in the drawing. */
export function levelRows(idPrefix: string, rows: LevelRows): string {
  const { height, marks } = drawLevelRows(rows);
  const { title, description } = rows;
  return drawing({ idPrefix, title, description, height, role: 'img' }, marks.map(asSvg));
}

function asSvg(mark: Mark): string {
  if (mark.kind === 'dot') {
    return `<circle class="chart-reported" cx="${mark.x}" cy="${mark.y}" r="${mark.radius}"/>`;
  }
  if (mark.kind === 'line') {
    const { look, x1, y1, x2, y2 } = mark;
    return `<line class="level-${look}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
  }
  const { look, x, y, end } = mark;
  const anchor = end ? ' text-anchor="end"' : '';
  return `<text class="level-${look}" x="${x}" y="${y}"${anchor}>${escapeHtml(mark.text)}</text>`;
}
