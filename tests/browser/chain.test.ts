import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { addMember } from '../../src/projects/projects.commands';
import { makeFramework } from '../questionnaires/frameworks';
import { describeInChromium, type Visit } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('from a published framework to a survey that is open', () => {
  const on = useSite();

  test.each(ways)(
    'a lead gets there %s, and a nurse answers',
    async (_way, options) => {
      const { projectId, frameworkId } = await makeFramework(on.world);
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await addMember(on.world.db, operator, { projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/frameworks/${frameworkId}`);
      await follow(page, 'Make a questionnaire from it');
      await inspect(visit);
      await page.getByLabel('Title').fill('');
      await press(page, 'Make the questionnaire');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a title/);
      await page.getByLabel('Title').fill('How do you listen?');
      await page.getByLabel('Confidence').check();
      await press(page, 'Make the questionnaire');
      await inspect(visit);
      await press(page, 'Check and publish');
      await inspect(visit);
      await press(page, 'Publish');
      await inspect(visit);

      await press(page, 'Prepare a survey');
      await inspect(visit);
      await page.getByLabel('Code').fill('LISTEN1');
      await press(page, 'Prepare the survey');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select what respondents are promised/);
      await page.getByLabel('Anonymous').check();
      await press(page, 'Prepare the survey');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nobody can answer it yet.');

      await press(page, 'See what is missing');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('2 things are missing.');
      await follow(page, 'Whom it is for');
      await inspect(visit);
      await page.getByText('Settings: all').click();
      for (const setting of await page.getByRole('group', { name: 'Settings' }).getByRole('checkbox').all()) {
        await setting.uncheck();
      }
      await page.getByLabel('Time at which it closes on that day').fill('1700 hours');
      await press(page, 'Save the settings');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Select whom the survey is for/);
      expect(await wordsOf(page)).toContain('Enter a time, such as 9am or 17:00');
      for (const setting of ['Maternity', 'Acute']) {
        await page.getByRole('group', { name: 'Settings' }).getByLabel(setting).first().check();
      }
      await page.getByLabel('Time at which it closes on that day').fill('5pm');
      await press(page, 'Save the settings');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/at 5:00pm \(London time\)/);

      await press(page, 'See what is missing');
      await follow(page, 'What respondents are told');
      await page.getByLabel('Who is asking', { exact: true }).fill('Vale Trust');
      await page.getByLabel('Email address to ask').fill('ask@example.org');
      await press(page, 'Save as a new version');
      await page.goto(`${page.url().split('/notice')[0]}/readiness`);
      await follow(page, 'Trial run');
      await inspect(visit);
      await press(page, 'Start the trial run');
      await inspect(visit);

      const colleague = await on.site.visit(options);
      await colleague.page.goto((await page.getByRole('link', { name: '/s/' }).getAttribute('href'))!);
      await inspect(colleague);
      expect(await wordsOf(colleague.page)).toContain('Your answers are test answers');
      await answer(colleague);
      await page.goto(`${page.url().split('/trial')[0]}/readiness`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nothing is missing. 2 things are worth a look.');
      await press(page, 'Open the survey');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('The survey is open. Pass its link on.');
      await follow(page, 'Settings: dates, audience, series, reminders');
      await inspect(visit);

      const nurse = await on.site.visit(options);
      await nurse.page.goto('/s/LISTEN1');
      await answer(nurse);
      const counted = await on.world
        .db({ r: 'responses' })
        .join({ s: 'surveys' }, 's.id', 'r.survey_id')
        .where('s.code', 'LISTEN1')
        .pluck('r.facets');
      expect(counted).toEqual([['midwife', 'maternity']]);
    },
    180_000,
  );
});

/** Answers as a midwife, from the start page on. */
async function answer(visit: Visit): Promise<void> {
  const { page } = visit;
  await page.getByLabel('I want to take part').check();
  await press(page, 'Start now');
  await page.getByLabel('What is your profession?').selectOption('midwife');
  await page.getByLabel('Where do you mainly work?').selectOption('maternity');
  await press(page, 'Continue');
  await inspect(visit);
  await choose(page, 'Hearing what people say: how skilled you are now', 'Label 3');
  await choose(page, 'Hearing what people say: how confident you are', 'Very confident');
  await press(page, 'Continue');
  await press(page, 'Continue');
  await press(page, 'Submit answers');
}
