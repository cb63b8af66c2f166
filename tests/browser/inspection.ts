/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
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

async function violations(page: Page): Promise<string[]> {
  // Our pages have no frames, so the mode without them does, in a third of the time.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await builder.options({ runOnly: wcag, resultTypes: ['violations'] }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** axe is a script, so what a page without script shows is scanned in a browser that runs scripts, but has none to run. */
async function twinOf(visit: Visit): Promise<Page> {
  visit.twin ??= (await visit.site.visit()).page;
  const markup = (await visit.page.content()).replace(/<script[^>]*><\/script>/g, '');
  await visit.twin.goto('/health'); // A bare page of the same origin, so that stylesheets are found.
  await visit.twin.setContent(markup);
  return visit.twin;
}
