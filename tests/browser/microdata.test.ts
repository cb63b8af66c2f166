import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { describeInChromium } from '../support/chromium';
import { makeResponses, makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'analyst@example.org';

describeInChromium('answers of each respondent', () => {
  const on = useSite();

  test.each(ways)(
    'are asked for with a reason and fetched, %s',
    async (_way, options) => {
      const { db, services, queue } = on.world;
      const survey = await makeSurvey(services, { promise: 'confidential' });
      await makeResponses(services, survey, { A1: 3, A2: 2, B1: 1 });
      const accountId = await createAccount(services, operator, { email, role: 'analyst', password });
      await insertMember(db, { projectId: survey.projectId, accountId, role: 'analyst' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Answers of each respondent', `/surveys/${survey.id}/answers`);
      await inspect(visit);
      await page.getByLabel('What do you need the answers for?').fill('Because');
      await press(page, 'Ask for the answers');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Say what you need the answers for/);
      await page.getByLabel('What do you need the answers for?').fill('To look at reliability by setting');
      await press(page, 'Ask for the answers', `/surveys/${survey.id}/answers`);
      await queue.drain();
      await follow(page, 'Look again');
      await inspect(visit);
      const link = page.getByRole('link', { name: /^Download test\d+-answers-.*\.csv/ });
      expect(await link.count()).toBe(1);
    },
    60_000,
  );
});
