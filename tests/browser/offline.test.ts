/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import type { Survey } from '../../src/surveys/survey';
import { everyKindDefinition, openSurveyOf } from '../responses/kinds';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { describeInChromium, type Visit } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { addressOf, choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';
import { isHeld, keptOn, loseSignal, nothingKept, regainSignal } from './signal';

describeInChromium('answering without a signal', () => {
  const on = useSite();

  test('on a device of their own somebody finishes without a signal and sends later', async () => {
    const { survey, visit } = await begin('SIGNAL1', 'own');
    const { page } = visit;
    await answerAboutYou(page);
    await loseSignal(visit);
    await press(page, 'Continue', '/s/SIGNAL1/pages/2');
    await inspect(visit);
    expect(await wordsOf(page)).toContain(
      'No signal. Your answers are kept on this device and will be sent when it returns.',
    );
    await choose(page, 'Hearing what people say', 'Label 1');
    await press(page, 'Continue', '/s/SIGNAL1/pages/3');
    await follow(page, 'Back', '/s/SIGNAL1/pages/2');
    expect(await hearing(page).getByLabel('Label 1').isChecked()).toBe(true);
    await press(page, 'Continue', '/s/SIGNAL1/pages/3');
    await press(page, 'Continue', '/s/SIGNAL1/check');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('Hearing what people say Label 1');
    await follow(page, 'Change Asking what people mean', '/s/SIGNAL1/pages/2?from=check#A2');
    await choose(page, 'Asking what people mean', 'Label 4');
    await press(page, 'Continue', '/s/SIGNAL1/check');
    await press(page, 'Submit answers', '/s/SIGNAL1/submitted');
    await inspect(visit);
    expect(await wordsOf(page)).toMatch(
      /^Your answers are waiting to be sent .* Your answers can be sent until \d\d:\d\d on \d+ \w+ \d{4}\./,
    );
    await press(page, 'Try to send now', '/s/SIGNAL1/submitted');
    expect(await wordsOf(page)).toContain('Your answers are waiting to be sent');
    expect(await responses(survey)).toHaveLength(0);

    await regainSignal(visit);
    await page.getByText('Your answers have been sent').waitFor();
    await inspect(visit);
    expect(await keptOn(page)).toEqual(nothingKept);
    const [response, ...others] = await responses(survey);
    expect(others).toEqual([]);
    expect([...response.ratings]).toEqual([5, 8, 0]);
  }, 90_000);

  test('the signal goes in the middle of a page and comes back', async () => {
    const { visit } = await begin('SIGNAL2', 'own');
    const { page } = visit;
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await inspect(visit);
    await loseSignal(visit);
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await page.getByText('No signal. Your answers are kept on this device').first().waitFor();
    await inspect(visit);
    expect((await draft()).answers).toEqual({ profession: 'midwife' });

    await regainSignal(visit);
    await page.getByText('No signal.').first().waitFor({ state: 'hidden' });
    expect((await draft()).answers).toEqual({ profession: 'midwife', setting: 'gp_practice' });
    await press(page, 'Continue', '/s/SIGNAL2/pages/2');
    expect(await wordsOf(page)).not.toContain('No signal');
  }, 60_000);

  test('the page is loaded again, and the browser closed and opened again, without a signal', async () => {
    const { visit } = await begin('SIGNAL3', 'own');
    const { page } = visit;
    await answerAboutYou(page);
    await press(page, 'Continue', '/s/SIGNAL3/pages/2');
    await loseSignal(visit);
    await page.reload();
    expect(await wordsOf(page)).toContain('No signal');
    await choose(page, 'Hearing what people say', 'Label 3');
    await page.getByText('kept on this device').first().waitFor();
    const context = page.context();
    await page.close();

    const again = await context.newPage();
    visit.page = again;
    await again.goto('/s/SIGNAL3');
    expect(addressOf(again)).toBe('/s/SIGNAL3/pages/2');
    expect(await hearing(again).getByLabel('Label 3').isChecked()).toBe(true);
    expect(await keptOn(again)).toMatchObject({ databases: ['survey /s/SIGNAL3'], local: 0, workers: 1 });
    await regainSignal(visit);
    await again.getByText('No signal.').first().waitFor({ state: 'hidden' });
    expect((await draft()).answers).toEqual({ profession: 'midwife', setting: 'gp_practice', A1: 3 });

    await again.goto('/s/SIGNAL3/pages/3');
    expect(addressOf(again)).toBe('/s/SIGNAL3/pages/2');
  }, 60_000);

  test('on a shared device nothing is kept, and the page waits for the signal', async () => {
    const { visit } = await begin('SIGNAL4', 'shared');
    const { page } = visit;
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByText('Saved', { exact: true }).first().waitFor();
    expect(await keptOn(page)).toEqual(nothingKept);
    await loseSignal(visit);
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await page.getByText('No signal. Keep this page open').first().waitFor();
    await inspect(visit);
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(addressOf(page)).toBe('/s/SIGNAL4/pages/1');
    expect(await keptOn(page)).toEqual(nothingKept);

    await regainSignal(visit);
    await page.waitForURL('**/pages/2');
    expect((await draft()).passed).toHaveLength(1);
    expect(await keptOn(page)).toEqual(nothingKept);
  }, 60_000);

  test('answers closed with the page go along', async () => {
    const { visit } = await begin('SIGNAL5', 'shared');
    const { page } = visit;
    await answerAboutYou(page);
    await press(page, 'Continue', '/s/SIGNAL5/pages/2');
    await follow(page, 'Back', '/s/SIGNAL5/pages/1');
    await choose(page, 'What is your profession?', 'Registered nurse - adult');
    await page.goto('/s/SIGNAL5');
    while ((await draft()).answers.profession !== 'rn_adult') await page.waitForTimeout(50);
  });

  test('whoever hands the device on leaves nothing, with a signal or without', async () => {
    const { visit } = await begin('SIGNAL6', 'own');
    const { page } = visit;
    await answerAboutYou(page);
    await press(page, 'Continue', '/s/SIGNAL6/pages/2');
    await page.evaluate(() => {
      const form = document.querySelector('form')!;
      form.action = form.action.replace(/pages.*/, 'another');
    });
    await loseSignal(visit);
    await press(page, 'Continue', '/s/SIGNAL6/another');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('This device has forgotten your answers');
    expect(await keptOn(page)).toEqual(nothingKept);
  }, 60_000);

  test('pages made on the device are in the language they were begun in', async () => {
    const id = await makeWelshSurvey(on.world, 'CYMRAEG');
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto('/s/CYMRAEG?lang=cy');
    await page.getByLabel('Fy ffôn, fy llechen neu fy nghyfrifiadur fy hun yw hwn').check();
    await press(page, 'Dechrau nawr', '/s/CYMRAEG/pages/1');
    await isHeld(page);
    await loseSignal(visit);
    await press(page, 'Parhau', '/s/CYMRAEG/pages/1');
    await inspect(visit, 'cy');
    expect(await wordsOf(page)).toMatch(/^Mae problem .* Dim signal\./);
    await choose(page, '[What is your profession?]', '[Registered nurse - adult]');
    await choose(page, '[Where do you mainly work?]', '[GP practice]');
    await press(page, 'Parhau', '/s/CYMRAEG/pages/2');
    await press(page, 'Parhau', '/s/CYMRAEG/pages/3');
    await press(page, 'Parhau', '/s/CYMRAEG/check');
    await press(page, 'Anfon yr atebion', '/s/CYMRAEG/submitted');
    await inspect(visit, 'cy');
    expect(await wordsOf(page)).toContain('Mae eich atebion yn aros i gael eu hanfon');
    await regainSignal(visit);
    await page.getByText('Mae eich atebion wedi’u hanfon').waitFor();
    expect(await responses({ id })).toHaveLength(1);
  }, 60_000);

  test('what has been sent already is not sent again', async () => {
    const { survey, visit } = await begin('SIGNAL8', 'own');
    const { page } = visit;
    await finish(page, visit, 'SIGNAL8');
    const tab = page.context().request;
    const form = await (await tab.get('/s/SIGNAL8/pages/1')).text();
    const [, _csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(form)!;
    for (const [address, answers] of [
      ['pages/1', { profession: 'midwife', setting: 'gp_practice' }],
      ['pages/2', {}],
      ['pages/3', {}],
      ['check', {}],
    ] as const) {
      await tab.post(`/s/SIGNAL8/${address}`, { form: { ...answers, _csrf } });
    }
    expect(await responses(survey)).toHaveLength(1);
    await regainSignal(visit);
    await page.getByText('Your answers have been sent').waitFor();
    expect(await responses(survey)).toHaveLength(1);
    expect(await keptOn(page)).toEqual(nothingKept);
  }, 60_000);

  test('a page that the server wants again is asked for again, and nothing else is lost', async () => {
    const { survey, visit } = await begin('SIGNAL9', 'own');
    const { page } = visit;
    await answerAboutYou(page);
    await press(page, 'Continue', '/s/SIGNAL9/pages/2');
    await loseSignal(visit);
    await choose(page, 'Hearing what people say', 'Label 2');
    await press(page, 'Continue', '/s/SIGNAL9/pages/3');
    await press(page, 'Continue', '/s/SIGNAL9/check');
    await press(page, 'Submit answers', '/s/SIGNAL9/submitted');
    await on.world.db('drafts').update({ passed: [] });
    await regainSignal(visit);
    await page.waitForURL('**/pages/1');
    expect(await page.getByLabel('Midwife').isChecked()).toBe(true);
    await press(page, 'Continue', '/s/SIGNAL9/pages/2');
    expect(await hearing(page).getByLabel('Label 2').isChecked()).toBe(true);
    await press(page, 'Continue', '/s/SIGNAL9/pages/3');
    await press(page, 'Continue', '/s/SIGNAL9/check');
    await press(page, 'Submit answers', '/s/SIGNAL9/submitted');
    expect(await wordsOf(page)).toContain('Your answers have been sent');
    const [response] = await responses(survey);
    expect([...response.ratings]).toEqual([6, 0, 0]);
  }, 60_000);

  test('a page that the server refuses is shown with what was typed and what is wrong', async () => {
    const { survey, visit } = await begin('SIGNAL10', 'own');
    const { page } = visit;
    await finish(page, visit, 'SIGNAL10');
    await page.evaluate(changeHeld, ['survey /s/SIGNAL10', 'profession=king&setting=gp_practice']);
    await regainSignal(visit);
    await page.getByText('There is a problem').waitFor();
    expect(await wordsOf(page)).toContain('Choose one of the answers shown');
    expect(await page.getByLabel('GP practice').isChecked()).toBe(true);
    await choose(page, 'What is your profession?', 'Midwife');
    await press(page, 'Continue', '/s/SIGNAL10/pages/2');
    await press(page, 'Continue', '/s/SIGNAL10/pages/3');
    await press(page, 'Continue', '/s/SIGNAL10/check');
    await press(page, 'Submit answers', '/s/SIGNAL10/submitted');
    expect(await wordsOf(page)).toContain('Your answers have been sent');
    expect((await responses(survey))[0].facets).toEqual(['midwife', 'gp_practice']);
    expect(await keptOn(page)).toEqual(nothingKept);
  }, 60_000);

  test('what was finished too late is told so, and leaves the device', async () => {
    const { survey, visit } = await begin('SIGNAL11', 'own');
    const { page } = visit;
    await finish(page, visit, 'SIGNAL11');
    on.world.clock.set(new Date(survey.closesAt.getTime() + 31 * 60_000));
    await regainSignal(visit);
    await page.getByText('This survey is closed').waitFor();
    expect(await responses(survey)).toHaveLength(0);
    expect(await keptOn(page)).toEqual(nothingKept);
  }, 60_000);

  test('answers wait for whoever can say again whose they are', async () => {
    const { survey, visit } = await begin('SIGNAL12', 'own');
    const { page } = visit;
    await finish(page, visit, 'SIGNAL12');
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await regainSignal(visit);
    await page.getByRole('button', { name: 'Start now' }).waitFor();
    expect(await responses(survey)).toHaveLength(0);
    await page.context().addCookies(cookies);
    await page.goto('/s/SIGNAL12');
    expect(await wordsOf(page)).toContain('Your answers have been sent');
    expect(await responses(survey)).toHaveLength(1);
  }, 60_000);

  test('answers of one person never get among those of the next', async () => {
    const { survey, visit } = await begin('SIGNAL13', 'own');
    const { page } = visit;
    await finish(page, visit, 'SIGNAL13');
    await page.context().clearCookies();
    await regainSignal(visit);
    await press(page, 'Start now', '/s/SIGNAL13/pages/1');
    expect(await page.getByLabel('Midwife').isChecked()).toBe(false);
    await page.reload();
    expect(await keptOn(page)).toMatchObject({ databases: [], caches: [] });
    expect(await responses(survey)).toHaveLength(0);
  }, 60_000);

  test('a device that lacks what decides conditions does not say that it can go on', async () => {
    await openSurveyOf(on.world.services, everyKindDefinition, 'SIGNAL14');
    const visit = await on.site.visit();
    const { page } = visit;
    await page.context().route('**/conditions.*.js', (route) => route.abort());
    await page.goto('/s/SIGNAL14');
    await page.getByLabel('I have read what happens to my answers, and I take part').check();
    await page.getByLabel('This is my own phone, tablet or computer').check();
    const tried = page.context().waitForEvent('requestfailed');
    await press(page, 'Start now', '/s/SIGNAL14/pages/1');
    await tried;
    await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
    await loseSignal(visit);
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByLabel('How many years have you been a nurse?').fill('3');
    await page.getByText('No signal. Keep this page open').first().waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(addressOf(page)).toBe('/s/SIGNAL14/pages/1');

    await page.context().unroute('**/conditions.*.js');
    await regainSignal(visit);
    await page.waitForURL('**/pages/2');
    await isHeld(page);
  }, 60_000);

  /** Answers the whole survey without a signal. */
  async function finish(page: Page, visit: Visit, code: string): Promise<void> {
    await loseSignal(visit);
    await answerAboutYou(page);
    await press(page, 'Continue', `/s/${code}/pages/2`);
    await press(page, 'Continue', `/s/${code}/pages/3`);
    await press(page, 'Continue', `/s/${code}/check`);
    await press(page, 'Submit answers', `/s/${code}/submitted`);
    expect(await wordsOf(page)).toContain('Your answers are waiting to be sent');
  }

  const hearing = (page: Page) => page.getByRole('group', { name: 'Hearing what people say' });
  const responses = ({ id }: Pick<Survey, 'id'>) => on.world.db('responses').where({ survey_id: id });
  const draft = async () => (await on.world.db('drafts'))[0];

  async function begin(
    code: string,
    device: 'own' | 'shared',
    wish: Parameters<typeof makeSurvey>[1] = {},
  ): Promise<{ survey: Survey; visit: Visit }> {
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
});

/** Runs in the browser: the device holds another first page than was passed on it. */
function changeHeld([name, body]: string[]): Promise<void> {
  return new Promise((resolve) => {
    const opening = indexedDB.open(name!);
    opening.onsuccess = () => {
      const store = opening.result.transaction('held', 'readwrite').objectStore('held');
      const reading = store.get('survey');
      reading.onsuccess = () => {
        reading.result.filled[1].whole = body;
        store.put(reading.result, 'survey').onsuccess = () => {
          opening.result.close();
          resolve();
        };
      };
    };
  });
}
