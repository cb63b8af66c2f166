import { makeWelshSurvey } from '../responses/welsh-survey';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { addressOf, choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('a survey in another language', () => {
  const on = useSite();

  test.each(ways)(
    'is answered in Welsh, and told in Welsh what is wrong, %s',
    async (_way, options) => {
      await makeWelshSurvey(on.world, 'CYMRAEG');
      const visit = await on.site.visit(options);
      const { page } = visit;
      await page.goto('/s/CYMRAEG');
      await inspect(visit);
      await follow(page, 'Cymraeg', '/s/CYMRAEG?lang=cy');
      await inspect(visit, 'cy');
      await press(page, 'Dechrau nawr', '/s/CYMRAEG/pages/1');
      await press(page, 'Parhau', '/s/CYMRAEG/pages/1');
      await inspect(visit, 'cy');
      expect(await wordsOf(page)).toMatch(/^Mae problem /);
      await choose(page, '[What is your profession?]', '[Registered nurse - adult]');
      await choose(page, '[Where do you mainly work?]', '[GP practice]');
      await press(page, 'Parhau', '/s/CYMRAEG/pages/2');
      await inspect(visit, 'cy');
      await page.goto('/s/CYMRAEG/pages/1');
      expect(await page.getByLabel('[GP practice]').isChecked()).toBe(true);
      await follow(page, 'English', '/s/CYMRAEG/pages/1?lang=en');
      await inspect(visit);
      expect(await page.getByLabel('GP practice').isChecked()).toBe(true);
      await follow(page, 'Cymraeg');
      await press(page, 'Parhau', '/s/CYMRAEG/pages/2');
      await press(page, 'Parhau', '/s/CYMRAEG/pages/3');
      await press(page, 'Parhau', '/s/CYMRAEG/check');
      await inspect(visit, 'cy');
      await press(page, 'Anfon yr atebion', '/s/CYMRAEG/submitted');
      await inspect(visit, 'cy');
      expect(addressOf(page)).toBe('/s/CYMRAEG/submitted');
    },
    60_000,
  );
});
