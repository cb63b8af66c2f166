import type { Page } from 'playwright-core';
import { everyKindDefinition, openSurveyOf } from '../responses/kinds';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

const pages = (number: number) => `/s/KINDS1/pages/${number}`;

describeInChromium('a nurse answers every kind of question', () => {
  const on = useSite();

  test.each(ways)(
    'correcting each once, %s',
    async (_way, options) => {
      const survey = await openSurveyOf(on.world.services, everyKindDefinition, 'KINDS1');
      const visit = await on.site.visit(options);
      const { page } = visit;

      await page.goto('/s/KINDS1');
      await press(page, 'Start now', '/s/KINDS1');
      await inspect(visit);
      await leadsTo(page, 'Tick the box to say that you take part', 'participation');
      expect(await on.world.db('drafts')).toHaveLength(0);
      await page.getByLabel('I have read what happens to my answers, and I take part').check();
      await press(page, 'Start now', pages(1));
      await inspect(visit);

      await choose(page, 'What is your profession?', 'Midwife');
      await page.getByLabel('How many years have you been a nurse?').fill('200');
      const started = page.getByRole('group', { name: 'When did you start in this job?' });
      await started.getByLabel('Day').fill('31');
      await started.getByLabel('Year').fill('2019');
      await page.getByLabel('What is your ward called?').fill('W'.repeat(31));
      await press(page, 'Continue', pages(1));
      await inspect(visit);
      await leadsTo(page, 'Enter a number from 0 to 60', 'years');
      await leadsTo(page, 'Date must include a month', 'started');
      await leadsTo(page, 'Your text must be 30 characters or fewer', 'ward');
      expect(await page.getByLabel('How many years have you been a nurse?').inputValue()).toBe('200');
      expect(await started.getByLabel('Day').inputValue()).toBe('31');
      await page.getByLabel('How many years have you been a nurse?').fill('12');
      await started.getByLabel('Month').fill('1');
      await page.getByLabel('What is your ward called?').fill('Ward 7');
      await press(page, 'Continue', pages(2));

      await inspect(visit);
      expect(await wordsOf(page)).toContain('What we mean Care is more than work. Take your time.');
      await press(page, 'Continue', pages(3));

      await inspect(visit);
      const order = await rowsOf(page);
      await choose(page, 'Listening to people', 'Often');
      await press(page, 'Continue', pages(3));
      await inspect(visit);
      await leadsTo(page, 'Answer this question: Planning care', 'often.plan');
      expect(await rowsOf(page)).toEqual(order);
      await choose(page, 'Planning care', 'Not part of my role');
      await press(page, 'Continue', pages(4));

      await inspect(visit);
      await choose(page, 'How much does it matter? : Listening to people', 'Much');
      await choose(page, 'How sure are you? : Planning care', '3');
      await press(page, 'Continue', pages(5));

      await inspect(visit);
      const things = await page.locator('.positions label').allInnerTexts();
      await page.getByLabel('More time').selectOption('1');
      await page.getByLabel('A course').selectOption('1');
      await press(page, 'Continue', pages(5));
      await inspect(visit);
      await leadsTo(page, /^Position 1 can be given once only, not to "/, 'helps');
      expect(await page.locator('.positions label').allInnerTexts()).toEqual(things);
      expect(await page.getByLabel('More time').inputValue()).toBe('1');
      await page.getByLabel('A course').selectOption('3');
      await page.getByLabel('A larger team').selectOption('2');
      await choose(page, 'Which topics interest you?', 'Sleep');
      await page.getByLabel('Anything else?').fill('No');
      await press(page, 'Continue', '/s/KINDS1/check');

      await inspect(visit);
      const words = await wordsOf(page);
      for (const answer of [
        '12',
        '31 January 2019',
        'Listening to people Often',
        'Planning care Not part of my role',
        '1. More time, 2. A larger team, 3. A course',
      ]) {
        expect(words).toContain(answer);
      }
      await follow(page, 'Change What would help you most?', `${pages(5)}?from=check#helps`);
      expect(await page.locator('.positions label').allInnerTexts()).toEqual(things);
      await press(page, 'Continue', '/s/KINDS1/check');
      await press(page, 'Submit answers', '/s/KINDS1/submitted');

      const [response] = await on.world.db('responses').where({ survey_id: survey.id });
      expect(response.answers).toEqual({
        years: 12,
        started: '2019-01-31',
        ward: 'Ward 7',
        'matters.listen': 'Much',
        'sure.plan': 3,
        helps: ['time', 'team', 'course'],
        topics: ['Sleep'],
        remarks: 'No',
      });
    },
    120_000,
  );

  /** A sentence on top leads to the field it is about. */
  async function leadsTo(page: Page, sentence: string | RegExp, field: string): Promise<void> {
    const link = page.getByRole('alert').getByRole('link', { name: sentence });
    expect(await link.getAttribute('href')).toBe(`#${field}`);
    expect(await page.locator(`[id="${field}"]`).evaluate(({ tagName }) => tagName)).toMatch(/INPUT|SELECT/);
  }

  function rowsOf(page: Page): Promise<string[]> {
    return page.locator('.matrix-rows legend').allInnerTexts();
  }
});
