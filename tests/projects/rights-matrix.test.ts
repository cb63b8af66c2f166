import type { Express } from 'express';
import request from 'supertest';
import { type Role, roleNames, roles } from '../../src/accounts/account';
import { operator } from '../../src/audit/actor';
import { mayDo, mayDoOnPlatform, type Right } from '../../src/projects/access';
import { createProject } from '../../src/projects/projects.commands';
import { reportsApi } from '../../src/reports/reports.api';
import { createToken } from '../../src/tokens/tokens.commands';
import { type Route, routesOf } from '../support/addresses';
import type { Browser } from '../support/browser';
import { makeOneOfEach, type OneOfEach } from '../support/one-of-each';
import { routeRights } from '../support/route-rights';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Pages that take more than a right: being named for it, in an organisation, or the lead. Whoever has the right may still be refused. */
const named =
  /\/texts\/redaction|\/own-headcounts|\/own-progress|\/contacts\/imports|^\/populations\/:id|\/handover$/;
/** Pages of what there is nothing of here, or that take a question in their address. */
const empty =
  /\/(said|difference|review\/changes|mailings\/new|themes\/new|coding|quotes\/new)$|^\/questionnaires\/:id\/(library|competencies)$|^\/admin\/outbox\/:id$/;
/** Headcounts that are not their organisation's do not exist for those who coordinate one. */
const hiddenFrom = (role: Role, path: string) => role === 'coordinator' && /^\/populations\/:id/.test(path);
/** Pages that go on for as long as they are open, and leaving the project: asked for only by those who are refused. */
const endless = /\/(events|departure)$/;

const declared = Object.entries(routeRights).flatMap(([needed, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [method, path] = line.trim().split(' ') as [string, string];
      return { method, path, needed };
    }),
);
const guarded = declared.filter(({ needed }) => !['anybody', 'an account', 'a token'].includes(needed));

function pathsOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

test('every address of the product says what it takes, once, and no address is named that is not there', () => {
  const ofPrograms = routesOf({ router: reportsApi(world.services) } as unknown as Express, '/').map(pathsOf);
  const pages = routesOf(world.app, '/').map(pathsOf);
  for (const route of ofPrograms) pages.splice(pages.indexOf(route), 1);
  const all = [...pages, ...ofPrograms.map((route) => route.replace(' ', ' /api/v1'))];
  const several = /,|\$/; // Handlers of several addresses, each of them named: public pages, and what reads a file that is sent.
  expect(declared.map(pathsOf).sort()).toEqual(
    [...new Set(all)].filter((route) => !several.test(route)).sort(),
  );
});

/** What the table says: may this role, held in the project of the thing and as the account's own, do this? */
function may(role: Role, needed: string): boolean {
  const holds = (right: string) => mayDo(role, right as Right) || mayDoOnPlatform(role, right as Right);
  return needed.split(' or ').some((one) => one.split(' and ').every(holds));
}

function isOfPlatform(needed: string): boolean {
  return roles.some((role) => mayDoOnPlatform(role, needed as Right));
}

test('every address takes a right that somebody holds', () => {
  expect(guarded.filter(({ needed }) => !roles.some((role) => may(role, needed)))).toEqual([]);
});

/** Somebody of each role in a project, each with a form's token: what is refused is refused for want of a right. */
async function everyRole(
  projectId: string,
): Promise<Map<Role, Browser & { accountId: string; email: string }>> {
  const people = new Map<Role, Browser & { accountId: string; email: string }>();
  for (const role of Object.keys(roleNames) as Role[]) {
    const browser = await world.signedIn(role, projectId);
    await browser.get('/sign-in');
    people.set(role, browser);
  }
  return people;
}

async function answer(browser: Browser, route: Route, { addressOf }: OneOfEach) {
  const address = addressOf(route.path);
  const { status, headers } = await (route.method === 'GET'
    ? browser.download(address)
    : browser.post(address));
  return { status, asksToSignIn: status === 303 && String(headers.location).startsWith('/sign-in') };
}

/** Every row of the database, a line a table. */
async function everything(): Promise<string[]> {
  const tables: string[] = await world
    .db('pg_tables')
    .where({ schemaname: 'public' })
    .orderBy('tablename')
    .pluck('tablename');
  const sums = tables.map(
    (table) =>
      `select '${table}' as name, coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') as sum from "${table}" t`,
  );
  const { rows } = await world.db.raw(sums.join(' union all '));
  return rows.map(({ name, sum }: { name: string; sum: string }) => `${name} ${sum}`).sort();
}

test('whoever lacks the right is refused at every address, on their own things and on foreign ones, and nothing changes', async () => {
  const own = await makeOneOfEach(world);
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const members = await everyRole(own.projectId);
  const strangers = await everyRole(elsewhere);
  const visitor = world.visitor();
  await visitor.get('/sign-in');
  await world.queue.drain();
  const before = await everything();
  const wrong: string[] = [];
  const expectStatus = async (who: string, browser: Browser, route: Route, expected: number) => {
    const { status } = await answer(browser, route, own);
    if (status !== expected) wrong.push(`${who} ${pathsOf(route)} ${status}, not ${expected}`);
  };
  for (const { needed, ...route } of guarded) {
    const { asksToSignIn } = await answer(visitor, route, own);
    if (!asksToSignIn) wrong.push(`visitor ${pathsOf(route)}`);
    for (const [role, browser] of members) {
      if (may(role, needed)) continue;
      await expectStatus(role, browser, route, hiddenFrom(role, route.path) ? 404 : 403);
    }
    for (const [role, browser] of strangers) {
      if (isOfPlatform(needed) || role === 'platform_admin') continue; // Theirs everywhere, or nowhere: seen above.
      await expectStatus(`${role} of another project`, browser, route, 404);
    }
  }
  expect(wrong).toEqual([]);
  await world.queue.drain();
  expect(await everything()).toEqual(before);
}, 300_000);

test('whoever has the right gets to every address', async () => {
  const wrong: string[] = [];
  for (const role of roles) {
    await world.reset(); // What one of them changes stands in nobody else's way.
    const own = await makeOneOfEach(world);
    const browser = await world.signedIn(role, own.projectId);
    await browser.get('/sign-in');
    const theirs = guarded.filter(({ needed }) => may(role, needed));
    const inOrder = ['GET', 'POST'].flatMap((method) => theirs.filter((route) => route.method === method));
    for (const { needed, ...route } of inOrder) {
      if (endless.test(route.path) || named.test(route.path)) continue;
      const { status, asksToSignIn } = await answer(browser, route, own);
      const isMissing =
        status === 404 && route.method === 'GET' && !/:\w+.*:\w+/.test(route.path) && !empty.test(route.path);
      if (status === 403 || status >= 500 || asksToSignIn || isMissing) {
        wrong.push(`${role} ${pathsOf(route)} (${needed}) ${status}`);
      }
    }
  }
  expect(wrong).toEqual([]);
}, 300_000);

test('what takes an account takes any, and what takes nothing asks nobody to sign in', async () => {
  const own = await makeOneOfEach(world);
  const reader = await world.signedIn('reader', own.projectId);
  await reader.get('/sign-in');
  const visitor = world.visitor();
  await visitor.get('/sign-in');
  const wrong: string[] = [];
  for (const { needed, ...route } of declared) {
    if (needed !== 'an account' && needed !== 'anybody') continue;
    if (/\/events$|^\/sign-out$/.test(route.path)) continue;
    const { asksToSignIn } = await answer(visitor, route, own);
    if (asksToSignIn !== (needed === 'an account')) wrong.push(`visitor ${pathsOf(route)}`);
    const { status } = await answer(reader, route, own);
    if (needed === 'an account' && route.method === 'GET' && status !== 200)
      wrong.push(`reader ${pathsOf(route)} ${status}`);
  }
  expect(wrong).toEqual([]);
}, 60_000);

test('programs read what the account of their token may, and without one nothing', async () => {
  const own = await makeOneOfEach(world);
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const ask = (address: string, token = 'sgs_none') =>
    request(world.app).get(address).set('Authorization', `Bearer ${token}`);
  const report = own.addressOf('/reports/:id');
  for (const [people, isOwn] of [
    [await everyRole(own.projectId), true],
    [await everyRole(elsewhere), false],
  ] as const) {
    for (const [role, { email }] of people) {
      const wish = { email, name: 'A program', scopes: ['reports:read'] as const, days: 1 };
      const { token } = await createToken(world.services, operator, wish);
      const sees = isOwn || role === 'platform_admin';
      const list = await ask('/api/v1/reports', token).expect(200);
      expect([role, list.body.reports.length]).toEqual([role, sees ? 1 : 0]);
      expect([role, (await ask(`/api/v1${report}`, token)).status]).toEqual([role, sees ? 200 : 404]);
    }
  }
  for (const address of ['/api/v1/reports', `/api/v1${report}`]) {
    await ask(address).expect(401);
    await request(world.app).get(address).expect(401);
  }
});
