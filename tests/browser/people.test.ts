import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('the people of a project', () => {
  const on = useSite();

  test.each(ways)(
    'a lead brings somebody in, hands the project over and leaves it, %s',
    async (_way, options) => {
      const { world, site } = on;
      const [leadId] = await Promise.all(
        ['lead', 'author'].map((role) =>
          createAccount(world.services, operator, {
            ...{ email: `${role}@example.org`, role: role as 'lead' | 'author', password },
          }),
        ),
      );
      const projectId = await createProject(world.db, operator, { name: 'Wards', purpose: '' }, leadId);
      const address = `/projects/${projectId}`;
      const lead = await site.visit(options);
      await signInAs(lead.page, 'lead@example.org');
      await lead.page.goto(address);
      await follow(lead.page, 'People', `${address}/people`);
      await inspect(lead);
      await press(lead.page, 'Bring in');
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('Enter their email address');
      await lead.page.getByLabel('Email address of their account').fill('author@example.org');
      await lead.page.getByLabel('What they are in the project').selectOption('author');
      await press(lead.page, 'Bring in', `${address}/people`);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain(
        'author@example.org is in the project. An e-mail tells them.',
      );
      await lead.page.getByRole('link', { name: 'Change author@example.org' }).click();
      await inspect(lead);
      await lead.page.goBack();
      await follow(lead.page, 'Hand the project over', `${address}/handover`);
      await inspect(lead);
      await lead.page
        .getByLabel('Who leads it from now on')
        .selectOption({ label: 'author@example.org (Author)' });
      await lead.page.getByLabel('And you').selectOption('analyst');
      await press(lead.page, 'Hand over', `${address}/people`);
      await inspect(lead);
      await follow(lead.page, 'Leave the project', `${address}/departure`);
      await inspect(lead);
      await press(lead.page, 'Leave the project', '/projects');
      expect(await wordsOf(lead.page)).toContain('You have left Wards');
    },
  );
});
