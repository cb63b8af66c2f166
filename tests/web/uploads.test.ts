import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const nowhere = '/projects/00000000-0000-4000-8000-000000000000/imports';

test('a stranger is sent to sign in before anything of their 100 MB is read', async () => {
  const server = createServer(world.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sending = request({ port, method: 'POST', path: nowhere });
  sending.setHeader('Content-Type', 'multipart/form-data; boundary=b');
  sending.setHeader('Content-Length', 100 * 1024 * 1024);
  sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ndomain');
  const [answer] = await once(sending, 'response');
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe('/sign-in');
  sending.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a form with a file needs its token too', async () => {
  const lead = await world.signedIn('lead');
  const plain = await lead.upload('/projects', { name: 'A project' });
  expect(plain.status).toBe(403);
});

test('a form cut short, or no form at all, gets a sentence', async () => {
  const lead = await world.signedIn('lead');
  const cut = await lead
    .post(nowhere)
    .set('Content-Type', 'multipart/form-data; boundary=b')
    .send('--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ndomain,comp');
  expect(cut.status).toBe(400);
  expect(cut.text).toContain('The file did not arrive whole');
  const without = await lead.post(nowhere).set('Content-Type', 'multipart/form-data').send('what?');
  expect(without.status).toBe(400);
});
