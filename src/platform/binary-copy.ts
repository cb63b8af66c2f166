import type { Readable } from 'node:stream';

const signatureLength = 11;
const endOfRows = -1;

/**
 * Reads PostgreSQL's binary COPY format (documented under "COPY, Binary Format") row by row. Fields are views
 * into the stream's buffers, good until `onRow` returns; null stands for SQL null.
 */
export async function readBinaryCopy(
  stream: Readable,
  onRow: (fields: (Buffer | null)[]) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let headerRead = false;
  for await (const chunk of stream) {
    const data: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    if (!headerRead) {
      const length = headerLength(data);
      if (length === undefined) {
        rest = data;
        continue;
      }
      headerRead = true;
      at = length;
    }
    rest = data.subarray(readRows(data, at, onRow));
  }
}

/** Signature, flags and extension; undefined until it has all arrived. */
function headerLength(data: Buffer): number | undefined {
  const fixed = signatureLength + 8;
  if (data.length < fixed) return undefined;
  const length = fixed + data.readInt32BE(signatureLength + 4);
  return data.length < length ? undefined : length;
}

/** Hands on every whole row from `start`; gives where the first unfinished one begins. */
function readRows(data: Buffer, start: number, onRow: (fields: (Buffer | null)[]) => void): number {
  let rowStart = start;
  while (rowStart + 2 <= data.length) {
    const count = data.readInt16BE(rowStart);
    if (count === endOfRows) return data.length;
    let at = rowStart + 2;
    const fields: (Buffer | null)[] = [];
    for (let field = 0; field < count; field += 1) {
      if (at + 4 > data.length) return rowStart;
      const length = data.readInt32BE(at);
      at += 4;
      if (length > 0 && at + length > data.length) return rowStart;
      fields.push(length < 0 ? null : data.subarray(at, at + length));
      at += Math.max(length, 0);
    }
    onRow(fields);
    rowStart = at;
  }
  return rowStart;
}
