import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { changeHeadcounts } from '../../src/populations/populations.commands';
import { getPopulation } from '../../src/populations/populations.queries';
import { insertMember } from '../../src/projects/projects.queries';
import { makePopulation, makeProject, pickTerms } from '../populations/make';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { addressOf, choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('populations', () => {
  const on = useSite();

  async function signedIn(options: Parameters<Site['visit']>[0], projectId: string): Promise<Visit> {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    await insertMember(on.world.db, { projectId, accountId, role: 'lead' });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  async function fillDetails({ page }: Visit, title: string): Promise<void> {
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Source').fill('Electronic staff record');
    await page.getByLabel('Day').fill('31');
    await page.getByLabel('Month').fill('3');
    await page.getByLabel('Year').fill('2026');
  }

  test.each(ways)(
    'are typed into a grid, changed and retired, %s',
    async (_way, options) => {
      const projectId = await makeProject(on.world);
      await pickTerms(on.world, projectId, 'profession', ['midwife', 'rn_adult']);
      await pickTerms(on.world, projectId, 'setting', ['acute_ward', 'gp_practice']);
      const visit = await signedIn(options, projectId);
      const { page } = visit;
      await page.goto(`/projects/${projectId}`);
      await follow(page, 'Add headcounts', `/projects/${projectId}/populations`);
      await inspect(visit);
      await page.goto(`/projects/${projectId}/populations/new`);
      await inspect(visit);
      await press(page, 'Continue');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a title/);
      await fillDetails(visit, longWord);
      await choose(page, 'How are they counted, if by more than one?', 'Every combination');
      await press(page, 'Continue');
      await inspect(visit);

      await page.getByLabel('Midwife, GP practice').fill('1.5');
      await page.getByLabel('Registered nurse - adult, GP practice').fill('1,040');
      await press(page, 'Save headcounts');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter whole people/);
      await page.getByLabel('Midwife, GP practice').fill('120');
      await press(page, 'Save headcounts');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('2 headcounts saved');
      expect(await wordsOf(page)).toContain('1,160 people');

      const id = addressOf(page).split('/')[2]!;
      await follow(page, 'Type in headcounts', `/populations/${id}/headcounts`);
      await page.getByLabel('Midwife, GP practice').fill('121');
      const { rows } = await getPopulation(on.world.db, id);
      const others = rows.map((row) => (row.codes[0] === 'midwife' ? { ...row, headcount: 99 } : row));
      await changeHeadcounts(on.world.services, operator, id, { revision: 2, texts: {} }, others);
      await press(page, 'Save headcounts');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Midwife, GP practice was “120”, and is now “99”.');
      await press(page, 'Save headcounts', `/populations/${id}`);
      expect(await wordsOf(page)).toContain('1,161 people');

      await follow(page, 'Change title, source and date');
      await inspect(visit);
      await page.getByLabel('Day').fill('32');
      await press(page, 'Save changes');
      await inspect(visit);
      await page.getByLabel('Day').fill('30');
      await press(page, 'Save changes', `/populations/${id}`);
      expect(await wordsOf(page)).toContain('30 March 2026');
      await follow(page, 'Retire this population');
      await inspect(visit);
      await press(page, 'Retire this population', `/populations/${id}`);
      await inspect(visit);
      await press(page, 'Bring back');
      await page.goto(`/projects/${projectId}/populations`);
      await inspect(visit);
      await page.goto(`/projects/${projectId}`);
      await inspect(visit);
    },
    90_000,
  );

  test.each(ways)(
    'come as a file, and grow by a combination, %s',
    async (_way, options) => {
      const projectId = await makeProject(on.world);
      const visit = await signedIn(options, projectId);
      const { page } = visit;
      await page.goto(`/projects/${projectId}/populations/imports`);
      await inspect(visit);
      await press(page, 'See what was understood');
      await inspect(visit);
      await page.getByLabel('Source').fill('Electronic staff record');
      await page.getByLabel('Day').fill('31');
      await page.getByLabel('Month').fill('3');
      await page.getByLabel('Year').fill('2026');
      const text =
        'profession,setting,employment,headcount\nmidwife,gp_practice,bank,10\nrn_adult,acute_ward,agency,"1,200"\n';
      const file = { name: `${longWord}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) };
      await page.locator('input[type=file]').setInputFiles(file);
      await press(page, 'See what was understood');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('1,210 people, counted on 31 March 2026');
      await press(page, 'Apply this import');
      await inspect(visit);
      const id = addressOf(page).split('/')[2]!;
      await page.getByLabel('Rows').selectOption('Employment');
      await press(page, 'Show');
      await inspect(visit);

      await follow(page, 'Type in headcounts');
      await inspect(visit);
      await press(page, 'Add more rows');
      const row = page.getByRole('group', { name: 'New combination 10' });
      await row.getByLabel('Profession').selectOption('Midwife');
      await row.getByLabel('Headcount').fill('7');
      await press(page, 'Save headcounts');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select the setting Select the employment/);
      await row.getByLabel('Setting').selectOption('GP practice');
      await row.getByLabel('Employment').selectOption('Agency');
      await press(page, 'Save headcounts', `/populations/${id}`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('1,217 people');
    },
    90_000,
  );

  test('of margins are shown and typed facet by facet', async () => {
    const projectId = await makeProject(on.world);
    const id = await makePopulation(on.world, projectId, {
      kind: 'margins',
      facets: ['profession', 'employment'],
      rows: [
        { facet: 'profession', codes: ['midwife'], headcount: 100 },
        { facet: 'employment', codes: ['agency'], headcount: 101 },
      ],
    });
    const visit = await signedIn(ways[0][1], projectId);
    const { page } = visit;
    await page.goto(`/populations/${id}`);
    await inspect(visit);
    await follow(page, 'Type in headcounts');
    await inspect(visit);
    await page.getByLabel('Agency').fill('90');
    await press(page, 'Save headcounts');
    await inspect(visit);
    expect(await wordsOf(page)).toMatch(/^There is a problem The facets add up to different totals/);
  }, 60_000);
});
