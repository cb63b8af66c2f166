import request from 'supertest';
import { openCommandLine } from '../support/cli';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('an operator makes a token that works, and is told what does not', async () => {
  const reader = await world.signedIn('reader');
  const line = openCommandLine(world);
  try {
    const made = line.run(
      'token',
      'create',
      '--account',
      reader.email,
      '--scopes',
      'reports:read',
      '--days',
      '30',
    );
    expect(made.said).toBe('');
    const { id, token, expires } = JSON.parse(made.out.toString());
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(expires).toMatch(/^\d{4}-\d\d-\d\d$/);
    const answer = await request(world.app).get('/api/v1/reports').set('Authorization', `Bearer ${token}`);
    expect([answer.status, answer.body]).toEqual([200, { reports: [] }]);

    const nobody = line.run('token', 'create', '--account', 'nobody@example.org', '--scopes', 'reports:read');
    expect([nobody.status, nobody.out.toString()]).toEqual([1, '']);
    for (const wrong of [
      ['--scopes', 'everything'],
      ['--scopes', 'reports:read', '--days', '0'],
      ['--scopes', 'reports:read', '--days', '400'],
      [],
    ]) {
      expect(line.run('token', 'create', '--account', reader.email, ...wrong).status).toBe(2);
    }
  } finally {
    line.close();
  }
}, 60_000);
