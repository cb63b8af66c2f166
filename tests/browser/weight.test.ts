import { get, type IncomingMessage } from 'node:http';
import type { Page } from 'playwright-core';
import { operator } from '../../src/audit/actor';
import { createFromTemplate, demoTemplate, readTemplate } from '../../src/templates/templates.commands';
import { describeInChromium } from '../support/chromium';
import { useSite } from '../support/site';
import { addressOf, press } from './hands';

const most = { firstPage: 35_000, laterPage: 8000, script: 10_000 };

const ratings = 40;

// What a phone receives, counted in the bytes that travel: Chromium says what a page asks for, and each is asked for once
// more as a browser does on a secure connection, which takes brotli.
describeInChromium('what a page of questions weighs', () => {
  const on = useSite();

  test('keeps within what a weak signal brings at once', async () => {
    await openFortyRatings('WEIGHT');
    const { page } = await on.site.visit();
    const loaded = new Set<string>();
    page.on('request', (request) => {
      if (!request.isNavigationRequest() && request.method() === 'GET') loaded.add(request.url());
    });
    await page.goto('/s/WEIGHT');
    await page.waitForLoadState('networkidle');
    await press(page, 'Start now', '/s/WEIGHT/pages/1');
    await page.waitForLoadState('networkidle');

    const parts = await weigh(page, [page.url(), ...loaded]);
    const scripts = parts.filter(({ address }) => address.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(1);
    expect(sum(scripts)).toBeLessThanOrEqual(most.script);
    expect(sum(parts)).toBeLessThanOrEqual(most.firstPage);

    const first = [...loaded];
    const later: string[] = [];
    await chooseEverywhere(page);
    for (
      await press(page, 'Continue');
      addressOf(page) !== '/s/WEIGHT/check';
      await press(page, 'Continue')
    ) {
      await page.waitForLoadState('networkidle');
      later.push(page.url());
      await chooseEverywhere(page);
    }
    expect(later.length).toBeGreaterThan(1);
    expect([...loaded]).toEqual(first);
    const heavy = (await weigh(page, later)).filter(({ bytes }) => bytes > most.laterPage);
    expect(heavy).toEqual([]);
  }, 90_000);

  /** Scenario S1 with as many competencies to rate as a long questionnaire has. */
  async function openFortyRatings(code: string): Promise<void> {
    const { db, clock } = on.world.services;
    const template = readTemplate(demoTemplate);
    const { domains } = template.framework;
    const examples = domains.flatMap(({ competencies }) => competencies);
    for (let number = examples.length; number < ratings; number += 1) {
      domains[number % domains.length]!.competencies.push({
        ...examples[number % examples.length]!,
        code: `More${number}`,
      });
    }
    const wish = { name: 'Weighed', demo: false, leadId: undefined, now: clock.now() };
    await db.transaction((trx) =>
      createFromTemplate(trx, operator, { ...template, survey: { ...template.survey, code } }, wish),
    );
  }
});

/** The first answer of each question, so that no page is refused. */
async function chooseEverywhere(page: Page): Promise<void> {
  await page.evaluate(`
    for (const group of document.querySelectorAll('fieldset')) group.querySelector('input[type="radio"]')?.click();
  `);
}

interface Part {
  address: string;
  bytes: number;
}

async function weigh(page: Page, addresses: string[]): Promise<Part[]> {
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return Promise.all(addresses.map(async (address) => ({ address, bytes: await bytesOf(address, cookie) })));
}

async function bytesOf(address: string, cookie: string): Promise<number> {
  const headers = { cookie, 'accept-encoding': 'gzip, deflate, br' };
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get(address, { headers }, resolve).on('error', reject);
  });
  expect([address, reply.statusCode]).toEqual([address, 200]);
  let bytes = 0;
  for await (const chunk of reply) bytes += (chunk as Buffer).length;
  return bytes;
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, { bytes }) => total + bytes, 0);
}
