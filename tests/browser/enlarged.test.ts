/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import type { Survey } from '../../src/surveys/survey';
import { describeInChromium, phone } from '../support/chromium';
import { makeResponses, makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { password } from '../support/world';
import { choose, press, wordsOf } from './hands';
import { cutOff, inTheWay, zoomed } from './looks';

/** The distances a reader may set, from success criterion 1.4.12. */
const wideSpacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

describeInChromium('a page made larger', () => {
  const on = useSite();

  test('a question page enlarged to 400 % shows everything and can be answered', async () => {
    await makeSurvey(on.world.services, { code: 'LARGE1' });
    const { page } = await on.site.visit(zoomed);
    await page.goto('/s/LARGE1');
    await press(page, 'Start now');
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await press(page, 'Continue', '/s/LARGE1/pages/2');
    await page.getByText('What do the levels mean?').click();

    expect(await page.evaluate(cutOff)).toEqual([]);
    expect(await page.evaluate(inTheWay)).toEqual([]);
    await choose(page, 'Hearing what people say', 'Label 4');
    await choose(page, 'Asking what people mean', 'Not part of my role');
    await press(page, 'Continue', '/s/LARGE1/pages/3');
  });

  test.each([phone, { width: 1280, height: 800 }])(
    'letters and lines set further apart are not cut off (%o)',
    async (viewport) => {
      await makeSurvey(on.world.services, { code: 'LARGE2' });
      const { page } = await on.site.visit({ viewport, bypassCSP: true });
      await page.goto('/s/LARGE2');
      await press(page, 'Start now');
      await press(page, 'Continue');
      await page.addStyleTag({ content: wideSpacing });
      expect(await page.evaluate(cutOff)).toEqual([]);

      await choose(page, 'What is your profession?', 'Midwife');
      await choose(page, 'Where do you mainly work?', 'GP practice');
      await press(page, 'Continue', '/s/LARGE2/pages/2');
      await page.addStyleTag({ content: wideSpacing });
      await page.getByText('What do the levels mean?').click();
      expect(await page.evaluate(cutOff)).toEqual([]);
    },
  );

  describe('a working report', () => {
    async function openReport(survey: Survey, page: Page): Promise<void> {
      await makeResponses(on.world.services, survey, { count: 12, A1: 1, A2: 1, B1: 2 });
      await on.world.queue.drain();
      const email = 'lead@example.org';
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
      await page.goto(`/sign-in?next=/surveys/${survey.id}/working-report`);
      await page.getByLabel('Email address').fill(email);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await press(page, 'Sign in', `/surveys/${survey.id}/working-report`);
    }

    test('enlarged to 400 % lets every row of a table be read', async () => {
      const survey = await makeSurvey(on.world.services);
      const { page } = await on.site.visit(zoomed);
      await openReport(survey, page);

      const cells = page.getByRole('table', { name: /by profession$/ }).getByRole('cell');

      for (const cell of await cells.all()) expect(await cell.evaluate(canBeSeen)).toBe(true);
    });

    test('on paper shows all its tables whole', async () => {
      const survey = await makeSurvey(on.world.services);
      const { page } = await on.site.visit({ viewport: { width: 1000, height: 700 } });
      await openReport(survey, page);

      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(cutOff)).toEqual([]);
      const tables = page.getByRole('table');
      for (const table of await tables.all()) expect(await table.isVisible()).toBe(true);
      expect(await wordsOf(page)).toContain('Ten largest gaps, with the 95% interval of the share below');
      expect(await wordsOf(page)).toMatch(/A1 Hearing 100% n 10/);
      expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(false);
    });
  });
});

/** Runs in the browser: whether nothing lies over an element that is scrolled to the middle of the window. */
function canBeSeen(element: Element): boolean {
  element.scrollIntoView({ block: 'center', inline: 'end' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  return above !== null && element.contains(above);
}
