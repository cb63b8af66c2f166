import { readFileSync } from 'node:fs';
import path from 'node:path';

const iconFolder = path.join(
  path.dirname(require.resolve('nhsuk-frontend/package.json')),
  'dist/nhsuk/assets/images',
);
const icons = new Map<string, string>();

/** An icon of the design system by its name, drawn in the colour of the text around it. */
export function icon(name: string): string {
  let svg = icons.get(name);
  if (svg === undefined) {
    svg = readFileSync(path.join(iconFolder, `nhsuk-icon-${path.basename(name)}.svg`), 'utf8')
      .trim()
      .replace(/ fill="[^"]*"/, '');
    icons.set(name, svg);
  }
  return svg;
}
