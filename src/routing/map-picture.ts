import { round, widthOf, wrap } from '../web/drawing';
import { escapeHtml } from '../web/html';
import { type MapArrow, type MapBox, type QuestionnaireMap, shareInWords } from './map';

// Drawn at its own size, in pixels: it scrolls in its box rather than shrink its letters. Colours and letter sizes are
// classes in assets/styles/_routing.scss.

const margin = 12;
const boxWidth = 290;
const boxRight = margin + boxWidth;
/** Where the straight arrows run, with their labels to the right. */
const spine = margin + 28;
const line = 20;
const laneWidth = 66;
const terminalWidth = 96;
const plainGap = 44;
/** Enough for three questions and their answers: what comes last in a condition tells it from the next. */
const mostConditionLines = 12;

interface Placed {
  y: number;
  height: number;
  lines: string[];
  marks: string[];
  caption: string;
}

/** The map as a picture. `address` says where a page's box leads; empty where it leads nowhere. */
export function mapPicture(map: QuestionnaireMap, address: (page: string) => string): string {
  const labels = map.boxes.map(({ condition }) =>
    condition ? wrap(`if ${condition}`, boxWidth - 50, mostConditionLines) : [],
  );
  const end = map.boxes.length;
  const placed = new Map<number, Placed>();
  let y = margin;
  const place = (at: number, box: Omit<Placed, 'y'>, gap: number) => {
    y += gap;
    placed.set(at, { ...box, y });
    y += box.height;
  };
  place(-1, { height: 36, lines: ['Start'], marks: [], caption: '' }, 0);
  for (const [index, box] of map.boxes.entries()) {
    const shown = boxInWords(box, map.respondents);
    const height = 16 + line * (shown.lines.length + 1 + shown.marks.length);
    place(index, { ...shown, height }, plainGap + line * labels[index]!.length);
  }
  place(end, { height: 36, lines: ['End'], marks: [], caption: '' }, plainGap);
  const skips = lanesOf(map.arrows.filter(({ from, to }) => to > from + 1));
  const lanes = skips.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const width = boxRight + margin + lanes * laneWidth + (lanes > 0 ? margin : 0);
  const straight = map.arrows.filter(({ from, to }) => to === from + 1);
  return [
    `<svg class="routing-map" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${round(y + margin)}" viewBox="0 0 ${width} ${round(y + margin)}" role="group" aria-labelledby="map-title" aria-describedby="map-description">`,
    '<title id="map-title">Map of the questionnaire</title>',
    '<desc id="map-description">Boxes from top to bottom for the pages, with arrows to the page shown next. The table below says the same in words.</desc>',
    ...skips.map((skip) => skipArrow(skip, placed, map)),
    ...skips.map((skip) => skipLabel(skip, placed, map)),
    ...straight.map((arrow) => straightArrow(arrow, placed, map.respondents)),
    ...labels.map((label, index) => conditionLabel(label, placed.get(index)!)),
    terminal(placed.get(-1)!),
    ...map.boxes.map((box, index) => drawnBox(box, placed.get(index)!, address(box.name))),
    terminal(placed.get(end)!),
    '</svg>',
  ].join('\n');
}

function boxInWords(box: MapBox, respondents: number): Omit<Placed, 'y' | 'height'> {
  const questions = box.questions === 1 ? '1 question' : `${box.questions} questions`;
  return {
    // Bold letters are wider.
    lines: wrap(box.title, (boxWidth - 24) / 1.17),
    caption: `${questions}, ${shareInWords(box.count, respondents)}`,
    marks: [
      ...(box.isNeverShown ? ['✕ Never shown'] : []),
      ...(box.isEarlyEnd ? ['■ Dead end: some stop here'] : []),
      ...(box.canBeEmpty ? ['○ Some pass over it'] : []),
    ],
  };
}

function drawnBox(box: MapBox, { y, height, lines, marks, caption }: Placed, href: string): string {
  const name = box.isNeverShown
    ? 'map-box map-box--never'
    : box.isEarlyEnd
      ? 'map-box map-box--end'
      : 'map-box';
  const text = (words: string, row: number, style: string) =>
    `<text class="${style}" x="${margin + 12}" y="${round(y + 8 + line * (row + 0.75))}">${escapeHtml(words)}</text>`;
  const title = lines.map((words, row) => text(words, row, 'map-title')).join('');
  const rows = [caption, ...marks].map((words, row) =>
    text(words, lines.length + row, row === 0 ? 'map-caption' : 'map-mark'),
  );
  return [
    `<rect class="${name}" x="${margin}" y="${round(y)}" width="${boxWidth}" height="${height}"/>`,
    href ? `<a href="${escapeHtml(href)}">${title}</a>` : title,
    ...rows,
  ].join('');
}

function terminal({ y, height, lines }: Placed): string {
  return `<rect class="map-terminal" x="${margin}" y="${round(y)}" width="${terminalWidth}" height="${height}" rx="18"/><text class="map-title" x="${margin + terminalWidth / 2}" y="${round(y + 24)}" text-anchor="middle">${escapeHtml(lines.join(' '))}</text>`;
}

function straightArrow(
  { from, to, count }: MapArrow,
  placed: ReadonlyMap<number, Placed>,
  respondents: number,
): string {
  const start = placed.get(from)!;
  const top = round(start.y + start.height);
  const bottom = round(placed.get(to)!.y);
  const label = shareInWords(count, respondents);
  return [
    `<line class="${arrowClass(count)}" x1="${spine}" x2="${spine}" y1="${top}" y2="${bottom - 8}"/>`,
    `<path class="map-head" d="M${spine - 6} ${bottom - 9}h12l-6 9z"/>`,
    `<text class="map-share" x="${spine + 14}" y="${round(top + 18)}">${label}</text>`,
  ].join('');
}

function conditionLabel(label: readonly string[], { y }: Placed): string {
  return label
    .map(
      (words, row) =>
        `<text class="map-condition" x="${spine + 14}" y="${round(y - 14 - line * (label.length - 1 - row))}">${escapeHtml(words)}</text>`,
    )
    .join('');
}

type Skip = MapArrow & { lane: number };

/** Arrows past pages, each in a lane of its own where they run beside each other; short ones nearest to the boxes. */
function lanesOf(arrows: readonly MapArrow[]): Skip[] {
  const lanes: MapArrow[][] = [];
  return [...arrows]
    .sort((one, other) => one.to - one.from - (other.to - other.from) || one.from - other.from)
    .map((arrow) => {
      const free = lanes.findIndex((lane) =>
        lane.every(({ from, to }) => to <= arrow.from || from >= arrow.to),
      );
      const lane = free < 0 ? lanes.length : free;
      lanes[lane] = [...(lanes[lane] ?? []), arrow];
      return { ...arrow, lane };
    });
}

function skipArrow(skip: Skip, placed: ReadonlyMap<number, Placed>, map: QuestionnaireMap): string {
  const { x, top, bottom } = courseOf(skip, placed);
  const right = (at: number) => (at === -1 || at === map.boxes.length ? margin + terminalWidth : boxRight);
  return [
    `<path class="${arrowClass(skip.count)}" d="M${right(skip.from)} ${top}H${x}V${bottom}H${right(skip.to) + 8}"/>`,
    `<path class="map-head" d="M${right(skip.to) + 9} ${bottom - 6}v12l-9 -6z"/>`,
  ].join('');
}

/** Drawn after all arrows, so that none runs through it. */
function skipLabel(skip: Skip, placed: ReadonlyMap<number, Placed>, map: QuestionnaireMap): string {
  const { x, top, bottom } = courseOf(skip, placed);
  const label = shareInWords(skip.count, map.respondents);
  const middle = round((top + bottom) / 2);
  const wide = round(widthOf(label) + 6);
  return [
    `<g><title>${escapeHtml(`${label} go from ${nameOf(skip.from, map)} to ${nameOf(skip.to, map)}`)}</title>`,
    `<rect class="map-paper" x="${round(x - wide / 2)}" y="${middle - 12}" width="${wide}" height="22"/>`,
    `<text class="map-share" x="${x}" y="${middle + 5}" text-anchor="middle">${label}</text></g>`,
  ].join('');
}

function courseOf({ from, to, lane }: Skip, placed: ReadonlyMap<number, Placed>) {
  const [start, end] = [placed.get(from)!, placed.get(to)!];
  return {
    x: boxRight + margin + lane * laneWidth + laneWidth / 2,
    top: round(start.y + start.height - 12),
    bottom: round(end.y + 12),
  };
}

function arrowClass(count: number): string {
  return count > 0 ? 'map-arrow' : 'map-arrow map-arrow--rare';
}

/** A page as sentences about the map name it. */
export function nameOf(at: number, { boxes }: QuestionnaireMap): string {
  if (at === -1) return 'the start';
  return at === boxes.length ? 'the end' : `${at + 1}. ${boxes[at]!.title}`;
}
