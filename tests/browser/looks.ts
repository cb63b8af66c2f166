/// <reference lib="dom" />

// How a page looks to somebody who has made it larger.

/** What a window of 1280 x 1024 pixels has room for when everything is four times as large. */
export const zoomed = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };

/** Runs in the browser: texts that stick out of the window, or out of an element that hides what does not fit. */
export function cutOff(): string[] {
  const faults: string[] = [];
  const { clientWidth } = document.documentElement;
  for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
    const isForEars = element.closest('.nhsuk-u-visually-hidden, .nhsuk-skip-link, title, desc') !== null;
    if (isForEars || !element.innerText?.trim() || !element.checkVisibility()) continue;
    const { left, right } = element.getBoundingClientRect();
    const words = element.innerText.slice(0, 40);
    if (left < -1 || right > clientWidth + 1) faults.push(`"${words}" reaches from ${left} to ${right}`);
    const { overflowX, overflowY } = getComputedStyle(element);
    const isHiding = /hidden|clip/.test(overflowX + overflowY);
    const sticksOut =
      element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (isHiding && sticksOut) faults.push(`"${words}" is cut off`);
  }
  return faults;
}

/** Runs in the browser: what stays in the window while the page scrolls, and so covers some of it. */
export function inTheWay(): string[] {
  return [...document.querySelectorAll('body *')]
    .filter((element) => /fixed|sticky/.test(getComputedStyle(element).position))
    .map((element) => element.outerHTML.slice(0, 80));
}
