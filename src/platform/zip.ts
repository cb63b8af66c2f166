import { fromBufferPromise, type ZipFile } from 'yauzl';

/** How many entries a zip file may hold. */
const mostEntries = 2000;

export type ZipFault = 'not a zip' | 'too large' | 'encrypted';

/**
 * Looks through a zip file before anything unpacks it: first at the sizes it declares, then at those that really come
 * out, entry by entry, stopping at the limit of all together. Gives the names of its entries, or what is wrong with it.
 */
export async function inspectZip(bytes: Buffer, mostBytes: number): Promise<string[] | ZipFault> {
  try {
    const entries = await entriesOf(bytes);
    if (entries.length > mostEntries || sum(entries.map((entry) => entry.uncompressedSize)) > mostBytes) {
      return 'too large';
    }
    if (entries.some((entry) => entry.isEncrypted())) return 'encrypted';
    return (await unpacksWithin(bytes, mostBytes)) ? entries.map(({ fileName }) => fileName) : 'too large';
  } catch {
    return 'not a zip'; // Whatever the reader stumbles over: it is none that could be used.
  }
}

async function entriesOf(bytes: Buffer) {
  const zip = await open(bytes);
  const entries = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > mostEntries) break;
  }
  return entries;
}

/** Unpacks everything into nothing. What an entry declares is no promise. */
async function unpacksWithin(bytes: Buffer, limit: number): Promise<boolean> {
  const zip = await open(bytes);
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      unpacked += chunk.length;
      if (unpacked > limit) return false;
    }
  }
  return true;
}

function open(bytes: Buffer): Promise<ZipFile> {
  return fromBufferPromise(bytes, { validateEntrySizes: false });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
