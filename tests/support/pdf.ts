import { inflateSync } from 'node:zlib';

/** A part of a document's structure: what it is, what is said in it, and the parts within. */
export interface PdfPart {
  type: string;
  text: string;
  alt: string | undefined;
  scope: string | undefined;
  /** How many columns a cell goes over. */
  span: number;
  href: string | undefined;
  /** The page it begins on, from 1; of a part that holds others, undefined. */
  page: number | undefined;
  parts: PdfPart[];
}

export interface ReadPdf {
  title: string | undefined;
  lang: string | undefined;
  /** Does it say that its structure can be relied on? */
  marked: boolean;
  displaysTitle: boolean;
  pages: number;
  /** What is read out, in reading order. */
  root: PdfPart;
  /** All that is said in the structure, with single spaces. */
  text: string;
  /** What is drawn but not read out: page numbers and lines. */
  artifacts: string;
  /** Text that is neither: what nobody who listens can find. */
  unmarked: string;
  fonts: string[];
  outline: PdfBookmark[];
}

export interface PdfBookmark {
  title: string;
  /** From 1. */
  page: number;
  parts: PdfBookmark[];
}

interface Ref {
  ref: number;
}
interface Name {
  name: string;
}
type Dict = Map<string, Value>;
type Value = number | string | boolean | null | Ref | Name | Value[] | Dict;

/** Reads a document as a reader for those who do not see would: by its structure, its words through the fonts' own tables. */
export function readPdf(bytes: Buffer): ReadPdf {
  const file = bytes.toString('latin1');
  const offsets = xrefOf(file);
  const objects = new Map<number, { value: Value; stream: Buffer | undefined }>();
  const load = (number: number) => {
    const known = objects.get(number);
    if (known) return known;
    const made = objectAt(file, offsets.get(number)!, (value) => resolve(value));
    objects.set(number, made);
    return made;
  };
  const resolve = (value: Value | undefined): Value =>
    isRef(value) ? load(value.ref).value : (value ?? null);
  const get = (dict: Value | undefined, ...path: string[]): Value =>
    path.reduce<Value>((found, key) => resolve((found as Dict | null)?.get?.(key)), resolve(dict));

  const trailer = new Parser(file, file.lastIndexOf('trailer') + 7).value() as Dict;
  const catalog = get(trailer, 'Root');
  const pages = pagesUnder(get(catalog, 'Pages'), get);
  const said = new Map<Dict, Map<number, string>>();
  const loose = { artifacts: [] as string[], unmarked: [] as string[] };
  const fonts = new Set<string>();
  for (const page of pages) {
    const tables = new Map<string, Map<number, string>>();
    for (const [name, font] of (get(page, 'Resources', 'Font') as Dict | null) ?? []) {
      fonts.add((get(font, 'BaseFont') as Name).name);
      const table = (resolve(font) as Dict).get('ToUnicode') as Ref | undefined;
      if (table) tables.set(name, unicodeTable(load(table.ref).stream!.toString('latin1')));
    }
    const contents = (page.get('Contents') as Ref).ref;
    said.set(page, wordsOf(load(contents).stream!.toString('latin1'), tables, loose));
  }

  const partOf = (value: Value, page: Dict | undefined): PdfPart => {
    const dict = resolve(value) as Dict;
    const own = (resolve(dict.get('Pg')) as Dict | null) ?? page;
    const part: PdfPart = {
      type: (get(dict, 'S') as Name).name,
      text: '',
      alt: textOf(get(dict, 'Alt')),
      scope: (get(dict, 'A', 'Scope') as Name | null)?.name,
      span: (get(dict, 'A', 'ColSpan') as number | null) ?? 1,
      href: undefined,
      page: own && pages.indexOf(own) + 1,
      parts: [],
    };
    const kids = get(dict, 'K');
    for (const kid of Array.isArray(kids) ? kids : [kids]) {
      const found = resolve(kid);
      if (typeof found === 'number') part.text += said.get(own!)!.get(found) ?? '';
      else if (found instanceof Map && isName(found.get('Type'), 'MCR')) {
        const on = (resolve(found.get('Pg')) as Dict | null) ?? own!;
        part.text += said.get(on)!.get(found.get('MCID') as number) ?? '';
      } else if (found instanceof Map && isName(found.get('Type'), 'OBJR')) {
        part.href = textOf(get(found, 'Obj', 'A', 'URI'));
      } else if (found instanceof Map) part.parts.push(partOf(kid, own));
    }
    part.text = part.text.replace(/\s+/g, ' ').trim();
    return part;
  };
  const bookmarksUnder = (dict: Value): PdfBookmark[] => {
    const found: PdfBookmark[] = [];
    for (let item = get(dict, 'First') as Dict | null; item; item = get(item, 'Next') as Dict | null) {
      const [page] = get(item, 'Dest') as Value[];
      found.push({
        title: textOf(get(item, 'Title')) ?? '',
        page: pages.indexOf(resolve(page) as Dict) + 1,
        parts: bookmarksUnder(item),
      });
    }
    return found;
  };
  const top = get(catalog, 'StructTreeRoot', 'K');
  const root = partOf((Array.isArray(top) ? top[0] : top)!, undefined);
  return {
    title: textOf(get(trailer, 'Info', 'Title')),
    lang: textOf(get(catalog, 'Lang')),
    marked: get(catalog, 'MarkInfo', 'Marked') === true,
    displaysTitle: get(catalog, 'ViewerPreferences', 'DisplayDocTitle') === true,
    pages: pages.length,
    root,
    text: partsUnder(root)
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
    artifacts: loose.artifacts.join(' '),
    unmarked: loose.unmarked.join(' '),
    fonts: [...fonts],
    outline: bookmarksUnder(get(catalog, 'Outlines')),
  };
}

/** A part and all within it, in reading order. */
export function partsUnder(part: PdfPart): PdfPart[] {
  return [part, ...part.parts.flatMap(partsUnder)];
}

function isRef(value: Value | undefined): value is Ref {
  return typeof value === 'object' && value !== null && 'ref' in value;
}

function isName(value: Value | undefined, name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name;
}

/** A text of the document: in UTF-16 with a mark before it, or one byte a letter. */
function textOf(value: Value): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (!value.startsWith('\u00fe\u00ff')) return value;
  return Buffer.from(value.slice(2), 'latin1').swap16().toString('utf16le');
}

function xrefOf(file: string): Map<number, number> {
  const start = Number(/startxref\s+(\d+)/.exec(file.slice(file.lastIndexOf('startxref')))![1]);
  const [, first, table] = /^xref\s+(\d+) \d+\s+([\s\S]*?)trailer/.exec(file.slice(start))!;
  const rows = table!.trim().split(/\s*\n\s*/);
  return new Map(rows.map((row, index) => [Number(first) + index, Number(row.slice(0, 10))]));
}

function objectAt(file: string, offset: number, resolve: (value: Value | undefined) => Value) {
  const parser = new Parser(file, offset);
  parser.skip(/\d+ \d+ obj/);
  const value = parser.value();
  const stream = /\s*stream\r?\n/y;
  stream.lastIndex = parser.at;
  if (!(value instanceof Map) || !stream.test(file)) return { value, stream: undefined };
  const length = resolve(value.get('Length')) as number;
  const raw = Buffer.from(file.slice(stream.lastIndex, stream.lastIndex + length), 'latin1');
  return { value, stream: isName(value.get('Filter'), 'FlateDecode') ? inflateSync(raw) : raw };
}

function pagesUnder(node: Value, get: (dict: Value | undefined, ...path: string[]) => Value): Dict[] {
  const kids = get(node, 'Kids') as Value[] | null;
  return kids ? kids.flatMap((kid) => pagesUnder(get(kid), get)) : [node as Dict];
}

/** The letters behind a font's codes. */
function unicodeTable(cmap: string): Map<number, string> {
  const table = new Map<number, string>();
  const letters = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex').swap16().toString('utf16le');
  for (const [, from, list] of cmap.matchAll(/<(\w+)>\s*<\w+>\s*\[([^\]]*)\]/g)) {
    [...list!.matchAll(/<([\w\s]*)>/g)].forEach(([, hex], index) => {
      table.set(Number.parseInt(from!, 16) + index, letters(hex!));
    });
  }
  return table;
}

/** What is said under each mark of a page; what stands under none, or is decoration, goes to `loose`. */
function wordsOf(
  content: string,
  tables: ReadonlyMap<string, ReadonlyMap<number, string>>,
  loose: { artifacts: string[]; unmarked: string[] },
): Map<number, string> {
  const said = new Map<number, string>();
  const marks: (number | 'artifact' | undefined)[] = [];
  let table: ReadonlyMap<number, string> | undefined;
  const parser = new Parser(content, 0);
  let operands: (Value | Value[])[] = [];
  for (let token = parser.token(); token !== undefined; token = parser.token()) {
    if (typeof token !== 'object' || token === null || !('operator' in token)) {
      operands.push(token);
      continue;
    }
    const { operator } = token;
    if (operator === 'BDC' || operator === 'BMC') {
      const [tag, properties] = operands;
      const mcid = properties instanceof Map ? properties.get('MCID') : undefined;
      marks.push(isName(tag, 'Artifact') ? 'artifact' : (mcid as number | undefined));
    } else if (operator === 'EMC') marks.pop();
    else if (operator === 'Tf') table = tables.get((operands[0] as Name).name);
    else if (operator === 'TJ') {
      const words = (operands[0] as Value[])
        .filter((part): part is string => typeof part === 'string')
        .map((codes) => decoded(codes, table!))
        .join('');
      const mark = marks.findLast((one) => one !== undefined);
      if (mark === 'artifact') loose.artifacts.push(words);
      else if (mark === undefined) loose.unmarked.push(words);
      else said.set(mark, `${said.get(mark) ?? ''} ${words}`);
    }
    operands = [];
  }
  return said;
}

function decoded(codes: string, table: ReadonlyMap<number, string>): string {
  const bytes = Buffer.from(codes, 'latin1');
  return Array.from(
    { length: bytes.length / 2 },
    (_, index) => table.get(bytes.readUInt16BE(2 * index)) ?? '�',
  ).join('');
}

/** The few forms in which a document writes its values. */
class Parser {
  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  skip(pattern: RegExp): string | undefined {
    const sticky = new RegExp(`\\s*(?:${pattern.source})`, 'y');
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found?.trim();
  }

  value(): Value {
    const token = this.token();
    if (token === undefined || (typeof token === 'object' && token !== null && 'operator' in token)) {
      throw new Error(`No value at ${this.at}: ${JSON.stringify(token)}`);
    }
    return token;
  }

  token(): Value | { operator: string } | undefined {
    if (this.skip(/<</)) return this.dict();
    if (this.skip(/\[/)) return this.list();
    const ref = this.skip(/\d+ \d+ R\b/);
    if (ref) return { ref: Number.parseInt(ref, 10) };
    const number = this.skip(/[+-]?(?:\d+\.?\d*|\.\d+)/);
    if (number) return Number(number);
    const name = this.skip(/\/[^\s/<>[\]()]*/);
    if (name) return { name: name.slice(1) };
    const hex = this.skip(/<[\da-fA-F\s]*>/);
    if (hex) return Buffer.from(hex.replace(/[<>\s]/g, ''), 'hex').toString('latin1');
    if (this.skip(/\(/)) return this.string();
    const word = this.skip(/[^\s/<>[\]()]+/);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    return word === undefined ? undefined : { operator: word };
  }

  private dict(): Dict {
    const dict: Dict = new Map();
    while (!this.skip(/>>/)) dict.set((this.value() as Name).name, this.value());
    return dict;
  }

  private list(): Value[] {
    const list: Value[] = [];
    while (!this.skip(/\]/)) list.push(this.value());
    return list;
  }

  private string(): string {
    let said = '';
    for (let depth = 1; ; this.at += 1) {
      let letter = this.text[this.at]!;
      if (letter === '\\') {
        this.at += 1;
        letter = this.text[this.at]!;
        said += { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[letter] ?? letter;
        continue;
      }
      if (letter === '(') depth += 1;
      if (letter === ')') depth -= 1;
      if (depth === 0) break;
      said += letter;
    }
    this.at += 1;
    return said;
  }
}
