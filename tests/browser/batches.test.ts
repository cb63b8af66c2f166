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
const file = [
  'Respondent ID,Collector ID,IP Address,What is your profession?,Where do you mainly work?,Hearing what people say',
  ',,,Response,Response,Response',
  '11,2,192.0.2.1,Midwife,GP practice,Label 3',
  '12,2,192.0.2.1,Midwife,Ward somewhere,Label 1',
].join('\n');

describeInChromium('answers collected elsewhere', () => {
  const on = useSite();

  test.each(ways)(
    'are told what they mean, brought in and taken out, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { code: 'ELSE1' });
      on.world.clock.set(new Date(survey.closesAt.getTime() + 31 * 60_000));
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Answers collected elsewhere', `/surveys/${survey.id}/batches`);
      await inspect(visit);
      await press(page, 'Bring in answers', `/surveys/${survey.id}/imports`);
      await inspect(visit);
      await press(page, 'See what was understood');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Choose a file, or paste a table/);

      await page.getByLabel('Or paste a table').fill(file);
      await press(page, 'See what was understood');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('From SurveyMonkey');
      const column = page.getByLabel('What “Hearing what people say” answers');
      expect(await column.inputValue()).toBe('A1');
      await press(page, 'Continue');
      await inspect(visit);
      await press(page, 'See what would be brought in');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select what “Ward somewhere” means/);
      await page.getByRole('link', { name: 'Select what “Ward somewhere” means' }).click();
      await page.getByLabel('Ward somewhere').selectOption('acute_ward');
      await press(page, 'See what would be brought in');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('2 responses from SurveyMonkey');
      await press(page, 'Apply this import', `/surveys/${survey.id}/batches`);
      await inspect(visit);
      expect(await on.world.db('responses')).toHaveLength(2);

      await page.getByRole('link', { name: /^Take out/ }).click();
      await page.waitForURL(/removal/);
      await inspect(visit);
      await press(page, 'Take the answers out', `/surveys/${survey.id}/batches`);
      expect(await on.world.db('responses')).toHaveLength(0);
    },
    60_000,
  );
});
