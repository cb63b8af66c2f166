/// <reference lib="dom" />
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { sampleRelease, storeRelease } from '../reports/make';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'expert@example.org';

describeInChromium('taking a report away', () => {
  const on = useSite();

  test.each(ways)(
    'goes from the report to a document that a worker made, %s',
    async (_way, options) => {
      const { db, services, queue } = on.world;
      const survey = await makeSurvey(services);
      const id = await storeRelease(db, sampleRelease(survey, { measures: ['importance'] }));
      const accountId = await createAccount(services, operator, { email, role: 'eag_member', password });
      await insertMember(db, { projectId: survey.projectId, accountId, role: 'eag_member' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/reports/${id}`);
      await Promise.all([page.waitForEvent('load'), page.click('a:text("Take away")')]);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nothing has been made yet');

      await Promise.all([page.waitForEvent('load'), page.click('#pdf ~ form button')]);
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/It is (being made|ready): see above/);
      await queue.drain();
      await page.goto(`/reports/${id}/files`);
      await inspect(visit);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('a:text("Download")')]);
      expect(download.suggestedFilename()).toBe(`${survey.code.toLowerCase()}-report-1-2026-11-20.pdf`);

      // What cannot be made says so, and can be asked for again.
      await db('made_files').update({
        ...{ state: 'failed', name: null, media_type: null, bytes: null, size: null, sha256: null },
        made_at: null,
      });
      await page.goto(`/reports/${id}/files`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('It could not be made.');
      expect(await page.locator('#pdf ~ form button').first().isVisible()).toBe(true);
    },
    120_000,
  );
});
