import fc from 'fast-check';
import request from 'supertest';
import { safeNext } from '../../src/accounts/sign-in.page';
import { createApp } from '../../src/app';
import { routesOf } from '../support/addresses';
import { openWorld, password, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const someId = '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9';
/** Addresses of the kind, each with something in its places. */
function addressesOf(...methods: string[]): string[] {
  return routesOf(world.app, '')
    .filter(({ method }) => methods.includes(method))
    .flatMap(({ method, path }) => path.split(',').map((one) => `${method} ${one}`))
    .filter((one) => !one.includes(' /api/v1'));
}
const filled = (path: string) => path.replace(/[:*]\w+/g, someId);

/** Without a token by right: programs of mail boxes post here, and the secret in the address says all. No cookie is read. */
const withoutToken = ['POST /unsubscribe/:token', 'POST /unsubscribe/:token/undo'];

/** Somebody who may do everything, with no token of a form to send along. */
async function administrator() {
  const { email } = await world.signedIn('platform_admin');
  const agent = request.agent(world.app);
  const page = await agent.get('/sign-in');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
  await agent.post('/sign-in').type('form').send({ _csrf: token, email, password }).expect(303);
  return { agent, oldToken: token };
}

test('every form is refused without its token, with one of another browser, and with one from before signing in', async () => {
  const { agent, oldToken } = await administrator();
  const other = /name="_csrf" value="([^"]+)"/.exec((await request(world.app).get('/sign-in')).text)![1]!;
  const addresses = addressesOf('POST', 'PUT', 'PATCH', 'DELETE');
  expect(addresses.length).toBeGreaterThan(100);
  const accepted: string[] = [];
  for (const one of addresses) {
    if (withoutToken.includes(one)) continue;
    const path = filled(one.split(' ')[1]!);
    for (const token of ['', other, oldToken]) {
      const answer = await agent.post(path).type('form').send({ _csrf: token });
      if (answer.status !== 403 || !answer.text.includes('This form can no longer be sent')) {
        accepted.push(`${answer.status} ${one}`);
      }
    }
  }
  expect(accepted).toEqual([]);
}, 120_000);

test('no other method stands in for a post, named in a header, a field or the address', async () => {
  const { agent } = await administrator();
  const answer = await agent
    .get('/sign-out?_method=POST')
    .set('X-HTTP-Method-Override', 'POST')
    .set('X-HTTP-Method', 'POST');
  expect(answer.status).toBe(404);
  await agent.get('/projects').expect(200);
});

test('every kind of answer keeps to itself: pages, errors, files, and what programs ask', async () => {
  const answers = [
    ...['/', '/sign-in', '/privacy', '/nowhere', '/projects', '/s/NOSUCH', '/%E0%A4%A', '/assets/nowhere.js'],
    ...['/health', '/ready', '/metrics', '/api/v1/openapi.json', '/api/v1/reports', '/api/v1/nowhere'],
  ].map((path) => request(world.app).get(path));
  const large = request(world.app)
    .post('/sign-in')
    .type('form')
    .send({ email: 'a'.repeat(70_000) });
  const forbidden = request(world.app).post('/sign-in').type('form').send({ email: 'a' });
  for (const asked of [...answers, large, forbidden]) {
    const { headers, status, request: sent } = await asked;
    const policy = String(headers['content-security-policy']);
    const told = { address: sent.url, status, policy };
    expect(told).toEqual({ ...told, policy: expect.stringContaining("default-src 'none'") });
    // The preview of a questionnaire shows these in a frame of ours.
    const framed = sent.method === 'GET' && ['/', '/privacy'].includes(new URL(sent.url).pathname);
    const around = framed ? "frame-ancestors 'self'" : "frame-ancestors 'none'";
    expect(told).toEqual({ ...told, policy: expect.stringContaining(around) });
    expect(policy).not.toMatch(/unsafe|\*|data:|http:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': framed ? 'SAMEORIGIN' : 'DENY',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  }
});

test('behind TLS cookies are for TLS only and browsers are told to stay with it', async () => {
  const config = { ...world.services.config, baseUrl: 'https://skills.example.org' };
  const { headers } = await request(createApp({ ...world.services, config })).get('/sign-in');
  expect(headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
  const cookies = [headers['set-cookie']].flat().map(String);
  expect(cookies).not.toEqual([]);
  for (const cookie of cookies) expect(cookie).toMatch(/(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=Lax)/);
  expect((await request(world.app).get('/sign-in')).headers).not.toHaveProperty('strict-transport-security');
});

test('the host a request names is nowhere repeated', async () => {
  const { agent } = await administrator();
  const forged = {
    Host: 'forged.example',
    'X-Forwarded-Host': 'forged.example',
    'X-Forwarded-Server': 'forged.example',
    Forwarded: 'host=forged.example',
    'X-Original-URL': 'https://forged.example/',
    Referer: 'https://forged.example/',
  };
  const addresses = addressesOf('GET').map((one) => filled(one.split(' ')[1]!));
  expect(addresses.length).toBeGreaterThan(150);
  const repeating: string[] = [];
  for (const asking of [agent, request(world.app)]) {
    for (const path of addresses) {
      const answer = await asking.get(path).set(forged);
      const whole = JSON.stringify(answer.headers) + answer.text;
      if (whole.includes('forged.example')) repeating.push(path);
    }
  }
  expect(repeating).toEqual([]);
}, 120_000);

const elsewhere = [
  ...['https://evil.example', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example'],
  ...['/\t/evil.example', '\t//evil.example', '/\n/evil.example', ' //evil.example', 'javascript:alert(1)'],
  ...['/%0d%0aSet-Cookie:a=b', 'evil.example', '@evil.example', '/@evil.example/..//', '/..//evil.example'],
  ...['/./\\evil.example', 'data:text/html,a', 'http:evil.example', 'http:/evil.example', '/.//evil.example'],
];

test.each(elsewhere)('signing in leads nowhere else: next=%j', async (next) => {
  const { email } = await world.signedIn('lead');
  const browser = world.visitor();
  await browser.get(`/sign-in?next=${encodeURIComponent(next)}`);
  const { headers } = await browser.post('/sign-in', { email, password, next }).expect(303);
  const base = 'https://skills.example.org';
  expect(new URL(String(headers.location), `${base}/sign-in`).origin).toBe(base);
});

test('whatever is asked for, the way on is an address of ours', () => {
  const sign = fc.constantFrom(
    '/',
    '\\',
    '.',
    ':',
    '@',
    '\t',
    '\n',
    '%',
    '?',
    '#',
    'a',
    'http',
    '//',
    ' ',
    '\u0000',
    '。',
    '／',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(sign, { maxLength: 12 }).map((signs) => signs.join('')),
        fc.string(),
      ),
      (next) => {
        const base = 'https://skills.example.org';
        expect(new URL(safeNext(next), `${base}/sign-in`).origin).toBe(base);
      },
    ),
    { numRuns: 5_000 },
  );
  expect(safeNext(['/projects', '//evil.example'])).toBe('/projects');
});

/** How many wrong tokens are answered before we are told to wait, each said to come from an address of its own. */
async function triesFrom(app: World['app'], forwardedFor: (n: number) => string): Promise<number> {
  for (let n = 0; n < 150; n += 1) {
    const { status } = await request(app)
      .get('/api/v1/reports')
      .set({
        Authorization: `Bearer sgs_${String(n).padStart(43, 'x')}`,
        'X-Forwarded-For': forwardedFor(n),
      });
    if (status === 429) return n;
    expect(status).toBe(401);
  }
  return 150;
}

test('who forges where a request comes from is counted by where it came from; behind a proxy the proxy is believed', async () => {
  const one = await triesFrom(world.app, () => '192.0.2.1');
  expect(one).toBeLessThan(150);
  await world.reset();
  expect(await triesFrom(world.app, (n) => `192.0.2.${n}`)).toBe(one);

  const config = { ...world.services.config, trustProxy: 1 };
  const behind = createApp({ ...world.services, config });
  await world.reset();
  expect(await triesFrom(behind, (n) => `192.0.2.${n}`)).toBe(150);
  await world.reset();
  // What the sender wrote stands to the left of what the proxy added.
  expect(await triesFrom(behind, (n) => `198.51.100.${n}, 192.0.2.1`)).toBe(one);
}, 60_000);
