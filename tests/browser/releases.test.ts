import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import type { Survey } from '../../src/surveys/survey';
import { answerAs, crowd, largeCrowd, published } from '../releases/make';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('releasing a report', () => {
  const on = useSite();

  async function signedIn(options: Parameters<Site['visit']>[0], survey: Survey): Promise<Visit> {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  test.each(ways)(
    'the lead prepares it, looks it over and publishes it, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services);
      await answerAs(on.world, survey, crowd);
      const visit = await signedIn(options, survey);
      const { page } = visit;
      const list = `/surveys/${survey.id}/releases`;
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Reports: prepared, looked over, published', list);
      await inspect(visit);
      await press(page, 'Prepare a report', `${list}/new`);
      await inspect(visit);
      await press(page, 'Prepare the report', `${list}/1`);
      await on.world.queue.drain();
      if (visit.script) {
        // The page may have come when all was done already.
        const done = page.getByRole('link', { name: 'See what came of it' });
        await done
          .or(page.getByRole('button', { name: 'Publish this report' }))
          .first()
          .waitFor();
        if (await done.isVisible()) await done.click();
      } else if (await page.getByRole('link', { name: 'Look again' }).isVisible()) {
        await follow(page, 'Look again', `${list}/1`);
      }
      await page.getByRole('button', { name: 'Publish this report' }).waitFor();
      expect(await wordsOf(page)).toContain('of 12 groups would be shown');
      await inspect(visit);
      await page.getByText('How much is told of each question:').click();
      await inspect(visit);
      await follow(page, 'Throw it away', `${list}/1/removal`);
      await inspect(visit);
      await follow(page, 'Leave it as it is', `${list}/1`);
      await press(page, 'Publish this report', `${list}/1/publication`);
      await inspect(visit);
      await press(page, 'Publish the report');
      expect(page.url()).toMatch(/\/reports\/[0-9a-f-]{36}$/);
      await page.goto(list);
      expect(await wordsOf(page)).toContain('Interim: more answers could still come');
      await inspect(visit);
    },
    90_000,
  );

  test.each(ways)(
    'one that is under way, refused or failed says so, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services);
      await answerAs(on.world, survey, largeCrowd);
      await published(on.world, survey);
      await answerAs(on.world, survey, {
        ...{ 'midwife acute_ward': 3, 'midwife gp_practice': 12, 'rn_adult acute_ward': 12 },
      });
      const visit = await signedIn(options, survey);
      const { page } = visit;
      const list = `/surveys/${survey.id}/releases`;
      await page.goto(`${list}/new`);
      await press(page, 'Prepare the report');
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter why there is another report/);
      await inspect(visit);
      await page.getByLabel('Why is there another report?').fill('A ward came late');
      await press(page, 'Prepare the report', `${list}/2`);
      await on.world.queue.drain();
      await page.goto(`${list}/2`);
      expect(await wordsOf(page)).toContain('Why there is no report');
      await inspect(visit);

      const release = on.world.db('releases').where({ survey_id: survey.id, number: 2 });
      const working = { state: 'working', stage: 'protecting answers', done: 3, of: 12 };
      await release.clone().update(working);
      await page.goto(`${list}/2`);
      expect(await wordsOf(page)).toContain('Choosing how much is told of each question: 3 of 12');
      await inspect(visit);
      await release.clone().update({ done: 5 });
      if (!visit.script) await follow(page, 'Look again', `${list}/2`);
      await page.locator('.waiting__count').getByText('5 of 12').waitFor();
      await release.clone().update({ state: 'failed' });
      if (visit.script) await page.getByRole('link', { name: 'See what came of it' }).click();
      else await follow(page, 'Look again', `${list}/2`);
      await page.getByText('Something went wrong on our side').waitFor();
      await inspect(visit);
      await press(page, 'Try again', `${list}/2`);
      await on.world.queue.drain();
      await page.goto(`${list}/2`);
      await press(page, 'Prepare it with those groups left as they were', `${list}/2`);
      await on.world.queue.drain();
      await page.goto(`${list}/2`);
      expect(await wordsOf(page)).toContain('As in report 1');
      await inspect(visit);
    },
    90_000,
  );
});
