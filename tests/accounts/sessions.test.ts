import { createAccount } from '../../src/accounts/accounts.commands';
import { deviceOf } from '../../src/accounts/device';
import { endSessions } from '../../src/accounts/sessions.queries';
import { operator } from '../../src/audit/actor';
import type { Browser } from '../support/browser';
import { openWorld, password, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const email = 'author@example.org';
const minute = 60_000;

async function authorExists(): Promise<string> {
  return createAccount(world.services, operator, { email, role: 'author', password });
}

async function signInAgain(): Promise<Browser> {
  const browser = world.visitor();
  await browser.get('/sign-in');
  await browser.post('/sign-in', { email, password }).expect(303);
  return browser;
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  await browser.get('/projects');
  return browser.address === '/projects';
}

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', 'Safari on an iPhone'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 'Safari on a Mac'],
  ['Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36', 'Chrome on Linux'],
  ['curl/8.0', 'An unknown browser'],
  ['<script>alert(1)</script>', 'An unknown browser'],
  [undefined, 'An unknown browser'],
])('%s is called %s', (userAgent, name) => {
  expect(deviceOf(userAgent)).toBe(name);
});

test('somebody sees where they are signed in, which of these they are at, and nobody else’s', async () => {
  await authorExists();
  await world.signedIn('reader');
  await signInAgain();
  const here = await signInAgain();
  const page = await here.get('/account/sessions');
  expect(page.text.match(/An unknown browser/g)).toHaveLength(3); // Two headings, and the words of the one button.
  expect(page.text.match(/\(this browser\)/g)).toHaveLength(1);
  expect(page.text.match(/Last used/g)).toHaveLength(2);
});

test('ending one session ends that one', async () => {
  await authorExists();
  const there = await signInAgain();
  const here = await signInAgain();
  const page = await here.get('/account/sessions');
  const ends = [...page.text.matchAll(/action="(\/account\/sessions\/[0-9a-f-]+\/end)"/g)];
  expect(ends).toHaveLength(1);
  const after = await here.submit(ends[0]![1]!);
  expect(after.text).toContain('Signed out there');
  expect(await isSignedIn(there)).toBe(false);
  expect(await isSignedIn(here)).toBe(true);
  await here.get('/account/sessions');
  await here.post(ends[0]![1]!).expect(404);
});

test('all others are ended at once, and it is written down', async () => {
  const accountId = await authorExists();
  const others = [await signInAgain(), await signInAgain()];
  const stranger = await world.signedIn('reader');
  const here = await signInAgain();
  await here.get('/account/sessions');
  const after = await here.submit('/account/sessions/end-others');
  expect(after.text).toContain('Signed out in 2 other places');
  expect(after.text).not.toContain('Sign out everywhere else');
  for (const other of others) expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(here)).toBe(true);
  expect(await isSignedIn(stranger)).toBe(true);
  const entry = await world.db('audit_entries').where({ action: 'other sessions ended' }).first();
  expect(entry).toMatchObject({ subject_id: accountId, detail: { sessions: 2 } });
});

test('nobody ends a session of somebody else', async () => {
  await authorExists();
  const there = await signInAgain();
  const [{ id }] = await world.db('sessions').select('id');
  const stranger = await world.signedIn('platform_admin');
  await stranger.get('/account/sessions');
  await stranger.post(`/account/sessions/${id}/end`).expect(404);
  expect(await isSignedIn(there)).toBe(true);
});

test('all sessions of somebody can be ended from elsewhere', async () => {
  const accountId = await authorExists();
  const browsers = [await signInAgain(), await signInAgain()];
  expect(await endSessions(world.db, accountId)).toBe(2);
  for (const browser of browsers) expect(await isSignedIn(browser)).toBe(false);
});

test('when a session was used is written every five minutes at most, and shown as an hour', async () => {
  world.clock.set('2026-11-20T10:31:00Z');
  await authorExists();
  const browser = await signInAgain();
  world.clock.advance(4 * minute);
  await browser.get('/projects');
  expect((await world.db('sessions').first()).last_seen_at).toEqual(new Date('2026-11-20T10:31:00Z'));
  world.clock.advance(minute);
  const page = await browser.get('/account/sessions');
  expect((await world.db('sessions').first()).last_seen_at).toEqual(new Date('2026-11-20T10:36:00Z'));
  expect(page.text).toContain(
    'Signed in 20 November 2026 at 10:31am. Last used 20 November 2026, after 10:00am.',
  );
});

test('signing in again gives a new session, and not the one the browser brought', async () => {
  await authorExists();
  const browser = await signInAgain();
  const [before] = await world.db('sessions').select('token_hash');
  await browser.get('/sign-in');
  await browser.post('/sign-in', { email, password }).expect(303);
  const hashes = (await world.db('sessions').select('token_hash')).map((row) =>
    row.token_hash.toString('hex'),
  );
  expect(hashes).toHaveLength(2);
  expect(new Set(hashes).size).toBe(2);
  expect(hashes).toContain(before.token_hash.toString('hex'));
});

test('whoever is not signed in is asked to', async () => {
  const visitor = world.visitor();
  await visitor.get('/account/sessions');
  expect(visitor.address).toContain('/sign-in');
});
