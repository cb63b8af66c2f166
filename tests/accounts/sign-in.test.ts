import request from 'supertest';
import { createAccount } from '../../src/accounts/accounts.commands';
import { createSignInLimit, triesPerAccount, triesPerAddress } from '../../src/accounts/sign-in-limit';
import { operator } from '../../src/audit/actor';
import { sweep } from '../../workers/sweep';
import { openWorld, password, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function leadExists(): Promise<void> {
  await createAccount(world.services, operator, { email: 'lead@example.org', role: 'lead', password });
}

/** A browser at an address of the network, as a proxy that is trusted names it. */
async function agentAt(behind: World, address: string) {
  const agent = request.agent(behind.app).set('X-Forwarded-For', address);
  return {
    signIn: async (email: string, tried: string) => {
      const form = await agent.get('/sign-in');
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(form.text)![1]!;
      return agent.post('/sign-in').type('form').send({ _csrf, email, password: tried });
    },
  };
}

test('the right password opens a session and leads to the page that was asked for', async () => {
  await leadExists();
  const browser = world.visitor();
  await browser.get('/projects/new');
  expect(browser.address).toBe('/sign-in?next=%2Fprojects%2Fnew');
  const response = await browser.post('/sign-in', {
    email: ' Lead@Example.org ',
    password,
    next: '/projects/new',
  });
  expect(response.status).toBe(303);
  expect(response.headers.location).toBe('/projects/new');
  const cookie = String(response.headers['set-cookie']);
  expect(cookie).toMatch(/session=s%3A[^;]+;.*HttpOnly;.*SameSite=Lax/);
  expect((await browser.get('/projects/new')).status).toBe(200);
});

test('a wrong password and an unknown address get the same answer, and the address typed stays', async () => {
  await leadExists();
  const browser = world.visitor();
  await browser.get('/sign-in');
  const pages = [];
  for (const email of ['lead@example.org', 'nobody@example.org']) {
    const page = await browser.post('/sign-in', { email, password: 'wrong' }).expect(422);
    expect(page.text).toContain(`value="${email}"`);
    expect(page.text).not.toContain('value="wrong"');
    pages.push(page.text.replaceAll(email, 'ADDRESS').replace(/name="_csrf" value="[^"]+"/, ''));
  }
  expect(pages[0]).toBe(pages[1]);
});

test('an empty form says what to enter', async () => {
  const browser = world.visitor();
  await browser.get('/sign-in');
  const page = await browser.post('/sign-in').expect(422);
  expect(page.text).toContain('Enter your email address');
  expect(page.text).toContain('Enter your password');
  expect(page.text).toContain('<title>Error: Sign in');
});

test('after ten wrong tries from one address that account is shut for it, and nobody else is', async () => {
  await leadExists();
  await createAccount(world.services, operator, { email: 'other@example.org', role: 'lead', password });
  const browser = world.visitor();
  await browser.get('/sign-in');
  for (let attempt = 0; attempt < triesPerAccount; attempt += 1) {
    await browser.post('/sign-in', { email: 'lead@example.org', password: 'wrong' }).expect(422);
  }
  const shut = await browser.post('/sign-in', { email: 'lead@example.org', password }).expect(429);
  expect(shut.text).toContain('Too many tries');
  await browser.post('/sign-in', { email: 'other@example.org', password }).expect(303);
});

test('whoever guesses at an account shuts it for themselves: its owner signs in from elsewhere meanwhile', async () => {
  const behind = await openWorld({ config: { trustProxy: 1 } });
  try {
    await leadExists();
    const attacker = await agentAt(behind, '192.0.2.66');
    for (let guess = 0; guess < 3 * triesPerAccount; guess += 1)
      await attacker.signIn('lead@example.org', 'wrong');
    expect((await attacker.signIn('lead@example.org', password)).status).toBe(429);
    const owner = await agentAt(behind, '198.51.100.7');
    expect((await owner.signIn('lead@example.org', password)).status).toBe(303);
    expect((await attacker.signIn('lead@example.org', password)).status).toBe(429);
  } finally {
    await behind.close();
  }
});

test('from many addresses each has its few guesses, and one address has few for all accounts', async () => {
  const limit = createSignInLimit(world.db);
  const waits = [];
  for (let machine = 0; machine < 4; machine += 1) {
    for (let guess = 0; guess <= triesPerAccount; guess += 1) {
      waits.push(await limit.countTry('lead@example.org', `192.0.2.${machine}`));
    }
  }
  expect(waits.filter((wait) => wait === 0)).toHaveLength(4 * triesPerAccount);
  const spread = [];
  for (let account = 0; account <= triesPerAddress; account += 1) {
    spread.push(await limit.countTry(`person-${account}@example.org`, '203.0.113.9'));
  }
  expect(spread.slice(0, triesPerAddress).every((wait) => wait === 0)).toBe(true);
  expect(spread[triesPerAddress]).toBeGreaterThan(0);
});

test('guesses made all at once are counted one by one', async () => {
  await leadExists();
  const browser = world.visitor();
  await browser.get('/sign-in');
  const guesses = Array.from({ length: 25 }, () =>
    browser.post('/sign-in', { email: 'lead@example.org', password: 'a guess' }),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 422)).toHaveLength(triesPerAccount);
  expect(statuses.filter((status) => status === 429)).toHaveLength(25 - triesPerAccount);
});

test('signing in rightly, however often, is never too many tries', async () => {
  await leadExists();
  const browser = world.visitor();
  for (let time = 0; time < 2 * triesPerAccount; time += 1) {
    await browser.get('/sign-in');
    await browser.post('/sign-in', { email: 'lead@example.org', password }).expect(303);
  }
  expect(await world.db('sign_in_limits').where('points', '>', 0)).toEqual([]);
});

test('signing out ends the session on the server', async () => {
  const browser = await world.signedIn('lead');
  await browser.get('/projects');
  expect(await world.db('sessions')).toHaveLength(1);
  await browser.post('/sign-out').expect(303);
  expect(await world.db('sessions')).toHaveLength(0);
  await browser.get('/projects');
  expect(browser.address).toContain('/sign-in');
});

test('a session ends after twelve hours, and the sweep removes it', async () => {
  const browser = await world.signedIn('lead');
  world.clock.advance(12 * 3_600_000 + 1000);
  await browser.get('/projects');
  expect(browser.address).toContain('/sign-in');
  await sweep(world.services);
  expect(await world.db('sessions')).toHaveLength(0);
});

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'signing in never leads to %s',
  async (next) => {
    await leadExists();
    const browser = world.visitor();
    await browser.get('/sign-in');
    const response = await browser.post('/sign-in', { email: 'lead@example.org', password, next });
    expect(response.headers.location).toBe('/projects');
  },
);

test('no password and no session token is stored as it is', async () => {
  await leadExists();
  const browser = world.visitor();
  await browser.get('/sign-in');
  const response = await browser.post('/sign-in', { email: 'lead@example.org', password });
  const token = decodeURIComponent(/session=([^;]+)/.exec(String(response.headers['set-cookie']))![1]!)
    .replace(/^s:/, '')
    .split('.')[0]!;
  const [account] = await world.db('accounts');
  const [session] = await world.db('sessions');
  expect(account.password_hash).toMatch(/^\$argon2id\$/);
  expect(session.token_hash.toString('base64url')).not.toContain(token.slice(0, 10));
});

test('a cookie somebody made up opens nothing', async () => {
  const browser = world.visitor();
  const response = await browser.get('/sign-in');
  expect(response.status).toBe(200);
  const forged = await import('supertest').then(({ default: request }) =>
    request(world.app).get('/projects').set('Cookie', 'session=s%3Aforged.signature'),
  );
  expect(forged.status).toBe(303);
});
