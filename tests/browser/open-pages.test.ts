import { operator } from '../../src/audit/actor';
import { closeSurvey } from '../../src/surveys/surveys.commands';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { press, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('pages open to anyone', () => {
  const on = useSite();

  test.each([
    ['/', 200, 'enter the code on your invitation'],
    ['/?code=', 422, 'Enter the code of your survey'],
    ['/?code=ZZ99', 422, 'We know no survey with this code'],
    ['/privacy', 200, 'Who is responsible'],
    ['/accessibility', 200, 'Web Content Accessibility Guidelines version 2.2'],
    ['/cookies', 200, 'We set only cookies without which the service cannot work'],
    ['/nowhere', 404, 'Page not found'],
    ['/s/NOWHERE', 404, 'We cannot find this survey'],
  ])('%s is sound with and without script', async (address, status, words) => {
    for (const javaScriptEnabled of [true, false]) {
      const visit = await on.site.visit({ javaScriptEnabled });

      const answer = await visit.page.goto(address);

      expect(answer!.status()).toBe(status);
      expect(await wordsOf(visit.page)).toContain(words);
      await inspect(visit);
    }
  });

  test('the code on an invitation leads to its survey', async () => {
    await makeSurvey(on.world.services, { code: 'FINDME' });
    const { page } = await on.site.visit();
    await page.goto('/');

    await page.getByLabel('Survey code').fill('find-me');
    await press(page, 'Find the survey', '/s/FINDME');
  });

  test('a closed survey says since when', async () => {
    const survey = await makeSurvey(on.world.services, { code: 'CLOSED' });
    await closeSurvey(on.world.services, operator, survey.id, 'Enough answers');
    const visit = await on.site.visit();

    const answer = await visit.page.goto('/s/CLOSED');

    expect(answer!.status()).toBe(410);
    expect(await wordsOf(visit.page)).toMatch(/This survey is closed It closed on \d+ \w+ \d{4}/);
    await inspect(visit);
  });

  test('a survey that is not open yet says from when', async () => {
    await makeSurvey(on.world.services, { code: 'EARLY' });
    on.world.clock.advance(-86_400_000);
    const visit = await on.site.visit();

    const answer = await visit.page.goto('/s/EARLY');

    expect(answer!.status()).toBe(403);
    expect(await wordsOf(visit.page)).toMatch(/not open yet It opens on \d+ \w+ \d{4}/);
    await inspect(visit);
  });

  test('a form from a browser without cookies is refused in words', async () => {
    await makeSurvey(on.world.services, { code: 'NOCOOKIE' });
    const visit = await on.site.visit();
    await visit.page.goto('/s/NOCOOKIE');
    await visit.page.context().clearCookies();

    await press(visit.page, 'Start now', '/s/NOCOOKIE');

    expect(await wordsOf(visit.page)).toContain('check that your browser accepts cookies');
    await inspect(visit);
  });
});
