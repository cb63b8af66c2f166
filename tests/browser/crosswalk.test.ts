import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import { insertMember } from '../../src/projects/projects.queries';
import { describeInChromium, type Visit } from '../support/chromium';
import { smallFramework } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('a project lead who merges frameworks', () => {
  const on = useSite();

  /** A draft to merge into, a published framework to merge, and the lead's way to the first. */
  async function makeFrameworks(): Promise<string> {
    const { db, services } = on.world;
    const projectId = await createProject(db, operator, { name: 'Merging', purpose: '' }, undefined);
    const accountId = await createAccount(services, operator, { email, role: 'lead', password });
    await insertMember(db, { projectId, accountId, role: 'lead' });
    const master = smallFramework({ title: 'One for all' });
    const masterId = await createFramework(db, operator, projectId, master);
    const sourceId = await createFramework(
      db,
      operator,
      projectId,
      smallFramework({
        title: longWord,
        domains: [
          {
            code: 'C',
            title: 'Listening',
            competencies: [
              { code: 'C1', title: 'Hearing', description: 'What people say, heard', tags: ['talk'] },
              { code: 'C2', title: longWord, description: `About ${longWord}` },
            ],
          },
          { code: 'D', title: 'Reading', competencies: [{ code: 'D1', title: 'Reading aloud' }] },
        ],
        requiredLevels: [{ competency: 'C2', level: 1 }],
      }),
    );
    await publishFramework(db, operator, sourceId, services.clock.now());
    return `/frameworks/${masterId}`;
  }

  async function signIn({ page }: Visit): Promise<void> {
    await signInAs(page, email);
  }

  test.each(ways)(
    'chooses, links, takes over and leaves out %s',
    async (_way, options) => {
      const framework = await makeFrameworks();
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signIn(visit);
      await page.goto(framework);
      await follow(page, 'Merge other frameworks into it', `${framework}/crosswalk`);
      await inspect(visit);
      await press(page, 'Add to the list');
      expect(await wordsOf(page)).toMatch(/^There is a problem Select the frameworks to merge/);
      await inspect(visit);
      await page.getByLabel(`${longWord}, version 1`).check();
      await press(page, 'Add to the list');
      await inspect(visit);

      await follow(page, `${longWord}, version 1`);
      await inspect(visit);
      await press(page, 'Link as exact match: C1 Hearing to A1 Hearing');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Linked to A1 Hearing (exact)');

      await follow(page, 'Other choices (D1 Reading aloud)');
      await inspect(visit);
      await press(page, 'Leave out');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter why it is left out/);
      await page.getByLabel('Why it is left out').fill('Not for nurses');
      await press(page, 'Leave out');

      await follow(page, `Other choices (C2 ${longWord})`);
      await page.getByLabel('Which domain it goes into').selectOption('Writing');
      await page.getByLabel('Take its required level along').check();
      await press(page, 'Take over');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('has been taken over into Writing, with one required level.');
      expect(await wordsOf(page)).toContain(
        `B1 Noting C2 ${longWord} From: ${longWord}, version 1, C2 (exact)`,
      );
      expect(await wordsOf(page)).toContain('Everything has been placed.');

      await follow(page, 'Linked or taken over (2)');
      await follow(page, 'Change (C1 Hearing)');
      await inspect(visit);
      await press(page, 'Remove this link (Linked to A1 Hearing (exact))');
      expect(await wordsOf(page)).toContain('The link has been removed');
      await follow(page, 'Back to the list');
      await follow(page, 'Left out (1)');
      await inspect(visit);
      await follow(page, 'Change (D1 Reading aloud)');
      await inspect(visit);
      await press(page, 'Do not leave it out');
      await follow(page, 'Back to the list');

      await follow(page, 'Take over everything not placed yet (2)');
      await inspect(visit);
      await press(page, 'Take over 2 competencies');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Taken over: 2. You can undo it below.');
      await press(page, 'Undo');
      expect(await wordsOf(page)).toContain('1 taken over, 0 left out, 2 not placed yet.');
    },
    120_000,
  );
});
