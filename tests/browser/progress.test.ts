import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import type { Survey } from '../../src/surveys/survey';
import { makeSurveyOfSeveral } from '../coordination/make';
import { makePopulation } from '../populations/make';
import { counted, namePopulation } from '../progress/make';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { makeResponses, makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('watching a survey', () => {
  const on = useSite();

  async function signedIn(options: Parameters<Site['visit']>[0], survey: Survey): Promise<Visit> {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  async function watchedSurvey(): Promise<Survey> {
    const survey = await makeSurvey(on.world.services);
    const population = await makePopulation(on.world, survey.projectId, {
      kind: 'joint',
      facets: ['profession', 'setting'],
      rows: [
        { facet: '', codes: ['rn_adult', 'gp_practice'], headcount: 200 },
        { facet: '', codes: ['midwife', 'acute_ward'], headcount: 30 },
      ],
    });
    await namePopulation(on.world.db, survey, population);
    return survey;
  }

  test.each(ways)(
    'goes from the survey to its progress and sees answers come in, %s',
    async (_way, options) => {
      const survey = await watchedSurvey();
      const visit = await signedIn(options, survey);
      const { page } = visit;
      const address = `/surveys/${survey.id}/progress`;
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Progress: how many have answered so far', address);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Too few people have answered to say anything yet');

      await makeResponses(on.world.services, survey, { count: 21 });
      await makeResponses(on.world.services, survey, {
        ...{ count: 14, profession: 'midwife', setting: 'acute_ward' },
      });
      await counted(on.world, survey);
      if (!visit.script) await follow(page, 'Refresh', address);
      await page.getByRole('cell', { name: '15 50% of 30' }).first().waitFor();
      const words = await wordsOf(page);
      expect(words).toContain('share of the workforce reached 15% 35 of 230 staff');
      expect(words).toContain('Over twice its share');
      await inspect(visit);
      await page.getByText('The figures behind the picture').click();
      await page.getByRole('table', { name: 'Started and submitted over time' }).waitFor();
      await inspect(visit);
    },
    60_000,
  );

  test('nothing moves while the keyboard is inside the figures, and what is open stays open', async () => {
    const survey = await watchedSurvey();
    const visit = await signedIn({}, survey);
    const { page } = visit;
    await page.goto(`/surveys/${survey.id}/progress`);
    const summary = page.getByText('The figures behind the picture');
    await summary.click();
    await makeResponses(on.world.services, survey, { count: 15 });
    await counted(on.world, survey);
    expect(await summary.evaluate((element) => element.closest('summary') === document.activeElement)).toBe(
      true,
    );
    await page.getByRole('link', { name: 'Refresh' }).focus();
    await page.getByRole('cell', { name: '15', exact: true }).first().waitFor();
    await page.getByRole('table', { name: 'Started and submitted over time' }).waitFor();
    expect(await page.locator('[data-summary]').textContent()).toBe(
      'About 15 people have submitted their answers; about 15 people have started.',
    );
  }, 60_000);

  test.each(ways)(
    'the lead names a coordinator, who sees their own organisation and counts its staff, %s',
    async (_way, options) => {
      const survey = await makeSurveyOfSeveral(on.world);
      const counts = { own_north: 22, own_south: 31, own_care: 27 };
      for (const [organisation, count] of Object.entries(counts)) {
        await makeResponses(on.world.services, survey, { count, organisation });
      }
      await counted(on.world, survey);
      const lead = await signedIn(options, survey);
      await lead.page.goto(`/projects/${survey.projectId}`);
      const coordinators = `/projects/${survey.projectId}/coordinators`;
      await follow(lead.page, 'Coordinators of organisations', coordinators);
      await inspect(lead);
      await press(lead.page, 'Name coordinator', coordinators);
      expect(await wordsOf(lead.page)).toMatch(/^There is a problem Enter their email address/);
      await inspect(lead);
      const north = 'north@example.org';
      await createAccount(on.world.services, operator, { email: north, role: 'coordinator', password });
      await lead.page.getByLabel('Email address of their account').fill(north);
      await lead.page.getByLabel('Organisation', { exact: true }).selectOption('North Trust');
      await press(lead.page, 'Name coordinator', coordinators);
      expect(await wordsOf(lead.page)).toContain('north@example.org North Trust Remove');
      await inspect(lead);

      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, north);
      await page.goto(`/surveys/${survey.id}`);
      const own = `/surveys/${survey.id}/own-progress`;
      await follow(page, 'Progress of your organisation', own);
      await inspect(visit);
      let words = await wordsOf(page);
      expect(words).toContain('Progress of North Trust');
      expect(words).toMatch(/20 submitted in your organisation|submitted in your organisation 20/);
      expect(words).not.toMatch(/South Trust|Care Together/);
      await follow(page, 'Headcounts of your organisation', `/surveys/${survey.id}/own-headcounts`);
      await inspect(visit);
      await page.getByLabel('Title').fill('Staff of North Trust');
      await page.getByLabel('Source').fill('Staff record');
      await page.getByLabel('Day', { exact: true }).fill('1');
      await page.getByLabel('Month', { exact: true }).fill('3');
      await page.getByLabel('Year', { exact: true }).fill('2026');
      await press(page, 'Continue');
      expect(await wordsOf(page)).toContain('Now type or import your headcounts');
      await inspect(visit);
      await follow(page, 'Import headcounts');
      await page.getByLabel('Source').fill('Staff record');
      await page
        .getByRole('textbox', { name: /paste/i })
        .fill('profession,setting,headcount\nrn_adult,gp_practice,40\n');
      await press(page, 'See what was understood');
      await inspect(visit);
      await press(page, 'Apply this import');
      expect(await wordsOf(page)).toContain('Registered nurse - adult 40');
      await page.goto(own);
      words = await wordsOf(page);
      expect(words).toContain('20 of 40');
      await inspect(visit);
    },
    90_000,
  );
});
