import type { ChartStyles } from './chart-styles';

/** Around a drawing, so that nothing at its edge is cut off. */
const padding = 10;
const letters = { family: "Arial, 'DejaVu Sans', sans-serif", size: 13, colour: '#212b32' };

/** A chart of a page as a drawing that needs no page: with its styles in it, on white, with a size, leading nowhere. */
export function standaloneChart(svg: string, styles: ChartStyles): string {
  const [, width, height] = /viewBox="0 0 (\S+) ([^"]+)"/.exec(svg) ?? [];
  if (!width || !height) throw new Error('A chart without a size');
  const size = { width: Number(width) + 2 * padding, height: Number(height) + 2 * padding };
  const where = `x="${-padding}" y="${-padding}" width="${size.width}" height="${size.height}"`;
  return withoutControls(svg)
    .replace(/<a\b[^>]*>/g, '<g>')
    .replaceAll('</a>', '</g>')
    .replace(/<(?!svg\b|\/)([\w-]+)([^>]*?)(\/?)>/g, (_, tag, attributes, end) => {
      return `<${tag}${styled(tag, attributes, styles)}${end}>`;
    })
    .replace(/ class="chart[^"]*"/, '')
    .replace(
      /viewBox="[^"]*"/,
      `viewBox="${-padding} ${-padding} ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="${letters.family}" font-size="${letters.size}"`,
    )
    .replace('</desc>', `</desc>\n<rect ${where} fill="#ffffff"/>`);
}

/** The attributes with those of the classes in place of their names; as on a page, the stylesheet outdoes the drawing. */
function styled(tag: string, attributes: string, styles: ChartStyles): string {
  const [classes, names] = / class="([^"]*)"/.exec(attributes) ?? ['', ''];
  const named = new Set(names!.split(' '));
  // In the order of the stylesheet: what stands later there holds.
  const own = [...styles].flatMap(([name, style]) => (named.has(name) ? Object.entries(style) : []));
  const looks = new Map<string, string>([
    ...(tag === 'text' ? [['fill', letters.colour] as const] : []),
    ...own,
  ]);
  const others = attributes
    .replace(classes!, '')
    .replace(/ ([\w-]+)="[^"]*"/g, (attribute, name) => (looks.has(name) ? '' : attribute));
  return others + [...looks].map(([name, value]) => ` ${name}="${value}"`).join('');
}

/** Letters that no drawing may hold, and that a name could. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
