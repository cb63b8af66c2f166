import type { Page } from 'playwright-core';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { readQr } from '../support/qr';
import { useSite, ways } from '../support/site';
import { addressOf, choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

/** Answers the first page of a survey. */
async function begin(page: Page, code: string): Promise<void> {
  await page.goto(`/s/${code}`);
  await press(page, 'Start now', `/s/${code}/pages/1`);
  await choose(page, 'What is your profession?', 'Midwife');
  await choose(page, 'Where do you mainly work?', 'GP practice');
  await press(page, 'Continue', `/s/${code}/pages/2`);
}

const codeOn = async (page: Page) => (await page.locator('.return-code').innerText()).trim();
const linkOn = async (page: Page) => new URL((await page.locator('.return-link').innerText()).trim());

describeInChromium('coming back to saved answers', () => {
  const on = useSite();

  test.each(ways)(
    'moves from the computer to the phone by QR code, %s',
    async (_way, options) => {
      await makeSurvey(on.world.services, { code: 'BACK1' });
      const ward = await on.site.visit(options);
      await ward.page.goto('/s/BACK1');
      await inspect(ward);
      await begin(ward.page, 'BACK1');
      await inspect(ward);
      await follow(ward.page, 'Save and come back later', '/s/BACK1/save');
      await inspect(ward);
      await press(ward.page, 'Get my code and link', '/s/BACK1/save');
      await inspect(ward);
      const picture = ward.page.getByRole('img', { name: 'QR code with your personal link' });
      const scanned = readQr(await picture.evaluate((svg) => svg.outerHTML));
      expect(scanned).toBe((await linkOn(ward.page)).href);

      const phone = await on.site.visit();
      await phone.page.goto(new URL(scanned).pathname);
      await inspect(phone);
      expect(await wordsOf(phone.page)).toContain('Nothing changes until you carry on.');
      await choose(phone.page, 'Your device', 'This is my own phone, tablet or computer');
      await press(phone.page, 'Carry on', '/s/BACK1/pages/2');
      await choose(phone.page, 'Hearing what people say', 'Label 1');
      await press(phone.page, 'Continue', '/s/BACK1/pages/3');
      await press(phone.page, 'Continue', '/s/BACK1/check');
      await inspect(phone);
      await press(phone.page, 'Submit answers', '/s/BACK1/submitted');

      await press(ward.page, 'Go on with the survey now', '/s/BACK1/pages/2');
      await inspect(ward);
      expect(await wordsOf(ward.page)).toMatch(/You have already answered .* on another device/);
      await ward.page.goto(new URL(scanned).pathname);
      await inspect(ward);
      expect(await wordsOf(ward.page)).toContain('This link does not open any answers');
      await follow(ward.page, 'Enter a code instead', '/s/BACK1/continue');
    },
    60_000,
  );

  test.each(ways)(
    'leaves a shared computer and comes back with the code, %s',
    async (_way, options) => {
      await makeSurvey(on.world.services, { code: 'BACK2' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await begin(page, 'BACK2');
      await page.goto('/s/BACK2/save');
      await press(page, 'Get my code and link');
      const code = await codeOn(page);
      await press(page, 'Leave now', '/s/BACK2/left');
      await inspect(visit);
      await page.goto('/s/BACK2/idle');
      await inspect(visit);
      await page.goto('/s/BACK2/pages/2');
      expect(addressOf(page)).toBe('/s/BACK2');

      await follow(page, 'Continue a saved survey', '/s/BACK2/continue');
      await inspect(visit);
      await page.getByLabel('Your code').fill('K7QMX-2XPA9');
      await press(page, 'Carry on', '/s/BACK2/continue');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem This code does not open any answers/);
      await page.getByRole('link', { name: /This code does not open/ }).click();
      expect(await page.locator('#code:focus').count()).toBe(1);
      await page.getByLabel('Your code').fill(code.toLowerCase().replace('-', ' '));
      await press(page, 'Carry on', '/s/BACK2/pages/2');

      await follow(page, 'Forget me on this device', '/s/BACK2/leave');
      await inspect(visit);
      await press(page, 'Forget me on this device', '/s/BACK2/left');
      await page.goBack();
      await page.goBack();
      expect(await wordsOf(page)).not.toContain('Hearing what people say');
    },
    60_000,
  );

  test.each(ways)(
    'asks which answers to go on with, %s',
    async (_way, options) => {
      await makeSurvey(on.world.services, { code: 'BACK3' });
      const ward = await on.site.visit(options);
      await begin(ward.page, 'BACK3');
      await ward.page.goto('/s/BACK3/save');
      await press(ward.page, 'Get my code and link');
      const link = await linkOn(ward.page);

      const other = await on.site.visit(options);
      await begin(other.page, 'BACK3');
      await press(other.page, 'Continue', '/s/BACK3/pages/3');
      await other.page.goto(link.pathname);
      await inspect(other);
      expect(await wordsOf(other.page)).toContain('Which answers do you want to go on with?');
      await follow(other.page, 'Stay with the answers in this browser', '/s/BACK3/pages/3');
      await other.page.goto(link.pathname);
      await press(other.page, 'Open the saved answers', '/s/BACK3/pages/2');
    },
    60_000,
  );

  test('is entered with a keyboard, in Welsh', async () => {
    await makeWelshSurvey(on.world, 'CYMRU');
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto('/s/CYMRU?lang=cy');
    await press(page, 'Dechrau nawr', '/s/CYMRU/pages/1');
    await follow(page, 'Cadw a dod yn ôl yn nes ymlaen', '/s/CYMRU/save');
    await inspect(visit, 'cy');
    await press(page, 'Cael fy nghod a’m dolen');
    await inspect(visit, 'cy');
    const code = await codeOn(page);
    await follow(page, 'English', '/s/CYMRU/save?lang=en');
    await follow(page, 'Cymraeg', '/s/CYMRU/save?lang=cy');

    const home = await on.site.visit();
    await home.page.goto('/s/CYMRU/continue?lang=cy');
    await inspect(home, 'cy');
    for (const typed of ['', code]) {
      await home.page.getByLabel('Eich cod').focus();
      await home.page.keyboard.type(typed);
      await Promise.all([home.page.waitForEvent('load'), home.page.keyboard.press('Enter')]);
      if (typed === '') await inspect(home, 'cy');
    }
    expect(addressOf(home.page)).toBe('/s/CYMRU/pages/1');
    await home.page.goto('/s/CYMRU/continue/nothing');
    await inspect(home, 'cy');
  }, 60_000);
});
