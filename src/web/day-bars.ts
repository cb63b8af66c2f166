import { captionHeight, drawing, letter, margin, round, width, widthOf } from './drawing';
import { escapeHtml } from './html';

export interface DayBars {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  /** One bar each, the earliest first. */
  bars: readonly DayBar[];
  /** What a mark above a bar stands for. */
  markName: string;
}

export interface DayBar {
  /** "21 November 2026", or two of them. */
  label: string;
  count: number;
  /** Marked above with a triangle: something happened then. */
  isMarked: boolean;
}

const height = 170;
const widest = 60;

/** A bar for each day, with the first and the last named below, and marks above the days on which something was done. */
export function dayBars({ idPrefix, title, description, bars, markName }: DayBars): string {
  const hasMarks = bars.some(({ isMarked }) => isMarked);
  const top = hasMarks ? captionHeight * 2.4 : captionHeight;
  const bottom = top + height;
  const most = niceMost(Math.max(5, ...bars.map(({ count }) => count)));
  const left = margin + 30;
  const step = Math.min(widest, (width - left - margin) / Math.max(1, bars.length));
  const y = (count: number) => round(bottom - (count / most) * height);
  const drawn = bars.map(({ label, count, isMarked }, at) => {
    const x = left + at * step;
    const words = `${label}: ${count}${isMarked ? `. ${markName}` : ''}`;
    const mark = isMarked ? triangle(x + step / 2, top - 6) : '';
    const bar = `<rect class="chart-part chart-part-0" x="${round(x + step * 0.1)}" y="${y(count)}" width="${round(step * 0.8)}" height="${round(bottom - y(count))}"/>`;
    return `<g class="chart-row"><title>${escapeHtml(words)}</title>${bar}${mark}</g>`;
  });
  return drawing({ idPrefix, title, description, height: bottom + captionHeight + 6, role: 'img' }, [
    hasMarks ? legendOf(markName) : '',
    ...[0, most / 2, most].map((count) => gridLine(count, y(count), left)),
    ...drawn,
    ...namesOf(bars, left, left + step * bars.length, bottom + letter + 4),
  ]);
}

function triangle(x: number, y: number): string {
  return `<path class="chart-in" d="M${round(x - 6)} ${round(y - 10)}h12l-6 10z"/>`;
}

function legendOf(markName: string): string {
  return `${triangle(margin + 6, letter)}<text class="chart-label" x="${margin + 20}" y="${letter}">${escapeHtml(markName)}</text>`;
}

function gridLine(count: number, y: number, left: number): string {
  return `<line class="chart-grid" x1="${left}" x2="${width - margin}" y1="${y}" y2="${y}"/><text class="chart-tick" x="${left - 6}" y="${round(y + letter / 3)}" text-anchor="end">${count}</text>`;
}

/** The first and the last; of those between only a screen reader and the pointer tell. */
function namesOf(bars: readonly DayBar[], left: number, right: number, y: number): string[] {
  if (bars.length === 0) return [];
  const name = (text: string, x: number, anchor: string) =>
    `<text class="chart-tick" x="${x}" y="${round(y)}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
  const first = name(bars[0]!.label, left, 'start');
  // Few bars leave no room for two names side by side.
  if (right - left < widthOf(bars[0]!.label) * 2.2) return [first];
  return [first, name(bars.at(-1)!.label, right, 'end')];
}

/** The next number that can be read off half-way: 10, 20, 50, 100, 200 … */
function niceMost(count: number): number {
  let size = 10;
  for (;;) {
    for (const times of [1, 2, 5]) if (count <= size * times) return size * times;
    size *= 10;
  }
}
