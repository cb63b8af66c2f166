import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { press, signInAs } from './hands';
import { inspect } from './inspection';

const email = 'a-rather-long-address-of-a-lead@nursing-workforce.example.org';

describeInChromium('where somebody is signed in', () => {
  const on = useSite();

  test.each(ways)('is listed, and ended elsewhere, %s', async (_way, options) => {
    await createAccount(on.world.services, operator, { email, role: 'author', password });
    const there = await on.site.visit(options);
    await signInAs(there.page, email);
    const here = await on.site.visit(options);
    await signInAs(here.page, email);
    await here.page.getByRole('link', { name: email }).click();
    await here.page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
    await inspect(here);
    await press(here.page, 'Sign out everywhere else', '/account/sessions');
    expect(await here.page.textContent('main')).toContain('Signed out in 1 other place');
    await inspect(here);
    await there.page.goto('/projects');
    expect(new URL(there.page.url()).pathname).toBe('/sign-in');
  });
});
