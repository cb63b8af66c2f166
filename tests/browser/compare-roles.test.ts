import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { curriculaFramework, makeFramework } from '../matrices/roles';
import { describeInChromium, desktop, type Visit } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { addressOf, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('somebody who compares roles', () => {
  const on = useSite();

  /** Signs somebody in to a project, and gives the address of its framework. */
  async function open({ page }: Visit, source = curriculaFramework({ title: longWord })): Promise<string> {
    const { projectId, frameworkId } = await makeFramework(on.world.services, source);
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    await insertMember(on.world.db, { projectId, accountId, role: 'lead' });
    await page.goto(`/sign-in?next=/frameworks/${frameworkId}`);
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await press(page, 'Sign in', `/frameworks/${frameworkId}`);
    return `/frameworks/${frameworkId}`;
  }

  async function chooseRole({ page }: Visit, role: string, who: string, setting?: string): Promise<void> {
    const group = page.getByRole('group', { name: role });
    await group.getByLabel('Profession or staff tier').selectOption(who);
    if (setting) await group.getByLabel('Setting').selectOption(setting);
  }

  test.each(ways)(
    'chooses, is put right, reads, and chooses again %s',
    async (_way, options) => {
      const visit = await on.site.visit(options);
      const { page } = visit;
      const framework = await open(visit);

      await follow(page, 'Compare roles', `${framework}/roles`);
      await inspect(visit);
      await chooseRole(visit, 'Role A', 'Education mental health practitioner', 'GP practice');
      await press(page, 'Compare roles');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select at least two roles to compare/);
      const first = page.getByRole('group', { name: 'Role A' });
      expect(await first.getByLabel('Profession or staff tier').inputValue()).toBe('emhp');
      expect(await first.getByLabel('Setting').inputValue()).toBe('gp_practice');

      await chooseRole(visit, 'Role C (optional)', 'Education mental health practitioner', 'Any setting');
      await press(page, 'Compare roles', `${framework}/roles?role=emhp%7Cgp_practice&role=emhp%7C*`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('These two roles share 6 of the 6 competencies');
      expect(await wordsOf(page)).toContain('Nothing sets them apart');

      await page.getByText('Compare other roles').click();
      await chooseRole(visit, 'Role A', "Children and young people's wellbeing practitioner", 'Any setting');
      await inspect(visit);
      await press(page, 'Compare roles', `${framework}/roles?role=cwp%7C*&role=emhp%7C*`);
      await page.getByText('The figures behind the picture').click();
      await page.getByText('How this is worked out').click();
      await inspect(visit);
      const table = page.getByRole('table', { name: 'Levels required' });
      expect(await table.getByRole('row', { name: 'k4 Skill 4' }).getByRole('cell').allInnerTexts()).toEqual([
        '3',
        '2 (−1)',
      ]);
      expect(await page.getByRole('img', { name: 'Competencies the roles share' }).isVisible()).toBe(true);

      await follow(page, 'Shared by all');
      expect(await table.getByRole('row').count()).toBe(1 + 2 + 5);
      await page.getByLabel('Moving from one role to another').selectOption({ index: 1 });
      await press(
        page,
        'Show what is left to learn',
        `${framework}/roles?role=cwp%7C*&role=emhp%7C*&show=shared&move=B-A#top-up`,
      );
      await inspect(visit);
      expect(await wordsOf(page)).toContain('3 levels to gain in 2 competencies');
      expect(await table.getByRole('row').count()).toBe(1 + 2 + 5);
    },
    60_000,
  );

  test.each(ways)(
    'sees three, four and five roles, and roles that require nothing, %s',
    async (_way, options) => {
      const visit = await on.site.visit(options);
      const { page } = visit;
      const more = { profession: 'school_nurse', setting: 'gp_practice' };
      const { requiredLevels } = curriculaFramework();
      const roles = `${await open(
        visit,
        curriculaFramework({
          title: longWord,
          requiredLevels: [
            ...requiredLevels,
            { ...more, competency: 'k1', level: 4 },
            { tier: '1', competency: 'k7', level: 1 },
          ],
        }),
      )}/roles`;
      const three = '?role=cwp|*&role=emhp|*&role=pwp|*';

      await page.goto(`${roles}${three}&move=all`);
      await inspect(visit);
      await page.goto(`${roles}${three}&role=school_nurse|gp_practice`);
      await inspect(visit);
      await page.goto(`${roles}${three}&role=school_nurse|gp_practice&role=tier:1|*`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('These five roles share none of the 8 competencies');
      await page.goto(`${roles}?role=midwife|*&role=gp|*`);
      await inspect(visit);
      await page.goto(`${roles}${three}&role=${longWord}|${longWord}`);
      await inspect(visit);
    },
    60_000,
  );

  test('is told what to do where no level is required yet', async () => {
    const visit = await on.site.visit();
    const framework = await open(visit, curriculaFramework({ requiredLevels: [] }));

    await visit.page.goto(`${framework}/roles`);

    await inspect(visit);
    await follow(visit.page, 'Go to the skills matrix', `${framework}/matrix`);
  });

  test('gets the files by following the links', async () => {
    const visit = await on.site.visit({ viewport: desktop });
    const { page } = visit;
    const framework = await open(visit);
    await page.goto(`${framework}/roles?role=cwp|*&role=emhp|*`);

    for (const [link, name] of [
      ['Competencies and levels (CSV)', 'roles.csv'],
      ['Figures for each pair (CSV)', 'role-pairs.csv'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: link }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${longWord.toLowerCase()}-version-1-${name}`);
    }
    expect(addressOf(page)).toContain('/roles?role=');
  });
});
