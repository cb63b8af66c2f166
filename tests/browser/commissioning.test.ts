import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { figures, offer, tellingRelease, withhold } from '../commissioning/make';
import { storeRelease } from '../reports/make';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longName = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';
const staff = {
  staff: 500,
  below: 200,
  belowInterval: [150, 250] as [number, number],
  lowest: 2,
  highest: 3,
};

describeInChromium('what to do about a report', () => {
  const on = useSite();

  test.each(ways)(
    'is read from unmet need to what to commission for one group, %s',
    async (_way, options) => {
      const { db, services } = on.world;
      const survey = await makeSurvey(services);
      const sample = tellingRelease(
        survey,
        [
          [
            {},
            { C1: figures(40, staff), C2: figures(70, { ...staff, below: 350 }), C3: figures('<=5', staff) },
          ],
          [
            { profession: longName, setting: 'gp' },
            { C1: figures(60, null), C2: figures(80, staff) },
          ],
        ],
        { dimensions: { profession: ['rn_child', longName], setting: ['gp', 'ward'] } },
      );
      withhold(sample, { profession: 'rn_child', setting: 'ward' });
      const training = [
        offer(longName, { C1: 3 }, { places: 50, cost: 1200, provider: longName }),
        offer('Next steps', { C2: 4 }, { status: 'planned', places: 100, cost: 4000 }),
      ];
      const id = await storeRelease(db, sample, { training });
      const accountId = await createAccount(services, operator, { email, role: 'lead', password });
      await insertMember(db, { projectId: survey.projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);

      await page.goto(`/reports/${id}`);
      await follow(page, 'What to do', `/reports/${id}/training`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Gaps without an offer');
      await page.getByLabel('Budget in pounds (optional)').fill('plenty');
      await press(page, 'Show');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter the budget in whole pounds/);
      await page.getByLabel('Budget in pounds (optional)').fill('6,000');
      await press(page, 'Show');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('What the budget would buy');

      await follow(page, 'What to commission', `/reports/${id}/commissioning`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('nothing is guessed of them');
      await page.getByLabel('Profession').selectOption(`Label of ${longName}`);
      await page.getByLabel('Setting').selectOption('Label of gp');
      await press(page, 'Show');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('What to do: See that what is planned goes ahead');
      await follow(page, `Everything about training for Label of ${longName}, Label of gp`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('C2 Competency number 2');
    },
    90_000,
  );
});
