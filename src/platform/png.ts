import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** More than this many dots are no picture for a page. */
const mostPixels = 16_000_000;

let ready: Promise<Uint8Array[]> | undefined;

/** Opened once in each thread: the program that draws, and the letters it draws with. */
function open(): Promise<Uint8Array[]> {
  ready ??= (async () => {
    await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
    const folder = path.join(path.dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
    return Promise.all(
      ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => readFile(path.join(folder, file))),
    );
  })();
  return ready;
}

/** A drawing (SVG) as a picture (PNG), so many times as large as it says it is. It brings its own styles; it reaches no file and no other host. */
export async function pngOf(svg: string, scale: number): Promise<Buffer> {
  const fontBuffers = await open();
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  });
  try {
    if (drawn.width * drawn.height * scale * scale > mostPixels)
      throw new Error('The picture would be too large');
    const image = drawn.render();
    const png = Buffer.from(image.asPng());
    image.free();
    return png;
  } finally {
    drawn.free();
  }
}
