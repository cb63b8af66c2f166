import type { Role } from '../../src/accounts/account';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { describeInChromium, type Visit } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { restoreVocabularies } from '../support/vocabularies';
import { password } from '../support/world';
import { addressOf, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('vocabularies', () => {
  const on = useSite();
  afterEach(() => restoreVocabularies(on.world.db));

  async function signIn({ page }: Visit, role: Role, projectId?: string): Promise<void> {
    const email = `${role}@example.org`;
    const accountId = await createAccount(on.world.services, operator, { email, role, password });
    if (projectId) await insertMember(on.world.db, { projectId, accountId, role });
    await signInAs(page, email);
  }

  test.each(ways)(
    'the platform administrator adds, moves, ends and deletes a term %s',
    async (_way, options) => {
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signIn(visit, 'platform_admin');
      await follow(page, 'Vocabularies', '/vocabularies');
      await inspect(visit);
      await follow(page, 'Integrated care boards', '/vocabularies/icb');
      await inspect(visit);

      await press(page, 'Add a term', '/vocabularies/icb/terms/new');
      await inspect(visit);
      await page.getByRole('group', { name: 'First day' }).getByLabel('Day').fill('31');
      await press(page, 'Add the term');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(
        /^There is a problem Enter a name for the term Enter the first day as a day, a month and a year/,
      );
      expect(await page.getByRole('group', { name: 'First day' }).getByLabel('Day').inputValue()).toBe('31');
      await page.getByLabel('Name').fill(longWord);
      await page.getByRole('group', { name: 'First day' }).getByLabel('Month').fill('3');
      await page.getByRole('group', { name: 'First day' }).getByLabel('Year').fill('2026');
      await page.getByLabel('Region').selectOption('London');
      await page.getByText('Successors', { exact: true }).click();
      await page.getByLabel('NHS Kent and Medway').check();
      await press(page, 'Add the term', '/vocabularies/icb');
      await inspect(visit);
      const row = page.getByRole('row', { name: longWord });
      expect(await row.innerText()).toContain('From 31 March 2026');

      await press(page, `Move ${longWord} Up`);
      expect(addressOf(page)).toBe(`/vocabularies/icb#term-${longWord.toLowerCase().slice(0, 40)}`);

      await follow(page, longWord);
      await inspect(visit);
      expect(await page.getByLabel('NHS Kent and Medway').isChecked()).toBe(true);
      await follow(page, 'End or delete this term');
      await inspect(visit);
      await press(page, 'Delete this term', '/vocabularies/icb');
      expect(await wordsOf(page)).toContain('Term deleted');

      await follow(page, 'NHS North East London Integrated Care Board');
      await follow(page, 'End or delete this term');
      await page.getByLabel('Day').fill('1');
      await page.getByLabel('Month').fill('1');
      await page.getByLabel('Year').fill('2026');
      await press(page, 'Save the last day', '/vocabularies/icb');
      expect(await wordsOf(page)).toContain('48 terms, 13 of them ended');
    },
    60_000,
  );

  test.each(ways)(
    'a lead chooses, renames and adds terms %s',
    async (_way, options) => {
      const { projectId } = await makeSurvey(on.world.services);
      const visit = await on.site.visit(options);
      const { page } = visit;
      const address = `/projects/${projectId}/vocabularies/profession`;
      await signIn(visit, 'lead', projectId);
      await page.goto(`/projects/${projectId}`);
      await follow(page, 'Words for professions and settings', `/projects/${projectId}/vocabularies`);
      await inspect(visit);
      await follow(page, 'Professions', address);
      await inspect(visit);

      await press(page, 'Choose from the platform’s terms', `${address}/choice`);
      await inspect(visit);
      await press(page, 'Clear all');
      await page.getByRole('button', { name: 'Save the choice' }).first().click();
      await page.waitForURL('**/choice');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select at least one term/);
      await press(page, 'Select all in Nursing field');
      await page.getByLabel('Paramedic').check();
      await Promise.all([
        page.waitForURL(`**${address}`),
        page.getByRole('button', { name: 'Save the choice' }).last().click(),
      ]);
      await inspect(visit);
      expect(await wordsOf(page)).toContain("This project uses 5 of the platform's 50 terms.");
      expect(await page.getByRole('table', { name: 'Not offered' }).innerText()).toContain('Midwife');

      await follow(page, 'Paramedic');
      await inspect(visit);
      await page.getByLabel('Name in this project').fill('midwife');
      await press(page, 'Save changes');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem There is a term called Midwife already/);
      await page.getByLabel('Name in this project').fill(longWord);
      await press(page, 'Save changes', address);
      await inspect(visit);

      await press(page, 'Add a profession of your own', `${address}/terms/new`);
      await inspect(visit);
      await page.getByLabel('Name').fill('Nursery nurse');
      await page.getByLabel('Staff group').fill('nursing field');
      await press(page, 'Add the term', address);
      await inspect(visit);
      const offered = page.getByRole('table', { name: 'Offered: 6', exact: true });
      expect(await offered.getByRole('rowheader').allInnerTexts()).toEqual([
        expect.stringContaining('Registered nurse - adult'),
        expect.stringContaining('Registered nurse - children'),
        expect.stringContaining('Registered nurse - mental health'),
        expect.stringContaining('Registered nurse - learning disabilities'),
        expect.stringContaining('own_nursery_nurse'),
        expect.stringContaining('On the platform: Paramedic'),
      ]);
      await follow(page, 'Nursery nurse');
      await inspect(visit);
      await press(page, 'Stop offering it', address);
      expect(await wordsOf(page)).toContain('The term is no longer offered');

      await press(page, 'Undo the last choice', address);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('This project uses all 50 terms of the platform');
    },
    60_000,
  );
});
