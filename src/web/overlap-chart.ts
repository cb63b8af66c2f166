import { captionHeight, drawing, labelOf, letter, margin, round, width, widthOf, wrap } from './drawing';
import { escapeHtml } from './html';

export interface OverlapChart {
  /** Begins every id in the drawing: one page may hold several charts. */
  idPrefix: string;
  title: string;
  /** The same in words, for those who do not see it. */
  description: string;
  /** Two to five sets: a letter, and the name it stands for. */
  sets: readonly { sign: string; name: string }[];
  parts: readonly OverlapPart[];
  words: { all: string; some: string };
}

/** The things that are in the same sets, and in no other. */
export interface OverlapPart {
  /** Those sets, as their places in the list, in order. */
  sets: readonly number[];
  count: number;
  /** Who they are, in words. */
  label: string;
}

/** What several sets have in common. Up to three lie over each other; more would not be told apart, so they are listed. */
export function overlapChart(chart: OverlapChart): string {
  const parts = chart.parts.filter(({ count }) => count > 0);
  return chart.sets.length <= 3 ? overlappingBars({ ...chart, parts }) : listedParts({ ...chart, parts });
}

/** From left to right, so that what all have in common lies in the middle and the first two are never broken. */
const orders: Record<number, string[]> = {
  2: ['0', '0,1', '1'],
  3: ['0', '0,2', '0,1', '0,1,2', '1,2', '1', '2'],
};

/** A bar for each set, one above the other: where bars stand above each other, they share that many things. */
function overlappingBars(chart: OverlapChart): string {
  const order = orders[chart.sets.length] ?? [];
  const place = ({ sets }: OverlapPart) => order.indexOf(sets.join());
  const columns = columnsOf([...chart.parts].sort((one, other) => place(one) - place(other)));
  const isInAll = ({ sets }: OverlapPart) => sets.length === chart.sets.length;
  const top = captionHeight * 2.8;
  let y = top;
  const bars = chart.sets.map(({ sign, name }, set) => {
    const lines = wrap(`${sign}: ${name}`, width - 2 * margin);
    const label = labelOf(lines, y + letter);
    const barY = round(y + lines.length * captionHeight + 6);
    y = barY + 26 + 10;
    const drawn = columns
      .filter((column) => column.part.sets.includes(set))
      .map((column) => bar(isInAll(column.part), column.x, barY, column.width, 26));
    const line = `<line class="chart-grid" x1="${margin}" x2="${width - margin}" y1="${barY + 13}" y2="${barY + 13}"/>`;
    return `<g class="chart-row">${label}${line}${drawn.join('')}</g>`;
  });
  const counts = columns.map(
    ({ part, x, width: wide }) =>
      `<g><title>${escapeHtml(`${part.label}: ${part.count}`)}</title><text class="chart-label" x="${round(x + wide / 2)}" y="${round(top - 6)}" text-anchor="middle">${part.count}</text></g>`,
  );
  return drawing({ ...chart, height: y, role: 'img' }, [legendOf(chart.words), ...counts, ...bars]);
}

interface Column {
  part: OverlapPart;
  x: number;
  width: number;
}

/** Each part gets room for its number, and a share of the rest by how many things it holds. */
function columnsOf(parts: readonly OverlapPart[]): Column[] {
  const least = parts.map(({ count }) => widthOf(String(count)) + 10);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const rest = width - 2 * margin - least.reduce((sum, room) => sum + room, 0);
  let x = margin;
  return parts.map((part, index) => {
    const column = { part, x: round(x), width: round(least[index]! + (rest * part.count) / total) };
    x += column.width;
    return column;
  });
}

const rowHeight = 30;
const dotRoom = 26;

/** A row for each part: a filled dot under each set it is in, and a bar for how many things are in it. */
function listedParts(chart: OverlapChart): string {
  const isInAll = ({ sets }: OverlapPart) => sets.length === chart.sets.length;
  const parts = [...chart.parts].sort(
    (one, other) => Number(isInAll(other)) - Number(isInAll(one)) || other.count - one.count,
  );
  let y = captionHeight * 1.9;
  const names = chart.sets.map(({ sign, name }) => {
    const lines = wrap(`${sign}: ${name}`, width - 2 * margin);
    const label = labelOf(lines, round(y + letter));
    y += lines.length * captionHeight;
    return label;
  });
  y += captionHeight * 1.6;
  const dotX = (set: number) => margin + dotRoom / 2 + set * dotRoom;
  const signs = chart.sets.map(
    ({ sign }, set) =>
      `<text class="chart-label" x="${dotX(set)}" y="${round(y)}" text-anchor="middle">${escapeHtml(sign)}</text>`,
  );
  y += 6;
  const barX = margin + chart.sets.length * dotRoom + 10;
  const most = Math.max(1, ...parts.map(({ count }) => count));
  const barRoom = width - margin - barX - widthOf(String(most)) - 8;
  const rows = parts.map((part) => {
    const middle = round(y + rowHeight / 2);
    const length = round(Math.max(2, (barRoom * part.count) / most));
    y += rowHeight;
    return [
      `<g class="chart-row"><title>${escapeHtml(`${part.label}: ${part.count}`)}</title>`,
      `<line class="chart-link" x1="${dotX(part.sets[0]!)}" x2="${dotX(part.sets.at(-1)!)}" y1="${middle}" y2="${middle}"/>`,
      ...chart.sets.map((_, set) => {
        const isIn = part.sets.includes(set);
        return `<circle class="${isIn ? 'chart-in' : 'chart-out'}" cx="${dotX(set)}" cy="${middle}" r="${isIn ? 8 : 4}"/>`;
      }),
      bar(isInAll(part), barX, middle - 10, length, 20),
      `<text class="chart-label" x="${round(barX + length + 6)}" y="${round(middle + letter / 3)}">${part.count}</text>`,
      '</g>',
    ].join('');
  });
  return drawing({ ...chart, height: y + 6, role: 'img' }, [
    legendOf(chart.words),
    ...names,
    ...signs,
    ...rows,
  ]);
}

function bar(isInAll: boolean, x: number, y: number, wide: number, high: number): string {
  const name = isInAll ? 'chart-shared' : 'chart-unshared';
  return `<rect class="${name}" x="${x}" y="${round(y)}" width="${wide}" height="${high}"/>`;
}

function legendOf({ all, some }: OverlapChart['words']): string {
  const y = round(captionHeight);
  const second = round(margin + 24 + widthOf(all) + 18);
  return [
    bar(true, margin, y - 14, 18, 16),
    `<text class="chart-label" x="${margin + 24}" y="${y}">${escapeHtml(all)}</text>`,
    bar(false, second, y - 14, 18, 16),
    `<text class="chart-label" x="${second + 24}" y="${y}">${escapeHtml(some)}</text>`,
  ].join('');
}
