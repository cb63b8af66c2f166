import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAssets } from './assets';

/** How the stylesheet paints what has a class: by the class's name, the attributes that say the same in a drawing. */
export type ChartStyles = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What can be said of a shape both in a stylesheet and in a drawing. */
const painted =
  /^(fill|stroke|stroke-width|stroke-dasharray|stroke-linecap|opacity|fill-opacity|font-weight)$/;

/** Reads the styles of charts out of the built stylesheet: what is seen on a page and what is taken away look alike. */
export function loadChartStyles(publicDir: string): ChartStyles {
  const css = readFileSync(path.join(publicDir, loadAssets(publicDir).path('staff.css')), 'utf8');
  return chartStylesIn(css);
}

/** The classes of charts in a stylesheet, as they look on a screen of any size. */
export function chartStylesIn(css: string): ChartStyles {
  const styles = new Map<string, Record<string, string>>();
  for (const [, selectors, block] of withoutMedia(css).matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const declared = declarations(block!);
    if (Object.keys(declared).length === 0) continue;
    for (const selector of selectors!.split(',')) {
      const name = /^(?:\.chart )?\.(chart-[\w-]+)$/.exec(selector.trim())?.[1];
      if (name) styles.set(name, { ...styles.get(name), ...declared });
    }
  }
  return styles;
}

function declarations(block: string): Record<string, string> {
  const declared = block.split(';').map((part) => part.split(':').map((word) => word.trim()));
  return Object.fromEntries(
    declared
      .filter(([name, value]) => value && painted.test(name!))
      .map(([name, value]) => [name!, sixDigits(value!)]),
  );
}

/** "#fff" is "#ffffff". */
function sixDigits(value: string): string {
  const [, short] = /^#([0-9a-f]{3})$/i.exec(value) ?? [];
  return short ? `#${[...short].map((digit) => digit + digit).join('')}` : value;
}

/** What holds for some screens or for paper only is left out, braces within braces. */
function withoutMedia(css: string): string {
  let kept = '';
  let depth = 0;
  let inMedia = 0;
  let start = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === '{') {
      depth += 1;
      if (depth === 1 && css.slice(start, at).trim().startsWith('@')) inMedia = depth;
    } else if (css[at] === '}') {
      depth -= 1;
      if (depth === 0) {
        if (inMedia === 0) kept += css.slice(start, at + 1);
        inMedia = 0;
        start = at + 1;
      }
    }
  }
  return kept;
}
