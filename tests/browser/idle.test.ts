/// <reference lib="dom" />
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { addressOf, choose, press, wordsOf } from './hands';
import { inspect } from './inspection';

const minute = 60_000;

describeInChromium('a shared device that nobody uses', () => {
  const on = useSite();

  test('asks whether anybody is still there, and forgets them when nobody answers', async () => {
    await makeSurvey(on.world.services, { code: 'IDLE1' });
    const visit = await on.site.visit();
    const { page } = visit;
    await page.clock.install();
    await page.goto('/s/IDLE1');
    await press(page, 'Start now', '/s/IDLE1/pages/1');
    await choose(page, 'What is your profession?', 'Midwife');
    const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());

    await page.clock.runFor(27 * minute);
    expect(await dialog.isVisible()).toBe(false);
    await page.keyboard.press('Shift');
    await page.clock.runFor(27 * minute);
    expect(await dialog.isVisible()).toBe(false);
    await page.clock.runFor(1.5 * minute);
    await dialog.waitFor();
    expect(await focused()).toBe('Stay');
    await inspect(visit);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });

    await page.clock.runFor(28.5 * minute);
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    await page.clock.runFor(28.5 * minute);
    await dialog.waitFor();
    const gone = page.waitForEvent('load');
    await page.clock.runFor(2 * minute);
    await gone;
    expect(addressOf(page)).not.toContain('/pages/');
    await page.goto('/s/IDLE1/pages/1');
    expect(addressOf(page)).toBe('/s/IDLE1');
    expect(await wordsOf(page)).not.toContain('You began to answer on this device');
  }, 60_000);

  test('a device of their own is never asked', async () => {
    await makeSurvey(on.world.services, { code: 'IDLE2' });
    const { page } = await on.site.visit();
    await page.clock.install();
    await page.goto('/s/IDLE2');
    await page.getByLabel('This is my own phone, tablet or computer').check();
    await press(page, 'Start now', '/s/IDLE2/pages/1');
    await page.clock.runFor(40 * minute);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(addressOf(page)).toBe('/s/IDLE2/pages/1');
  }, 60_000);

  test('remembers them for the whole time since they last touched anything', async () => {
    const { page } = await begin('IDLE3');
    const renewed = page.waitForRequest((request) => request.method() === 'HEAD');
    await page.clock.runFor(9 * minute);
    await page.keyboard.press('Shift');
    await page.clock.runFor(1.5 * minute);
    expect((await renewed).url()).toMatch(/\/s\/IDLE3$/);
  }, 60_000);

  test('forgets nobody who goes on in another tab', async () => {
    const { page } = await begin('IDLE4');
    const other = await page.context().newPage();
    await other.goto('/s/IDLE4/pages/1');
    await other.locator('[data-module="idle"]').waitFor({ state: 'attached' });
    await page.clock.runFor(28.5 * minute);
    const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
    await dialog.waitFor();
    await other.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.clock.runFor(27 * minute);
    expect(addressOf(page)).toBe('/s/IDLE4/pages/1');
    expect(addressOf(other)).toBe('/s/IDLE4/pages/1');
  }, 60_000);

  test('forgets whoever left before the computer slept, whatever wakes it', async () => {
    const { page } = await begin('IDLE5');
    await page.clock.setSystemTime(Date.now() + 5 * 60 * minute);
    const gone = page.waitForEvent('load');
    await page.keyboard.press('Shift');
    await gone;
    expect(addressOf(page)).not.toContain('/pages/');
  }, 60_000);

  async function begin(code: string) {
    await makeSurvey(on.world.services, { code });
    const visit = await on.site.visit();
    const { page } = visit;
    await page.clock.install();
    await page.goto(`/s/${code}`);
    await press(page, 'Start now', `/s/${code}/pages/1`);
    await page.waitForLoadState('networkidle');
    return visit;
  }
});
