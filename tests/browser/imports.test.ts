import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import { describeInChromium, type Visit } from '../support/chromium';
import { smallFramework } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { addressOf, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'somebody@north-example-integrated-care-board.nhs.example';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';
const longHeading = 'Registered nurse - adult|GP practice';

describeInChromium('a project lead with a file', () => {
  const on = useSite();

  async function makeDraft(): Promise<{ projectId: string; frameworkId: string }> {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    return on.world.db.transaction(async (trx) => {
      const projectId = await createProject(trx, operator, { name: 'Wards', purpose: '' }, accountId);
      return { projectId, frameworkId: await createFramework(trx, operator, projectId, smallFramework()) };
    });
  }

  async function signIn({ page }: Visit): Promise<void> {
    await signInAs(page, email);
  }

  const fileOf = (text: string) => ({ name: 'matrix.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  test.each(ways)(
    'sees what a file would change, corrects it and applies it %s',
    async (_way, options) => {
      const { frameworkId } = await makeDraft();
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signIn(visit);
      await page.goto(`/frameworks/${frameworkId}`);
      await follow(page, 'Import into this draft', `/frameworks/${frameworkId}/imports`);
      await page.getByText('How a table should look').click();
      await inspect(visit);

      await press(page, 'Continue', `/frameworks/${frameworkId}/imports`);
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Choose a file, or paste a list/);

      const wrong = `domain,competency,title,${longHeading}\nListening,A1,${longWord},9\n,A1,Twice,`;
      await page.getByLabel('File', { exact: true }).setInputFiles(fileOf(wrong));
      await press(page, 'Continue');
      await inspect(visit);
      expect(await wordsOf(page)).toContain(`Row 2, ${longHeading}: “9” is not on the scale.`);
      expect(await page.getByRole('button', { name: 'Apply this import' }).count()).toBe(0);
      await press(page, 'Cancel this import', `/frameworks/${frameworkId}`);

      await follow(page, 'Import into this draft');
      await page
        .getByLabel('File', { exact: true })
        .setInputFiles(fileOf(wrong.replace('9', '4').replace('A1,T', 'A3,T')));
      await page.getByLabel('Remove them').check();
      await press(page, 'Continue');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Competencies: 1 added, 1 reworded, 2 removed');
      expect(await wordsOf(page)).toContain(`Title: “Hearing” → “${longWord}”`);
      await press(page, 'Apply this import', `/frameworks/${frameworkId}`);
      expect(await wordsOf(page)).toContain('Import applied');
      expect(await wordsOf(page)).toContain('Import of matrix.csv');

      await follow(page, 'Export', `/frameworks/${frameworkId}/export`);
      await inspect(visit);
    },
    60_000,
  );

  test.each(ways)(
    'makes a framework of a list pasted from a document %s',
    async (_way, options) => {
      const { projectId } = await makeDraft();
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signIn(visit);
      await page.goto(`/projects/${projectId}`);
      await follow(
        page,
        'Import a framework from a file or a list',
        `/projects/${projectId}/frameworks/imports`,
      );
      await inspect(visit);
      await page.getByLabel('Proficiency scale').fill('four');
      await page.getByLabel('Or paste a list').fill(`Talking\n• Hearing\n• ${longWord}\nWriting\n• Noting`);
      await press(page, 'Continue');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter the lowest and the highest level/);
      expect(await page.getByLabel('Or paste a list').inputValue()).toContain('• Noting');

      await page.getByLabel('Proficiency scale').fill('1-3');
      await page.getByLabel('Title').fill('Talking on wards');
      await press(page, 'Continue');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('3 competencies in 2 domains');
      const staged = addressOf(page);
      await press(page, 'Apply this import');
      expect(await wordsOf(page)).toContain('Framework imported, as a draft');
      expect(await wordsOf(page)).toContain(longWord);

      await page.goto(staged);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nothing was done a second time.');
    },
    60_000,
  );

  test('is told on the same page that a file is too large', async () => {
    const { frameworkId } = await makeDraft();
    const visit = await on.site.visit({ javaScriptEnabled: false });
    const { page } = visit;
    await signIn(visit);
    await page.goto(`/frameworks/${frameworkId}/imports`);
    await page.getByLabel('File', { exact: true }).setInputFiles(fileOf('x'.repeat(6 * 1024 * 1024)));
    await page.getByLabel('Remove them').check();
    await press(page, 'Continue', `/frameworks/${frameworkId}/imports`);
    await inspect(visit);
    expect(await wordsOf(page)).toMatch(/^There is a problem The file must be 5 MB or smaller/);
    expect(await page.getByLabel('Remove them').isChecked()).toBe(true);
  });

  test('is led to a new version where this one is published', async () => {
    const { frameworkId } = await makeDraft();
    await on.world.db.transaction((trx) => publishFramework(trx, operator, frameworkId, new Date()));
    const visit = await on.site.visit();
    await signIn(visit);
    await visit.page.goto(`/frameworks/${frameworkId}/imports`);
    await inspect(visit);
    await press(visit.page, 'Start a new version');
    await follow(visit.page, 'Import into this draft');
    await expect(visit.page.getByLabel('File', { exact: true }).count()).resolves.toBe(1);
  });
});
