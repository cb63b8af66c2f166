import { type Browser, createBrowser } from './browser';
import { sum } from './percentiles';
import { visit, type Walk } from './walk';

export interface Weight {
  /** The first page of questions, with the stylesheet and the scripts it cannot do without. */
  firstPageBytes: number;
  firstHtmlBytes: number;
  cssBytes: number;
  jsBytes: number;
  /** The mean of the pages of questions after it, when styles and scripts are at hand already; and the heaviest. */
  laterPageBytes: number;
  heaviestPageBytes: number;
  /** The start page, with what it needs. */
  startPageBytes: number;
}

/** What a phone receives, in bytes as they travel. */
export async function weigh(url: string, [start, ...walk]: Walk): Promise<Weight> {
  const browser = createBrowser(url);
  try {
    const opening = await bytesWithAssets(browser, start!.address);
    const pages: number[] = [];
    let first: Record<Part, number> | undefined;
    for (const step of walk) {
      const { bytes } = await visit(browser, step);
      if (step.method !== 'GET' || !step.address.includes('/pages/')) continue;
      if (first) pages.push(bytes);
      else first = await bytesWithAssets(browser, step.address);
    }
    const { html, css, js } = first!;
    return {
      ...{ firstPageBytes: html + css + js, firstHtmlBytes: html, cssBytes: css, jsBytes: js },
      ...{ laterPageBytes: Math.round(sum(pages) / pages.length), heaviestPageBytes: Math.max(...pages) },
      startPageBytes: opening.html + opening.css + opening.js,
    };
  } finally {
    browser.close();
  }
}

type Part = 'html' | 'css' | 'js';

/** A page, and whatever stylesheets and scripts it and they cannot do without; each once. */
async function bytesWithAssets(browser: Browser, page: string): Promise<Record<Part, number>> {
  const addresses = new Set([page]);
  const bytes = { html: 0, css: 0, js: 0 };
  for (const address of addresses) {
    const reply = await browser.get(address);
    if (reply.status !== 200) throw new Error(`${address} was answered with ${reply.status}`);
    bytes[partAt(address)] += reply.bytes;
    if (address.endsWith('.css')) continue;
    for (const [, linked, imported] of reply.text().matchAll(neededAssets)) {
      addresses.add(new URL((linked ?? imported)!, `http://page${address}`).pathname);
    }
  }
  return bytes;
}

function partAt(address: string): Part {
  if (address.endsWith('.css')) return 'css';
  return address.endsWith('.js') ? 'js' : 'html';
}

/** In HTML a stylesheet or a script; in a script what it imports before it runs, but not what it may fetch later. */
const neededAssets = /<(?:link rel="stylesheet" href|script\b[^>]* src)="([^"]+)"|\bfrom\s*"([^"]+)"/g;
