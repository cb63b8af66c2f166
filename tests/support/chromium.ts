import { accessSync, constants, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Express } from 'express';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

// Chromium for tests: one for each test file, on the real application.

const names = ['chromium', 'chromium-browser', 'google-chrome'];

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A file's tests in Chromium. Without one they are left out, and the first file says so for all; on CI that is a failure. */
export function describeInChromium(name: string, tests: () => void): void {
  if (findChromium()) {
    describe(name, tests);
    return;
  }
  const absence = 'neither CHROMIUM_PATH nor chromium on the PATH was found';
  if (process.env.CI === 'true') throw new Error(`CI tests in a browser too, but ${absence}`);
  const { dir, base } = path.parse(expect.getState().testPath!);
  const files = readdirSync(dir).filter((file) => file.endsWith('.test.ts'));
  if (base === files.sort()[0]) process.stderr.write(`Tests in a browser are left out: ${absence}.\n`);
  describe.skip(name, tests);
}

function findChromium(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(canRun);
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The application on a port of its own, and a Chromium to open it with. */
export interface Site {
  origin: string;
  /** A browser of somebody new, who has no cookies yet: a phone with script unless told otherwise. */
  visit(options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

/** Somebody's browser, and what has gone wrong in it so far. */
export interface Visit {
  page: Page;
  site: Site;
  /** Whether the pages' scripts run. */
  script: boolean;
  troubles: string[];
  /** The signal has been taken away: that nothing is answered then is no trouble. */
  withoutSignal?: boolean;
  /** Where the inspection looks at a copy of a page without script. */
  twin?: Page;
}

export const phone = { width: 320, height: 640 };
export const desktop = { width: 1280, height: 800 };

export async function openSite(app: Express): Promise<Site> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launch();
  const site: Site = {
    origin,
    visit: async (options = {}) => {
      const context = await browser.newContext({ baseURL: origin, viewport: phone, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const visit = { page, site, script: options.javaScriptEnabled ?? true, troubles: [] };
      watch(visit);
      return visit;
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}

/** Chromium refuses its sandbox to root, whom a container often runs as. */
function launch(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  const args = isRoot ? ['--no-sandbox', ...flags] : flags;
  return chromium.launch({ executablePath: findChromium()!, args });
}

/** Notes what no page may cause: requests to others, requests that fail, errors in the console. */
function watch(visit: Visit): void {
  const { page, site, troubles } = visit;
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== site.origin) troubles.push(`a request to ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // Whoever goes on before everything has arrived leaves the rest unread.
    const reason = request.failure()?.errorText;
    if (reason === 'net::ERR_ABORTED') return;
    if (visit.withoutSignal && reason === 'net::ERR_INTERNET_DISCONNECTED') return;
    troubles.push(`no answer from ${request.url()}: ${reason}`);
  });
  page.on('response', (response) => {
    const mayFail = response.request().isNavigationRequest() && response.status() < 500;
    if (response.status() >= 400 && !mayFail) troubles.push(`${response.status()} from ${response.url()}`);
  });
  page.on('console', (message) => {
    // Chromium reports a page's own status, 422 say, as an error; `response` above has judged it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      troubles.push(`in the console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => {
    troubles.push(`a script failed: ${error.message}`);
  });
}
