import { type Browser, createBrowser } from './browser';
import { sum } from './percentiles';
import { visit, type Walk } from './walk';

export interface Weight {
  firstPageBytes: number;
  laterPageBytes: number;
}

/**
 * What a phone receives, in bytes as they travel: for the start page with its stylesheet and scripts, and for
 * the mean question page after it, when those are at hand already.
 */
export async function weigh(url: string, [start, ...walk]: Walk): Promise<Weight> {
  const browser = createBrowser(url);
  try {
    const firstPageBytes = await bytesWithAssets(browser, start!.address);
    const later: number[] = [];
    for (const step of walk) {
      const { bytes } = await visit(browser, step);
      if (step.method === 'GET' && step.address.includes('/pages/')) later.push(bytes);
    }
    return { firstPageBytes, laterPageBytes: Math.round(sum(later) / later.length) };
  } finally {
    browser.close();
  }
}

/** A page, and whatever stylesheets and scripts it and they cannot do without; each once. */
async function bytesWithAssets(browser: Browser, page: string): Promise<number> {
  const addresses = new Set([page]);
  let total = 0;
  for (const address of addresses) {
    const reply = await browser.get(address);
    if (reply.status !== 200) throw new Error(`${address} was answered with ${reply.status}`);
    total += reply.bytes;
    if (address.endsWith('.css')) continue;
    for (const [, linked, imported] of reply.text().matchAll(neededAssets)) {
      addresses.add(new URL((linked ?? imported)!, `http://page${address}`).pathname);
    }
  }
  return total;
}

/** In HTML a stylesheet or a script; in a script what it imports before it runs, but not what it may fetch later. */
const neededAssets = /<(?:link rel="stylesheet" href|script\b[^>]* src)="([^"]+)"|\bfrom\s*"([^"]+)"/g;
