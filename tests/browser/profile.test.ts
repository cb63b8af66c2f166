import { makeWelshSurvey } from '../responses/welsh-survey';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { readPdf } from '../support/pdf';
import { useSite, ways } from '../support/site';
import { choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('a respondent’s own profile', () => {
  const on = useSite();

  test.each(ways)(
    'is seen after sending, downloaded, and gone when they finish, %s',
    async (_way, options) => {
      await makeSurvey(on.world.services, { code: 'STAND' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await page.goto('/s/STAND');
      await press(page, 'Start now');
      await choose(page, 'What is your profession?', 'Midwife');
      await choose(page, 'Where do you mainly work?', 'GP practice');
      await press(page, 'Continue');
      await choose(page, 'Hearing what people say', 'Label 1');
      await choose(page, 'Asking what people mean', 'Label 3');
      await press(page, 'Continue');
      await choose(page, 'Writing it down', 'Not part of my role');
      await press(page, 'Continue');
      await press(page, 'Submit answers', '/s/STAND/submitted');
      await inspect(visit);
      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('button', { name: 'See where you stand' }).click(),
      ]);
      expect(new URL(page.url()).pathname).toBe('/s/STAND/profile');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(
        /Your strengths .* Asking what people mean .* Where training would help most/,
      );
      await page.getByText('All other skills (1)').click();
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Writing it down');
      expect(await page.getByRole('img', { name: 'Area by area' }).isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Print this page' }).isVisible()).toBe(visit.script);

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download as PDF' }).click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      expect(readPdf(Buffer.concat(chunks)).text).toContain('Hearing what people say');

      await press(page, 'Finish', '/s/STAND/profile/finished');
      await inspect(visit);
      await page.goto('/s/STAND/profile');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^Your profile cannot be shown any more/);
    },
    90_000,
  );

  test('is printed whole: what is closed on the screen is open on paper', async () => {
    const visit = await on.site.visit();
    const { page } = visit;
    await makeSurvey(on.world.services, { code: 'PRINT' });
    await page.goto('/s/PRINT');
    await press(page, 'Start now');
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');
    for (const button of ['Continue', 'Continue', 'Continue', 'Submit answers']) await press(page, button);
    await page.goto('/s/PRINT/profile');
    const shut = page.getByText('You gave no answer');
    expect(await shut.isVisible()).toBe(false);
    await page.evaluate(
      'window.print = () => { window.printed = true; window.dispatchEvent(new Event("beforeprint")); }',
    );
    await page.getByRole('button', { name: 'Print this page' }).click();
    expect(await page.evaluate('window.printed')).toBe(true);
    expect(await shut.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Finish' }).isVisible()).toBe(false);
  }, 60_000);

  test('is told in Welsh', async () => {
    await makeWelshSurvey(on.world, 'SEFYLL');
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto('/s/SEFYLL');
    await follow(page, 'Cymraeg');
    await press(page, 'Dechrau nawr');
    await choose(page, '[What is your profession?]', '[Registered nurse - adult]');
    await choose(page, '[Where do you mainly work?]', '[GP practice]');
    await press(page, 'Parhau');
    await choose(page, '[Hearing what people say]', '[Label 1]');
    await press(page, 'Parhau');
    await press(page, 'Parhau');
    await press(page, 'Anfon yr atebion', '/s/SEFYLL/submitted');
    await page.goto('/s/SEFYLL/profile');
    await inspect(visit, 'cy');
    expect(await wordsOf(page)).toContain('2 lefel yn is');
    await press(page, 'Gorffen', '/s/SEFYLL/profile/finished');
    await inspect(visit, 'cy');
  }, 60_000);
});
