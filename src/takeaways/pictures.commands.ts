import { fromRoot } from '../platform/paths';
import { Problem } from '../platform/problem';
import { runInThread } from '../platform/thread';

/** Draws pictures for the pages of this process. */
export interface Pictures {
  /** The picture of a drawing; what has the same key is drawn once. */
  pngOf(key: string, svg: () => string): Promise<Buffer>;
}

const threadFile = fromRoot('dist/src/takeaways/picture-thread.js');
const mostWaiting = 10;
const mostKept = 40;

/** One picture at a time, in a thread of its own, so that drawing never keeps pages waiting. The newest are kept: a published report does not change. */
export function openPictures(): Pictures {
  const kept = new Map<string, Promise<Buffer>>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function draw(svg: string, after: Promise<unknown>): Promise<Buffer> {
    waiting += 1;
    try {
      await after;
      return Buffer.from(await runInThread<string, Uint8Array, never>(threadFile, svg));
    } finally {
      waiting -= 1;
    }
  }

  function keep(key: string, picture: Promise<Buffer>): void {
    kept.set(key, picture);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  }

  return {
    async pngOf(key, svg) {
      const known = kept.get(key);
      if (known) return known;
      if (waiting >= mostWaiting) {
        throw new Problem(503, 'Too many pictures are being drawn', 'Try again in a moment.');
      }
      const picture = draw(svg(), last);
      last = picture.catch(() => undefined);
      keep(key, picture);
      picture.catch(() => kept.delete(key));
      return picture;
    },
  };
}
