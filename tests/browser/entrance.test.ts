import type { Role } from '../../src/accounts/account';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { sweep } from '../../workers/sweep';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { addressOf, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'somebody.with.quite.a.long.name@north-example-integrated-care-board.nhs.example';

describeInChromium('whoever has no password at hand', () => {
  const on = useSite();

  async function exists(role: Role): Promise<void> {
    await createAccount(on.world.services, operator, { email, role, password });
  }

  /** The address of the link in the newest letter, once the worker has written it. */
  async function linkInOutbox(): Promise<string> {
    for (;;) {
      await sweep(on.world.services);
      const letter = await on.world.db('outbox').where('text', 'like', '%/sign-in/links/%').first('text');
      const link = /\/sign-in\/links\/[\w-]+/.exec(letter?.text ?? '');
      if (link) return link[0];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test.each(ways)('chooses a new one by a link, %s', async (_way, options) => {
    await exists('lead');
    const visit = await on.site.visit(options);
    const { page } = visit;
    await page.goto('/sign-in');
    await inspect(visit);
    await follow(page, 'I have forgotten my password', '/sign-in/forgotten');
    await inspect(visit);
    await page.getByLabel('Email address').fill('somebody');
    await press(page, 'Email me a link', '/sign-in/forgotten');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('There is a problem Enter an email address in the correct format');
    expect(await page.getByLabel('Email address').inputValue()).toBe('somebody');
    await page.getByLabel('Email address').fill(email);
    await press(page, 'Email me a link', '/sign-in/forgotten/sent');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('If there is an account for the address you entered');

    const link = await linkInOutbox();
    await page.goto(link);
    await inspect(visit);
    await page.getByRole('textbox', { name: 'New password' }).fill('password1234');
    await press(page, 'Change the password and sign in', link);
    await inspect(visit);
    expect(await wordsOf(page)).toContain('There is a problem Many people use this password');
    await page.getByRole('textbox', { name: 'New password' }).fill('four lamps on a ward');
    await press(page, 'Change the password and sign in', '/projects');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('Your password is changed');
    await page.goto(link);
    await inspect(visit);
    expect(await wordsOf(page)).toContain('This link does not work');
  });

  test.each(ways)('signs in by a link as a member of an advisory group, %s', async (_way, options) => {
    await exists('eag_member');
    const visit = await on.site.visit(options);
    const { page } = visit;
    await page.goto('/sign-in');
    await follow(page, 'Sign in with a link by email', '/sign-in/email');
    await inspect(visit);
    await page.getByLabel('Email address').fill(email);
    await press(page, 'Email me a link', '/sign-in/email/sent');
    await inspect(visit);
    await page.goto(await linkInOutbox());
    await inspect(visit);
    await press(page, 'Sign in', '/projects');
    expect(addressOf(page)).toBe('/projects');
  });
});
