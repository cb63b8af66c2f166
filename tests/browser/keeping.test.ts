/// <reference lib="dom" />
import { isDeepStrictEqual } from 'node:util';
import { everyKindDefinition, openSurveyOf } from '../responses/kinds';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('answers kept as they are given', () => {
  const on = useSite();

  const draft = async () => (await on.world.db('drafts'))[0];

  test('of every kind, before anybody presses a button', async () => {
    await openSurveyOf(on.world.services, everyKindDefinition, 'KEPT1');
    const visit = await on.site.visit();
    const { page } = visit;
    const kept = async (answers: object) => {
      for (let looks = 0; looks < 100; looks += 1) {
        if (isDeepStrictEqual((await draft()).answers, answers)) return;
        await page.waitForTimeout(50);
      }
      expect((await draft()).answers).toEqual(answers);
    };
    await page.goto('/s/KEPT1');
    await page.getByLabel('I have read what happens to my answers, and I take part').check();
    await press(page, 'Start now', '/s/KEPT1/pages/1');
    await choose(page, 'What is your profession?', 'Midwife');
    await kept({ profession: 'midwife' });
    const years = page.getByLabel('How many years have you been a nurse?');
    await years.pressSequentially('12');
    await kept({ years: 12, profession: 'midwife' });
    const started = page.getByRole('group', { name: 'When did you start in this job?' });
    await started.getByLabel('Day').fill('31');
    await started.getByLabel('Month').fill('1');
    await started.getByLabel('Year').fill('2019');
    await kept({ years: 12, started: '2019-01-31', profession: 'midwife' });
    await years.fill('');
    await kept({ started: '2019-01-31', profession: 'midwife' });
    await inspect(visit);
    expect((await draft()).passed).toEqual([]);

    await page.reload();
    expect(await page.getByLabel('Midwife').isChecked()).toBe(true);
    await page.getByLabel('How many years have you been a nurse?').fill('3');
    await press(page, 'Continue', '/s/KEPT1/pages/2');
    await press(page, 'Continue', '/s/KEPT1/pages/3');
    await choose(page, 'Listening to people', 'Never');
    await choose(page, 'Planning care', 'Often');
    await press(page, 'Continue', '/s/KEPT1/pages/5');
    const before = (await draft()).answers;
    await page.getByLabel('More time').selectOption('1');
    await page.getByLabel('A larger team').selectOption('2');
    await page.getByLabel('A course').selectOption('3');
    await kept({ helps: ['time', 'team', 'course'], ...before });
    await choose(page, 'Which topics interest you?', 'Sleep');
    await kept({ helps: ['time', 'team', 'course'], years: 3, ...before, topics: ['Sleep'] });
    await page.getByLabel('Sleep').uncheck();
    await kept({ helps: ['time', 'team', 'course'], ...before });
  }, 60_000);

  test('even where somebody answers before the script has arrived', async () => {
    await makeSurvey(on.world.services, { code: 'KEPT5' });
    const { page } = await on.site.visit();
    await page.goto('/s/KEPT5');
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/assets/*.js', (route) => arrived.then(() => route.continue()));
    await page.getByRole('button', { name: 'Start now' }).click();
    await choose(page, 'What is your profession?', 'Midwife');
    arrive();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    expect((await draft()).answers).toEqual({ profession: 'midwife' });
  }, 60_000);

  test('from two tabs: what is given last stands', async () => {
    await makeSurvey(on.world.services, { code: 'KEPT2', promise: 'confidential' });
    const { page } = await on.site.visit();
    await page.goto('/s/KEPT2');
    await press(page, 'Start now', '/s/KEPT2/pages/1');
    const other = await page.context().newPage();
    await other.goto('/s/KEPT2/pages/1');
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
    await choose(other, 'What is your profession?', 'Registered nurse - adult');
    await other.getByText(/^Saved \d\d:\d\d$/).waitFor();
    expect((await draft()).answers).toEqual({ profession: 'rn_adult' });
    await choose(page, 'Where do you mainly work?', 'GP practice');
    while ((await draft()).revision < 3) await page.waitForTimeout(50);
    expect((await draft()).answers).toEqual({ profession: 'rn_adult', setting: 'gp_practice' });
  }, 60_000);

  test('what can no longer be saved says so, and the button still leads on', async () => {
    await makeSurvey(on.world.services, { code: 'KEPT3' });
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto('/s/KEPT3');
    await press(page, 'Start now', '/s/KEPT3/pages/1');
    await on.world.db('drafts').update({ submitted: true });
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByText('We cannot save this as you go. Press Continue to see why.').first().waitFor();
    visit.troubles.length = 0;
    await inspect(visit);
    await press(page, 'Continue');
    expect(await wordsOf(page)).toContain('You have already answered this survey');
  }, 60_000);

  test('the meaning of the levels stays open from page to page', async () => {
    await makeSurvey(on.world.services, { code: 'KEPT4' });
    const { page } = await on.site.visit();
    await page.goto('/s/KEPT4');
    await press(page, 'Start now');
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await press(page, 'Continue', '/s/KEPT4/pages/2');
    const meaning = page.getByText('Descriptor 1', { exact: true });
    await page.getByText('What do the levels mean?').click();
    await meaning.waitFor();
    await press(page, 'Continue', '/s/KEPT4/pages/3');
    await meaning.waitFor();
    await page.getByText('What do the levels mean?').click();
    await follow(page, 'Back', '/s/KEPT4/pages/2');
    await page.locator('.keeping').waitFor({ state: 'attached' });
    expect(await meaning.isVisible()).toBe(false);
  }, 60_000);

  test('nothing is called saved that is not', async () => {
    await openSurveyOf(on.world.services, everyKindDefinition, 'KEPT6');
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto('/s/KEPT6');
    await page.getByLabel('I have read what happens to my answers, and I take part').check();
    await press(page, 'Start now', '/s/KEPT6/pages/1');
    const state = page.locator('.keeping__state');
    const kept = () => page.waitForResponse((response) => response.url().includes('/answers'));
    const [half] = await Promise.all([
      kept(),
      page.getByRole('group', { name: 'When did you start in this job?' }).getByLabel('Day').fill('31'),
    ]);
    await half.finished();
    await page.waitForFunction(
      () => !document.querySelector('.keeping__state')!.textContent!.includes('Saving'),
    );
    expect(await state.textContent()).toBe('');
    // Leaving the box sends it once more, and what else has changed with it.
    await Promise.all([kept(), choose(page, 'What is your profession?', 'Midwife')]);
    await page.getByLabel('How many years have you been a nurse?').fill('12');
    await state.filter({ hasText: /^Saved$/ }).waitFor();
    expect((await draft()).answers).toEqual({ years: 12, profession: 'midwife' });
    expect(visit.troubles).toEqual([]);
  }, 60_000);

  test('a press that waited for the signal leads on once and not again', async () => {
    await makeSurvey(on.world.services, { code: 'KEPT7' });
    const { page } = await on.site.visit();
    await page.goto('/s/KEPT7');
    await press(page, 'Start now', '/s/KEPT7/pages/1');
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.route('**/answers*', (route) => route.fulfill({ status: 500, body: '' }));
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByText('Not saved yet.').first().waitFor();
    await page.unroute('**/answers*');
    // A page that the browser shows again as it was left: its scripts go on where they stood.
    await page.evaluate(() => {
      document.addEventListener('submit', (event) => {
        const form = event.target as HTMLFormElement;
        form.dataset.times = String(Number(form.dataset.times ?? 0) + 1);
        event.preventDefault();
      });
    });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('form[data-times="2"]').waitFor();
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    const [again] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/answers')),
      choose(page, 'What is your profession?', 'Registered nurse - adult'),
    ]);
    await again.finished();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    expect(await page.locator('form').getAttribute('data-times')).toBe('2');
  }, 60_000);

  test('what has been typed is sent at once when the page is put out of sight', async () => {
    await openSurveyOf(on.world.services, everyKindDefinition, 'KEPT8');
    const { page } = await on.site.visit();
    await page.clock.install();
    await page.goto('/s/KEPT8');
    await page.getByLabel('I have read what happens to my answers, and I take part').check();
    await press(page, 'Start now', '/s/KEPT8/pages/1');
    await page.waitForLoadState('networkidle');
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.getByLabel('How many years have you been a nurse?').pressSequentially('12');
    await Promise.all([
      page.waitForResponse((response) => response.url().includes('/answers')),
      page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }),
    ]);
    expect((await draft()).answers).toEqual({ years: 12 });
  }, 60_000);
});
