import { captionHeight, drawing, letter, margin, round, shorten, width } from './drawing';
import { escapeHtml } from './html';

export interface ShareBars {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  /** One bar each, from the top; one of them may be marked, and all from it on are filled. */
  bars: readonly { label: string; percent: number; isMarked: boolean }[];
  /** What the mark says. */
  markWords: string;
}

const barHeight = 14;
const room = width - 2 * margin - 44;

/** How many per cent chose each answer: a bar under each label, its number behind it. */
export function shareBars({ idPrefix, title, description, bars, markWords }: ShareBars): string {
  const marked = bars.findIndex(({ isMarked }) => isMarked);
  let y = 0;
  const drawn = bars.map(({ label, percent, isMarked }, place) => {
    const words = isMarked ? `${label} – ${markWords}` : label;
    const text = `<text class="chart-label" x="${margin}" y="${round(y + letter)}">${escapeHtml(shorten(words, width - 2 * margin))}</text>`;
    const top = round(y + captionHeight + 4);
    const length = round((Math.min(100, percent) / 100) * room);
    const part = marked >= 0 && place < marked ? 3 : 0;
    const bar = `<rect class="chart-part chart-part-${part}" x="${margin}" y="${top}" width="${Math.max(1, length)}" height="${barHeight}"/>`;
    const number = `<text class="chart-tick" x="${round(margin + length + 6)}" y="${top + barHeight - 2}">${percent}%</text>`;
    const line = isMarked
      ? `<path class="chart-whisker" d="M${margin - 6} ${round(y + 2)}H${width - margin}"/>`
      : '';
    y = top + barHeight + 8;
    return `<g class="chart-row">${line}${text}${bar}${number}</g>`;
  });
  return drawing({ idPrefix, title, description, height: y, role: 'img' }, drawn);
}
