import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'desk@example.org';
const longWord = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

describeInChromium('what people ask about their own data', () => {
  const on = useSite();

  test.each(ways)(
    'a nurse’s answers are taken out by the reference of the receipt, %s',
    async (_way, options) => {
      const { db, services } = on.world;
      const survey = await makeSurvey(services, { code: 'ASKUS2', promise: 'confidential' });
      const nurse = on.world.visitor();
      await nurse.get('/s/ASKUS2');
      await nurse.submit('/s/ASKUS2', {});
      await nurse.submit('/s/ASKUS2/pages/1', { profession: 'midwife', setting: 'acute_ward' });
      await nurse.submit('/s/ASKUS2/pages/2', { A1: '4', A2: 'na' });
      await nurse.submit('/s/ASKUS2/pages/3', { B1: '1' });
      const receipt = await nurse.submit('/s/ASKUS2/check', {});
      const reference = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt.text)![0];

      const role = 'data_protection_lead';
      const accountId = await createAccount(services, operator, { email, role, password });
      await insertMember(db, { projectId: survey.projectId, accountId, role });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(`/surveys/${survey.id}`);
      const register = `/surveys/${survey.id}/requests`;
      await follow(page, 'What people ask about their own data', register);
      await inspect(visit);
      await press(page, 'Put a request into the register', `${register}/new`);
      await inspect(visit);
      await page.getByLabel('Note (optional)').fill(`${longWord} ${reference}`);
      await press(page, 'Put it into the register');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem/);
      expect(await page.getByLabel('Note (optional)').inputValue()).toBe(`${longWord} ${reference}`);
      await choose(page, 'What does the person ask for?', 'Take my answers out');
      await choose(page, 'How did it come?', 'By telephone');
      await page.getByLabel('Note (optional)').fill(longWord);
      await press(page, 'Put it into the register');
      await inspect(visit);
      expect(await wordsOf(page)).toContain(longWord);

      await page.getByLabel('Reference of the receipt').fill('K7QM-2XPA-94TD');
      await press(page, 'Look whether there are answers');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem There are no answers with this reference/);
      await page.getByLabel('Reference of the receipt').fill(reference.toLowerCase());
      await press(page, 'Look whether there are answers');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('This cannot be undone.');
      await press(page, 'Delete the answers');
      await inspect(visit);
      expect(await db('responses')).toEqual([]);

      await press(page, 'Note it');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select what has happened/);
      await choose(page, 'What has happened?', 'Done, and the person has been told');
      await press(page, 'Note it');
      await page.goto('/requests');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nothing waits for an answer');
    },
    90_000,
  );
});
