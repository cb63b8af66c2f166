import { escapeHtml } from './html';

// What all charts are drawn with, as SVG. Lengths are units of a drawing that is scaled to its column; colours and letter
// sizes are classes in assets/styles/_charts.scss, for our pages allow no inline styles.

export const width = 400;
export const margin = 12;
export const letter = 17; // As in the stylesheet; wider columns show smaller letters, never larger ones.
const lineHeight = 1.2;
export const captionHeight = letter * lineHeight;

export interface Frame {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  height: number;
  /** Units across, where it is not the usual width: a chart for wide columns only. */
  width?: number;
  /** A picture's inside is closed to assistive technology, so one that holds links is a group. */
  role: 'img' | 'group';
}

/** The drawing around its parts, with its title and description. */
export function drawing(
  { idPrefix, title, description, height, role, width: own }: Frame,
  parts: string[],
): string {
  const id = escapeHtml(idPrefix);
  const labelled = `role="${role}" aria-labelledby="${id}-title" aria-describedby="${id}-description"`;
  return [
    `<svg class="chart${own ? ' chart--wide' : ''}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${own ?? width} ${round(height)}" ${labelled}>`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-description">${escapeHtml(description)}</desc>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** A label, linked where it leads somewhere. Its second line is set off in ems, so it follows the letters when the stylesheet makes them smaller. */
export function labelOf(lines: string[], y: number, href?: string): string {
  const spans = lines.map(
    (line, index) =>
      `<tspan x="${margin}"${index > 0 ? ` dy="${lineHeight}em"` : ''}>${escapeHtml(line)}</tspan>`,
  );
  const text = `<text class="chart-label" x="${margin}" y="${y}">${spans.join(' ')}</text>`;
  return href ? `<a href="${escapeHtml(href)}">${text}</a>` : text;
}

/** At most so many lines of text; what does not fit ends in an ellipsis. */
export function wrap(text: string, room: number, mostLines = 2): string[] {
  const words = text.split(/\s+/).filter(Boolean);
  const lines: string[] = [];
  while (lines.length < mostLines - 1 && words.length > 0) {
    let line = words.shift()!;
    while (words.length > 0 && widthOf(`${line} ${words[0]}`) <= room) line = `${line} ${words.shift()}`;
    lines.push(line);
  }
  if (words.length > 0 || lines.length === 0) lines.push(words.join(' '));
  return lines.map((line) => shorten(line, room));
}

export function shorten(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let shorter = text;
  while (shorter.length > 1 && widthOf(`${shorter}…`) > room) shorter = shorter.slice(0, -1);
  return `${shorter.trimEnd()}…`;
}

/** About how wide a text is. Nobody can measure letters on a server; Arial's are these parts of their size. */
export function widthOf(text: string): number {
  let ems = 0;
  for (const character of text) {
    if (/[ijl.,:;'|!ftI()[\] -]/.test(character)) ems += 0.32;
    else if (/[mwMW@%…]/.test(character)) ems += 0.9;
    else if (/[A-Z&]/.test(character)) ems += 0.7;
    else ems += 0.56;
  }
  return ems * letter;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
