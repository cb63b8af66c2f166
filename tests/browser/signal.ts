/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import type { Visit } from '../support/chromium';

/** Waits until all that is needed without a signal is on the device. */
export function isHeld(page: Page): Promise<void> {
  return page.locator('[data-held="held"]').waitFor({ state: 'attached' });
}

export function loseSignal(visit: Visit): Promise<void> {
  visit.withoutSignal = true;
  return visit.page.context().setOffline(true);
}

export function regainSignal({ page }: Visit): Promise<void> {
  return page.context().setOffline(false);
}

/** All that a survey could leave on a device. */
export function keptOn(page: Page) {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    local: localStorage.length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
}

export const nothingKept = { databases: [], caches: [], local: 0, workers: 0 };

/** Browsers end a worker that has nothing to do, and start it again from what they keep of it. */
export async function endWorkers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}
