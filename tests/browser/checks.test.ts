import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import type { Definition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { makePopulation } from '../populations/make';
import { definitionOf, radios, words } from '../questionnaires/definitions';
import { makeFramework } from '../questionnaires/frameworks';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

const definition: Definition = definitionOf(
  {
    name: 'p1',
    title: 'About you',
    elements: [
      radios('profession', {
        ...{ title: 'What is your profession?', facet: 'profession' },
        choices: [
          { value: 'midwife', text: 'Midwife' },
          { value: 'rn_adult', text: 'Registered nurse - adult' },
        ],
      }),
      radios('setting', {
        ...{ title: 'Where do you work?', facet: 'setting', isRequired: true },
        choices: [
          { value: 'acute_ward', text: 'Acute ward' },
          { value: 'gp_practice', text: 'GP practice' },
        ],
      }),
      ...['A1', 'A2'].map((code) =>
        radios(code, {
          ...{ title: `Assessing and treating ${longWord}`, competency: code, measure: 'level' as const },
          choices: [0, 1, 2, 3, 4],
        }),
      ),
    ],
  },
  { name: 'p2', title: 'Twice', elements: [radios('twice', { title: 'Twice?', choices: ['a', 'a'] })] },
  { name: 'p3', title: 'At the end', elements: [words('more', { title: 'Anything else?' })] },
);

describeInChromium('the checks of a questionnaire', () => {
  const on = useSite();

  test.each(ways)(
    'are read, fixed, undone and set aside, %s',
    async (_way, options) => {
      const { projectId, frameworkId } = await makeFramework(on.world);
      await makePopulation(on.world, projectId);
      const made = { projectId, frameworkId, title: 'A questionnaire', definition };
      const id = await createQuestionnaire(on.world.db, operator, made);
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await insertMember(on.world.db, { projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(`/questionnaires/${id}/checks`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('1 to mend before publishing, 4 to look at, 3 hints');
      await press(page, 'Fix: Take out the second one');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Fixed. You can undo it.');
      await press(page, 'Fix all 2: No “Not part of my role”');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Fixed in 2 places');
      await press(page, 'Undo');
      expect(await wordsOf(page)).toContain('Undone: Fixed: Add “Not part of my role” (2 places)');

      await page.getByLabel('Staff you expect to answer').fill('none');
      await press(page, 'Work out');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter how many of 100 staff/);
      await page.getByLabel('Staff you expect to answer').fill('100');
      await press(page, 'Work out');
      expect(await wordsOf(page)).toContain('if 100 % of them answer');

      await follow(page, 'Set aside “Twice?” has one choice only: “a”.');
      await inspect(visit);
      await press(page, 'Set aside');
      await inspect(visit);
      await page.getByLabel('Why can it stay as it is?').fill(longWord);
      await press(page, 'Set aside');
      await inspect(visit);
      expect(await wordsOf(page)).toContain(`Set aside by you on`);
      await press(page, 'Bring back “Twice?” has one choice only: “a”.');
      expect(await wordsOf(page)).toContain('Brought back.');
    },
    90_000,
  );
});
