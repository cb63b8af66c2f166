import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, signInAs } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('giving the link out', () => {
  const on = useSite();

  test.each(ways)(
    'poster and cards each fill one sheet of A4, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { code: 'SHEET1' });
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Give the link out: QR code, poster, cards', `/surveys/${survey.id}/share`);
      await inspect(visit);
      for (const kind of ['poster', 'cards']) {
        await page.goto(`/surveys/${survey.id}/share/${kind}?lang=en`);
        await inspect(visit);
        const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
        expect([kind, pdf.match(/\/Type \/Page\b/g)?.length]).toEqual([kind, 1]);
      }
    },
    60_000,
  );
});
