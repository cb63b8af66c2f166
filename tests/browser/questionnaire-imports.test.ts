import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import { describeInChromium, desktop, openSite, phone, type Site, type Visit } from '../support/chromium';
import { smallFramework } from '../support/make';
import { openWorld, password, type World } from '../support/world';
import { follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'somebody@north-example-integrated-care-board.nhs.example';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

const ways = [
  ['on a laptop', { viewport: desktop }],
  ['on a phone without script', { viewport: phone, javaScriptEnabled: false }],
] as const;

describeInChromium('a project lead with a SurveyJS file', () => {
  let world: World;
  let site: Site;
  beforeAll(async () => {
    world = await openWorld();
    site = await openSite(world.app);
  });
  beforeEach(() => world.reset());
  afterAll(async () => {
    await site.close();
    await world.close();
  });

  async function makeProject(): Promise<string> {
    const accountId = await createAccount(world.services, operator, { email, role: 'lead', password });
    return world.db.transaction(async (trx) => {
      const projectId = await createProject(trx, operator, { name: 'Wards', purpose: '' }, accountId);
      const frameworkId = await createFramework(trx, operator, projectId, smallFramework());
      await publishFramework(trx, operator, frameworkId, new Date());
      return projectId;
    });
  }

  async function signIn({ page }: Visit): Promise<void> {
    await page.goto('/sign-in');
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await press(page, 'Sign in', '/projects');
  }

  const definition = {
    title: 'On the ward',
    [longWord.toLowerCase()]: true,
    pages: [
      {
        name: 'one',
        title: 'About the ward',
        elements: [
          { type: 'radiogroup', name: 'A1', title: longWord, choices: [0, 1, 2, 3, 4] },
          {
            type: 'matrix',
            name: 'm',
            title: 'How sure are you?',
            columns: ['not', 'very'],
            rows: ['Lifting', 'Turning'],
          },
          { type: 'file', name: longWord, title: 'Your photo' },
        ],
      },
      {
        name: 'two',
        title: 'More',
        elements: [
          { type: 'comment', name: 'more', maxLength: 90, visibleIf: `{m.Lifting} = 'not' and {A1} > 1` },
        ],
      },
    ],
  };

  test.each(ways)(
    'sees what cannot be asked, leaves it out and makes a draft %s',
    async (_way, options) => {
      const projectId = await makeProject();
      const visit = await site.visit(options);
      const { page } = visit;
      await signIn(visit);
      await page.goto(`/projects/${projectId}`);
      const address = `/projects/${projectId}/questionnaires/imports`;
      await follow(page, 'Import a questionnaire from a SurveyJS file', address);
      await page.getByText('What can be asked').click();
      await inspect(visit);

      await press(page, 'Continue', address);
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Choose a file, or paste its text/);

      const buffer = Buffer.from(JSON.stringify(definition));
      await page
        .getByLabel('File', { exact: true })
        .setInputFiles({ name: 'ward.json', mimeType: 'application/json', buffer });
      await page.getByLabel('Framework it asks about').selectOption({ index: 1 });
      await press(page, 'Continue');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Questions of the kind "file" cannot be asked yet.');
      expect(await page.getByRole('button', { name: 'Apply this import' }).count()).toBe(0);

      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('button', { name: 'Correct it, or leave things out' }).click(),
      ]);
      await inspect(visit);
      expect(await page.getByLabel('Or paste its text').inputValue()).toContain(longWord);
      await page.getByLabel('Leave out what cannot be asked yet').check();
      await press(page, 'Continue');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Page 1. About the ward: 1 added, 1 changed, 1 removed');
      expect(await wordsOf(page)).toContain('For each of: Lifting; Turning');

      await press(page, 'Apply this import');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Questionnaire imported, as a draft');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export as a SurveyJS file' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^on-the-ward-\d{4}-\d\d-\d\d\.json$/);
    },
    60_000,
  );
});
