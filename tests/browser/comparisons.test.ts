import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { sampleRelease, storeRelease } from '../reports/make';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'eag@example.org';
const longName = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

describeInChromium('comparisons of a report', () => {
  const on = useSite();

  test.each(ways)(
    'are made between groups, roles, waves and weights, %s',
    async (_way, options) => {
      const { db, services } = on.world;
      const survey = await makeSurvey(services);
      const earlier = await makeSurvey(services);
      const series = { project_id: survey.projectId, series: 'Listening' };
      await db('surveys')
        .where({ id: survey.id })
        .update({ ...series, wave: 2 });
      await db('surveys')
        .where({ id: earlier.id })
        .update({ ...series, wave: 1 });
      const wish = {
        competencies: 6,
        measures: ['importance' as const],
        dimensions: { profession: ['rn_child', longName, 'rn_adult'], setting: ['gp', 'ward', 'home'] },
        document: { weights: { scheme: 'raked' as const, designEffect: 1.4 } },
      };
      const id = await storeRelease(db, sampleRelease(survey, wish));
      const before = sampleRelease(earlier, { ...wish, competencies: 4 });
      await storeRelease(db, before);
      const accountId = await createAccount(services, operator, { email, role: 'eag_member', password });
      await insertMember(db, { projectId: survey.projectId, accountId, role: 'eag_member' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/reports/${id}`);
      await follow(page, 'Compare', `/reports/${id}/comparison`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain(`Label of rn_child and Label of ${longName}`);

      await page.getByRole('group', { name: 'Second group' }).getByLabel('Profession').selectOption('All');
      await press(page, 'Compare');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('one group is part of the other');
      await follow(page, 'Label of rn_child and Label of rn_adult');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('How differences are worked out');

      await page.getByLabel('What is compared').selectOption('Mean rating: importance');
      await page.getByLabel('Order').selectOption('As in the framework');
      await press(page, 'Compare');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Difference in levels');

      for (const kind of ['Two roles', 'Two waves', 'With and without weights']) {
        await follow(page, kind);
        await inspect(visit);
        expect(await wordsOf(page)).toContain('How differences are worked out');
      }
    },
    90_000,
  );
});
