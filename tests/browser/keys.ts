/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { addressOf } from './hands';

// Somebody who has a keyboard only.

interface Watched extends Window {
  looks: Map<Element, string>;
  lookOf(element: Element): string;
  before: Element;
}

/** Follows the link or presses the button that has the focus. */
export async function enter(page: Page, address: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(addressOf(page)).toBe(address);
}

/**
 * Presses Tab until the focus is on what bears this name, and gives the names on the way. Each stop must lie after
 * the one before it, inside the window, and look different from when it had no focus.
 */
export async function stopsTo(page: Page, name: string): Promise<string[]> {
  await page.evaluate(rememberLooks);
  const stops: string[] = [];
  while (stops.at(-1) !== name) {
    await page.keyboard.press('Tab');
    const faults = await page.evaluate(faultsOfFocus);
    stops.push(await here(page));
    expect({ stops, faults }).toEqual({ stops, faults: [] });
    if (stops.length > 60) throw new Error(`No way to "${name}" by Tab: ${stops.join(' > ')}`);
  }
  return stops;
}

/** What a person calls that which has the focus. */
export function here(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const text = (focused as HTMLInputElement).labels?.[0]?.innerText ?? focused.innerText;
    return text.replace(/\s+/g, ' ').trim();
  });
}

/** Runs in the browser: notes how everything looks without the focus. */
function rememberLooks(): void {
  const watched = window as unknown as Watched;
  watched.lookOf = (element) => {
    // The design system draws circles and boxes beside the inputs, as part of their labels.
    const label = (element as HTMLInputElement).labels?.[0];
    const parts = [getComputedStyle(element), ...(label ? [getComputedStyle(label, '::before')] : [])];
    return parts
      .map(({ outlineStyle, outlineColor, boxShadow }) => {
        const isSeen = outlineStyle !== 'none' && !/, 0\)$/.test(outlineColor);
        return `${isSeen ? outlineColor : ''} ${boxShadow}`;
      })
      .join();
  };
  const focusable = document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]');
  watched.looks = new Map([...focusable].map((element) => [element, watched.lookOf(element)]));
  watched.before = document.activeElement!;
}

/** Runs in the browser. */
function faultsOfFocus(): string[] {
  const watched = window as unknown as Watched;
  const focused = document.activeElement!;
  if (focused === document.body) return ['nothing has the focus'];
  const faults: string[] = [];
  const isAfter = watched.before.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (!isAfter) faults.push('the focus went back');
  watched.before = focused;
  if (watched.lookOf(focused) === watched.looks.get(focused)) faults.push('the focus cannot be seen');
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  if (top < 0 || left < 0 || bottom > innerHeight || right > innerWidth) {
    faults.push('the focus is outside the window');
  }
  return faults;
}
