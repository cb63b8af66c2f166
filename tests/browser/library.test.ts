import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { addDraft, makeDraft, makeEntry } from '../library/make';
import { definitionOf } from '../questionnaires/definitions';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('the library of questions', () => {
  const on = useSite();

  test.each(ways)(
    'keeps a page of one questionnaire and gives it to another, %s',
    async (_way, options) => {
      const { db, services } = on.world;
      const email = 'lead@example.org';
      const accountId = await createAccount(services, operator, { email, role: 'lead', password });
      const { projectId } = await makeDraft(on.world);
      await insertMember(db, { projectId, accountId, role: 'lead' });
      const empty = definitionOf({ name: 'first', title: 'First page', elements: [] });
      const targetId = await addDraft(db, projectId, { ...empty, title: 'Another questionnaire' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/projects/${projectId}`);
      await follow(page, 'Library of questions', `/projects/${projectId}/library`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('The library is empty.');
      await follow(page, 'Keep something from A questionnaire');
      await inspect(visit);
      await follow(page, 'The whole page 2');
      await page.getByText('What is kept').click();
      await inspect(visit);
      await page.getByLabel('Title').fill('');
      await page.getByLabel('Tags (optional)').fill(`skills, ${longWord.slice(0, 40)}`);
      await press(page, 'Keep in the library');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a title/);
      await page.getByLabel('Title').fill(longWord);
      await choose(page, 'Who can use it?', 'All projects of Our organisation');
      await press(page, 'Keep in the library');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('For Our organisation');
      await follow(page, 'Change title, note and tags');
      await inspect(visit);
      await page.getByLabel('Note (optional)').fill('Ask it last');
      await press(page, 'Save changes');
      expect(await wordsOf(page)).toContain('Ask it last');
      await press(page, 'Keep to the project it comes from');
      expect(await wordsOf(page)).toContain('For This project');

      await makeEntry(on.world, projectId, { title: 'Something else', tags: ['other'] });
      await page.goto(`/questionnaires/${targetId}/library?page=first&at=0`);
      await inspect(visit);
      await page.getByLabel('Words').fill('ask last');
      await press(page, 'Search');
      await inspect(visit);
      expect(await page.getByRole('checkbox').count()).toBe(1);
      await press(page, 'Insert');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select at least one entry/);
      await page.getByLabel(longWord, { exact: true }).check();
      await choose(page, 'Where do they go?', 'Each as a page of its own, after “First page”');
      await press(page, 'Insert');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('3 questions inserted, as copies.');
      expect(await wordsOf(page)).toContain('2. Your skills');

      await page.goto(`/projects/${projectId}/library`);
      await inspect(visit);
      await follow(page, longWord);
      await press(page, 'Retire this entry');
      await inspect(visit);
      await page.goto(`/projects/${projectId}/library`);
      await follow(page, 'Show retired entries (1)');
      await inspect(visit);
      await follow(page, longWord);
      await press(page, 'Bring this entry back');
      expect(await wordsOf(page)).toContain('It can be inserted again.');
    },
    90_000,
  );

  test.each(ways)(
    'is shared within an organisation, which the platform administrator names, %s',
    async (_way, options) => {
      const email = 'administrator@example.org';
      await createAccount(on.world.services, operator, { email, role: 'platform_admin', password });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await follow(page, 'Organisations', '/organisations');
      await inspect(visit);
      await page.getByLabel('Name').fill('our ORGANISATION');
      await press(page, 'Add organisation');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('There is an organisation called “Our organisation” already');
      await page.getByLabel('Name').fill(`${longWord}${longWord}`);
      await press(page, 'Add organisation');
      await inspect(visit);
      await follow(page, 'rename Our organisation');
      await inspect(visit);
      await page.getByLabel('Name').fill('Northern board');
      await press(page, 'Save name', '/organisations');
      expect(await wordsOf(page)).toContain('Organisation renamed');

      await page.goto('/projects/new');
      await inspect(visit);
      await page.getByLabel('Name').fill('Wounds');
      await press(page, 'Create project');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select the organisation/);
      await choose(page, 'Organisation', 'Northern board');
      await press(page, 'Create project');
      expect(await wordsOf(page)).toContain('Project created');
    },
    60_000,
  );
});
