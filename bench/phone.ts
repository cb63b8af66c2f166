/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { median, rounded } from './percentiles';
import type { Stage } from './stage';

const rounds = 5;

/** A five-year-old phone with a weak signal. */
const signal = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const slowdown = 4;
const screen = { width: 360, height: 640 };

/**
 * Seconds on a slow phone that has never been here: from opening the link until the start page can be read, and from the
 * tap on its button until the first question can. Beside it the same form with neither styles nor scripts.
 */
export async function phone(stage: Stage, url: string, address: string): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) return stage.say('The phone is left out, for Chromium was not found');
  stage.say('Opening the survey on a slow phone');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await stage.open(
    () => chromium.launch({ executablePath, args }),
    (opened) => opened.close(),
  );
  const bareUrl = await serveBarePages(stage, browser, url + address);
  const own: Seen[] = [];
  const bare: Seen[] = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(await look(browser, url + address));
    bare.push(await look(browser, bareUrl));
  }
  const middle = (seen: Seen[], what: keyof Seen) => rounded(median(seen.map((times) => times[what])) / 1000);
  stage.print({
    ...{ bench: 'respond', figure: 'phone' },
    secondsToStart: middle(own, 'toStart'),
    secondsToFirstQuestion: middle(own, 'toQuestion'),
    bareSecondsToStart: middle(bare, 'toStart'),
    bareSecondsToFirstQuestion: middle(bare, 'toQuestion'),
  });
}

interface Seen {
  toStart: number;
  toQuestion: number;
}

async function look(browser: Browser, address: string): Promise<Seen> {
  const context = await browser.newContext({ viewport: screen });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', signal);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(address);
    const toStart = (await paintedAt(page)).sinceBegin;
    const arriving = page.waitForEvent('load');
    const tapped = await page.evaluate(tapOnStart);
    await arriving;
    return { toStart, toQuestion: (await paintedAt(page)).at - tapped };
  } finally {
    await context.close();
  }
}

/** Runs in the browser: presses the button of the page's form, and tells when. */
function tapOnStart(): number {
  const at = performance.timeOrigin + performance.now();
  document.querySelector<HTMLElement>('main form button, form button')!.click();
  return at;
}

/** When the words of the page first stood on the screen: nothing is painted before the styles are there. */
function paintedAt(page: Page): Promise<{ at: number; sinceBegin: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list, observer) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (!paint) return;
          observer.disconnect();
          resolve({ at: performance.timeOrigin + paint.startTime, sinceBegin: paint.startTime });
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

/** The product's own start page and first question, without styles and scripts: sent, answered with a redirect, shown. */
async function serveBarePages(stage: Stage, browser: Browser, address: string): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const start = await page.evaluate(bareForm, '/');
  const arriving = page.waitForEvent('load');
  await page.evaluate(tapOnStart);
  await arriving;
  const question = await page.evaluate(bareForm, '/question');
  await context.close();
  const server = createServer((req, res) => {
    if (req.method === 'POST') {
      res.writeHead(303, { Location: '/question' }).end();
      return;
    }
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    res.end(req.url === '/question' ? question : start);
  });
  await stage.open(
    () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
    () => {
      server.closeAllConnections();
      server.close();
    },
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Runs in the browser: the page's form with its words and fields and nothing else. */
function bareForm(action: string): string {
  const form = document.querySelector<HTMLFormElement>('main form')!.cloneNode(true) as HTMLFormElement;
  form.setAttribute('action', action);
  for (const element of form.querySelectorAll('[class]')) element.removeAttribute('class');
  return `<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>Bare</title>${form.outerHTML}`;
}

function findChromium(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, 'chromium')).find((file) => existsSync(file));
}
