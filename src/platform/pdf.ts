import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';

/** What a document says, in reading order; where it stands on the paper is worked out here. */
export interface PdfContent {
  title: string;
  /** As HTML names it. */
  lang: string;
  made: Date;
  /** Stands at the foot of each page, with its number. */
  footer: string;
  pageNumber: (page: number, pages: number) => string;
  blocks: readonly PdfBlock[];
}

export type PdfBlock =
  /** `with` is how much of what follows must stand on the same page. */
  | { kind: 'heading'; level: 1 | 2 | 3; text: string; with?: number }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly PdfItem[] }
  | PdfTable
  | { kind: 'figure'; alt: string; width: number; height: number; marks: readonly PdfMark[] }
  /** Empty room to write in. */
  | { kind: 'box'; alt: string; height: number }
  /** What follows begins a page. */
  | { kind: 'break' };

/** A table: of its head every cell is one of a heading, of a row the first. A head that goes over to another page is repeated there. */
export interface PdfTable {
  kind: 'table';
  caption: string;
  head: readonly string[];
  rows: readonly (readonly PdfCell[])[];
  /** Are all columns but the first of numbers? */
  numbers?: boolean;
}

/** Words, on a colour perhaps. A row of a single cell is a heading over those below it. */
export type PdfCell = string | { text: string; shade: string };

/** Words of a list's entry under its name, which may lead somewhere. */
export interface PdfItem {
  name: string;
  href?: string;
  lines: readonly string[];
}

/** What a figure is made of, in lengths of its own: it is as wide as the text. */
export type PdfMark =
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; thickness: number; colour: string }
  | { kind: 'dot'; x: number; y: number; radius: number; colour: string }
  | PdfWords
  /** An outline in the letters of SVG, filled, drawn, or both. */
  | { kind: 'path'; d: string; fill: string | null; stroke: PdfStroke | null }
  /** A path filled with a small drawing over and over. */
  | { kind: 'tiled'; d: string; width: number; height: number; marks: readonly PdfMark[] }
  /** Marks turned or moved, as a matrix of SVG says. */
  | { kind: 'moved'; matrix: PdfMatrix; marks: readonly PdfMark[] };

export type PdfMatrix = readonly [number, number, number, number, number, number];

export interface PdfStroke {
  colour: string;
  thickness: number;
  /** How long each piece of a broken line is, and the room after it. */
  dash?: readonly [number, number];
}

/** `y` is where the letters stand. */
export interface PdfWords {
  kind: 'text';
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  strong: boolean;
  text: string;
  size?: number;
  colour?: string;
}

/** Alphabets that the font holds and that are written from left to right, letter after letter. */
const alphabets = new Set(['Latn', 'Grek', 'Cyrl', 'Armn', 'Geor']);

/** Can a document be written in this language? In others it would be boxes, or read backwards. */
export function canWriteIn(lang: string): boolean {
  return alphabets.has(new Intl.Locale(lang).maximize().script ?? '');
}

type Pdf = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

const margin = 56;
const sizes = { heading: { 1: 20, 2: 14, 3: 11 }, body: 10, small: 8.5 } as const;
const spaceBefore = { 1: 0, 2: 16, 3: 10 } as const;
const colours = { text: '#212b32', rule: '#768692', link: '#005eb8' };

/** A font that has been opened: pdfkit takes it as it takes the bytes of a file. */
interface OpenFont {
  characterSet: number[];
  glyphForCodePoint(letter: number): unknown;
}

/** DejaVu has the letters of every European language, Welsh ŵ and ŷ among them. */
const fontFiles = { regular: 'DejaVuSans.ttf', strong: 'DejaVuSans-Bold.ttf' };

let fonts: Record<keyof typeof fontFiles, OpenFont> | undefined;

/** Shapes of letters and ligatures that have letters of their own begin here. */
const firstPresentationForm = 0xfb00;

/** Opened once for all documents: that is half the work of a short one. */
function openFonts(): Record<keyof typeof fontFiles, OpenFont> {
  fonts ??= { regular: openFont(fontFiles.regular), strong: openFont(fontFiles.strong) };
  return fonts;
}

/** pdfkit opens a font only with a document around it, so this goes through one that is thrown away. */
function openFont(file: string): OpenFont {
  const folder = path.join(path.dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const scratch = new PDFDocument().font(readFileSync(path.join(folder, file)));
  const { font } = (scratch as unknown as { _font: { font: OpenFont } })._font;
  // A glyph keeps the letter it was first met as. Met first as a part of another, the w of a ŵ, it would keep none, and
  // no later document could be searched or read out.
  for (const letter of font.characterSet) {
    if (letter < firstPresentationForm) font.glyphForCodePoint(letter);
  }
  return font;
}

/**
 * Writes a tagged A4 document: title, language, headings, lists and tables are marked as such, figures have their
 * text, and what is only decoration is left out of the reading. `compress` is for tests, which look inside.
 */
export function writePdf(content: PdfContent, compress = true): Readable {
  const { title, lang, made } = content;
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    compress,
    lang,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    pdfVersion: '1.7',
    info: { Title: title, CreationDate: made, ModDate: made, Producer: 'pdfkit', Creator: content.footer },
  });
  const { regular, strong } = openFonts();
  doc.registerFont('regular', regular as unknown as Buffer);
  doc.registerFont('strong', strong as unknown as Buffer);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const outline: Outline = [{ level: 0, item: doc.outline }];
  for (const block of content.blocks) {
    if (block.kind === 'heading') noteInOutline(doc, outline, block, writeHeading(doc, root, block));
    else write(doc, root, block);
  }
  root.end();
  writeFooters(doc, content);
  doc.end();
  return doc;
}

/** The headings that are still open, from the document itself to the last. */
type Outline = { level: number; item: PDFKit.PDFOutline }[];

/** A bookmark under that of the heading it belongs to, leading to where it stands. */
function noteInOutline(
  doc: Pdf,
  open: Outline,
  { level, text }: { level: number; text: string },
  top: number,
): void {
  while (open.at(-1)!.level >= level) open.pop();
  // Both are measured from the far end of the page.
  const where = { expanded: level === 1, top, left: doc.page.width };
  open.push({ level, item: open.at(-1)!.item.addItem(text, where) });
}

function write(doc: Pdf, root: Element, block: Exclude<PdfBlock, { kind: 'heading' }>): void {
  if (block.kind === 'paragraph') writeParagraph(doc, root, block.text);
  else if (block.kind === 'list') writeList(doc, root, block.items);
  else if (block.kind === 'table') writeTable(doc, root, block);
  else if (block.kind === 'figure') writeFigure(doc, root, block);
  else if (block.kind === 'box') writeBox(doc, root, block);
  else if (doc.y > margin) doc.addPage();
}

function bodyWidth(doc: Pdf): number {
  return doc.page.width - 2 * margin;
}

/** Goes to the next page where this much does not fit on this one; what fits on none begins where it is. */
function makeRoom(doc: Pdf, height: number): void {
  const bottom = doc.page.height - margin;
  if (doc.y + height > bottom && doc.y > margin) doc.addPage();
}

function heightOf(doc: Pdf, text: string, width = bodyWidth(doc)): number {
  return doc.heightOfString(text, { width });
}

function writing(doc: Pdf, size: number, font: 'regular' | 'strong' = 'regular'): Pdf {
  return doc.font(font).fontSize(size).fillColor(colours.text);
}

/** A heading never stands alone at the foot of a page. Gives where it stands. */
function writeHeading(
  doc: Pdf,
  root: Element,
  { level, text, with: following = 60 }: Extract<PdfBlock, { kind: 'heading' }>,
): number {
  writing(doc, sizes.heading[level], 'strong');
  const before = doc.y > margin ? spaceBefore[level] : 0;
  makeRoom(doc, before + heightOf(doc, text) + following);
  doc.y += doc.y > margin ? before : 0;
  const top = doc.y;
  add(doc, root, `H${level}`, () => doc.text(text, margin, doc.y, { width: bodyWidth(doc) }));
  doc.y += 4;
  return top;
}

function writeParagraph(doc: Pdf, root: Element, text: string): void {
  writing(doc, sizes.body);
  makeRoom(doc, heightOf(doc, text));
  add(doc, root, 'P', () => doc.text(text, margin, doc.y, { width: bodyWidth(doc) }));
  doc.y += 5;
}

function writeList(doc: Pdf, root: Element, items: readonly PdfItem[]): void {
  const list = add(doc, root, 'L');
  for (const item of items) writeItem(doc, list, item);
  list.end();
  doc.y += 3;
}

function writeItem(doc: Pdf, list: Element, { name, href, lines }: PdfItem): void {
  const indent = margin + 10;
  const width = bodyWidth(doc) - 10;
  writing(doc, sizes.body, 'strong');
  const nameHeight = heightOf(doc, name, width);
  writing(doc, sizes.body);
  makeRoom(doc, nameHeight + lines.reduce((height, text) => height + heightOf(doc, text, width), 0));
  const item = add(doc, list, 'LI');
  const body = add(doc, item, 'LBody');
  writing(doc, sizes.body, 'strong');
  if (href) {
    add(doc, body, 'Link', () => {
      doc.fillColor(colours.link).text(name, indent, doc.y, { width, link: href, underline: true });
    });
  } else {
    add(doc, body, 'Span', () => doc.text(name, indent, doc.y, { width }));
  }
  writing(doc, sizes.body);
  for (const text of lines) add(doc, body, 'Span', () => doc.text(text, indent, doc.y, { width }));
  body.end();
  item.end();
  doc.y += 4;
}

const cellPadding = 3;

function writeTable(doc: Pdf, root: Element, block: PdfTable): void {
  const { caption, head, rows } = block;
  const table = add(doc, root, 'Table');
  const layout = layoutOf(doc, block);
  const place = (cells: readonly PdfCell[], scope: PlacedRow['scope']) =>
    placedRow(doc, layout, cells, scope);
  const headRow = place(head, 'Column');
  const firstHeight = rows[0] ? place(rows[0], 'Row').height : 0;
  writing(doc, sizes.small);
  makeRoom(doc, heightOf(doc, caption) + headRow.height + firstHeight + 20);
  add(doc, table, 'Caption', () => {
    writing(doc, sizes.small).text(caption, margin, doc.y, { width: bodyWidth(doc) });
  });
  doc.y += 3;
  writeRow(doc, table, headRow);
  rows.forEach((cells, index) => {
    const row = place(cells, 'Row');
    // A heading over rows does not stand alone at the foot of a page.
    const next = cells.length === 1 && rows[index + 1] ? place(rows[index + 1]!, 'Row').height : 0;
    const page = doc.page;
    makeRoom(doc, row.height + next);
    // For those who see the page; those who listen were told the head once.
    if (doc.page !== page) decorate(doc, () => drawRow(doc, headRow));
    writeRow(doc, table, row);
  });
  table.end();
  doc.y += 8;
}

/** Where the columns of a table stand, and how large its letters are. */
interface Layout {
  size: number;
  columns: { x: number; width: number; align: 'left' | 'right' }[];
}

/** Letters of a table that would not fit otherwise. */
const smallest = 7;

/** Each column as wide as its words need; what is left goes to those with most to say. Only where the longest words of all do not fit beside each other are words broken. */
function layoutOf(doc: Pdf, { head, rows, numbers }: PdfTable): Layout {
  const body = bodyWidth(doc);
  const measured = (size: number) =>
    head.map((heading, column) =>
      needOf(doc, heading, columnTexts(rows, column), { size, isFirst: column === 0 }),
    );
  const usual = measured(sizes.small);
  const fits = sum(usual.map(({ least }) => least)) <= body;
  const [size, needs] = fits ? [sizes.small, usual] : [smallest, measured(smallest)];
  const least = sum(needs.map((need) => need.least));
  const wished = sum(needs.map((need) => need.wished - need.least));
  const left = body - least;
  let x = margin;
  const columns = needs.map((need, index) => {
    const share = wished > 0 ? (need.wished - need.least) / wished : 1 / needs.length;
    const width = left >= 0 ? need.least + left * share : (need.least * body) / least;
    const column = { x, width, align: numbers && index > 0 ? ('right' as const) : ('left' as const) };
    x += width;
    return column;
  });
  return { size, columns };
}

/** What stands in a column. A heading over all columns is of none. */
function columnTexts(rows: PdfTable['rows'], column: number): string[] {
  return rows.flatMap((row) => (row.length > 1 && row[column] !== undefined ? [textIn(row[column])] : []));
}

function textIn(cell: PdfCell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** The room that its longest word needs, and what its longest text would like; its heading may go over several lines. */
function needOf(
  doc: Pdf,
  heading: string,
  texts: readonly string[],
  { size, isFirst }: { size: number; isFirst: boolean },
) {
  // A word needs the space behind it too, or it is broken.
  const longestWord = (text: string) =>
    Math.max(...text.split(/\s+/).map((word) => doc.widthOfString(`${word} `)));
  writing(doc, size, 'strong');
  let [least, wished] = [longestWord(heading), 0];
  writing(doc, size, isFirst ? 'strong' : 'regular');
  for (const text of new Set(texts)) {
    least = Math.max(least, longestWord(text));
    wished = Math.max(wished, doc.widthOfString(text));
  }
  const around = 2 * cellPadding;
  return {
    least: least + around,
    wished: Math.max(least, Math.min(wished + 4, bodyWidth(doc) / 2)) + around,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A row as it will stand: its cells beside each other, and how much room they take. */
interface PlacedRow {
  scope: 'Column' | 'Row';
  size: number;
  cells: {
    text: string;
    shade: string | null;
    isHeading: boolean;
    x: number;
    width: number;
    align: 'left' | 'right';
  }[];
  /** How many columns a cell that stands alone goes over. */
  span: number;
  height: number;
}

function placedRow(
  doc: Pdf,
  { size, columns }: Layout,
  cells: readonly PdfCell[],
  scope: PlacedRow['scope'],
): PlacedRow {
  const span = cells.length === 1 ? columns.length : 1;
  const placed = cells.map((cell, index) => {
    const { x, width, align } = columns[index]!;
    return {
      text: textIn(cell),
      shade: typeof cell === 'string' ? null : cell.shade,
      isHeading: scope === 'Column' || index === 0,
      ...{ x, align },
      width: (span > 1 ? bodyWidth(doc) : width) - 2 * cellPadding,
    };
  });
  const height = Math.max(
    ...placed.map(({ text, isHeading, width }) =>
      heightOf(writing(doc, size, isHeading ? 'strong' : 'regular'), text, width),
    ),
  );
  return { scope, size, cells: placed, span, height: height + 2 * cellPadding };
}

function writeRow(doc: Pdf, table: Element, row: PlacedRow): void {
  const top = doc.y;
  decorate(doc, () => shadeRow(doc, row, top));
  const part = add(doc, table, 'TR');
  for (const cell of row.cells) {
    const draw = () => drawCell(doc, cell, top, row.size);
    if (cell.isHeading) add(doc, part, 'TH', draw, { scope: row.scope, span: row.span });
    else add(doc, part, 'TD', draw);
  }
  part.end();
  decorate(doc, () => endRow(doc, row, top));
}

function drawRow(doc: Pdf, row: PlacedRow): void {
  const top = doc.y;
  shadeRow(doc, row, top);
  for (const cell of row.cells) drawCell(doc, cell, top, row.size);
  endRow(doc, row, top);
}

function shadeRow(doc: Pdf, { cells, height }: PlacedRow, top: number): void {
  for (const { shade, x, width } of cells) {
    // Below the line under the row before.
    if (shade) doc.rect(x, top + 0.25, width + 2 * cellPadding, height - 0.25).fill(shade);
  }
}

function drawCell(
  doc: Pdf,
  { text, isHeading, x, width, align }: PlacedRow['cells'][number],
  top: number,
  size: number,
): void {
  writing(doc, size, isHeading ? 'strong' : 'regular');
  doc.text(text, x + cellPadding, top + cellPadding, { width, align });
}

function endRow(doc: Pdf, { height }: PlacedRow, top: number): void {
  doc.y = top + height;
  const end = margin + bodyWidth(doc);
  doc.moveTo(margin, doc.y).lineTo(end, doc.y).lineWidth(0.5).strokeColor(colours.rule).stroke();
}

/** Figures are made for phones, whose letters would be large on paper. */
const largestScale = 0.85;

function writeFigure(
  doc: Pdf,
  root: Element,
  { alt, width, height, marks }: Extract<PdfBlock, { kind: 'figure' }>,
): void {
  const room = doc.page.height - 2 * margin;
  const scale = Math.min(largestScale, bodyWidth(doc) / width, room / height);
  makeRoom(doc, height * scale);
  const top = doc.y;
  const bbox = [margin, top, margin + width * scale, top + height * scale];
  const draw = () => {
    doc.save().translate(margin, top).scale(scale);
    for (const mark of marks) drawMark(doc, mark);
    doc.restore();
  };
  add(doc, root, 'Figure', draw, { alt, bbox });
  doc.x = margin;
  doc.y = top + height * scale + 10;
}

function drawMark(doc: Pdf, mark: PdfMark): void {
  if (mark.kind === 'line') {
    const { x1, y1, x2, y2, thickness, colour } = mark;
    doc.moveTo(x1, y1).lineTo(x2, y2).lineWidth(thickness).strokeColor(colour).stroke();
  } else if (mark.kind === 'dot') {
    doc.circle(mark.x, mark.y, mark.radius).lineWidth(2).fillAndStroke('#ffffff', mark.colour);
  } else if (mark.kind === 'text') drawWords(doc, mark);
  else if (mark.kind === 'path') drawPath(doc, mark);
  else if (mark.kind === 'tiled') drawTiles(doc, mark);
  else {
    doc.save().transform(...(mark.matrix as [number, number, number, number, number, number]));
    for (const part of mark.marks) drawMark(doc, part);
    doc.restore();
  }
}

function drawWords(doc: Pdf, { x, y, anchor, strong, text, size = 11, colour }: PdfWords): void {
  writing(doc, size, strong ? 'strong' : 'regular');
  if (colour) doc.fillColor(colour);
  const width = anchor === 'start' ? 0 : doc.widthOfString(text);
  const from = x - (anchor === 'end' ? width : width / 2);
  doc.text(text, from, y, { lineBreak: false, baseline: 'alphabetic' });
}

function drawPath(doc: Pdf, { d, fill, stroke }: Extract<PdfMark, { kind: 'path' }>): void {
  doc.path(d);
  if (stroke) doc.lineWidth(stroke.thickness);
  if (stroke?.dash) doc.dash(stroke.dash[0], { space: stroke.dash[1] });
  if (fill && stroke) doc.fillAndStroke(fill, stroke.colour);
  else if (fill) doc.fill(fill);
  else if (stroke) doc.stroke(stroke.colour);
  if (stroke?.dash) doc.undash();
}

/** From the corner of the drawing on, as in SVG, so that neighbours match. */
function drawTiles(doc: Pdf, { d, width, height, marks }: Extract<PdfMark, { kind: 'tiled' }>): void {
  const area = boxOf(d);
  doc.save().path(d).clip();
  for (let y = Math.floor(area.top / height) * height; y < area.bottom; y += height) {
    for (let x = Math.floor(area.left / width) * width; x < area.right; x += width) {
      doc.save().translate(x, y);
      for (const mark of marks) drawMark(doc, mark);
      doc.restore();
    }
  }
  doc.restore();
}

/** Of a rectangle drawn as "M x y H x V y …". */
function boxOf(d: string): { left: number; top: number; right: number; bottom: number } {
  const [left, top, right, bottom] = (d.match(/-?[\d.]+/g) ?? []).map(Number);
  return { left: left!, top: top!, right: right!, bottom: bottom! };
}

function writeBox(doc: Pdf, root: Element, { alt, height }: Extract<PdfBlock, { kind: 'box' }>): void {
  makeRoom(doc, height);
  const top = doc.y;
  const draw = () => {
    doc.rect(margin, top, bodyWidth(doc), height).lineWidth(1).strokeColor(colours.rule).stroke();
  };
  const bbox = [margin, top, margin + bodyWidth(doc), top + height];
  add(doc, root, 'Figure', draw, { alt, bbox });
  doc.y = top + height + 8;
}

/** Last, because only then is it known how many pages there are. */
function writeFooters(doc: Pdf, { footer, pageNumber }: PdfContent): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(start + page);
    // Below the margin, where text would otherwise begin another page.
    doc.page.margins.bottom = 0;
    decorate(doc, () => {
      const y = doc.page.height - margin + 20;
      writing(doc, sizes.small);
      const number = pageNumber(page + 1, count);
      const left = bodyWidth(doc) - doc.widthOfString(number) - 12;
      doc.text(footer, margin, y, { width: left, height: 12, ellipsis: true });
      doc.text(number, margin + left + 12, y, { lineBreak: false });
    });
  }
}

/** Drawn, but not read out. */
function decorate(doc: Pdf, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}

/** A part of the document's structure. With something to draw it is complete; without, it waits for its own parts. */
function add(
  doc: Pdf,
  parent: Element,
  type: string,
  draw?: () => void,
  { span = 1, ...options }: { alt?: string; scope?: 'Column' | 'Row'; span?: number; bbox?: number[] } = {},
): Element {
  const element = doc.struct(type, options);
  if (span > 1) spanColumns(element, span);
  parent.add(element);
  if (draw) {
    element.add(draw);
    element.end();
  }
  return element;
}

/** pdfkit writes this only for tables that it places itself. */
function spanColumns(element: Element, span: number): void {
  const { data } = (element as unknown as { dictionary: { data: { A: Record<string, unknown> } } })
    .dictionary;
  data.A.ColSpan = span;
}
