import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { changeQuestionnaire } from '../../src/edits/edits.commands';
import { insertMember } from '../../src/projects/projects.queries';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { makePlace, saidIn, skills } from '../translations/make';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

describeInChromium('translations', () => {
  const on = useSite();

  test.each(ways)(
    'are typed beside the English, and go to a file and back, %s',
    async (_way, options) => {
      const place = await makePlace(on.world, { ...skills, title: longWord });
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await insertMember(on.world.db, { projectId: place.projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(place.address);
      await inspect(visit);
      await page.getByLabel('Or the code of another language').fill('nonsense');
      await press(page, 'Add language');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem We know no language “nonsense”/);
      await page.getByLabel('Or the code of another language').fill('');
      await page.getByLabel('Language', { exact: true }).selectOption('Urdu');
      await press(page, 'Add language', `${place.address}/ur`);
      await inspect(visit);
      await page.goto(place.address);
      await page.getByLabel('Language', { exact: true }).selectOption('Welsh');
      await press(page, 'Add language', place.welsh);

      await page.getByLabel('Question setting: Where do you work?').fill('{Ble}');
      await page.getByLabel('Page title: About you').fill(longWord);
      await page.getByRole('button', { name: 'Save' }).first().click();
      await page.waitForURL('**/cy');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('There is a problem A translation cannot hold braces: { }');
      await page.getByLabel('Question setting: Where do you work?').fill('Ble ydych chi’n gweithio?');
      await page.getByLabel('Level 0: label: Not yet').fill('Ddim eto');
      await page.getByRole('button', { name: 'Save' }).last().click();
      await page.getByText('Saved: 5 texts translated').waitFor();
      await inspect(visit);
      expect(await page.getByLabel('Page title: About you').inputValue()).toBe(longWord);

      const settings = { title: { default: 'Where are you based?', cy: 'Ble ydych chi’n gweithio?' } };
      const edit = { kind: 'change question' as const, question: 'setting', settings };
      const decide = () => ({ edit, summary: 'Question changed' });
      await changeQuestionnaire(on.world.db, operator, place.questionnaireId, decide, new Date());
      await page.goto(place.welsh);
      await page.getByLabel('Texts shown').selectOption('English changed since');
      await press(page, 'Show');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('It was “Where do you work?”');
      await page.getByLabel('This translation still fits').check();
      await press(page, 'Save');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('No English was changed here since it was translated.');

      await follow(page, 'Import a CSV file', `${place.welsh}/imports`);
      await inspect(visit);
      await press(page, 'See what would change');
      await inspect(visit);
      await page.getByLabel('Or paste the table').fill(`key,translation\nquestion:A1:title,${longWord}`);
      await press(page, 'See what would change');
      await inspect(visit);
      await press(page, 'Apply this import', place.welsh);
      expect(await wordsOf(page)).toContain('Import applied: 1 text translated');
      expect(await saidIn(on.world, place)).toMatchObject({ 'question:A1:title': longWord });

      await page.goto(place.address);
      await inspect(visit);
      await follow(page, 'Remove Welsh', `${place.welsh}/removal`);
      await inspect(visit);
      await press(page, 'Remove Welsh');
      await inspect(visit);
      expect(await saidIn(on.world, place)).toEqual({});
    },
    90_000,
  );
});
