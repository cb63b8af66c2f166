// Reads a QR code as a camera would that sees every module: enough of ISO/IEC 18004 for level M up to version 10, and
// without its error correction, so that a single wrong module shows.

/** Centres of the alignment patterns, by version. */
const alignments = [
  [],
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];

/** How many bytes of data each block of level M holds, by version. */
const blocks = [
  [],
  [16],
  [28],
  [44],
  [32, 32],
  [43, 43],
  [27, 27, 27, 27],
  [31, 31, 31, 31],
  [38, 38, 39, 39],
  [36, 36, 36, 37, 37],
  [43, 43, 43, 43, 44],
];

const masks: ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const quiet = 4;

type Modules = boolean[][];

/** The text of the QR code in a drawing of ours. */
export function readQr(svg: string): string {
  const modules = modulesOf(svg);
  const version = (modules.length - 17) / 4;
  const bits = bitsOf(dataOf(codewordsOf(modules, version), version));
  return textOf(bits, version);
}

function modulesOf(svg: string): Modules {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]) - 2 * quiet;
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let step = 0; step < Number(run); step += 1) {
      modules[Number(y) - quiet]![Number(x) - quiet + step] = true;
    }
  }
  return modules;
}

/** The bytes in the order they wind up and down through the code, from its lower right corner. */
function codewordsOf(modules: Modules, version: number): number[] {
  const size = modules.length;
  const mask = masks[maskOf(modules)]!;
  const bits: number[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (isFunction(row, column, size, version)) continue;
        bits.push(modules[row]![column] === mask(row, column) ? 0 : 1);
      }
    }
    upwards = !upwards;
  }
  const bytes = Math.floor(bits.length / 8);
  return Array.from({ length: bytes }, (_, index) => numberOf(bits.slice(index * 8, index * 8 + 8)));
}

/** Of the 15 bits beside the upper left finder: two for the level, three for the mask. */
function maskOf(modules: Modules): number {
  const bits = [0, 1, 2, 3, 4].map((column) => (modules[8]![column] ? 1 : 0));
  const format = numberOf(bits) ^ 0b10101;
  if (format >> 3 !== 0) throw new Error('Not of level M');
  return format & 0b111;
}

function isFunction(row: number, column: number, size: number, version: number): boolean {
  if (row === 6 || column === 6) return true;
  if (row < 9 && (column < 9 || column >= size - 8)) return true;
  if (row >= size - 8 && column < 9) return true;
  if (version >= 7 && Math.min(row, column) < 6 && Math.max(row, column) >= size - 11) return true;
  const centres = alignments[version]!;
  return centres.some((y) =>
    centres.some((x) => {
      const inFinder = (y === 6 && (x === 6 || x === size - 7)) || (x === 6 && y === size - 7);
      return !inFinder && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2;
    }),
  );
}

/** Blocks are dealt out like cards; what corrects errors comes after all data. */
function dataOf(codewords: number[], version: number): number[] {
  const lengths = blocks[version]!;
  const hands: number[][] = lengths.map(() => []);
  let next = 0;
  for (let round = 0; round < Math.max(...lengths); round += 1) {
    for (const [index, hand] of hands.entries()) {
      if (round < lengths[index]!) hand.push(codewords[next++]!);
    }
  }
  return hands.flat();
}

function bitsOf(bytes: number[]): number[] {
  return bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1));
}

function numberOf(bits: number[]): number {
  return bits.reduce((number, bit) => number * 2 + bit, 0);
}

function textOf(bits: number[], version: number): string {
  let place = 0;
  const take = (count: number) => {
    place += count;
    return numberOf(bits.slice(place - count, place));
  };
  const isLarge = version >= 10;
  let text = '';
  for (;;) {
    const mode = place + 4 > bits.length ? 0 : take(4);
    if (mode === 0) return text;
    if (mode === 0b0100) {
      const bytes = Array.from({ length: take(isLarge ? 16 : 8) }, () => take(8));
      text += Buffer.from(bytes).toString('utf8');
    } else if (mode === 0b0010) {
      let left = take(isLarge ? 11 : 9);
      for (; left > 1; left -= 2) {
        const pair = take(11);
        text += alphanumeric[Math.floor(pair / 45)]! + alphanumeric[pair % 45]!;
      }
      if (left === 1) text += alphanumeric[take(6)]!;
    } else if (mode === 0b0001) {
      let left = take(isLarge ? 12 : 10);
      for (; left > 2; left -= 3) text += String(take(10)).padStart(3, '0');
      if (left === 2) text += String(take(7)).padStart(2, '0');
      if (left === 1) text += String(take(4));
    } else throw new Error(`No mode of letters: ${mode}`);
  }
}
