import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { lettersTo, linkTo, makeReport } from '../readers/make';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const longAddress = `${'pneumonoultramicroscopic'.repeat(2)}@example.org`;

describeInChromium('the advisory group’s comments on a report', () => {
  const on = useSite();

  test.each(ways)(
    'an expert is invited and opens the report, %s',
    async (_way, options) => {
      const { world, site } = on;
      const place = await makeReport(world);
      const email = 'lead@example.org';
      const accountId = await createAccount(world.services, operator, { email, role: 'lead', password });
      await insertMember(world.db, { projectId: place.projectId, accountId, role: 'lead' });
      const lead = await site.visit(options);
      await signInAs(lead.page, email);
      await lead.page.goto(place.report);
      await follow(lead.page, 'People', `${place.report}/people`);
      await inspect(lead);
      await press(lead.page, 'Look over the invitation');
      await inspect(lead);
      expect(await wordsOf(lead.page)).toMatch(/^There is a problem Enter the e-mail addresses/);
      await lead.page.getByLabel('E-mail addresses').fill(`expert@example.org\n${longAddress}`);
      await lead.page
        .getByLabel('A message to them (optional)')
        .fill('We meet soon.\n\nPlease read it before.');
      await press(lead.page, 'Look over the invitation');
      await inspect(lead);
      await press(lead.page, 'Change it');
      expect(await lead.page.getByLabel('A message to them (optional)').inputValue()).toBe(
        'We meet soon.\n\nPlease read it before.',
      );
      await press(lead.page, 'Look over the invitation');
      await press(lead.page, 'Send 2 invitations', `${place.report}/people`);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('2 people are invited');
      await world.queue.drain();

      const expert = await site.visit(options);
      await expert.page.goto(await linkTo(world, 'expert@example.org'));
      await inspect(expert);
      await press(expert.page, 'Open the report');
      await inspect(expert);
      await expert.page.getByRole('textbox', { name: 'Choose a password' }).fill('a password of my own');
      await press(expert.page, 'Open the report', place.report);
      expect(await wordsOf(expert.page)).toContain('Your account is ready');
      await expert.page.goto('/projects');
      await inspect(expert);
      await expert.page.goto(await linkTo(world, longAddress));
      await inspect(expert);
      await press(expert.page, 'Sign out and use the invitation');
      await inspect(expert);
      expect(await wordsOf(expert.page)).toContain('Choose a password to read the report');
      await expert.page.goto('/reports/invitations/nothing');
      await inspect(expert);

      await lead.page.reload();
      expect(await wordsOf(lead.page)).toContain('expert@example.org Joined');
      await lead.page.getByText('Withdraw the invitation of expert@example.org').click();
      await inspect(lead);
      await press(lead.page, 'Withdraw it for expert@example.org', `${place.report}/people`);
      expect(await wordsOf(lead.page)).toContain('Invitation withdrawn');
    },
    120_000,
  );

  test.each(ways)(
    'two people discuss a figure, and one of them chooses which e-mails come, %s',
    async (_way, options) => {
      const { world, site } = on;
      const place = await makeReport(world);
      const visits = [];
      for (const role of ['lead', 'eag_member'] as const) {
        const email = `${role.replace('_', '-')}@example.org`;
        const accountId = await createAccount(world.services, operator, { email, role, password });
        await insertMember(world.db, { projectId: place.projectId, accountId, role });
        const visit = await site.visit(options);
        await signInAs(visit.page, email);
        visits.push(visit);
      }
      const [lead, expert] = visits as [(typeof visits)[0], (typeof visits)[0]];
      const comments = `${place.report}/comments`;
      await expert.page.goto(place.report);
      await follow(expert.page, 'Comments', comments);
      await inspect(expert);
      await expert.page.goto(`${comments}/new?place=figure%3A1%3A`);
      await inspect(expert);
      await press(expert.page, 'Add the comment');
      await inspect(expert);
      expect(await wordsOf(expert.page)).toMatch(/^There is a problem Enter your comment/);
      await expert.page.getByLabel('Your comment').fill(`${longAddress}\n\nWhy is that?`);
      await expert.page.getByText('Tell somebody by e-mail').click();
      await expert.page.getByLabel('lead@example.org').check();
      await inspect(expert);
      await press(expert.page, 'Add the comment');
      await inspect(expert);
      expect(await wordsOf(expert.page)).toContain('Comment added');
      await world.queue.drain();

      const [letter] = await lettersTo(world, 'lead@example.org');
      await lead.page.goto(/\/reports\/[\w-]+\/comments\/[\w-]+/.exec(letter!.text)![0]);
      await inspect(lead);
      await lead.page.getByLabel('Your reply').fill('Because @nobody@example.org says so');
      await press(lead.page, 'Reply');
      await inspect(lead);
      expect(await lead.page.getByLabel('Your reply').inputValue()).toBe(
        'Because @nobody@example.org says so',
      );
      await lead.page.getByLabel('Your reply').fill('Because so few are trained.');
      await press(lead.page, 'Reply');
      await lead.page.goto(`${place.report}/items/1`);
      await inspect(lead);
      await lead.page.getByRole('complementary', { name: 'Comments' }).getByRole('link').click();
      expect(await wordsOf(lead.page)).toContain('Because so few are trained.');
      await lead.page.goto(`${comments}?status=answered`);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('1 unresolved');
      await lead.page.getByRole('link', { name: /^Reply or resolve/ }).click();
      await press(lead.page, 'Resolve', comments);
      await inspect(lead);

      await expert.page.reload();
      expect(await wordsOf(expert.page)).toContain('Resolved');
      await expert.page.getByText('Withdraw your comment of').click();
      await inspect(expert);
      await press(expert.page, 'Withdraw it');
      expect(await wordsOf(expert.page)).toContain('Withdrawn by its author');
      await press(expert.page, 'Reopen');
      await expert.page.goto(comments);
      await follow(expert.page, 'Choose which e-mails you get', `${place.report}/notifications`);
      await inspect(expert);
      await choose(
        expert.page,
        'When do you want e-mails about comments and recommendations?',
        'Once a week',
      );
      await press(expert.page, 'Save', `${place.report}/notifications`);
      expect(await wordsOf(expert.page)).toContain('Your choice is saved');
    },
    180_000,
  );
});
