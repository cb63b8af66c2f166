import { create, toBuffer } from 'qrcode';
import { escapeHtml } from './html';

/** Light modules around the code, which readers need to find it. */
const quiet = 4;

/**
 * A text as a QR code: an SVG with a name for those who do not see it. Dark modules are one path, and a class colours it
 * in the stylesheet, for our pages allow no inline styles.
 */
export function qrCode(text: string, name: string): string {
  return svgOf(text, name, { light: 'class="qr-code__light"', dark: 'class="qr-code__dark"' });
}

/** The same as a file, with its own colours. */
export function qrFile(text: string, name: string): string {
  return svgOf(text, name, { light: 'fill="#ffffff"', dark: 'fill="#000000"' });
}

/** As a picture of dots, `width` of them across. */
export function qrPicture(text: string, width: number): Promise<Buffer> {
  return toBuffer(text, { errorCorrectionLevel: 'M', margin: quiet, width });
}

function svgOf(text: string, name: string, colours: { light: string; dark: string }): string {
  const { size, path } = qrPath(text);
  const side = size + 2 * quiet;
  return [
    `<svg class="qr-code" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-label="${escapeHtml(name)}">`,
    `<rect ${colours.light} width="${side}" height="${side}"></rect>`,
    `<path ${colours.dark} d="${path}"></path>`,
    '</svg>',
  ].join('');
}

/** Each run of dark modules in a row is one rectangle. */
function qrPath(text: string): { size: number; path: string } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const begin = column;
      while (column < size && data[row * size + column]) column += 1;
      const run = column - begin;
      if (run > 0) path += `M${begin + quiet} ${row + quiet}h${run}v1h-${run}z`;
    }
  }
  return { size, path };
}
