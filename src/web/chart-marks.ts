import type { PdfMark, PdfMatrix, PdfStroke } from '../platform/pdf';

/** A drawing as it stands on paper. */
export interface DrawnMarks {
  width: number;
  height: number;
  marks: PdfMark[];
}

/** An element of a drawing, with what stands in it. */
interface Element {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  parts: (Element | string)[];
}

/** What holds for all within, unless they say otherwise. */
interface Inherited {
  fill: string;
  stroke: string | null;
  thickness: number;
  dash: readonly [number, number] | null;
  size: number;
  strong: boolean;
}

/** A stand-alone chart as marks for a document: what is drawn stays drawn, what is written stays text. Knows the few elements that our charts are made of. */
export function chartMarks(svg: string): DrawnMarks {
  const root = elementsIn(svg);
  const [left, top, width, height] = (root.attributes.viewBox ?? '').split(' ').map(Number);
  if (!width || !height) throw new Error('A drawing without a size');
  const start = { fill: '#000000', stroke: null, thickness: 1, dash: null, size: 13, strong: false };
  const own = inheritedBy(root, start);
  const tiles = new Map(
    all(root)
      .filter(({ tag }) => tag === 'pattern')
      .map((tile) => [tile.attributes.id!, tile]),
  );
  const marks = partsOf(root).flatMap((part) => marksOf(part, own, tiles));
  return { width, height, marks: [{ kind: 'moved', matrix: [1, 0, 0, 1, -left!, -top!], marks }] };
}

const unseen = new Set(['title', 'desc', 'defs', 'pattern']);

function marksOf(element: Element, outer: Inherited, tiles: ReadonlyMap<string, Element>): PdfMark[] {
  const { tag, attributes } = element;
  if (unseen.has(tag)) return [];
  const own = inheritedBy(element, outer);
  const marks =
    tag === 'g'
      ? partsOf(element).flatMap((part) => marksOf(part, own, tiles))
      : tag === 'text'
        ? wordsOf(element, own)
        : shapeOf(element, own, tiles);
  const matrix = attributes.transform ? matrixOf(attributes.transform) : null;
  return matrix && marks.length > 0 ? [{ kind: 'moved', matrix, marks }] : marks;
}

function inheritedBy({ attributes }: Element, outer: Inherited): Inherited {
  const { fill, stroke } = attributes;
  return {
    fill: fill ?? outer.fill,
    stroke: stroke === undefined ? outer.stroke : stroke === 'none' ? null : stroke,
    thickness: numberOf(attributes['stroke-width'], outer.thickness),
    dash: dashOf(attributes['stroke-dasharray']) ?? outer.dash,
    size: numberOf(attributes['font-size'], outer.size),
    strong: attributes['font-weight'] === undefined ? outer.strong : isStrong(attributes['font-weight']),
  };
}

function isStrong(weight: string): boolean {
  return weight === 'bold' || Number(weight) >= 600;
}

function shapeOf(element: Element, own: Inherited, tiles: ReadonlyMap<string, Element>): PdfMark[] {
  const d = outlineOf(element);
  const stroke = strokeOf(own);
  const tile = tiles.get(/^url\(#(.+)\)$/.exec(own.fill)?.[1] ?? '');
  if (!tile) {
    const fill = own.fill === 'none' || element.tag === 'line' ? null : own.fill;
    return fill || stroke ? [{ kind: 'path', d, fill, stroke }] : [];
  }
  const plain = { fill: '#000000', stroke: null, thickness: 1, dash: null, size: own.size, strong: false };
  const [width, height] = [numberOf(tile.attributes.width), numberOf(tile.attributes.height)];
  const marks = partsOf(tile).flatMap((part) => marksOf(part, plain, tiles));
  return [
    { kind: 'tiled', d, width, height, marks },
    ...(stroke ? [{ kind: 'path', d, fill: null, stroke } as const] : []),
  ];
}

function dashOf(list: string | undefined): readonly [number, number] | null {
  const [length, space] = (list ?? '').split(/[\s,]+/).map(Number);
  return length ? [length, space ?? length] : null;
}

function strokeOf({ stroke, thickness, dash }: Inherited): PdfStroke | null {
  return stroke ? { colour: stroke, thickness, ...(dash ? { dash } : {}) } : null;
}

function outlineOf({ tag, attributes }: Element): string {
  const at = (name: string) => numberOf(attributes[name]);
  if (tag === 'path') return attributes.d ?? '';
  if (tag === 'line') return `M${at('x1')} ${at('y1')}L${at('x2')} ${at('y2')}`;
  if (tag === 'rect') {
    const [x, y] = [at('x'), at('y')];
    return `M${x} ${y}H${x + at('width')}V${y + at('height')}H${x}Z`;
  }
  if (tag === 'circle') {
    const [x, y, r] = [at('cx'), at('cy'), at('r')];
    return `M${x - r} ${y}A${r} ${r} 0 1 1 ${x + r} ${y}A${r} ${r} 0 1 1 ${x - r} ${y}Z`;
  }
  if (tag === 'polygon') return `M${attributes.points ?? ''}Z`;
  if (tag === 'polyline') return `M${attributes.points ?? ''}`;
  throw new Error(`A drawing with an element that cannot be put on paper: ${tag}`);
}

const anchors = { start: 'start', middle: 'middle', end: 'end' } as const;

/** One piece for each line: a text of its own, or each of its spans. */
function wordsOf(element: Element, own: Inherited): PdfMark[] {
  const { attributes, parts } = element;
  const anchor = anchors[(attributes['text-anchor'] ?? 'start') as keyof typeof anchors];
  let [x, y] = [numberOf(attributes.x), numberOf(attributes.y)];
  return parts.flatMap((part): PdfMark[] => {
    if (typeof part !== 'string') {
      x = numberOf(part.attributes.x, x);
      y = numberOf(part.attributes.y, y) + lengthOf(part.attributes.dy, own.size);
    }
    const style = typeof part === 'string' ? own : inheritedBy(part, own);
    const text = (typeof part === 'string' ? part : textIn(part)).replace(/\s+/g, ' ').trim();
    if (text === '') return [];
    const { size, strong, fill: colour } = style;
    return [{ kind: 'text', x, y, anchor, strong, text, size, colour }];
  });
}

function lengthOf(length: string | undefined, size: number): number {
  if (length === undefined) return 0;
  return length.endsWith('em') ? Number(length.slice(0, -2)) * size : Number(length);
}

function numberOf(text: string | undefined, otherwise = 0): number {
  return text === undefined ? otherwise : Number.parseFloat(text);
}

/** Of "translate(1 2)", "rotate(-90)", "rotate(-90 10 20)" or "matrix(…)". */
function matrixOf(transform: string): PdfMatrix {
  const [, name, list] = /^(\w+)\(([^)]*)\)$/.exec(transform.trim()) ?? [];
  const [a = 0, b = 0, c = 0, ...others] = (list ?? '').split(/[\s,]+/).map(Number);
  if (name === 'translate') return [1, 0, 0, 1, a, b];
  if (name === 'matrix' && others.length === 3) return [a, b, c, ...(others as [number, number, number])];
  if (name === 'rotate') {
    const [sin, cos] = [Math.sin((a * Math.PI) / 180), Math.cos((a * Math.PI) / 180)];
    return [cos, sin, -sin, cos, b - b * cos + c * sin, c - b * sin - c * cos];
  }
  throw new Error(`A drawing that is moved in a way that cannot be put on paper: ${transform}`);
}

function partsOf({ parts }: Element): Element[] {
  return parts.filter((part): part is Element => typeof part !== 'string');
}

function all(element: Element): Element[] {
  return [element, ...partsOf(element).flatMap(all)];
}

function textIn({ parts }: Element): string {
  return parts.map((part) => (typeof part === 'string' ? part : textIn(part))).join('');
}

/** Reads what our charts write: every element is closed, every attribute quoted. */
function elementsIn(svg: string): Element {
  const top: Element = { tag: '', attributes: {}, parts: [] };
  const open = [top];
  for (const [, words, close, tag, attributes, end] of svg.matchAll(
    /([^<]+)|<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g,
  )) {
    const around = open.at(-1)!;
    if (words !== undefined) around.parts.push(unescaped(words));
    else if (close) open.pop();
    else {
      const element = { tag: tag!, attributes: attributesIn(attributes!), parts: [] };
      around.parts.push(element);
      if (!end) open.push(element);
    }
  }
  const root = partsOf(top).find((element) => element.tag === 'svg');
  if (!root || open.length !== 1) throw new Error('A drawing that is not whole');
  return root;
}

function attributesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, unescaped(value!)]),
  );
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => entities[name]!);
}
