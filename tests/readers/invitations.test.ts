import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { openWorld, password, type World } from '../support/world';
import { guestOf, invite, lettersTo, linkTo, makeReport, wordsOf } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const day = 86_400_000;
const nowhere = '00000000-0000-4000-8000-000000000000';

const audited = (subjectId: string) =>
  world.db('audit_entries').where({ subject_id: subjectId }).orderBy('id').select('action', 'detail');

test('somebody without an account is invited, chooses a password and reads this report, and nothing else', async () => {
  world.clock.set('2026-11-23T10:00:00Z');
  const place = await makeReport(world);
  const other = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const people = await lead.get(`${place.report}/people`);
  expect(wordsOf(people.text)).toContain(`Project lead They can read and comment. ${lead.email}`);
  expect(people.text).toContain('aria-current="page">People</a>');

  const message = 'We meet on 3 December.\r\nPlease read it <before>.';
  const emails = 'Nurse.Expert@Example.org';
  const preview = await lead.post(`${place.report}/people/invitations`, { emails, message });
  expect(preview.status).toBe(200);
  expect(wordsOf(preview.text)).toContain('To 1 person nurse.expert@example.org');
  expect(wordsOf(preview.text)).toContain('Please read it &lt;before&gt;.');
  expect(wordsOf(preview.text)).toContain('until 23 December 2026: [personal link]');
  await world.queue.drain();
  expect(await world.db('report_invitations')).toEqual([]);
  expect(await world.db('outbox')).toEqual([]);
  const changed = await lead.post(`${place.report}/people/invitations`, { emails, message, step: 'change' });
  expect(changed.text).toContain('Nurse.Expert@Example.org</textarea>');
  expect(changed.text).toContain('Please read it &lt;before&gt;.</textarea>');

  const sent = await lead.submit(`${place.report}/people/invitations`, { emails, message, step: 'send' });
  expect(wordsOf(sent.text)).toContain('1 person is invited');
  await world.queue.drain();
  const [letter, ...more] = await lettersTo(world, 'nurse.expert@example.org');
  expect(more).toEqual([]);
  expect(letter!.subject).toBe(`You are invited to read a report: ${place.survey.name}`);
  expect(letter!.text).toContain('They write:\n\nWe meet on 3 December.\nPlease read it <before>.\n\n');
  expect(letter!.text).toContain(`${lead.email} invites you`);
  const listed = wordsOf((await lead.get(`${place.report}/people`)).text);
  expect(listed).toContain(
    'nurse.expert@example.org Invited Invited on 23 November 2026 at 10:00am. The e-mail is in the outbox. The link holds until 23 December 2026.',
  );

  const link = await linkTo(world, 'nurse.expert@example.org');
  const guest = world.visitor();
  const asked = await guest.get(link);
  expect(wordsOf(asked.text)).toContain(
    `Choose a password to read the report You are invited to read the gap report “${place.survey.name}”.`,
  );
  expect(await world.db('report_readers')).toEqual([]);
  const short = await guest.post(link, { password: 'too short' });
  expect(short.status).toBe(422);
  expect(wordsOf(short.text)).toContain('Enter a password of 12 characters or more');
  expect(short.text).not.toContain('too short');
  world.clock.advance(60_000);
  const opened = await guest.submit(link, { password: 'a password of my own' });
  expect(guest.address).toBe(place.report);
  expect(wordsOf(opened.text)).toContain('Your account is ready');
  expect(wordsOf(opened.text)).toContain(place.survey.name);

  expect(wordsOf((await guest.get('/projects')).text)).toMatch(
    new RegExp(
      `Reports you were invited to ${place.survey.name} Report 1, published on 20 November 2026 Support links`,
    ),
  );
  expect(opened.text).not.toContain(place.projectId);
  for (const address of [
    `/projects/${place.projectId}`,
    `/surveys/${place.survey.id}`,
    other.report,
    `${other.report}.csv`,
  ]) {
    expect([address, (await guest.get(address)).status]).toEqual([address, 404]);
  }
  expect((await guest.get(`${place.report}/people`)).status).toBe(403);
  expect((await guest.get('/projects/new')).status).toBe(403);

  await guest.get(link);
  expect(guest.address).toBe(place.report);
  const again = world.visitor();
  expect(wordsOf((await again.get(link)).text)).toContain('Sign in as nurse.expert@example.org to open it.');
  await again.get('/sign-in');
  await again.post(link, { password: 'another password, chosen by a thief' }).expect(303);
  const refused = await again.post('/sign-in', {
    email: 'nurse.expert@example.org',
    password: 'another password, chosen by a thief',
  });
  expect(refused.status).toBe(422);
  await again.submit('/sign-in', {
    email: 'nurse.expert@example.org',
    password: 'a password of my own',
    next: link,
  });
  expect(again.address).toBe(place.report);
  expect(await world.db('report_readers')).toHaveLength(1);
  expect(wordsOf((await lead.get(`${place.report}/people`)).text)).toContain(
    'Joined Invited on 23 November 2026 at 10:00am. Joined on 23 November 2026 at 10:01am.',
  );

  const trail = await audited(place.reportId);
  expect(trail.map(({ action }) => action)).toEqual(['report reader invited', 'report reader joined']);
  expect(JSON.stringify(trail)).not.toContain('nurse.expert');
  const kept =
    JSON.stringify(await world.db('report_invitations')) + JSON.stringify(await world.db('report_letters'));
  expect(kept).not.toContain(link.split('/').at(-1));
});

test('somebody with an account signs in, and has the report', async () => {
  const place = await makeReport(world);
  const elsewhere = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const expert = await world.signedIn('reader', elsewhere.projectId);
  expect((await expert.get(place.report)).status).toBe(404);
  await invite(world, lead, place, expert.email);
  expect((await expert.get(place.report)).status).toBe(404);
  const link = await linkTo(world, expert.email);

  const browser = world.visitor();
  const asked = await browser.get(link);
  expect(wordsOf(asked.text)).toContain(`Sign in as ${expert.email} to open it.`);
  expect(asked.text).not.toContain('type="password"');
  const [, signIn] = /href="(\/sign-in\?next=[^"]+)"/.exec(asked.text)!;
  const form = await browser.get(signIn!.replaceAll('&amp;', '&'));
  const [, next] = /name="next" value="([^"]+)"/.exec(form.text)!;
  await browser.submit('/sign-in', { email: expert.email, password, next: next! });
  expect(browser.address).toBe(place.report);
  expect((await browser.get(elsewhere.report)).status).toBe(200);
  const projects = wordsOf((await browser.get('/projects')).text);
  expect(projects).toContain('Reports you were invited to');
});

test('somebody else who is signed in is told so, and can sign out and go on', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await invite(world, lead, place, 'expert@example.org');
  const link = await linkTo(world, 'expert@example.org');
  const page = await lead.get(link);
  expect(wordsOf(page.text)).toContain(
    `It is for expert@example.org, and you are signed in as ${lead.email}.`,
  );
  await lead.post(link, { password: 'a password for somebody else' }).expect(303);
  expect(await world.db('accounts').where({ email: 'expert@example.org' })).toEqual([]);
  await lead.get(link);
  const out = await lead.submit('/sign-out', { next: link });
  expect(lead.address).toBe(link);
  expect(wordsOf(out.text)).toContain('Choose a password to read the report');
});

test('signing out leads to addresses of ours only', async () => {
  const reader = await world.signedIn('reader');
  await reader.get('/projects');
  const out = await reader.post('/sign-out', { next: '//elsewhere.example.org/' });
  expect(out.headers.location).toBe('/projects');
});

test('links that lead nowhere all say the same: unknown, mistyped, ended, withdrawn, replaced', async () => {
  world.clock.set('2026-11-01T10:00:00Z');
  const place = await makeReport(world);
  let lead = await world.signedIn('lead', place.projectId);
  const addresses = ['ended@example.org', 'withdrawn@example.org', 'replaced@example.org'];
  await invite(world, lead, place, addresses.join('\n'));
  const links = Object.fromEntries(
    await Promise.all(addresses.map(async (email) => [email, await linkTo(world, email)] as const)),
  );
  for (const link of Object.values(links)) expect((await world.visitor().get(link)).status).toBe(200);
  const idOf = async (email: string) =>
    (await world.db('report_invitations').where({ email }).first('id')).id;
  const invitations = `${place.report}/people/invitations`;
  await lead.get(`${place.report}/people`);
  await lead.post(`${invitations}/${await idOf('withdrawn@example.org')}/withdrawal`).expect(303);
  world.clock.advance(2 * 60_000);
  await lead.post(`${invitations}/${await idOf('replaced@example.org')}/letters`).expect(303);
  await world.queue.drain();
  const replacing = await linkTo(world, 'replaced@example.org');
  expect(replacing).not.toBe(links['replaced@example.org']);
  world.clock.set(new Date(new Date('2026-11-01T10:00:00Z').getTime() + 30 * day));

  const unknown = `/reports/invitations/${'a'.repeat(43)}`;
  const wrong = [unknown, '/reports/invitations/x', `${unknown}b`, ...Object.values(links)];
  const answers = await Promise.all(
    wrong.map(async (link) => {
      const visitor = world.visitor();
      const { status, text } = await visitor.get(link);
      const post = await visitor.post(link, { password: 'a password for nothing' });
      return [status, wordsOf(text), post.status];
    }),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]![0]).toBe(410);
  expect(answers[0]![1]).toContain('This link does not lead to a report');
  expect((await world.visitor().get(replacing)).status).toBe(200);
  expect(await world.db('report_readers')).toEqual([]);

  lead = await world.signedIn('lead', place.projectId);
  const listed = wordsOf((await lead.get(`${place.report}/people`)).text);
  expect(listed).toContain('ended@example.org Link has ended');
  expect(listed).toContain('The link held until 1 December 2026. Send the invitation again for a new one.');
  expect(listed).not.toContain('withdrawn@example.org');
  const again = await lead.post(invitations, { emails: 'ended@example.org' });
  expect(wordsOf(again.text)).toContain(
    'Invited already: ended@example.org. Send their invitation again from the list of those invited',
  );
  await lead.post(`${invitations}/${await idOf('ended@example.org')}/letters`).expect(303);
  await world.queue.drain();
  expect((await world.visitor().get(await linkTo(world, 'ended@example.org'))).status).toBe(200);
});

test('a withdrawn guest reads no more, what waited for them is not sent, and they can be invited again', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const guest = await guestOf(world, lead, place, 'expert@example.org');
  expect((await guest.get(place.report)).status).toBe(200);
  const { id } = await world.db('report_invitations').first('id');
  const address = `${place.report}/people/invitations/${id}`;
  const other = await makeReport(world);
  const stranger = await world.signedIn('lead', other.projectId);
  await stranger.get('/projects');
  expect((await stranger.post(`${address}/withdrawal`)).status).toBe(404);
  expect((await stranger.post(`${other.report}/people/invitations/${id}/withdrawal`)).status).toBe(404);
  expect((await lead.post(`${address}/letters`)).status).toBe(409);
  await lead.get(`${place.report}/people`);
  await lead.post(`${address}/withdrawal`).expect(303);
  await lead.post(`${address}/withdrawal`).expect(303);
  expect((await guest.get(place.report)).status).toBe(404);
  expect((await guest.get(`${place.report}.json`)).status).toBe(404);
  expect(wordsOf((await guest.get('/projects')).text)).not.toContain('Reports you were invited to');
  await invite(world, lead, place, 'expert@example.org');
  await guest.get(await linkTo(world, 'expert@example.org'));
  expect(guest.address).toBe(place.report);
  const actions = (await audited(place.reportId)).map(({ action }) => action);
  expect(actions.slice(2)).toEqual([
    'report invitation withdrawn',
    'report reader invited',
    'report reader joined',
  ]);
});

test.each([
  ['', 'Enter the e-mail addresses of the people you invite'],
  ['expert@example.org\nnobody', 'Not an e-mail address: nobody'],
  ['a@example.org, <b', 'Not an e-mail address: b'],
  [Array.from({ length: 51 }, (_, n) => `e${n}@example.org`).join('\n'), 'Enter 50 e-mail addresses at most'],
])('addresses that cannot be invited: %j', async (emails, sentence) => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await lead.get(`${place.report}/people`);
  for (const step of ['preview', 'send']) {
    const answer = await lead.post(`${place.report}/people/invitations`, {
      emails,
      message: 'Dear all',
      step,
    });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.text)).toContain(sentence.replace('<', '&lt;'));
    expect(answer.text).toContain('Dear all</textarea>');
  }
  expect(await world.db('report_letters')).toEqual([]);
});

test('people of the project are not invited, and nobody learns who else has an account', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const member = await world.signedIn('reader', place.projectId);
  await createAccount(world.services, operator, { email: 'known@example.org', role: 'reader', password });
  await lead.get(`${place.report}/people`);
  const inside = await lead.post(`${place.report}/people/invitations`, { emails: member.email });
  expect(wordsOf(inside.text)).toContain(
    `In the project already, and so able to read the report: ${member.email}`,
  );
  await invite(world, lead, place, 'known@example.org\nunknown@example.org');
  const listed = wordsOf((await lead.get(`${place.report}/people`)).text);
  const about = (email: string) =>
    new RegExp(`${email} (Invited Invited on .*?) Send again`).exec(listed)![1];
  expect(about('known@example.org')).toBe(about('unknown@example.org'));
});

test('a form sent twice, or twice at once, sends each letter once', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await lead.get(`${place.report}/people`);
  const body = { emails: 'a@example.org\nb@example.org\nc@example.org', step: 'send' };
  const send = () => lead.post(`${place.report}/people/invitations`, body);
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  await Promise.all([world.queue.add('letters', {}), world.queue.add('letters', {})]);
  await world.queue.drain();
  expect(await world.db('outbox').orderBy('recipient').pluck('recipient')).toEqual([
    'a@example.org',
    'b@example.org',
    'c@example.org',
  ]);
});

test('a password set twice at once makes one account', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await invite(world, lead, place, 'expert@example.org');
  const link = await linkTo(world, 'expert@example.org');
  const [one, other] = [world.visitor(), world.visitor()];
  await one.get(link);
  await other.get(link);
  const answers = await Promise.all([
    one.post(link, { password: 'a password of the one' }),
    other.post(link, { password: 'a password of the other' }),
  ]);
  expect(answers.map(({ headers }) => headers.location).sort()).toEqual([link, place.report].sort());
  expect(await world.db('accounts').where({ email: 'expert@example.org' })).toHaveLength(1);
  expect(await world.db('report_readers')).toHaveLength(1);
});

test('an invitation is sent again with a new link, not twice within a minute, and five times a day at most', async () => {
  world.clock.set('2026-11-23T08:00:00Z');
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await invite(world, lead, place, 'expert@example.org');
  const { id } = await world.db('report_invitations').first('id');
  const letters = `${place.report}/people/invitations/${id}/letters`;
  await lead.get(`${place.report}/people`);
  await lead.post(letters).expect(303);
  await world.queue.drain();
  expect(await lettersTo(world, 'expert@example.org')).toHaveLength(1);
  for (let time = 2; time <= 5; time += 1) {
    world.clock.advance(61_000);
    await Promise.all([lead.post(letters), lead.post(letters)]);
    await world.queue.drain();
    expect(await lettersTo(world, 'expert@example.org')).toHaveLength(time);
  }
  world.clock.advance(61_000);
  const often = await lead.post(letters);
  expect(often.status).toBe(409);
  expect(wordsOf(often.text)).toContain('5 invitations went to expert@example.org since yesterday.');
  await lead.get(`${place.report}/people`);
  await lead.post(`${place.report}/people/invitations/${id}/withdrawal`).expect(303);
  const anew = await lead.post(`${place.report}/people/invitations`, { emails: 'expert@example.org' });
  expect(wordsOf(anew.text)).toContain('Written to 5 times since yesterday: expert@example.org.');
  const sending = { emails: 'expert@example.org', step: 'send' };
  await lead.post(`${place.report}/people/invitations`, sending).expect(409);
  expect(await world.db('report_invitations').whereNull('withdrawn_at')).toEqual([]);
});

test('only leads and organisation administrators invite', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await invite(world, lead, place, 'expert@example.org');
  const { id } = await world.db('report_invitations').first('id');
  const elsewhere = await makeReport(world);
  const addresses = [
    ['get', '/people'],
    ['post', '/people/invitations'],
    ['post', `/people/invitations/${id}/letters`],
    ['post', `/people/invitations/${id}/withdrawal`],
  ] as const;
  const statusesOf = async (browser: Pick<typeof lead, 'get' | 'post' | 'download'>) => {
    await browser.get('/sign-in');
    const statuses: number[] = [];
    for (const [method, path] of addresses) {
      const address = `${place.report}${path}`;
      statuses.push((await (method === 'get' ? browser.download(address) : browser.post(address))).status);
    }
    return statuses;
  };
  expect(await statusesOf(world.visitor())).toEqual([303, 303, 303, 303]);
  expect(await statusesOf(await world.signedIn('lead', elsewhere.projectId))).toEqual([404, 404, 404, 404]);
  for (const role of [
    'reader',
    'eag_member',
    'author',
    'analyst',
    'data_protection_lead',
    'coordinator',
  ] as const) {
    expect([role, await statusesOf(await world.signedIn(role, place.projectId))]).toEqual([
      role,
      [403, 403, 403, 403],
    ]);
  }
  expect(await statusesOf(await world.signedIn('organisation_admin', place.projectId))).toEqual([
    200, 422, 303, 303,
  ]);
  expect((await lead.get(`/reports/${nowhere}/people`)).status).toBe(404);
});
