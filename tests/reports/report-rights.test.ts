import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/accounts/account';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { guestOf, makeReport } from '../readers/make';
import { routesOf } from '../support/addresses';
import type { Browser } from '../support/browser';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Every address of a report, under what somebody needs to be allowed for it. */
const table: Record<string, string> = {
  read: `
    GET /reports/:id
    GET /reports/:id.json
    GET /reports/:id/charts/:name.csv
    GET /reports/:id/charts/:name.png
    GET /reports/:id/charts/:name.svg
    GET /reports/:id/commissioning
    GET /reports/:id/comparison
    GET /reports/:id/files
    POST /reports/:id/files
    GET /reports/:id/files/:file
    GET /reports/:id/files/events
    GET /reports/:id/groups
    GET /reports/:id/items/:number
    GET /reports/:id/map
    GET /reports/:id/recommendations
    GET /reports/:id/recommendations/:recommendation
    GET /reports/:id/said
    GET /reports/:id/sign-off
    GET /reports/:id/sign-off/verification
    GET /reports/:id/training`,
  comment: `
    GET /reports/:id/comments
    POST /reports/:id/comments
    GET /reports/:id/comments/:thread
    POST /reports/:id/comments/:thread/comments
    POST /reports/:id/comments/:thread/comments/:comment/withdrawal
    POST /reports/:id/comments/:thread/reopening
    POST /reports/:id/comments/:thread/resolution
    GET /reports/:id/comments/new
    GET /reports/:id/notifications
    POST /reports/:id/notifications
    GET /reports/:id/recommendations/:recommendation/history
    GET /reports/:id/signed.json`,
  advise: `
    POST /reports/:id/recommendations
    GET /reports/:id/recommendations/:recommendation/edit
    POST /reports/:id/recommendations/:recommendation/edit
    POST /reports/:id/recommendations/:recommendation/history/:revision/restoration
    POST /reports/:id/recommendations/:recommendation/opinions
    POST /reports/:id/recommendations/:recommendation/status
    GET /reports/:id/recommendations/new`,
  sign: `
    POST /reports/:id/sign-off/signatures`,
  invite: `
    GET /reports/:id/people
    POST /reports/:id/people/invitations
    POST /reports/:id/people/invitations/:invitation/letters
    POST /reports/:id/people/invitations/:invitation/withdrawal
    POST /reports/:id/sign-off/readers`,
  lead: `
    POST /reports/:id/recommendations/chair
    POST /reports/:id/recommendations/copies
    POST /reports/:id/sign-off/completion
    POST /reports/:id/sign-off/opening
    POST /reports/:id/sign-off/reopening
    GET /reports/:id/sign-off/settings
    POST /reports/:id/sign-off/settings`,
};

const addresses = Object.entries(table).flatMap(([needed, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line) => ({ route: line.trim(), needed })),
);

const allowed: Record<Role, string> = {
  reader: 'read',
  platform_admin: 'read',
  author: 'read comment',
  analyst: 'read comment',
  coordinator: 'read comment',
  eag_member: 'read comment advise sign',
  data_protection_lead: 'read comment sign',
  organisation_admin: 'read comment advise invite',
  lead: 'read comment advise sign invite lead',
};

test('the table names every address of a report', () => {
  // Below /api one bears the same name: programs show a token there.
  const all = new Set(routesOf(world.app, '/reports/:id').map(({ method, path }) => `${method} ${path}`));
  expect(addresses.map(({ route }) => route).sort()).toEqual([...all].sort());
});

test('of a report nobody finds more than is theirs, at any address that there is', async () => {
  const place = await makeReport(world);
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const other = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const otherLead = await world.signedIn('lead', other.projectId);
  const people: [string, Browser, string[]][] = [];
  for (const [role, words] of Object.entries(allowed)) {
    people.push([role, await world.signedIn(role as Role, place.projectId), words.split(' ')]);
  }
  const guest = await guestOf(world, lead, place, 'guest@example.org');
  people.push(['guest', guest, allowed.eag_member.split(' ')]);
  const outside: [string, Browser][] = [
    ['stranger', await world.signedIn('lead', elsewhere)],
    ['guest of another report', await guestOf(world, otherLead, other, 'other@example.org')],
  ];
  const visitor = world.visitor();
  // Each holds a form's token: what is refused is refused for want of a right.
  const everybody = [visitor, ...[...outside, ...people].map(([, browser]) => browser)];
  for (const browser of everybody) await browser.get('/sign-in');

  const wrong: string[] = [];
  for (const { route, needed } of addresses) {
    const [method, pattern] = route.split(' ') as [string, string];
    const address = pattern
      .replace('/reports/:id', place.report)
      .replace(':number', '1')
      .replace(':name', 'largest-gaps')
      .replace(/:\w+/g, () => randomUUID());
    const statusFor = async (browser: Browser) =>
      (await (method === 'GET' ? browser.download(address) : browser.post(address))).status;
    if ((await statusFor(visitor)) !== 303) wrong.push(`visitor ${route}`);
    for (const [who, browser] of outside) {
      const status = await statusFor(browser);
      if (status !== 404) wrong.push(`${who} ${route} ${status}`);
    }
    for (const [who, browser, may] of people) {
      const isAllowed = may.includes(needed);
      // A page that goes on for as long as it is open is asked for only by those who are refused.
      if (isAllowed && address.endsWith('/events')) continue;
      const status = await statusFor(browser);
      if (isAllowed === (status === 403) || status >= 500) wrong.push(`${who} ${route} ${status}`);
    }
  }
  expect(wrong).toEqual([]);
}, 180_000);
