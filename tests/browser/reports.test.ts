/// <reference lib="dom" />
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { sampleRelease, storeRelease } from '../reports/make';
import { describeInChromium, desktop } from '../support/chromium';
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
      expect(words).toContain('The ten largest gaps');
      expect(words).toContain('How we worked it out');

      const gap = page.locator('svg a:visible').first();
      await Promise.all([page.waitForEvent('load'), gap.click()]);
      expect(page.url()).toMatch(/\/items\/\d+\?profession=[^&]+/);
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/About \d+ answers count\./);
      expect(await wordsOf(page)).toContain('Beside the other groups, by profession');
      const isWide = (options.viewport ?? desktop).width >= 640;

      await page.goto(`/reports/${id}/map`);
      await inspect(visit);
      await page.selectOption('[name=by]', 'setting');
      await page.selectOption('[name=sort]', 'gap');
      await Promise.all([page.waitForEvent('load'), page.click('button:text("Show")')]);
      expect(page.url()).toContain('/map?by=setting&measure=level&sort=gap');
      expect(await wordsOf(page)).toContain('Gaps by setting');
      // A table where there is room, a list on a phone; never both.
      expect(await page.locator('.heat-wide').first().isVisible()).toBe(isWide);
      expect(await page.locator('.heat-list').first().isVisible()).toBe(!isWide);
      if (!isWide) await page.locator('.heat-list summary').first().click();
      const figure = page.locator(isWide ? 'td a' : '.heat-list li a').first();
      await Promise.all([page.waitForEvent('load'), figure.click()]);
      expect(page.url()).toMatch(/\/items\/\d+/);
      await page.goto(`/reports/${id}/map?competency=1`);
      await inspect(visit);

      await page.goto(`/reports/${id}/groups`);
      await inspect(visit);
      await follow(page, 'Label of gp', `/reports/${id}/groups?setting=gp`);
      await inspect(visit);
    },
    60_000,
  );

  test('prints with everything that is folded away, and no more than the paper holds', async () => {
    const { db, services } = on.world;
    const survey = await makeSurvey(services);
    const id = await storeRelease(db, sampleRelease(survey, { competencies: 6, measures: ['where'] }));
    const accountId = await createAccount(services, operator, { email, role: 'eag_member', password });
    await insertMember(db, { projectId: survey.projectId, accountId, role: 'eag_member' });
    const { page } = await on.site.visit();
    await signInAs(page, email);
    await page.goto(`/reports/${id}`);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 1040, height: 720 });
    expect(await page.locator('.heat-wide').first().isVisible()).toBe(true);
    expect(await page.locator('.heat-list').first().isVisible()).toBe(false);
    const behind = page.getByRole('cell', { name: /^about \d+$/ }).first();
    expect(await behind.isVisible()).toBe(true);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBeLessThanOrEqual(0);
    // Sixteen pages or fewer, all of them with something on.
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    const pages = Number(
      /\/Type \/Pages\s*\/Count (\d+)/.exec(pdf)?.[1] ?? (pdf.match(/\/Type \/Page\b/g) ?? []).length,
    );
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(17);
  }, 60_000);
});
