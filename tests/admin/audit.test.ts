import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { appendAuditEntry } from '../../src/audit/audit.queries';
import { openWorld, password, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const survey = '6b2fe1d8-0d51-4f0a-93c4-6f6d5a1c1b11';

async function write(action: string, subjectId: string | null = null, at?: string): Promise<void> {
  await world.db('audit_entries').insert({
    ...{ actor: 'command line', action, subject: 'survey', subject_id: subjectId },
    ...{ detail: JSON.stringify({ reason: `<b>${action}</b>` }), ...(at ? { at } : {}) },
  });
}

/** The actions listed, in the order of the page. */
function actionsIn(html: string): string[] {
  return [...html.matchAll(/<th scope="row">([^<]*)<\/th>/g)].map(([, action]) => action!);
}

test('an administrator finds who did what, by person, action, thing and day', async () => {
  const admin = await world.signedIn('platform_admin');
  await write('survey opened', survey, '2027-03-01T10:00:00Z');
  await write('survey closed', survey, '2027-03-28T23:30:00+01:00');
  await write('report released', null, '2027-04-02T10:00:00Z');
  await appendAuditEntry(
    world.db,
    { kind: 'account', accountId: admin.accountId },
    {
      ...{ action: 'report downloaded', subject: 'report', subjectId: null },
    },
  );
  const found = async (query: string) => actionsIn((await admin.get(`/admin/audit?${query}`)).text);

  expect(await found(`id=${survey}`)).toEqual(['survey closed', 'survey opened']);
  expect(await found('action=report&who=command+line')).toEqual(['report released']);
  expect(await found(`action=report&who=${encodeURIComponent(admin.email.toUpperCase())}`)).toEqual([
    'report downloaded',
  ]);
  const days = (from: string, until: string) =>
    ['from', 'until']
      .flatMap((name, index) => {
        const [day, month, year] = [from, until][index]!.split('.');
        return [`${name}-day=${day}`, `${name}-month=${month}`, `${name}-year=${year}`];
      })
      .join('&');
  expect(await found(days('2.3.2027', '28.3.2027'))).toEqual(['survey closed']);
  expect(await found(days('29.3.2027', '29.3.2027'))).toEqual([]);
  const page = await admin.get(`/admin/audit?action=survey`);
  expect(page.text).toContain(`/admin/audit?id=${survey}`);
  expect(page.text).not.toContain('<b>survey');
});

test('what cannot be looked for is said where it was typed, and kept', async () => {
  const admin = await world.signedIn('platform_admin');
  const page = await admin.get('/admin/audit?id=1&from-day=31&from-month=2&from-year=2027&who=somebody');
  expect(page.status).toBe(422);
  expect(page.text).toContain('Enter the whole id');
  expect(page.text).toContain('Enter a day that is in the calendar');
  expect(page.text).toContain('value="somebody"');
  expect((await admin.get('/admin/audit?who=nobody@example.org')).text).toContain('Nothing was found');
});

test('older entries are a page further, and none is left out or shown twice', async () => {
  const admin = await world.signedIn('platform_admin');
  for (let number = 0; number < 120; number += 1) await write(`counted ${number}`);
  const seen: string[] = [];
  let address: string | undefined = '/admin/audit?action=counted';
  while (address) {
    const { text } = await admin.get(address);
    seen.push(...actionsIn(text));
    address = /href="([^"]+)">Older entries/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `counted ${119 - index}`));
});

test('nobody else reads it', async () => {
  await appendAuditEntry(world.db, operator, { action: 'a', subject: 'b', subjectId: null });
  for (const role of [
    'organisation_admin',
    'lead',
    'data_protection_lead',
    'eag_member',
    'reader',
  ] as const) {
    expect((await (await world.signedIn(role)).get('/admin/audit')).status).toBe(403);
  }
  expect((await world.visitor().get('/admin/audit')).text).toContain('Sign in');
});

test('what somebody signed in did says from where, and what a respondent or the command line did does not', async () => {
  const admin = await world.signedIn('platform_admin');
  await write('survey opened');
  const { text } = await admin.get('/admin/audit');
  const origins = [...text.matchAll(/<td>([^<]*)<\/td>\s*<th scope="row">([^<]*)</g)].map(
    ([, origin, action]) => [action, origin],
  );
  expect(origins).toEqual(
    expect.arrayContaining([
      ['signed in', expect.stringMatching(/127\.0\.0\.1$/)],
      ['survey opened', ''],
      ['account created', ''],
    ]),
  );
  const [, origin] = origins.find(([action]) => action === 'signed in')!;
  const found = await admin.get(`/admin/audit?origin=${encodeURIComponent(origin!)}`);
  expect(actionsIn(found.text)).toEqual(['signed in']);
  expect(actionsIn((await admin.get('/admin/audit?origin=192.0.2.7')).text)).toEqual([]);
  await expect(
    world.db('audit_entries').insert({ actor: 'system', action: 'a', subject: 'b', origin: '192.0.2.7' }),
  ).rejects.toThrow('audit_origin_of_accounts');
});

test('behind a proxy that is trusted it is the address the proxy names; without one a forged header changes nothing', async () => {
  const forged = { 'X-Forwarded-For': '192.0.2.7' };
  const originOf = async (app: World) => {
    const email = `${app === world ? 'plain' : 'behind'}@example.org`;
    await createAccount(app.services, operator, { email, role: 'lead', password });
    const visitor = app.visitor();
    await visitor.get('/sign-in');
    await visitor.post('/sign-in', { email, password }).set(forged).expect(303);
    return app.db('audit_entries').where({ action: 'signed in' }).orderBy('id', 'desc').first('origin');
  };
  expect((await originOf(world)).origin).toMatch(/127\.0\.0\.1$/);
  const behind = await openWorld({ config: { trustProxy: 1 } });
  try {
    expect(await originOf(behind)).toEqual({ origin: '192.0.2.7' });
  } finally {
    await behind.close();
  }
});
