import type { BrowserContext, Page } from 'playwright-core';
import type { Survey } from '../../src/surveys/survey';
import { describeInChromium, type Visit } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { addressOf, choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('answering without a signal', () => {
  const on = useSite();

  test('on a device of their own somebody finishes without a signal and sends later', async () => {
    const { survey, visit } = await begin('SIGNAL1', 'own');
    const { page } = visit;
    await answerAboutYou(page);
    await lose(visit);
    await press(page, 'Continue', '/s/SIGNAL1/pages/2');
    expect(await wordsOf(page)).toContain('No signal. Your answers are kept on this device');
    await choose(page, 'Hearing what people say', 'Label 1');
    await press(page, 'Continue', '/s/SIGNAL1/pages/3');
    await press(page, 'Continue', '/s/SIGNAL1/check');
    expect(await wordsOf(page)).toContain('Hearing what people say Label 1');
    await press(page, 'Submit answers', '/s/SIGNAL1/submitted');
    expect(await wordsOf(page)).toContain('Your answers are waiting to be sent');
    expect(await responses(survey)).toHaveLength(0);
    await regain(visit);
    await page.getByText('Your answers have been sent').waitFor();
    expect(await responses(survey)).toHaveLength(1);
    expect(await keptOn(page)).toEqual({ databases: [], caches: [], local: 0, workers: 0 });
  }, 60_000);

  const responses = ({ id }: Survey) => on.world.db('responses').where({ survey_id: id });

  async function begin(code: string, device: 'own' | 'shared', wish: Parameters<typeof makeSurvey>[1] = {}) {
    const survey = await makeSurvey(on.world.services, { code, ...wish });
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto(`/s/${code}`);
    if (device === 'own') await page.getByLabel('This is my own phone, tablet or computer').check();
    await press(page, 'Start now', `/s/${code}/pages/1`);
    if (device === 'own') await isHeld(page);
    return { survey, visit };
  }

  async function answerAboutYou(page: Page): Promise<void> {
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');
  }

  /** All that is needed without a signal is on the device. */
  function isHeld(page: Page): Promise<void> {
    return page.locator('[data-held="held"]').waitFor({ state: 'attached' });
  }

  async function lose({ page }: Visit): Promise<void> {
    await page.context().setOffline(true);
  }

  async function regain({ page }: Visit): Promise<void> {
    await page.context().setOffline(false);
  }

  function keptOn(page: Page) {
    return page.evaluate(async () => ({
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      local: localStorage.length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
  }
});
