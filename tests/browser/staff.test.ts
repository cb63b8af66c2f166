import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import type { Survey } from '../../src/surveys/survey';
import { describeInChromium, type Visit } from '../support/chromium';
import { gapSources, makeResponses, makeSurvey, smallFramework } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { addressOf, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const organisationName = 'North Example and Surrounding Districts Integrated Care Board';
const email = 'somebody.with.quite.a.long.name@north-example-integrated-care-board.nhs.example';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('a project lead', () => {
  const on = useSite({ config: { organisationName } });

  async function makeLead(survey?: Survey): Promise<void> {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    if (survey) await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
  }

  async function signIn({ page }: Visit): Promise<void> {
    await signInAs(page, email);
  }

  test.each(ways)('signs in and out %s', async (_way, options) => {
    await makeLead();
    const visit = await on.site.visit(options);
    const { page } = visit;

    await page.goto('/projects/new');
    expect(addressOf(page)).toBe('/sign-in?next=%2Fprojects%2Fnew');
    await inspect(visit);
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await press(page, 'Sign in', '/sign-in');
    await inspect(visit);
    expect(await wordsOf(page)).toMatch(/^There is a problem The email address or the password is wrong/);
    expect(await page.getByLabel('Email address').inputValue()).toBe(email);
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('');

    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await press(page, 'Sign in', '/projects/new');
    await press(page, 'Sign out', '/sign-in');
    await page.goto('/projects');
    expect(addressOf(page)).toBe('/sign-in?next=%2Fprojects');
  });

  test.each(ways)(
    'starts, changes, copies and puts away a project %s',
    async (_way, options) => {
      await makeLead();
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signIn(visit);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('You are in no project yet');

      await press(page, 'New project', '/projects/new');
      await inspect(visit);
      await page.getByLabel('What it is for').fill('To see what is missing');
      await press(page, 'Create project', '/projects');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a name for the project/);
      expect(await page.getByLabel('What it is for').inputValue()).toBe('To see what is missing');
      await page.getByLabel('Name').fill(longWord);
      await press(page, 'Create project');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Project created');

      await follow(page, 'Change name and purpose');
      await inspect(visit);
      await page.getByLabel('Name').fill(`${longWord} 2027`);
      await press(page, 'Save changes');
      expect(await wordsOf(page)).toContain('Changes saved');

      await press(page, 'Copy project');
      await inspect(visit);
      expect(await wordsOf(page)).toContain(`Copy of ${longWord} 2027`);

      await press(page, 'Archive project');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('This project was archived on');
      await page.goto('/projects');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/In work .* Archived Copy of/);
      await follow(page, `Copy of ${longWord} 2027`);
      await press(page, 'Bring back from the archive');
      expect(await wordsOf(page)).toContain('Project brought back');
    },
    60_000,
  );

  test.each(ways)(
    'reads everything of a survey and closes it %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, {
        gapSources,
        framework: smallFramework({ title: longWord }),
      });
      const adult = { profession: 'rn_adult', setting: 'gp_practice' };
      await makeResponses(on.world.services, survey, {
        ...adult,
        count: 12,
        A1: 1,
        A2: 1,
        B1: 2,
        A__where: 'prereg',
      });
      await makeResponses(on.world.services, survey, { ...adult, profession: 'midwife', count: 3, A1: 4 });
      await on.world.queue.drain();
      await makeLead(survey);
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signIn(visit);

      await page.goto(`/projects/${survey.projectId}`);
      await inspect(visit);
      await follow(page, longWord);
      await inspect(visit);
      await page.goBack();
      await follow(page, 'How do you listen?');
      await inspect(visit);
      await page.goBack();
      await follow(page, survey.name, `/surveys/${survey.id}`);
      await inspect(visit);

      await follow(page, 'Working gap report', `/surveys/${survey.id}/working-report`);
      await page.getByText('The figures behind the picture').click();
      await inspect(visit);
      const map = page.getByRole('table', {
        name: 'Share of respondents below the level required, by profession',
      });
      const row = async (name: string) =>
        (await map.getByRole('row', { name }).getByRole('cell').allTextContents()).map((text) => text.trim());
      expect(await row('A1 Hearing')).toEqual([
        '100% n 10',
        'cToo few responses to show',
        'cToo few responses to show',
      ]);
      expect(await row('B1 Noting')).toEqual([
        'No requirement',
        'cToo few responses to show',
        'cToo few responses to show',
      ]);

      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Close the survey', `/surveys/${survey.id}/closure`);
      await inspect(visit);
      await follow(page, 'Keep it open', `/surveys/${survey.id}`);
      await follow(page, 'Close the survey');
      await page.getByLabel('Why is it closed?').fill('Enough people answered');
      await press(page, 'Close the survey', `/surveys/${survey.id}`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('The survey is closed');
    },
    60_000,
  );

  test('is told when a report has nothing to show yet', async () => {
    const survey = await makeSurvey(on.world.services);
    await makeLead(survey);
    const visit = await on.site.visit();
    await signIn(visit);

    await visit.page.goto(`/surveys/${survey.id}/working-report`);

    await inspect(visit);
    expect(await wordsOf(visit.page)).toContain('Fewer than 11 people have answered');
    expect(await wordsOf(visit.page)).toContain('There are no gaps to show yet.');
  });

  test('is told what is not theirs', async () => {
    const survey = await makeSurvey(on.world.services);
    const accountId = await createAccount(on.world.services, operator, { email, role: 'reader', password });
    await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'reader' });
    const visit = await on.site.visit();
    await signIn(visit);

    const answer = await visit.page.goto(`/surveys/${survey.id}`);

    expect(answer!.status()).toBe(403);
    await inspect(visit);
  });
});
