import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { tellDay } from '../retention/make';
import { describeInChromium } from '../support/chromium';
import { makeResponses, makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('what is deleted and when', () => {
  const on = useSite();

  test.each(ways)(
    'is seen by the lead, and had done by an administrator, %s',
    async (_way, options) => {
      const { services, clock } = on.world;
      clock.set('2026-03-01T12:00:00Z');
      const survey = await makeSurvey(services, { lastDay: '2026-03-28' });
      await makeResponses(services, survey, { count: 3, A1: 3 });
      await tellDay(on.world, survey, '2026-05-01');
      clock.set('2026-04-20T12:00:00Z');
      const lead = { email: 'lead@example.org', role: 'lead', password } as const;
      const accountId = await createAccount(services, operator, lead);
      await insertMember(services.db, { projectId: survey.projectId, accountId, role: 'lead' });
      const ofLead = await on.site.visit(options);
      await signInAs(ofLead.page, lead.email);
      await ofLead.page.goto(`/surveys/${survey.id}`);
      await inspect(ofLead);
      expect(await wordsOf(ofLead.page)).toContain('All answers to this survey are deleted on 1 May 2026.');
      await follow(ofLead.page, 'What is deleted and when', `/surveys/${survey.id}/retention`);
      await inspect(ofLead);

      clock.set('2026-05-01T12:00:00Z');
      const admin = { email: 'admin@example.org', role: 'platform_admin', password } as const;
      await createAccount(services, operator, admin);
      const ofAdmin = await on.site.visit(options);
      const { page } = ofAdmin;
      await signInAs(page, admin.email);
      await follow(page, 'Retention', '/admin/retention');
      await inspect(ofAdmin);
      await press(page, 'Destroy it now', '/admin/retention/run');
      await inspect(ofAdmin);
      await press(page, 'Destroy it now', '/admin/retention');
      await inspect(ofAdmin);
      expect(await wordsOf(page)).toContain('1 thing past its day is destroyed');
    },
    60_000,
  );
});
