import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { addMember } from '../../src/projects/projects.commands';
import { makeFramework } from '../questionnaires/frameworks';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('from a published framework to a survey that is open', () => {
  const on = useSite();

  test.each(ways)(
    'a lead gets there %s, and a nurse answers',
    async (_way, options) => {
      const { projectId, frameworkId } = await makeFramework(on.world);
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await addMember(on.world.db, operator, { projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/frameworks/${frameworkId}`);
      await follow(page, 'Make a questionnaire from it');
      await inspect(visit);
      await page.getByLabel('Title').fill('');
      await press(page, 'Make the questionnaire');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a title/);
      await page.getByLabel('Title').fill('How do you listen?');
      await page.getByLabel('Confidence').check();
      await press(page, 'Make the questionnaire');
      await inspect(visit);
      await press(page, 'Check and publish');
      await inspect(visit);
      await press(page, 'Publish');
      await inspect(visit);

      await press(page, 'Open a survey');
      await inspect(visit);
      await page.getByLabel('Code').fill('LISTEN1');
      await press(page, 'Open the survey');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select what respondents are promised/);
      await page.getByLabel('Anonymous').check();
      await press(page, 'Open the survey');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('The survey is open. Pass its link on.');

      const nurse = await on.site.visit(options);
      await nurse.page.goto('/s/LISTEN1');
      await nurse.page.getByLabel('I want to take part').check();
      await press(nurse.page, 'Start now');
      await nurse.page.getByLabel('What is your profession?').selectOption('midwife');
      await nurse.page.getByLabel('Where do you mainly work?').selectOption('maternity');
      await press(nurse.page, 'Continue');
      await inspect(nurse);
      await choose(nurse.page, 'Hearing what people say: how skilled you are now', 'Label 3');
      await choose(nurse.page, 'Hearing what people say: how confident you are', 'Very confident');
      await press(nurse.page, 'Continue');
      await press(nurse.page, 'Continue');
      await press(nurse.page, 'Submit answers');
      expect(await on.world.db('responses').pluck('facets')).toEqual([['midwife', 'maternity']]);
    },
    90_000,
  );
});
