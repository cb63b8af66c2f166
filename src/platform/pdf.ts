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
  | { kind: 'table'; caption: string; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'figure'; alt: string; width: number; height: number; marks: readonly PdfMark[] }
  /** Empty room to write in. */
  | { kind: 'box'; alt: string; height: number };

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
  | { kind: 'text'; x: number; y: number; end: boolean; strong: boolean; text: string };

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
  for (const block of content.blocks) write(doc, root, block);
  root.end();
  writeFooters(doc, content);
  doc.end();
  return doc;
}

function write(doc: Pdf, root: Element, block: PdfBlock): void {
  if (block.kind === 'heading') writeHeading(doc, root, block);
  else if (block.kind === 'paragraph') writeParagraph(doc, root, block.text);
  else if (block.kind === 'list') writeList(doc, root, block.items);
  else if (block.kind === 'table') writeTable(doc, root, block);
  else if (block.kind === 'figure') writeFigure(doc, root, block);
  else writeBox(doc, root, block);
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

/** A heading never stands alone at the foot of a page. */
function writeHeading(
  doc: Pdf,
  root: Element,
  { level, text, with: following = 60 }: Extract<PdfBlock, { kind: 'heading' }>,
): void {
  writing(doc, sizes.heading[level], 'strong');
  const before = doc.y > margin ? spaceBefore[level] : 0;
  makeRoom(doc, before + heightOf(doc, text) + following);
  doc.y += doc.y > margin ? before : 0;
  add(doc, root, `H${level}`, () => doc.text(text, margin, doc.y, { width: bodyWidth(doc) }));
  doc.y += 4;
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

const firstColumn = 0.34;

function writeTable(
  doc: Pdf,
  root: Element,
  { caption, head, rows }: Extract<PdfBlock, { kind: 'table' }>,
): void {
  const table = add(doc, root, 'Table');
  writing(doc, sizes.small);
  makeRoom(doc, heightOf(doc, caption) + 50);
  add(doc, table, 'Caption', () => doc.text(caption, margin, doc.y, { width: bodyWidth(doc) }));
  doc.y += 3;
  writeRow(doc, table, head, 'Column');
  for (const row of rows) writeRow(doc, table, row, 'Row');
  table.end();
  doc.y += 8;
}

/** Of a head, every cell is one of a heading; of a row, the first. */
function writeRow(doc: Pdf, table: Element, cells: readonly string[], scope: 'Column' | 'Row'): void {
  const first = bodyWidth(doc) * firstColumn;
  const other = (bodyWidth(doc) - first) / Math.max(1, cells.length - 1);
  const placed = cells.map((text, index) => ({
    text,
    isHeading: scope === 'Column' || index === 0,
    x: margin + (index === 0 ? 0 : first + (index - 1) * other),
    width: (index === 0 ? first : other) - 6,
  }));
  const height = Math.max(
    ...placed.map(({ text, isHeading, width }) =>
      heightOf(writing(doc, sizes.small, isHeading ? 'strong' : 'regular'), text, width),
    ),
  );
  makeRoom(doc, height + 8);
  const top = doc.y + 3;
  const row = add(doc, table, 'TR');
  for (const { text, isHeading, x, width } of placed) {
    writing(doc, sizes.small, isHeading ? 'strong' : 'regular');
    const write = () => doc.text(text, x, top, { width });
    if (isHeading) add(doc, row, 'TH', write, { scope });
    else add(doc, row, 'TD', write);
  }
  row.end();
  doc.y = top + height + 3;
  decorate(doc, () => {
    const end = margin + bodyWidth(doc);
    doc.moveTo(margin, doc.y).lineTo(end, doc.y).lineWidth(0.5).strokeColor(colours.rule).stroke();
  });
  doc.y += 2;
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
  } else {
    writing(doc, 11, mark.strong ? 'strong' : 'regular');
    const x = mark.end ? mark.x - doc.widthOfString(mark.text) : mark.x;
    doc.text(mark.text, x, mark.y - 11, { lineBreak: false });
  }
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
  options: { alt?: string; scope?: 'Column' | 'Row'; bbox?: number[] } = {},
): Element {
  const element = doc.struct(type, options);
  parent.add(element);
  if (draw) {
    element.add(draw);
    element.end();
  }
  return element;
}
