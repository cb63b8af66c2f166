import { createAccount } from '../../src/accounts/accounts.commands';
import { linksPerAccount } from '../../src/accounts/sign-in-limit';
import { operator } from '../../src/audit/actor';
import { linkMinutes } from '../../src/entrance/link';
import { insertMember } from '../../src/projects/projects.queries';
import { sweep } from '../../workers/sweep';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import { openWorld, password, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const email = 'lead@example.org';
const minute = 60_000;
const chosen = 'four lamps on a ward';

/** Asks as a stranger would; gives what is answered. */
async function ask(way: 'forgotten' | 'email', address: string, next?: string) {
  const browser = world.visitor();
  await browser.get(`/sign-in/${way}`);
  const answer = await browser.post(`/sign-in/${way}`, { email: address, ...(next ? { next } : {}) });
  await world.queue.drain();
  await sweep(world.services);
  await settled();
  return answer;
}

/** Waits until no letter is on its way. */
async function settled(): Promise<void> {
  for (;;) {
    const left = await world.db('report_letters').whereIn('state', ['waiting', 'handing over']);
    if (left.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function opens(browser: Browser, address: string, status: number) {
  const page = await browser.get(address);
  expect(page.status).toBe(status);
  return page;
}

async function letters(): Promise<{ recipient: string; subject: string; text: string }[]> {
  return world.db('outbox').orderBy('kept_at').orderBy('subject');
}

async function linkSent(): Promise<string> {
  const [letter] = (await letters()).filter(({ text }) => text.includes('/sign-in/links/')).slice(-1);
  return /\/sign-in\/links\/[\w-]+/.exec(letter!.text)![0];
}

async function exists(role: 'lead' | 'eag_member' | 'reader' | 'platform_admin' | 'analyst' = 'lead') {
  return createAccount(world.services, operator, { email, role, password });
}

test('a new password is chosen by a link that was sent: once, and everybody else who was signed in is not any more', async () => {
  const accountId = await exists();
  const elsewhere = world.visitor();
  await elsewhere.get('/sign-in');
  await elsewhere.post('/sign-in', { email, password }).expect(303);
  const answer = await ask('forgotten', ' Lead@Example.org ', '/projects/new');
  expect(answer.headers.location).toBe('/sign-in/forgotten/sent');
  const link = await linkSent();

  const browser = world.visitor();
  for (let scan = 0; scan < 3; scan += 1) await opens(browser, link, 200);
  const refused = await browser.post(link, { password: 'password1234' }).expect(422);
  expect(refused.text).toContain('Many people use this password');
  expect(refused.text).not.toContain('password1234');
  const done = await browser.post(link, { password: chosen }).expect(303);
  expect(done.headers.location).toBe('/projects/new');
  expect((await browser.get('/projects/new')).status).toBe(200);
  await elsewhere.get('/projects');
  expect(elsewhere.address).toContain('/sign-in');
  await opens(world.visitor(), link, 410);

  const again = world.visitor();
  await again.get('/sign-in');
  await again.post('/sign-in', { email, password }).expect(422);
  await again.post('/sign-in', { email, password: chosen }).expect(303);
  await sweep(world.services);
  await settled();
  expect((await letters()).map(({ subject }) => subject)).toContain(
    'Your password was changed: Skills gap survey',
  );
  const entries = await world.db('audit_entries').where({ action: 'password changed' });
  expect(entries).toMatchObject([{ account_id: accountId, subject_id: accountId }]);
});

test.each(['forgotten', 'email'] as const)(
  'whoever asks by /sign-in/%s gets one answer and leaves one trace, whether there is an account or not',
  async (way) => {
    await exists('reader');
    const answers = [];
    for (const address of [email, 'nobody@example.org']) {
      const answer = await ask(way, address);
      const { date: _date, 'set-cookie': _cookie, ...headers } = answer.headers;
      answers.push({ status: answer.status, headers, text: answer.text });
    }
    expect(answers[0]).toEqual(answers[1]);
    const rows = await world.db('account_links').orderBy('email');
    expect(rows.map((row) => row.email)).toEqual([email, 'nobody@example.org']);
    expect((await letters()).map(({ recipient }) => recipient)).toEqual([email]);
  },
);

test('members of advisory groups and readers sign in by a link, once, and go where they wanted to', async () => {
  await exists('eag_member');
  await ask('email', email, '/projects?page=1');
  const link = await linkSent();
  const [first, second] = [world.visitor(), world.visitor()];
  expect((await opens(first, link, 200)).text).toContain(email);
  await opens(second, link, 200);
  const both = await Promise.all([first.post(link), second.post(link)]);
  expect(both.map(({ status }) => status).sort()).toEqual([303, 410]);
  const [entered] = both.filter(({ status }) => status === 303);
  expect(entered!.headers.location).toBe('/projects?page=1');
  const [entry] = await world.db('audit_entries').where({ action: 'signed in' });
  expect(entry.detail).toEqual({ way: 'e-mail link' });
});

test.each(['lead', 'analyst', 'platform_admin'] as const)(
  'a mailbox alone does not let a %s in',
  async (role) => {
    const accountId = await exists(role);
    await ask('email', email);
    expect(await letters()).toEqual([]);
    await world.db('accounts').where({ id: accountId }).update({ role: 'reader' });
    await ask('email', email);
    const link = await linkSent();
    await world.db('accounts').where({ id: accountId }).update({ role });
    await opens(world.visitor(), link, 410);
  },
);

test('nor does it let a reader in who sees more than reports in some project', async () => {
  const accountId = await exists('reader');
  const { projectId } = await makeSurvey(world.services, { code: 'LINK1' });
  await insertMember(world.db, { projectId, accountId, role: 'eag_member' });
  await ask('email', email);
  const link = await linkSent();
  await opens(world.visitor(), link, 200);
  await world.db('project_members').where({ account_id: accountId }).update({ role: 'analyst' });
  await opens(world.visitor(), link, 410);
});

test('a link ends, and is forgotten; one of somebody who has left leads nowhere', async () => {
  const accountId = await exists('reader');
  await ask('forgotten', email);
  const link = await linkSent();
  await world.db('accounts').where({ id: accountId }).update({ left_at: new Date() });
  await opens(world.visitor(), link, 410);
  await world.db('accounts').where({ id: accountId }).update({ left_at: null });
  world.clock.advance((linkMinutes.password - 1) * minute);
  await opens(world.visitor(), link, 200);
  world.clock.advance(2 * minute);
  await opens(world.visitor(), link, 410);
  await sweep(world.services);
  expect(await world.db('account_links')).toEqual([]);
  world.clock.advance(8 * 24 * 60 * minute);
  await sweep(world.services);
  expect(await world.db('report_letters')).toEqual([]);
});

test('no mailbox is filled: while a link is unused nobody is sent another for five minutes', async () => {
  await exists('reader');
  for (let time = 0; time < 3; time += 1) await ask('forgotten', email);
  expect(await letters()).toHaveLength(1);
  world.clock.advance(6 * minute);
  await ask('forgotten', email);
  expect(await letters()).toHaveLength(2);
});

test('asking is slowed from one place, known address or not, and what was typed wrongly stays', async () => {
  await exists('reader');
  const browser = world.visitor();
  for (const address of [email, 'nobody@example.org']) {
    await browser.get('/sign-in/forgotten');
    for (let time = 0; time < linksPerAccount; time += 1) {
      await browser.post('/sign-in/forgotten', { email: address }).expect(303);
    }
    await browser.post('/sign-in/forgotten', { email: address }).expect(429);
  }
  await browser.get('/sign-in/email');
  const wrong = await browser.post('/sign-in/email', { email: 'not an address' }).expect(422);
  expect(wrong.text).toContain('value="not an address"');
  expect(wrong.text).toContain('Enter an email address in the correct format');
  await browser.get('/sign-in/forgotten');
  await browser.post('/sign-in/forgotten').expect(422);
});

test('nobody makes up a link, and none leads out of the product', async () => {
  await exists('reader');
  await opens(world.visitor(), `/sign-in/links/${'a'.repeat(43)}`, 410);
  await opens(world.visitor(), '/sign-in/links/%00', 410);
  await ask('email', email, '//evil.example');
  const link = await linkSent();
  const browser = world.visitor();
  await browser.get(link);
  expect((await browser.post(link)).headers.location).toBe('/projects');
  const token = link.split('/').at(-1)!;
  const [row] = await world.db('account_links');
  expect(JSON.stringify(row)).not.toContain(token);
});
