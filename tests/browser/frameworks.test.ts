import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { createFramework } from '../../src/frameworks/frameworks.commands';
import { addMember, createProject } from '../../src/projects/projects.commands';
import { describeInChromium, desktop, type Visit } from '../support/chromium';
import { smallFramework } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('a lead with a framework', () => {
  const on = useSite();

  /** A project with a small draft, and its lead signed in. */
  async function openDraft(options: object): Promise<{ visit: Visit; address: string; projectId: string }> {
    const { db } = on.world;
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    const projectId = await createProject(db, operator, { name: 'Listening', purpose: '' }, accountId);
    const columns = [
      {},
      { profession: 'midwife' },
      { profession: 'midwife', setting: 'acute_ward' },
      { tier: '3' },
    ];
    const source = smallFramework({ columns, title: 'Pneumonoultramicroscopicsilicovolcanoconiosis care' });
    const frameworkId = await createFramework(db, operator, projectId, source);
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return { visit, address: `/frameworks/${frameworkId}`, projectId };
  }

  test.each(ways)(
    'writes, orders, undoes and publishes it %s',
    async (_way, options) => {
      const { visit, address, projectId } = await openDraft(options);
      const { page } = visit;
      await page.goto(`/projects/${projectId}/frameworks/new`);
      await inspect(visit);
      await page.getByLabel('Your word for a domain').fill('');
      await press(page, 'Create framework');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a title for the framework/);

      await page.goto(address);
      await inspect(visit);
      await press(page, 'Down A1');
      await follow(page, 'A1 Hearing');
      await inspect(visit);
      await page.getByLabel('Code').fill('A2');
      await press(page, 'Save');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Asking has this code. Enter another/);
      await follow(page, 'Remove this competency');
      await inspect(visit);
      await press(page, 'Remove');
      await inspect(visit);
      const hearing = page.getByRole('link', { name: 'A1 Hearing', exact: true });
      expect(await hearing.count()).toBe(0);
      await press(page, 'Undo');
      expect(await hearing.count()).toBe(1);

      for (const path of ['scale', 'edit', 'domains/new', 'competencies/new', 'removal']) {
        await page.goto(`${address}/${path}`);
        await inspect(visit);
      }
      await page.goto(`${address}/publication`);
      await inspect(visit);
      await press(page, 'Publish');
      await inspect(visit);
      await page.goto(`${address}/versions`);
      await inspect(visit);
      await press(page, 'Start a new version from version 1');
      const next = new URL(page.url()).pathname;
      await follow(page, 'A1 Hearing');
      await page.getByLabel('Title').fill('Hearing people');
      await press(page, 'Save');
      await page.goto(`${next}/difference`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('1 competency changed.');
      expect(await wordsOf(page)).toContain('Title: “Hearing” → “Hearing people”');
      await page.goto(`${address}/retirement`);
      await page.getByLabel('Why is it retired?').fill('Version 2 is coming');
      await inspect(visit);
      await press(page, 'Retire this version');
      await inspect(visit);
    },
    90_000,
  );

  test.each(ways)(
    'sets levels one by one and in bulk %s',
    async (_way, options) => {
      const { visit, address } = await openDraft(options);
      const { page } = visit;
      await page.goto(`${address}/matrix`);
      await inspect(visit);
      await page.getByRole('textbox', { name: 'A1 Hearing Midwife Any setting' }).fill('7');
      await press(page, 'Save levels');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem “7” is no level of the scale/);
      await page.getByRole('textbox', { name: 'A1 Hearing Midwife Any setting' }).fill('4');
      await press(page, 'Save levels');
      expect(await wordsOf(page)).toContain('One required level set');

      await page.getByText('Set or copy many levels at once').click();
      await inspect(visit);
      await page.getByRole('checkbox', { name: 'Tick the row B1' }).check();
      await page.getByLabel('Level to set').selectOption('2');
      await press(page, 'Preview setting it');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('4 required levels would change');
      await press(page, 'Set these levels');
      await inspect(visit);
      await press(page, 'Undo');
      expect(await wordsOf(page)).toContain('Undone');
      await follow(page, 'Add or remove columns');
      await inspect(visit);
      await press(page, 'Add these columns');
      await inspect(visit);
    },
    60_000,
  );

  test('goes through the grid by keyboard, and ticks a block with Shift', async () => {
    const { visit, address } = await openDraft({ viewport: desktop });
    const { page } = visit;
    await page.goto(`${address}/matrix`);
    const cell = (name: string) => page.locator(`input[name="${name}"]`);
    await cell('l0.0').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await page.keyboard.type('0');
    expect(await cell('l2.1').inputValue()).toBe('0');
    await cell('l1.0').click();
    await cell('l2.1').click({ modifiers: ['Shift'] });
    const ticked = await page
      .locator('input[type="checkbox"]:checked')
      .evaluateAll((boxes) =>
        boxes.map((box) => `${(box as HTMLInputElement).name} ${(box as HTMLInputElement).value}`),
      );
    expect(ticked.sort()).toEqual(['column 0', 'column 1', 'row 1', 'row 2']);
    await press(page, 'Save levels');
    expect(await wordsOf(page)).toContain('3 required levels set');
    expect(await cell('l2.1').inputValue()).toBe('0');
  });

  test('a reader sees the levels of a matrix and nothing to change', async () => {
    const { projectId, address } = await openDraft({ viewport: desktop });
    const reader = { email: 'reader@example.org', role: 'reader', password } as const;
    const accountId = await createAccount(on.world.services, operator, reader);
    await addMember(on.world.db, operator, { projectId, accountId, role: 'reader' });
    const visit = await on.site.visit({ viewport: desktop });
    const { page } = visit;
    await signInAs(page, reader.email);
    await page.goto(address);
    await inspect(visit);
    await page.goto(`${address}/matrix`);
    await inspect(visit);
    expect(await wordsOf(page)).toContain('You can read this matrix');
  });
});
