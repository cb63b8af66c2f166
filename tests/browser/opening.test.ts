import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('when a survey opens and closes, and its repeat', () => {
  const on = useSite();

  test.each(ways)(
    'a lead moves both and prepares the next wave, %s',
    async (_way, options) => {
      const { db, services, clock } = on.world;
      const survey = await makeSurvey(services, { code: 'WAVE1' });
      const accountId = await createAccount(services, operator, { email, role: 'lead', password });
      await insertMember(db, { projectId: survey.projectId, accountId, role: 'lead' });
      await db('surveys').update({ opens_at: '2099-03-01T09:00Z', closes_at: '2099-10-25T01:30Z' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/surveys/${survey.id}`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain(
        '25 October 2099 at 1:30am (London time, after the clocks have gone back)',
      );
      await follow(page, 'Settings: dates, audience, series, reminders');
      await inspect(visit);
      await page.getByLabel('Time at which it opens').fill('9am CET');
      await press(page, 'Save the settings');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Times are those of London/);
      await page.getByLabel('Time at which it opens').fill('10am');
      await press(page, 'Save the settings');
      expect(await wordsOf(page)).toContain('1 March 2099 at 10:00am (London time)');

      await follow(page, 'Change when it closes');
      await inspect(visit);
      await page.getByLabel('Time at which it closes').fill('5pm');
      await page.getByLabel('Why?').fill('The office closes');
      await press(page, 'Change when it closes');
      await inspect(visit);
      expect(await wordsOf(page)).toContain(
        'People can answer until 25 October 2099 at 5:00pm (London time)',
      );

      clock.set('2099-11-02T12:00:00Z');
      await page.context().clearCookies();
      await signInAs(page, email);
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Repeat this survey');
      await inspect(visit);
      await page.getByLabel('Code').fill('wave1');
      await press(page, 'Prepare the repeat');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Another survey or link has this code/);
      await page.getByLabel('Code').fill('wave2');
      await press(page, 'Prepare the repeat');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nobody can answer it yet.');
      expect(await wordsOf(page)).toContain(`${survey.name}, wave 2`);
    },
    120_000,
  );
});
