import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { sampleRelease, storeRelease } from '../reports/make';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'eag@example.org';
const longName = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

describeInChromium('a published report', () => {
  const on = useSite();

  test.each(ways)(
    'is read from the largest gap down to one group, %s',
    async (_way, options) => {
      const { db, services } = on.world;
      const survey = await makeSurvey(services);
      const sample = sampleRelease(survey, {
        competencies: 6,
        measures: ['importance'],
        dimensions: {
          profession: ['rn_adult', 'rn_child', longName, 'midwife'],
          setting: ['gp', 'ward', 'home'],
        },
      });
      const id = await storeRelease(db, sample);
      const accountId = await createAccount(services, operator, { email, role: 'eag_member', password });
      await insertMember(db, { projectId: survey.projectId, accountId, role: 'eag_member' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/reports/${id}`);
      await inspect(visit);
      const words = await wordsOf(page);
      expect(words).toContain('Report 1, published on 20 November 2026, final');
      expect(words).toContain('Ten largest gaps');
      expect(words).toContain('How we worked it out');

      const first = page.locator('svg a').first();
      await Promise.all([page.waitForEvent('load'), first.click()]);
      expect(page.url()).toMatch(/\/groups\?profession=[^&]+#item-\d+$/);
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/About \d+ people answered\./);

      await follow(page, 'Everybody', `/reports/${id}/groups`);
      await inspect(visit);
      await follow(page, 'Label of gp', `/reports/${id}/groups?setting=gp`);
      await inspect(visit);
      await page.goto(`/reports/${id}`);
      const cell = page.locator('td.heat-withheld').first();
      expect(await cell.innerText()).toMatch(/^c/);
    },
    60_000,
  );
});
