/// <reference lib="dom" />
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { desktop, phone, type Visit } from '../support/chromium';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What every page owes everybody, looked at on a phone and on a wide screen. */
export async function inspect(visit: Visit, lang = 'en-GB'): Promise<void> {
  const { page } = visit;
  const before = page.viewportSize()!;
  const scanned = visit.script ? page : await twinOf(visit);
  const faults: string[] = [];
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    if (scanned !== page) await scanned.setViewportSize(size);
    for (const fault of [...(await page.evaluate(faultsInMarkup, lang)), ...(await violations(scanned))]) {
      faults.push(`at ${size.width} px: ${fault}`);
    }
  }
  await page.setViewportSize(before);
  expect({ page: page.url(), faults, troubles: visit.troubles }).toEqual({
    page: page.url(),
    faults: [],
    troubles: [],
  });
}

/** Runs in the browser. */
function faultsInMarkup(lang: string): string[] {
  const faults: string[] = [];
  const root = document.documentElement;
  const headings = [...document.querySelectorAll('h1')];
  if (headings.length !== 1) faults.push(`there are ${headings.length} h1`);
  const heading = headings[0]?.cloneNode(true) as HTMLElement | undefined;
  heading?.querySelector('[class*="nhsuk-caption"]')?.remove();
  const words = heading?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const hasErrors = document.querySelector('.nhsuk-error-summary') !== null;
  const beginning = hasErrors ? `${lang === 'cy' ? 'Gwall' : 'Error'}: ${words}` : words;
  if (!document.title.startsWith(beginning)) {
    faults.push(`the title "${document.title}" does not begin with "${beginning}"`);
  }
  if (root.lang !== lang) faults.push(`the language is "${root.lang}"`);
  if (root.scrollWidth > root.clientWidth) {
    faults.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  }
  return faults;
}

/** Put into a page once, which is most of what it costs. Our pages have no frames, so no more is needed. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const own = (window as unknown as { axe: typeof axe }).axe;
    const { violations } = await own.run({ runOnly, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  }, wcag);
}

/** axe is a script, so what a page without script shows is scanned in a browser that runs scripts, but has none to run. */
async function twinOf(visit: Visit): Promise<Page> {
  if (!visit.twin) {
    visit.twin = (await visit.site.visit()).page;
    await visit.twin.goto('/health'); // A bare page of the same origin, so that stylesheets are found.
  }
  const markup = (await visit.page.content()).replace(/<script[^>]*><\/script>/g, '');
  await visit.twin.setContent(markup);
  return visit.twin;
}
