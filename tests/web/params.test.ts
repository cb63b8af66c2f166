import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test.each(['/s/%00', '/s/A%00B/check', '/s/%00/pages/1', '/i/%00', '/%00'])(
  'the address %s, which no text of the database can be, leads nowhere',
  async (address) => {
    const page = await world.visitor().get(address);
    expect([page.status, page.text]).toEqual([404, expect.stringContaining('<h1')]);
  },
);

test('what is looked for and can be no text is refused as unreadable, and is no error of ours', async () => {
  const admin = await world.signedIn('platform_admin');
  const page = await admin.get('/admin/audit?who=lead%00%40example.org');
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('<h1')]);
});

test('a program that asks for such an address is told in its own format', async () => {
  const answer = await world.visitor().get('/api/v1/reports/%00');
  expect([answer.status, answer.headers['content-type']]).toEqual([
    401,
    expect.stringMatching('application/problem\\+json'),
  ]);
});
